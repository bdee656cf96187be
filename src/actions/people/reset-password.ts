import { momentText } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { mailOf } from '../mails/queue-mail.ts';
import type { Allowance } from '../sessions/allowance.ts';
import { sendReset, type LinkDeps } from './one-time-link.ts';
import { emailProblems, passwordProblems } from './sign-up.ts';

/** The answer takes this long at least (ms): whether an account is there must not be told by time either. */
const floor = 300;

/** Mails a link to choose a new password, if there is such an account. The answer is the same if there is none. */
export async function askForReset(
  deps: LinkDeps & { allowance: Allowance }, { email: typed, ip }: { email: string; ip: string },
): Promise<Result & { waitSeconds?: number }> {
  const email = typed.trim().toLowerCase();
  const problems = emailProblems(email);
  if (problems.length > 0) return { ok: false, problems };
  const wait = Math.max(await deps.allowance.take('reset_address', ip), await deps.allowance.take('reset_email', email));
  if (wait > 0) return { ...refused('email', t.resetTooOften(Math.ceil(wait / 60))), waitSeconds: wait };
  const done = new Promise((resolve) => { setTimeout(resolve, floor); });
  const user = await deps.store.people.userByEmail(email);
  if (user) await sendReset(deps, user);
  await done;
  return { ok: true };
}

/** Whether a link to choose a new password still works. */
export async function canReset({ store, now }: Pick<Deps, 'store' | 'now'>, token: string): Promise<boolean> {
  return (await store.links.person(tokenHash(token), 'reset', now())) !== undefined;
}

/** Sets the password by a mailed link; every session ends and every such link is used up. */
export async function resetByLink(
  deps: LinkDeps & Pick<Deps, 'passwords'>, { token, password }: { token: string; password: string },
): Promise<Result | { ok: false; gone: true; problems: [] }> {
  const { store, passwords, now } = deps;
  const hash = tokenHash(token);
  const person = await store.links.person(hash, 'reset', now());
  if (!person) return { ok: false, gone: true, problems: [] };
  const problems = passwordProblems(password, person.email);
  if (problems.length > 0) return { ok: false, problems };
  const { email, userId, handed } = person;
  const mail = mailOf(deps, {
    kind: 'password_changed', event: `password-changed:${hash}`, to: { email, userId }, data: { ...(handed && { handed }), at: momentText(now()) },
  });
  return (await store.links.reset(hash, await passwords.hash(password), mail, now())) ? { ok: true } : { ok: false, gone: true, problems: [] };
}
