import type { Person } from '../../domain/actor.ts';
import { momentText } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { peopleRefusals as t } from '../../domain/texts/refusals/people.ts';
import type { Deps } from '../../deps.ts';
import type { NewMail } from '../../store/people/mails.ts';
import { mailOf } from '../mails/queue-mail.ts';
import { proveAgain, type Proof } from '../people/step-up.ts';
import type { Throttle } from '../sessions/throttle.ts';
import { newRecoveryCodes, newSecret, stepOf, typedCode } from './codes.ts';

type TwoFactorDeps = Pick<Deps, 'store' | 'passwords' | 'now' | 'settings' | 'config'> & { throttle: Throttle };

/** Makes a secret for the person's app. It counts only once a code has shown that the app has it. */
export async function beginTwoFactor(deps: TwoFactorDeps, actor: Person, proof: Proof): Promise<Result> {
  const proven = await proveAgain(deps, actor.userId, { ...proof, field: 'password' });
  if (!proven.ok) return proven;
  return (await deps.store.security.begin({ userId: actor.userId, now: deps.now() }, newSecret())) ? { ok: true } : refused('', t.secondStepOnAlready);
}

/** Switches the second step on; the recovery codes are shown this once. */
export async function confirmTwoFactor(deps: TwoFactorDeps, { userId }: Person, typed: string): Promise<Result<{ codes: string[] }>> {
  const { store, now } = deps;
  const begun = await store.security.of(userId, now());
  const mail = await mailAbout(deps, userId, true);
  if (!begun || begun.confirmedAt !== null || !mail) return refused('', t.nothingToConfirm);
  const step = stepOf(begun.secret, typedCode(typed), now());
  if (step === null) return refused('code', t.confirmCodeWrong);
  const codes = newRecoveryCodes();
  if (!(await store.security.confirm({ userId, now: now() }, begun.secret, step, codes, mail))) return refused('', t.secretReplaced);
  return { ok: true, codes };
}

export async function endTwoFactor(deps: TwoFactorDeps, actor: Person, proof: Proof): Promise<Result> {
  const proven = await proveAgain(deps, actor.userId, { ...proof, field: 'password' });
  if (!proven.ok) return proven;
  const mail = await mailAbout(deps, actor.userId, false);
  if (mail) await deps.store.security.off({ userId: actor.userId, now: deps.now() }, mail);
  return { ok: true };
}

/** Ten fresh recovery codes in the place of the old ones. */
export async function renewRecoveryCodes(deps: TwoFactorDeps, actor: Person, proof: Proof): Promise<Result<{ codes: string[] }>> {
  const proven = await proveAgain(deps, actor.userId, { ...proof, field: 'password' });
  if (!proven.ok) return proven;
  const codes = newRecoveryCodes();
  return (await deps.store.security.renewCodes(actor.userId, codes)) ? { ok: true, codes } : refused('', t.secondStepOff);
}

/** Whether this is a code of the app, or a recovery code, that was not used before. */
export async function acceptsCode({ store, now }: Pick<Deps, 'store' | 'now'>, userId: string, typed: string): Promise<boolean> {
  const code = typedCode(typed);
  const known = await store.security.of(userId, now());
  if (!known) return false;
  const step = stepOf(known.secret, code, now());
  return step === null ? store.security.useCode({ userId, now: now() }, code) : store.security.useStep(userId, step);
}

async function mailAbout(deps: TwoFactorDeps, userId: string, on: boolean): Promise<NewMail | undefined> {
  const user = await deps.store.people.user(userId);
  const at = deps.now();
  return user && mailOf(deps, { kind: 'two_factor', event: `two-factor:${on ? 'on' : 'off'}:${userId}:${at}`, to: { email: user.email, userId }, data: { on, at: momentText(at) } });
}
