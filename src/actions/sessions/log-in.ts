import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface LogIn {
  email: string;
  password: string;
  ip: string;
  agent: string;
}

/** Known and unknown e-mail addresses get the same answer after the same work. */
export async function logIn(
  { store, passwords, sessions, throttle }: Pick<Deps, 'store' | 'passwords'> & { sessions: Sessions; throttle: Throttle },
  { email: typed, password, ip, agent }: LogIn,
): Promise<Result<{ token: string; expiresAt: number }> & { waitSeconds?: number }> {
  const email = typed.trim().toLowerCase();
  const wait = await throttle.wait(email, ip);
  if (wait > 0) return { ...refused('password', `Too many tries. Wait ${Math.ceil(wait / 60)} min and try again.`), waitSeconds: wait };
  const user = await store.people.userByEmail(email);
  if (!(await passwords.verify(password, user?.passwordHash ?? null)) || !user) {
    await throttle.failed(email, ip);
    return refused('password', 'E-mail and password do not match.');
  }
  await throttle.succeeded(email, ip);
  if (passwords.needsRehash(user.passwordHash)) await store.people.setPassword(user.id, await passwords.hash(password));
  const [workspace] = await store.people.workspacesOf(user.id);
  if (!workspace) return refused('email', 'This account is in no workspace any more. Ask whoever invited you.');
  return { ok: true, ...(await sessions.create(user.id, workspace.id, agent)) };
}
