import type { Person } from '../../domain/actor.ts';
import type { Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Throttle } from '../sessions/throttle.ts';
import { provePassword } from './prove.ts';
import { passwordProblems } from './sign-up.ts';

/** Whoever changes a password proves the present one; every session ends, and the one that asked gets a new token. */
export async function changePassword(
  deps: Pick<Deps, 'store' | 'passwords'> & { sessions: Sessions; throttle: Throttle },
  actor: Person, input: { current: string; password: string; ip: string; agent: string },
): Promise<Result<{ token: string; expiresAt: number }>> {
  const { store, passwords, sessions } = deps;
  const proven = await provePassword(deps, actor, { password: input.current, ip: input.ip }, 'current');
  if (!proven.ok) return proven;
  const { user } = proven;
  const problems = passwordProblems(input.password, user.email);
  if (problems.length > 0) return { ok: false, problems };
  await store.people.setPassword(user.id, await passwords.hash(input.password));
  await store.sessions.endAllOf(user.id);
  return { ok: true, ...(await sessions.create(user.id, actor.workspaceId, input.agent)) };
}
