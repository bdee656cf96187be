import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Throttle } from '../sessions/throttle.ts';
import { passwordProblems } from './sign-up.ts';

/** Whoever changes a password proves the present one; every session ends, and the one that asked gets a new token. */
export async function changePassword(
  { store, passwords, sessions, throttle }: Pick<Deps, 'store' | 'passwords'> & { sessions: Sessions; throttle: Throttle },
  actor: Person, input: { current: string; password: string; ip: string; agent: string },
): Promise<Result<{ token: string; expiresAt: number }>> {
  const user = await store.people.user(actor.userId);
  if (!user) return refused('', 'This account is no longer there.');
  const wait = await throttle.wait(user.email, input.ip);
  if (wait > 0) return refused('current', `Too many tries. Wait ${Math.ceil(wait / 60)} min and try again.`);
  if (!(await passwords.verify(input.current, user.passwordHash))) {
    await throttle.failed(user.email, input.ip);
    return refused('current', 'This is not your present password.');
  }
  await throttle.succeeded(user.email, input.ip);
  const problems = passwordProblems(input.password, user.email);
  if (problems.length > 0) return { ok: false, problems };
  await store.people.setPassword(user.id, await passwords.hash(input.password));
  await store.sessions.endAllOf(user.id);
  return { ok: true, ...(await sessions.create(user.id, actor.workspaceId, input.agent)) };
}
