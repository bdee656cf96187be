import { billingSettings, billingTermsOf, daysProblem, readPrices } from '../../domain/billing/billing.ts';
import type { Finding } from '../../domain/channels/finding.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { billingRefusals as t } from '../../domain/texts/refusals/billing.ts';
import { stripeOf } from '../../billing/client.ts';
import { syncPrices } from '../../billing/sync.ts';
import { refusalOf } from '../../billing/trouble.ts';
import type { Deps } from '../../deps.ts';
import { settleAll, type SettleDeps } from './settle.ts';

/** Under which the result of the test is kept. */
export const billingTest = 'test:billing';

const shapes: Readonly<Record<string, readonly [RegExp, string]>> = {
  STRIPE_SECRET_KEY: [/^[rs]k_(?:test|live)_\w+$/u, t.secretKeyShape],
  STRIPE_WEBHOOK_SECRET: [/^whsec_\S+$/u, t.signingSecretShape],
  STRIPE_PUBLISHABLE_KEY: [/^pk_(?:test|live)_\w+$/u, t.publishableKeyShape],
};

/** Saves what the operator typed; it counts at once. An empty secret stays as it was, any other empty field is forgotten. */
export async function saveBilling(deps: SettleDeps & Pick<Deps, 'settings'>, userId: string, typed: Readonly<Record<string, string>>): Promise<Result> {
  const { store, settings, now } = deps;
  const open = billingSettings.filter(({ env }) => settings.origin(env) !== 'environment' && typed[env] !== undefined)
    .map((setting) => ({ ...setting, value: typed[setting.env]?.trim() ?? '' }));
  const problems = open.flatMap(({ env, value }) => problemsOf(env, value));
  if (problems.length > 0) return { ok: false, problems };
  await settings.save(
    open.filter(({ value, secret }) => value !== '' || !secret).map(({ env, value }) => ({ name: env, value: value === '' ? null : value })), { userId, now: now() },
  );
  await store.settings.dropChecks([billingTest]);
  await settleAll(deps);
  return { ok: true };
}

/** Forgets all of it: nothing is sold any more, everything is allowed, and what was held goes out. */
export async function removeBilling(deps: SettleDeps & Pick<Deps, 'settings'>, userId: string): Promise<void> {
  await deps.settings.save(billingSettings.map(({ env }) => ({ name: env, value: null })), { userId, now: deps.now() });
  await deps.store.settings.dropChecks([billingTest]);
  await settleAll(deps);
}

/** Asks Stripe whether it knows the key and the prices, and keeps what it said. */
export async function testBilling(deps: SettleDeps): Promise<void> {
  const { store, settings, now, log } = deps;
  const terms = billingTermsOf(settings.get);
  if (!terms) return;
  const findings: Finding[] = [];
  try {
    const unusable = await syncPrices(deps);
    findings.push({ label: t.keyFinding, good: true, said: t.keyWorks });
    for (const { plan, priceId } of terms.prices) {
      const why = unusable.get(priceId);
      findings.push({ label: plan.name, good: why === undefined, said: why ?? t.priceFine(priceId) });
    }
    const stripe = await stripeOf(deps);
    const hook = `${deps.config.publicUrl}/hooks/stripe`;
    const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
    const there = data.some(({ url, status }) => url === hook && status === 'enabled');
    findings.push({ label: t.hookFinding, good: there, said: there ? t.hookSet(hook) : t.hookMissing(hook) });
  } catch (error) {
    const refusal = refusalOf(error, log);
    findings.push({ label: t.stripeFinding, good: false, said: refusal.problems[0]?.message ?? '' });
  }
  await store.settings.putCheck(billingTest, findings, now());
}

function problemsOf(env: string, value: string): Problem[] {
  if (value === '') return [];
  const problem = (message: string) => [{ field: env, message }];
  if (value.length > 4_000 || /\p{Cc}/u.test(value)) return problem(t.settingMalformed);
  if (env === 'STRIPE_PRICES') return readPrices(value).problems.map((message) => ({ field: env, message }));
  if (env === 'TRIAL_DAYS' || env === 'BILLING_GRACE_DAYS') {
    const wrong = daysProblem(value);
    return wrong === null ? [] : problem(wrong);
  }
  const [shape, told] = shapes[env] ?? [/^/u, ''];
  return shape.test(value) ? [] : problem(told);
}
