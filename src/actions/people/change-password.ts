import type { Person } from '../../domain/actor.ts';
import { momentText } from '../../domain/promise/privacy.ts';
import type { Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { mailOf } from '../mails/queue-mail.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { passwordProblems } from './sign-up.ts';
import { proveAgain, type StepUpDeps } from './step-up.ts';

/** Whoever changes a password proves the present one; every session ends, and the one that asked gets a new token. */
export async function changePassword(
  deps: StepUpDeps & Pick<Deps, 'now' | 'settings'> & { sessions: Sessions }, actor: Person, input: { current: string; password: string; ip: string; agent: string },
): Promise<Result<{ token: string; expiresAt: number }>> {
  const { store, passwords, sessions, now } = deps;
  const proven = await proveAgain(deps, actor.userId, { password: input.current, ip: input.ip, field: 'current' });
  if (!proven.ok) return proven;
  const { user } = proven;
  const problems = passwordProblems(input.password, user.email);
  if (problems.length > 0) return { ok: false, problems };
  const at = now();
  const mail = mailOf(deps, { kind: 'password_changed', event: `password-changed:${user.id}:${at}`, to: { email: user.email, userId: user.id }, data: { inside: true, at: momentText(at) } });
  await store.people.changePassword(user.id, await passwords.hash(input.password), mail);
  return { ok: true, ...(await sessions.create(user.id, actor.workspaceId, input.agent)) };
}
