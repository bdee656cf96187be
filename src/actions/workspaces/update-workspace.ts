import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isZone } from '../../domain/time/schedule.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';

/** Scheduled posts keep the instant they were given; only how times are shown and typed changes. */
export async function updateWorkspace({ store, now }: Pick<Deps, 'store' | 'now'>, actor: Actor, input: { name: string; zone: string }): Promise<Result> {
  const name = input.name.trim();
  if (name === '' || name.length > 100) return refused('name', t.workspaceName);
  if (!isZone(input.zone)) return refused('zone', t.zoneUnknown);
  await store.people.updateWorkspace(actor.workspaceId, { name, zone: input.zone }, { userId: actor.userId, now: now() });
  return { ok: true };
}
