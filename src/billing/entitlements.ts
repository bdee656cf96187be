import { billingTermsOf, entitlementsOf, standingOf, type Standing } from '../domain/billing/billing.ts';
import type { Problem } from '../domain/limits.ts';
import type { PlanLimits } from '../domain/billing/plan.ts';
import { sizeText } from '../domain/units.ts';
import { billingRefusals as t } from '../domain/texts/refusals/billing.ts';
import type { BillingAccount } from '../store/billing/billing.ts';
import type { BillingDeps } from './deps.ts';

type Needs = Pick<BillingDeps, 'store' | 'settings' | 'now'>;

/** Something new that a person wants. `publish` is sending at once, which no number limits. */
export type Wanted =
  | { what: 'channels' | 'members' | 'scheduled'; adding?: number }
  | { what: 'storage'; bytes: number }
  /** What only reads goes on after the end. */
  | { what: 'api'; reading?: boolean }
  | { what: 'publish' };

export interface BillingState {
  standing: Standing;
  /** Null: nothing new. */
  limits: PlanLimits | null;
  account: BillingAccount | undefined;
}

/** How a workspace stands; null where nothing is sold. */
export async function billingStateOf({ store, settings, now }: Needs, workspaceId: string): Promise<BillingState | null> {
  const terms = billingTermsOf(settings.get);
  if (!terms) return null;
  const account = await store.billing.account(workspaceId);
  // Its trial begins within the minute.
  const standing: Standing = account ? standingOf(account, terms, now()) : { kind: 'trial', endsAt: now() + terms.trialMs, plan: null, cancels: false };
  return { standing, limits: entitlementsOf(standing), account };
}

/**
 * The one place where a plan says no: what stands in the way of something new, with a link to what can be done, or null.
 * What exists is never touched by it.
 */
export async function allows(deps: Needs, workspaceId: string, wanted: Wanted): Promise<Problem | null> {
  const state = await billingStateOf(deps, workspaceId);
  if (!state) return null;
  const { standing, limits } = state;
  if (!limits) return wanted.what === 'api' && wanted.reading ? null : refusal(endedText(standing));
  if (wanted.what === 'publish') return null;
  const yours = standing.kind === 'trial' && !standing.plan ? t.yourTrial : t.yourPlan;
  if (wanted.what === 'api') return limits.apiPerHour === null ? refusal(t.planWithoutApi) : null;
  const usage = await deps.store.invoices.usage(workspaceId, deps.now());
  if (wanted.what === 'storage') {
    const free = limits.storageBytes - usage.storageBytes;
    return wanted.bytes <= free ? null : refusal(t.storageFull(yours, sizeText(limits.storageBytes), sizeText(Math.max(0, free))));
  }
  const { what, adding = 1 } = wanted;
  return usage[what] + adding <= limits[what] ? null : refusal(t.full(yours, limits[what].toLocaleString('en'), t.counted[what], usage[what].toLocaleString('en')));
}

/** How many requests to the API a workspace may make in an hour; null where no plan limits it. */
export async function apiRateOf(deps: Needs, workspaceId: string): Promise<number | null> {
  return (await billingStateOf(deps, workspaceId))?.limits?.apiPerHour ?? null;
}

function endedText(standing: Standing): string {
  const because = 'because' in standing ? standing.because : 'canceled';
  return t.ended[because];
}

function refusal(message: string): Problem {
  return { field: '', message, link: { href: '/settings/billing', label: t.plansPage } };
}
