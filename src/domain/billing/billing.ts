import { freeLimits, planOf, plans, trialLimits, type Plan, type PlanLimits } from './plan.ts';
import { billingRefusals as t } from '../texts/refusals/billing.ts';

/** The states of a subscription, in Stripe's words. */
export const subscriptionStatuses = ['incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

export const invoiceStatuses = ['open', 'paid', 'uncollectible', 'void'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

const day = 24 * 60 * 60 * 1000;

/** Settings of whoever sells subscriptions, by environment name; each may be saved in the dashboard as well. */
export const billingSettings = [
  { env: 'STRIPE_SECRET_KEY', label: t.secretKey, secret: true, help: t.secretKeyHelp },
  { env: 'STRIPE_WEBHOOK_SECRET', label: t.signingSecret, secret: true, help: t.signingSecretHelp },
  { env: 'STRIPE_PUBLISHABLE_KEY', label: t.publishableKey, secret: false, optional: true, help: t.publishableKeyHelp },
  { env: 'STRIPE_PRICES', label: t.prices, secret: false, help: t.pricesHelp(plans.map(({ id }) => id).join(', ')) },
  { env: 'STRIPE_TAX', label: t.stripeTax, secret: false, optional: true, help: t.stripeTaxHelp },
  { env: 'TRIAL_DAYS', label: t.trialDays, secret: false, fallback: '14', help: t.trialDaysHelp },
  { env: 'BILLING_GRACE_DAYS', label: t.graceDays, secret: false, fallback: '7', help: t.graceDaysHelp },
] as const;

export type Get = (env: string) => string | undefined;

/** A price at Stripe and the plan it sells. */
export interface PriceSetting {
  plan: Plan;
  priceId: string;
}

export interface BillingTerms {
  prices: readonly PriceSetting[];
  trialMs: number;
  graceMs: number;
  automaticTax: boolean;
}

/** The terms under which this instance sells; null while it does not, and then everything is allowed. */
export function billingTermsOf(get: Get): BillingTerms | null {
  const { prices } = readPrices(get('STRIPE_PRICES') ?? '');
  if (get('STRIPE_SECRET_KEY') === undefined || get('STRIPE_WEBHOOK_SECRET') === undefined || prices.length === 0) return null;
  return {
    prices, trialMs: daysOf(get('TRIAL_DAYS'), 14) * day, graceMs: daysOf(get('BILLING_GRACE_DAYS'), 7) * day,
    automaticTax: /^(on|yes|true)$/iu.test(get('STRIPE_TAX') ?? ''),
  };
}

/** Whether something of it is set, enough or not. */
export function billingBegun(get: Get): boolean {
  return ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICES'].some((env) => get(env) !== undefined);
}

/** What of the setting can be followed, and a sentence for each piece that cannot. */
export function readPrices(text: string): { prices: PriceSetting[]; problems: string[] } {
  const prices: PriceSetting[] = [];
  const problems: string[] = [];
  for (const pair of text.split(/[\s,]+/u).filter(Boolean)) {
    const [planId = '', priceId = ''] = pair.split(':');
    const plan = planOf(planId);
    if (!plan) problems.push(t.notAPlan(planId, plans.map(({ id }) => id).join(', ')));
    else if (!/^price_\w{1,100}$/u.test(priceId)) problems.push(t.notAPrice(pair));
    else if (prices.some((known) => known.priceId === priceId)) problems.push(t.priceTwice(priceId));
    else prices.push({ plan, priceId });
  }
  return { prices, problems };
}

export function daysProblem(text: string): string | null {
  return /^\d{1,4}$/u.test(text.trim()) ? null : t.daysMalformed;
}

function daysOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && daysProblem(text) === null ? Number(text) : otherwise;
}

/** What is known of a workspace's subscription, as far as its standing depends on it. */
export interface Subscribed {
  /** End of the trial without a card. */
  trialEndsAt: number;
  /** Since when the operator lets it in for free. */
  freeSince: number | null;
  status: SubscriptionStatus | null;
  plan: string | null;
  periodEnd: number | null;
  trialEnd: number | null;
  cancelAt: number | null;
  endedAt: number | null;
  /** When the oldest bill was made that is tried in vain and still open. */
  unpaidSince: number | null;
}

export type EndedBecause = 'trial' | 'canceled' | 'unpaid';

/** How a workspace stands. In all but `ended` and `held` it may do what its limits allow; in `ended` what is scheduled goes on. */
export type Standing =
  | { kind: 'free' }
  | { kind: 'trial'; endsAt: number; /** Chosen, with a card, for when the trial is over. */ plan: Plan | null; cancels: boolean }
  | { kind: 'active'; plan: Plan | null; periodEnd: number | null; cancelAt: number | null }
  | { kind: 'past_due'; plan: Plan | null; since: number; heldAt: number }
  | { kind: 'ended'; because: EndedBecause; endedAt: number; heldAt: number }
  | { kind: 'held'; because: EndedBecause; since: number };

export function standingOf(subscribed: Subscribed, { graceMs }: Pick<BillingTerms, 'graceMs'>, now: number): Standing {
  const { trialEndsAt, freeSince, status, periodEnd, trialEnd, cancelAt, endedAt, unpaidSince } = subscribed;
  if (freeSince !== null) return { kind: 'free' };
  const plan = planOf(subscribed.plan) ?? null;
  const over = (because: EndedBecause, at: number, from = at): Standing => {
    const heldAt = from + graceMs;
    return now >= heldAt ? { kind: 'held', because, since: heldAt } : { kind: 'ended', because, endedAt: at, heldAt };
  };
  switch (status) {
    case 'trialing':
      return { kind: 'trial', endsAt: trialEnd ?? periodEnd ?? trialEndsAt, plan, cancels: cancelAt !== null };
    case 'active':
      return { kind: 'active', plan, periodEnd, cancelAt };
    case 'past_due':
    case 'unpaid': {
      const since = unpaidSince ?? periodEnd ?? now;
      const heldAt = since + graceMs;
      return now >= heldAt ? { kind: 'held', because: 'unpaid', since: heldAt } : { kind: 'past_due', plan, since, heldAt };
    }
    case 'paused':
      return over('unpaid', trialEnd ?? periodEnd ?? now);
    case 'canceled': {
      const at = endedAt ?? periodEnd ?? now;
      // Whoever had days of grace for a failed payment does not get them again when Stripe gives up.
      return unpaidSince !== null && unpaidSince <= at ? over('unpaid', at, unpaidSince) : now < trialEndsAt ? trial(trialEndsAt) : over('canceled', at);
    }
    case 'incomplete':
    case 'incomplete_expired':
    case null:
      return now < trialEndsAt ? trial(trialEndsAt) : over('trial', trialEndsAt);
  }
}

function trial(endsAt: number): Standing {
  return { kind: 'trial', endsAt, plan: null, cancels: false };
}

/** What a standing entitles to; null: to nothing new. */
export function entitlementsOf(standing: Standing): PlanLimits | null {
  switch (standing.kind) {
    case 'free': return freeLimits;
    case 'trial': return standing.plan?.limits ?? trialLimits;
    // A price that the settings no longer name: who pays is not punished for it.
    case 'active':
    case 'past_due': return standing.plan?.limits ?? freeLimits;
    case 'ended':
    case 'held': return null;
  }
}

/** Whether a subscription is there to be changed, rather than a new one to be made. */
export function isLive(status: SubscriptionStatus | null): boolean {
  return status === 'trialing' || status === 'active' || status === 'past_due' || status === 'unpaid' || status === 'paused';
}
