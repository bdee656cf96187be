import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Deps } from '../../deps.ts';

/** Whatever uses this key is locked out at once. */
export async function revokeKey({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Actor, id: string): Promise<Result> {
  return (await store.keys.revoke(workspaceId, id, { userId, now: now() })) ? { ok: true } : refused('', t.keyRevoked);
}
