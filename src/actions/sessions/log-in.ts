import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import type { User } from '../../store/people.ts';
import { acceptsCode } from '../two-factor/two-factor.ts';
import { placeToStart } from '../workspaces/make-workspace.ts';
import { noteDevice, type Device } from './note-device.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

type LogInDeps = Pick<Deps, 'store' | 'passwords' | 'providers' | 'now' | 'settings' | 'config'> & { sessions: Sessions; throttle: Throttle };

export interface LogIn {
  email: string;
  password: string;
  ip: string;
  device: Device;
}

export interface NewSession {
  token: string;
  expiresAt: number;
}

/** In, or the password was right and a code is awaited: `step` is the token that the code comes with. */
export type CameIn = ({ next: 'in' } & NewSession) | { next: 'code'; step: string };

/** How long a code is awaited (ms). */
export const codePatience = 10 * 60 * 1000;

/** Known and unknown e-mail addresses get the same answer after the same work. */
export async function logIn(deps: LogInDeps, { email: typed, password, ip, device }: LogIn): Promise<Result<CameIn> & { waitSeconds?: number }> {
  const { store, passwords, throttle, now } = deps;
  const email = typed.trim().toLowerCase();
  const wait = await throttle.wait(email, ip);
  if (wait > 0) return { ...refused('password', tooMany(wait)), waitSeconds: wait };
  const user = await store.people.userByEmail(email);
  if (!(await passwords.verify(password, user?.passwordHash ?? null)) || !user) {
    await throttle.failed(email, ip);
    return refused('password', t.logInMismatch);
  }
  await throttle.succeeded(email, ip);
  // Said to whoever knows the password, and to nobody else.
  if (user.suspendedAt !== null) return refused('', suspended);
  if (passwords.needsRehash(user.passwordHash)) await store.people.setPassword(user.id, await passwords.hash(password));
  if ((await store.security.of(user.id, now()))?.confirmedAt == null) return { ok: true, next: 'in', ...(await begin(deps, user, device)) };
  const step = newToken();
  await store.security.awaitCode({ id: tokenHash(step), userId: user.id, expiresAt: now() + codePatience });
  return { ok: true, next: 'code', step };
}

/** The second half of a log-in. Wrong codes are counted per person, from wherever they come. */
export async function logInByCode(
  deps: LogInDeps, { step, code, device }: { step: string; code: string; device: Device },
): Promise<(Result<NewSession> & { waitSeconds?: number }) | { ok: false; gone: true; problems: [] }> {
  const { store, throttle, now } = deps;
  const userId = await store.security.awaited(tokenHash(step), now());
  const user = userId === undefined ? undefined : await store.people.user(userId);
  if (!user) return { ok: false, gone: true, problems: [] };
  const wait = await throttle.wait('code', user.id);
  if (wait > 0) return { ...refused('code', tooMany(wait)), waitSeconds: wait };
  if (!(await acceptsCode(deps, user.id, code))) {
    await throttle.failed('code', user.id);
    return refused('code', t.codeWrong);
  }
  await throttle.succeeded('code', user.id);
  if (user.suspendedAt !== null) return refused('', suspended);
  if (!(await store.security.arrived(tokenHash(step)))) return { ok: false, gone: true, problems: [] };
  return { ok: true, ...(await begin(deps, user, device)) };
}

const suspended = t.suspended;
const tooMany = (seconds: number) => t.tooManyTries(Math.ceil(seconds / 60));

async function begin(deps: LogInDeps, user: User, device: Device): Promise<NewSession> {
  const workspaceId = await placeToStart(deps, user);
  await noteDevice(deps, user, device);
  return deps.sessions.create(user.id, workspaceId, device.agent);
}
