import type { Actor, Scope } from '../../domain/actor.ts';
import { scopes } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { newToken, tokenHash } from '../../lib/tokens.ts';
import { keyPrefix } from './admit-key.ts';

const mostKeys = 50;

/** Makes a key of the workspace. `key` is shown now and never again: what is kept opens nothing. */
export async function makeKey(
  { store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>, typed: { name: string; scopes: readonly string[] },
): Promise<Result<{ key: string }>> {
  const name = typed.name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  if (name === '') return refused('name', 'Give it a name, so that you know later what it is for.');
  if (name.length > 60) return refused('name', `A name has at most 60 characters; this has ${name.length}.`);
  const chosen: Scope[] = scopes.filter((scope) => typed.scopes.includes(scope));
  if (chosen.length === 0) return refused('scopes', 'Choose what it may do.');
  const key = `${keyPrefix}${newToken()}`;
  const row = { id: newId(now()), digest: tokenHash(key), ending: key.slice(-4), name, scopes: chosen, createdBy: userId, createdAt: now() };
  if (!(await store.keys.add(workspaceId, row, mostKeys))) return refused('', `A workspace has at most ${mostKeys} keys. Revoke one that is not used any more.`);
  return { ok: true, key };
}
