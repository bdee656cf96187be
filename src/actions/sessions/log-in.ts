import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { placeToStart } from '../workspaces/make-workspace.ts';
import { noteDevice, type Device } from './note-device.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface LogIn {
  email: string;
  password: string;
  ip: string;
  device: Device;
}

/** Known and unknown e-mail addresses get the same answer after the same work. */
export async function logIn(
  deps: Pick<Deps, 'store' | 'passwords' | 'providers' | 'now' | 'settings' | 'config'> & { sessions: Sessions; throttle: Throttle }, { email: typed, password, ip, device }: LogIn,
): Promise<Result<{ token: string; expiresAt: number }> & { waitSeconds?: number }> {
  const { store, passwords, sessions, throttle } = deps;
  const email = typed.trim().toLowerCase();
  const wait = await throttle.wait(email, ip);
  if (wait > 0) return { ...refused('password', `Too many tries. Wait ${Math.ceil(wait / 60)} min and try again.`), waitSeconds: wait };
  const user = await store.people.userByEmail(email);
  if (!(await passwords.verify(password, user?.passwordHash ?? null)) || !user) {
    await throttle.failed(email, ip);
    return refused('password', 'E-mail and password do not match.');
  }
  await throttle.succeeded(email, ip);
  // Said to whoever knows the password, and to nobody else.
  if (user.suspendedAt !== null) return refused('', 'This account is suspended. Ask whoever runs this instance.');
  if (passwords.needsRehash(user.passwordHash)) await store.people.setPassword(user.id, await passwords.hash(password));
  const workspaceId = await placeToStart(deps, user);
  await noteDevice(deps, user, device);
  return { ok: true, ...(await sessions.create(user.id, workspaceId, device.agent)) };
}
