import type { Person } from '../../domain/actor.ts';
import { momentText } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { linkHours } from '../../domain/texts/mails/account.ts';
import { accountRefusals as t } from '../../domain/texts/refusals/accounts.ts';
import type { Deps } from '../../deps.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import { mailOf } from '../mails/queue-mail.ts';
import { proveAgain, type Proof } from '../people/step-up.ts';
import type { Throttle } from '../sessions/throttle.ts';

type HelpDeps = Pick<Deps, 'store' | 'passwords' | 'now' | 'settings' | 'config'> & { throttle: Throttle };

/** A link with which another person sets a new password; it is given back this once, and only its hash is kept. */
export async function makeResetLink(deps: HelpDeps, actor: Person, userId: string, proof: Proof): Promise<Result<{ url: string }>> {
  const { store, now, config } = deps;
  if (userId === actor.userId) return refused('', t.own);
  const proven = await proveAgain(deps, actor.userId, { ...proof, field: 'reset-password' });
  if (!proven.ok) return proven;
  const token = newToken();
  const at = now();
  const made = await store.accounts.handReset({ userId: actor.userId, now: at }, { id: tokenHash(token), userId, createdAt: at, expiresAt: at + linkHours.reset * 60 * 60 * 1000 });
  return made ? { ok: true, url: `${config.publicUrl}/reset?token=${token}` } : refused('', t.gone);
}

/** Switches the second step of another person off, who has lost what it takes; they are told by mail. */
export async function endTwoFactorOf(deps: HelpDeps, actor: Person, userId: string, proof: Proof): Promise<Result> {
  const { store, now } = deps;
  if (userId === actor.userId) return refused('', t.own);
  const proven = await proveAgain(deps, actor.userId, { ...proof, field: 'second-password' });
  if (!proven.ok) return proven;
  const user = await store.people.user(userId);
  const at = now();
  if (!user) return refused('', t.gone);
  const mail = mailOf(deps, {
    kind: 'two_factor', event: `two-factor:off:${userId}:${at}`, to: { email: user.email, userId }, data: { on: false, at: momentText(at), operator: true },
  });
  return (await store.accounts.endTwoFactor({ userId: actor.userId, now: at }, userId, mail)) ? { ok: true } : refused('', t.noSecondStep);
}
