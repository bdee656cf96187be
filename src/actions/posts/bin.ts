import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import type { Restored } from '../../store/calendar/moving.ts';
import { counted, type BulkDone } from './move-post.ts';
import { takeFromBin, type RestoreDeps } from './restore.ts';
import { keepUndo } from './undo.ts';

type BinDeps = Pick<Deps, 'store' | 'now'>;

/** Puts a post into the bin, from which it can be taken back until its keep-time ends. */
export async function deletePost(deps: BinDeps, actor: Actor, postId: string): Promise<Result<{ undo: string | null }>> {
  const [binned] = await deps.store.moving.bin(actor.workspaceId, [postId], { userId: actor.userId, now: deps.now() });
  if (binned?.to === 'bin') return { ok: true, undo: await keepUndo(deps, actor, { kind: 'delete', posts: [{ id: postId }] }) };
  return refused('', binned?.to === 'gone' ? t.deletedAlready : t.publishedNotDeleted);
}

export async function deletePosts(deps: BinDeps, actor: Actor, ids: readonly string[]): Promise<BulkDone> {
  const binned = await deps.store.moving.bin(actor.workspaceId, ids, { userId: actor.userId, now: deps.now() });
  const gone = binned.flatMap(({ id, to }) => (to === 'bin' ? [{ id }] : []));
  const stayed = binned.flatMap(({ to }) => (to === 'already_begun' ? [t.stayedOut] : to === 'gone' ? [t.stayedDeleted] : []));
  return { done: gone.length, stayed: counted(stayed), undo: await keepUndo(deps, actor, { kind: 'delete', posts: gone }) };
}

export async function restorePost(deps: RestoreDeps, actor: Actor, postId: string): Promise<Result<{ state: Exclude<Restored, 'gone'> }>> {
  const state = await takeFromBin(deps, actor, postId);
  return state === 'gone' ? refused('', t.notInBin) : { ok: true, state };
}

/** Deletes a post that lies in the bin for good. */
export async function emptyOut({ store }: BinDeps, actor: Actor, postId: string): Promise<Result> {
  return (await store.moving.emptyOut(actor.workspaceId, postId)) ? { ok: true } : refused('', t.notInBin);
}
