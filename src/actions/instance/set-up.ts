import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import type { Deps } from '../../deps.ts';
import { ProviderError } from '../../providers/contract.ts';
import type { SetupGroup } from '../../providers/setups.ts';

/** Longest value of a setting, in characters. */
const longest = 4_000;

/** A test is given up after this long (ms): whoever pressed the button waits. */
const patience = 20_000;

/** Names under which results of checks are kept. */
export const testOf = (setupId: string) => `test:${setupId}`;
export const reachOf = (setupId: string) => `reach:${setupId}`;
export const reviewedOf = (setupId: string) => `reviewed:${setupId}`;

/** Keeps that the network has approved the app, or that it has not: nobody but the operator learns of it. */
export async function noteReview({ store, now }: Pick<Deps, 'store' | 'now'>, { setup }: SetupGroup, passed: boolean): Promise<void> {
  if (passed) await store.settings.putCheck(reviewedOf(setup.id), [], now());
  else await store.settings.dropChecks([reviewedOf(setup.id)]);
}

/**
 * Saves what the operator typed for a network's app; it counts at once. An empty secret stays as it was, any other empty
 * field is forgotten, and what the environment sets is not touched.
 */
export async function saveSetup(
  { store, settings, now }: Pick<Deps, 'store' | 'settings' | 'now'>, userId: string, { setup }: SetupGroup, typed: Readonly<Record<string, string>>,
): Promise<Result> {
  const open = setup.settings.filter(({ env }) => settings.origin(env) !== 'environment' && typed[env] !== undefined);
  const problems = open.flatMap(({ env, label }) => valueProblems(env, label, typed[env] ?? ''));
  if (problems.length > 0) return { ok: false, problems };
  const changes = open.map(({ env, secret }) => ({ name: env, value: typed[env]?.trim() ?? '', secret }))
    .filter(({ value, secret }) => value !== '' || !secret)
    .map(({ name, value }) => ({ name, value: value === '' ? null : value }));
  await settings.save(changes, { userId, now: now() });
  await store.settings.dropChecks([testOf(setup.id), reachOf(setup.id)]);
  return { ok: true };
}

/** Forgets everything that was saved for a network's app. What the environment sets stays. */
export async function removeSetup({ store, settings, now }: Pick<Deps, 'store' | 'settings' | 'now'>, userId: string, { setup }: SetupGroup): Promise<void> {
  await settings.save(setup.settings.map(({ env }) => ({ name: env, value: null })), { userId, now: now() });
  await store.settings.dropChecks([testOf(setup.id), reachOf(setup.id), reviewedOf(setup.id)]);
}

/** Asks the company whether the settings work, and keeps what it said. */
export async function testSetup({ store, io, now }: Pick<Deps, 'store' | 'io' | 'now'>, { setup, providers }: SetupGroup): Promise<void> {
  const [provider] = providers;
  if (!setup.test || !provider) return;
  const label = t.testOf(setup.name);
  const finding = await within(patience, setup.test(io(provider.id, ''))).then(
    (said) => ({ label, good: said !== undefined, said: said ?? t.noAnswer(setup.name, patience / 1000) }),
    (error: unknown) => {
      if (!(error instanceof ProviderError)) throw error;
      const { failure } = error;
      const fix = failure.kind === 'rejected' ? failure.fix : failure.kind === 'auth' ? t.copiedWhole : t.tryAgain;
      return { label, good: false, said: `${failure.message} ${fix}` };
    },
  );
  await store.settings.putCheck(testOf(setup.id), [finding], now());
}

function valueProblems(env: string, label: string, value: string): Problem[] {
  if (value.length > longest) return [{ field: env, message: t.networkSettingTooLong(label, longest) }];
  // Headers take no others: what was copied with a page around it often has one, seen or unseen.
  if (!/^[\x20-\x7e]*$/u.test(value.trim())) return [{ field: env, message: t.networkSettingUnseen(label) }];
  return [];
}

/** What `work` gives, or undefined when it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
