import type { KeyHolder } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';

/** What every key begins with, so that people and scanners for leaked secrets know one. */
export const keyPrefix = 'pm_';

/** How exactly the last use is written down (ms): a busy program must not write with each call. */
const usedEvery = 10 * 60 * 1000;

/** Who holds this key; null when it opens nothing. A key acts as an admin would, within its scopes. */
export async function admitKey({ store, now }: Pick<Deps, 'store' | 'now'>, key: string): Promise<KeyHolder | null> {
  if (!key.startsWith(keyPrefix) || key.length > 100) return null;
  const found = await store.keys.byDigest(tokenHash(key));
  if (!found) return null;
  const { id, workspaceId, createdBy, scopes, usedAt } = found;
  if (usedAt === null || Math.abs(now() - usedAt) >= usedEvery) await store.keys.used(workspaceId, id, now());
  return { keyId: id, workspaceId, userId: createdBy, scopes, role: 'admin' };
}
