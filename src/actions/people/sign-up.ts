import type { Problem } from '../../domain/limits.ts';
import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { connectAllLocal } from '../channels/connect-local.ts';
import { ownWorkspace } from '../workspaces/make-workspace.ts';
import { sendVerification } from './one-time-link.ts';

/** How long the same form counts as the same press (ms). */
const justNow = 30_000;

export interface SignUp {
  name: string;
  email: string;
  password: string;
  /** The browser's IANA zone; UTC when it says none that we know. */
  zone: string;
}

/** A person with a workspace of their own and the network inside this instance connected. */
export async function signUp(
  deps: Pick<Deps, 'store' | 'passwords' | 'providers' | 'now' | 'config'>, input: SignUp,
): Promise<Result<{ userId: string; workspaceId: string }>> {
  const { store, passwords, now, config } = deps;
  if (!(await registrationOpen(deps))) return refused('', t.registrationClosed);
  const name = input.name.trim().normalize('NFC');
  const email = input.email.trim().toLowerCase();
  const problems = [...nameProblems(name), ...emailProblems(email), ...passwordProblems(input.password, email)];
  if (problems.length > 0) return { ok: false, problems };

  const createdAt = now();
  const userId = newId(createdAt);
  const workspace = ownWorkspace(name, input.zone, createdAt);
  const made = await store.people.signUp(
    { id: userId, name, email, passwordHash: await passwords.hash(input.password), createdAt },
    workspace,
    config.registration === 'first',
  );
  if (made === 'closed') return refused('', t.registrationClosed);
  if (made === 'email_taken') return refused('email', t.accountExists);
  await connectAllLocal(deps, workspace.id);
  return { ok: true, userId, workspaceId: workspace.id };
}

/** By the form that anybody may fill in: a mail goes out to show that the address is theirs. */
export async function signUpByForm(deps: Parameters<typeof signUp>[0] & Pick<Deps, 'settings'>, input: SignUp): ReturnType<typeof signUp> {
  const made = await signUp(deps, input);
  if (!made.ok) return (await sameAgain(deps, input)) ?? made;
  const user = await deps.store.people.user(made.userId);
  if (user) await sendVerification(deps, user);
  return made;
}

/** The form was sent twice, as by an impatient second press: whoever has just made this very account comes in by it. */
async function sameAgain({ store, passwords, now }: Pick<Deps, 'store' | 'passwords' | 'now'>, { email, password }: SignUp): Promise<{ ok: true; userId: string; workspaceId: string } | undefined> {
  const user = await store.people.userByEmail(email.trim().toLowerCase());
  if (!user || user.createdAt < now() - justNow || !(await passwords.verify(password, user.passwordHash))) return undefined;
  const [workspace] = await store.people.workspacesOf(user.id);
  return workspace && { ok: true, userId: user.id, workspaceId: workspace.id };
}

export async function registrationOpen({ store, config }: Pick<Deps, 'store' | 'config'>): Promise<boolean> {
  switch (config.registration) {
    case 'open':
      return true;
    case 'first':
    // Invitations come through links of their own; the open form serves the first person only.
    case 'invite':
      return (await store.people.countUsers()) === 0;
  }
}

export function nameProblems(name: string): Problem[] {
  if (name === '') return [{ field: 'name', message: t.nameMissing }];
  if (name.length > 100) return [{ field: 'name', message: t.nameTooLong }];
  return [];
}

export function emailProblems(email: string): Problem[] {
  if (email === '') return [{ field: 'email', message: t.emailMissing }];
  // One @, something before, a host after, no spaces or control characters: the rest only a mail can prove.
  const plausible = email.length <= 254 && /^[^\s@\p{Cc}<>",;:\\[\]()]{1,64}@[^\s@\p{Cc}<>",;:\\[\]()]+$/u.test(email);
  return plausible ? [] : [{ field: 'email', message: t.emailMalformed }];
}

/** No rules of composition: length, and not the e-mail itself (NIST SP 800-63B, OWASP ASVS 5.0 §6.2). */
export function passwordProblems(password: string, email: string): Problem[] {
  const length = Array.from(password).length;
  if (length < 8) return [{ field: 'password', message: t.passwordTooShort }];
  if (length > 500) return [{ field: 'password', message: t.passwordTooLong }];
  const lower = password.toLowerCase();
  if (lower === email || new Set(lower).size < 4) return [{ field: 'password', message: t.passwordGuessable }];
  return [];
}
