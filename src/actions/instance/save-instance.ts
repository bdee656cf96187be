import { instanceSettings } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { emailProblems } from '../people/sign-up.ts';

/** Saves what the operator says of this instance. What the environment sets is not touched. */
export async function saveInstance(
  { settings, now }: Pick<Deps, 'settings' | 'now'>, userId: string, typed: Readonly<Record<string, string>>,
): Promise<Result> {
  const open = instanceSettings.filter(({ env }) => settings.origin(env) !== 'environment')
    .map((setting) => ({ ...setting, value: (typed[setting.field] ?? '').trim() }));
  const problems = open.flatMap(({ field, label, max, value }): Problem[] => {
    if (value.length > max) return [{ field, message: t.settingTooLong(label, max) }];
    if (/\p{Cc}/u.test(field === 'address' ? value.replaceAll('\n', '') : value)) return [{ field, message: t.settingUnseen(label) }];
    return field === 'email' && value !== '' ? emailProblems(value).map(({ message }) => ({ field, message })) : [];
  });
  if (problems.length > 0) return { ok: false, problems };
  await settings.save(open.map(({ env, value }) => ({ name: env, value: value === '' ? null : value })), { userId, now: now() });
  return { ok: true };
}
