import type { Actor, Scope } from '../../domain/actor.ts';
import { scopes } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import { keyPrefix } from './admit-key.ts';

const mostKeys = 50;

/** Makes a key of the workspace. `key` is shown now and never again: what is kept opens nothing. */
export async function makeKey(
  { store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>, typed: { name: string; scopes: readonly string[] },
): Promise<Result<{ key: string }>> {
  const name = typed.name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  if (name === '') return refused('name', t.keyNameMissing);
  if (name.length > 60) return refused('name', t.keyNameTooLong(name.length));
  const chosen: Scope[] = scopes.filter((scope) => typed.scopes.includes(scope));
  if (chosen.length === 0) return refused('scopes', t.keyScopeMissing);
  const key = `${keyPrefix}${newToken()}`;
  const row = { id: newId(now()), digest: tokenHash(key), ending: key.slice(-4), name, scopes: chosen, createdBy: userId, createdAt: now() };
  if (!(await store.keys.add(workspaceId, row, mostKeys))) return refused('', t.tooManyKeys(mostKeys));
  return { ok: true, key };
}
