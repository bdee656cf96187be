import { createHash } from 'node:crypto';
import type { KeyHolder } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';

/** How long a name given to a creation is remembered (ms). */
const kept = 24 * 60 * 60 * 1000;

export type Promised =
  /** To be made, under this id. */
  | { state: 'new'; postId: string; name: string }
  /** Made before: nothing is to be done. */
  | { state: 'made'; postId: string }
  /** The same name was given to something else, or what was made is deleted. */
  | { state: 'other' | 'deleted' };

/**
 * What has become of a creation that the program gave a name (`Idempotency-Key`). The id is chosen before anything is
 * saved, so that a death or a lost answer at any point leads to the same post and never to a second one.
 */
export async function promisePost({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, keyId }: KeyHolder, given: string, sent: unknown): Promise<Promised> {
  const name = tokenHash(`${keyId} ${given}`);
  const body = createHash('sha256').update(JSON.stringify(sent)).digest('hex');
  const promised = await store.keys.promise(workspaceId, { name, body, postId: newId(now()), expiresAt: now() + kept }, now());
  if (promised.body !== body) return { state: 'other' };
  const { postId, madeAt } = promised;
  if (await store.posts.get(workspaceId, postId)) return { state: 'made', postId };
  return madeAt === null ? { state: 'new', postId, name } : { state: 'deleted' };
}
