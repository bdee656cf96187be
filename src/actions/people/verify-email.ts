import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import type { Allowance } from '../sessions/allowance.ts';
import { sendVerification, type LinkDeps } from './one-time-link.ts';

/** The address of whoever has this link is theirs. False when the link is used or too old. */
export async function verifyEmail({ store, now }: Pick<Deps, 'store' | 'now'>, token: string): Promise<boolean> {
  return store.links.verify(tokenHash(token), now());
}

export async function verifyAgain(deps: LinkDeps & { allowance: Allowance }, userId: string): Promise<Result> {
  const user = await deps.store.people.user(userId);
  if (!user || user.emailVerifiedAt !== null) return { ok: true };
  const wait = await deps.allowance.take('verify', userId);
  if (wait > 0) return refused('', t.verifyTooOften(Math.ceil(wait / 60)));
  await sendVerification(deps, user);
  return { ok: true };
}
