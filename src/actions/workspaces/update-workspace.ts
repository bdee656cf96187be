import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isZone } from '../../domain/schedule.ts';
import type { Deps } from '../../deps.ts';

/** Scheduled posts keep the instant they were given; only how times are shown and typed changes. */
export async function updateWorkspace({ store, now }: Pick<Deps, 'store' | 'now'>, actor: Actor, input: { name: string; zone: string }): Promise<Result> {
  const name = input.name.trim();
  if (name === '' || name.length > 100) return refused('name', 'Give the workspace a name of 1 to 100 characters.');
  if (!isZone(input.zone)) return refused('zone', 'Choose a time zone from the list.');
  await store.people.updateWorkspace(actor.workspaceId, { name, zone: input.zone }, { userId: actor.userId, now: now() });
  return { ok: true };
}
