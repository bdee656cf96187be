import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Restored } from '../../store/calendar/moving.ts';
import { pastMinute } from './check-post.ts';
import { counted, type BulkDone } from './move-post.ts';
import { keepUndo } from './undo.ts';

type BinDeps = Pick<Deps, 'store' | 'now'>;

/** Puts a post into the bin, from which it can be taken back until its keep-time ends. */
export async function deletePost(deps: BinDeps, actor: Actor, postId: string): Promise<Result<{ undo: string | null }>> {
  const [binned] = await deps.store.moving.bin(actor.workspaceId, [postId], deps.now());
  if (binned?.to === 'bin') await deps.store.audit.add(actor.workspaceId, { userId: actor.userId, now: deps.now() }, 'post.deleted', postId);
  if (binned?.to === 'bin') return { ok: true, undo: await keepUndo(deps, actor, { kind: 'delete', posts: [{ id: postId }] }) };
  return refused('', binned?.to === 'gone' ? t.deletedAlready : t.publishedNotDeleted);
}

export async function deletePosts(deps: BinDeps, actor: Actor, ids: readonly string[]): Promise<BulkDone> {
  const binned = await deps.store.moving.bin(actor.workspaceId, ids, deps.now());
  const gone = binned.flatMap(({ id, to }) => (to === 'bin' ? [{ id }] : []));
  for (const { id } of gone) await deps.store.audit.add(actor.workspaceId, { userId: actor.userId, now: deps.now() }, 'post.deleted', id);
  const stayed = binned.flatMap(({ to }) => (to === 'already_begun' ? [t.stayedOut] : to === 'gone' ? [t.stayedDeleted] : []));
  return { done: gone.length, stayed: counted(stayed), undo: await keepUndo(deps, actor, { kind: 'delete', posts: gone }) };
}

/** Takes a post out of the bin, as what it was; one whose time is past comes back as a draft. */
export async function restorePost({ store, now }: BinDeps, actor: Actor, postId: string): Promise<Result<{ state: Exclude<Restored, 'gone'> }>> {
  const state = await store.moving.restore(actor.workspaceId, postId, { userId: actor.userId, now: now(), grace: pastMinute, publicationId: () => newId(now()) });
  return state === 'gone' ? refused('', t.notInBin) : { ok: true, state };
}

/** Deletes a post that lies in the bin for good. */
export async function emptyOut({ store }: BinDeps, actor: Actor, postId: string): Promise<Result> {
  return (await store.moving.emptyOut(actor.workspaceId, postId)) ? { ok: true } : refused('', t.notInBin);
}
