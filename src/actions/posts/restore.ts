import { allows } from '../../billing/entitlements.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Restored } from '../../store/calendar/moving.ts';
import { pastMinute } from './check-post.ts';

export type RestoreDeps = Pick<Deps, 'store' | 'settings' | 'now'>;

/** Takes a post out of the bin, as what it was; one whose time is past, or for which a plan has no room, as a draft. */
export async function takeFromBin(deps: RestoreDeps, { workspaceId, userId }: Actor, postId: string): Promise<Restored> {
  const { store, now } = deps;
  const full = await allows(deps, workspaceId, { what: 'scheduled' });
  return store.moving.restore(workspaceId, postId, { userId, now: now(), grace: pastMinute, asDraft: full !== null, publicationId: () => newId(now()) });
}
