import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import type { User } from '../../store/people.ts';
import type { Throttle } from '../sessions/throttle.ts';

export interface Proof {
  password: string;
  ip: string;
}

/** Asks for the password once more before what cannot be undone easily; `field` is where the problem is shown. */
export async function provePassword(
  { store, passwords, throttle }: Pick<Deps, 'store' | 'passwords'> & { throttle: Throttle }, { userId }: Pick<Person, 'userId'>, { password, ip }: Proof, field: string,
): Promise<Result<{ user: User }>> {
  const user = await store.people.user(userId);
  if (!user) return refused('', 'This account is no longer there.');
  const wait = await throttle.wait(user.email, ip);
  if (wait > 0) return refused(field, `Too many tries. Wait ${Math.ceil(wait / 60)} min and try again.`);
  if (!(await passwords.verify(password, user.passwordHash))) {
    await throttle.failed(user.email, ip);
    return refused(field, 'This is not your present password.');
  }
  await throttle.succeeded(user.email, ip);
  return { ok: true, user };
}
