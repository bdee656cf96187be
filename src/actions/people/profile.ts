import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { confirmHours } from '../../domain/texts/mails/privacy.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import { mailOf, queueMail } from '../mails/queue-mail.ts';
import { recordDone } from '../privacy/rights.ts';
import { emailProblems, nameProblems } from './sign-up.ts';
import { proveAgain, type StepUpDeps } from './step-up.ts';

/** How long a new address may take to be confirmed (ms). */
export const confirmWithin = confirmHours * 60 * 60 * 1000;

type MailDeps = Pick<Deps, 'store' | 'now' | 'settings' | 'config'>;

export async function changeName(deps: Pick<Deps, 'store' | 'now'>, actor: Person, typed: string): Promise<Result> {
  const name = typed.trim().normalize('NFC');
  const problems = nameProblems(name);
  if (problems.length > 0) return { ok: false, problems };
  const user = await deps.store.people.user(actor.userId);
  if (user?.name === name) return { ok: true };
  await deps.store.people.rename(actor.userId, name);
  await recordDone(deps, { userId: actor.userId, workspaceId: null }, 'rectification', t.nameCorrected);
  return { ok: true };
}

/** Sends a link to a new address; nothing changes before it is opened and confirmed. */
export async function askEmailChange(deps: StepUpDeps & MailDeps, actor: Person, input: { email: string; password: string; ip: string }): Promise<Result> {
  const { store, now } = deps;
  const email = input.email.trim().toLowerCase();
  const problems = emailProblems(email);
  if (problems.length > 0) return { ok: false, problems };
  const proven = await proveAgain(deps, actor.userId, { password: input.password, ip: input.ip, field: 'password' });
  if (!proven.ok) return proven;
  if (proven.user.email === email) return refused('email', t.addressIsYours);
  const token = newToken();
  await store.people.askEmailChange({ id: tokenHash(token), userId: actor.userId, email, createdAt: now(), expiresAt: now() + confirmWithin });
  await queueMail(deps, { kind: 'email_confirm', event: `email:${tokenHash(token)}`, to: { email, userId: actor.userId }, data: { token } });
  return { ok: true };
}

/** Whoever has the link and is logged in as the person confirms. All their other sessions stay. */
export async function confirmEmail(deps: MailDeps, actor: Person, token: string): Promise<Result> {
  const { store, now } = deps;
  const user = await store.people.user(actor.userId);
  if (!user) return refused('', t.addressLinkOver);
  const mail = mailOf(deps, { kind: 'email_changed', event: `email:${tokenHash(token)}`, to: { email: user.email, userId: user.id }, data: {} });
  const changed = await store.people.confirmEmail(tokenHash(token), actor.userId, mail, now());
  switch (changed.state) {
    case 'changed':
      await recordDone(deps, { userId: actor.userId, workspaceId: null }, 'rectification', t.addressCorrected);
      return { ok: true };
    case 'taken':
      return refused('', t.addressTaken);
    case 'over':
      return refused('', t.addressLinkOver);
  }
}
