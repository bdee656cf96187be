import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import type { User } from '../../store/people.ts';
import type { Throttle } from '../sessions/throttle.ts';

export type StepUpDeps = Pick<Deps, 'store' | 'passwords'> & { throttle: Throttle };

/** What a form of such a page sends, and from where. */
export interface Proof {
  password: string;
  ip: string;
}

/** Whoever does what cannot be taken back proves once more who they are. Wrong passwords count as at the log-in. */
export async function proveAgain({ store, passwords, throttle }: StepUpDeps, userId: string, { password, ip, field }: Proof & { field: string }): Promise<Result<{ user: User }>> {
  const user = await store.people.user(userId);
  if (!user) return refused('', t.accountGone);
  const wait = await throttle.wait(user.email, ip);
  if (wait > 0) return refused(field, t.tooManyTries(Math.ceil(wait / 60)));
  if (!(await passwords.verify(password, user.passwordHash))) {
    await throttle.failed(user.email, ip);
    return refused(field, t.passwordWrong);
  }
  await throttle.succeeded(user.email, ip);
  return { ok: true, user };
}
