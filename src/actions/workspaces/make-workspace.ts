import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { isZone } from '../../domain/time/schedule.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { NewWorkspace } from '../../store/people.ts';
import { connectAllLocal } from '../channels/connect-local.ts';

/** How many workspaces one person may own: enough for an agency, and an end to a script. */
export const mostOwned = 100;

/** Another workspace, which the session looks at from now on. */
export async function makeWorkspace(
  deps: Pick<Deps, 'store' | 'providers' | 'now'>, { userId, sessionId }: Person, input: { name: string; zone: string },
): Promise<Result<{ workspaceId: string }>> {
  const { store, now } = deps;
  const name = input.name.trim().normalize('NFC');
  if (name === '' || name.length > 100) return refused('name', t.workspaceName);
  if (!isZone(input.zone)) return refused('zone', t.zoneUnknown);
  const workspace = { id: newId(now()), name, zone: input.zone, createdAt: now() };
  if ((await store.workspaces.make(userId, workspace, mostOwned)) === 'too_many') return refused('', t.tooManyOwned(mostOwned));
  await connectAllLocal(deps, workspace.id);
  await store.workspaces.look(sessionId, userId, workspace.id);
  return { ok: true, workspaceId: workspace.id };
}

/** The session looks at another workspace of its person; false when they are not in it. */
export async function switchWorkspace({ store }: Pick<Deps, 'store'>, { userId, sessionId }: Person, workspaceId: string): Promise<boolean> {
  return store.workspaces.look(sessionId, userId, workspaceId);
}

/** Where a new session begins. Whoever is left in no workspace gets one of their own: an account is never locked out of itself. */
export async function placeToStart(deps: Pick<Deps, 'store' | 'providers' | 'now'>, user: { id: string; name: string }): Promise<string> {
  return (await deps.store.workspaces.latestOf(user.id))?.id ?? makeOwn(deps, user);
}

/** A workspace of one's own, for somebody who is about to be in no other. */
export async function makeOwn(deps: Pick<Deps, 'store' | 'providers' | 'now'>, { id, name }: { id: string; name: string }): Promise<string> {
  const workspace = ownWorkspace(name, 'UTC', deps.now());
  await deps.store.workspaces.make(id, workspace, mostOwned);
  await connectAllLocal(deps, workspace.id);
  return workspace.id;
}

/** The workspace that comes with an account. */
export function ownWorkspace(name: string, zone: string, now: number): NewWorkspace {
  return { id: newId(now), name: `${name.slice(0, 60)}’s workspace`, zone: isZone(zone) ? zone : 'UTC', createdAt: now };
}
