import type { Actor } from '../../domain/actor.ts';
import { billingTermsOf, isLive, type BillingTerms } from '../../domain/billing/billing.ts';
import { refused, type Result } from '../../domain/result.ts';
import { billingRefusals as t } from '../../domain/texts/refusals/billing.ts';
import { checkoutPage, portalPage } from '../../billing/checkout.ts';
import { stripeOf, type Stripe } from '../../billing/client.ts';
import { cancelAtEnd, changeLater, changeNow, changeWhen, keepPlan, liveSubscription, previewChange, resume, type ChangePreview } from '../../billing/change.ts';
import { syncPrices, syncWorkspace } from '../../billing/sync.ts';
import { refusalOf } from '../../billing/trouble.ts';
import { isId } from '../../lib/ids.ts';
import type { BillingAccount } from '../../store/billing/billing.ts';
import { settleWorkspace, type SettleDeps } from './settle.ts';

export interface Intent {
  /** Of the form: sent twice, it is done once. */
  intent: string;
}

/** Leads to the page of Stripe's where a plan is paid. */
export function beginCheckout(deps: SettleDeps, actor: Actor, { priceId, intent }: Intent & { priceId: string }): Promise<Result<{ url: string }>> {
  return atStripe(deps, actor, intent, async (stripe, account, terms) => {
    if (!isSold(terms, priceId)) return refused('price', t.planUnknown);
    // Another window, or a person of the same workspace, may have paid meanwhile.
    await syncWorkspace(deps, actor.workspaceId, stripe);
    const fresh = (await deps.store.billing.account(actor.workspaceId)) ?? account;
    if (isLive(fresh.status)) return refused('', t.subscribedAlready);
    return { ok: true, url: await checkoutPage(deps, stripe, fresh, { terms, priceId, intent }) };
  });
}

/** Leads to Stripe's pages for cards, bills and addresses. */
export function openPortal(deps: SettleDeps, actor: Actor): Promise<Result<{ url: string }>> {
  return atStripe(deps, actor, null, async (stripe, { customerId }) =>
    (customerId === null ? refused('', t.planMissing) : { ok: true, url: await portalPage(deps, stripe, customerId) }));
}

/** What a change of plan would do and cost. Changes nothing. */
export function previewPlanChange(deps: SettleDeps, actor: Actor, priceId: string): Promise<Result<{ preview: ChangePreview }>> {
  return withSubscription(deps, actor, null, async (stripe, subscription, terms) => {
    const ready = await changeable(deps, subscription, terms, priceId);
    return ready.ok ? { ok: true, preview: await previewChange(stripe, subscription, priceId, ready.when, deps.now()) } : ready;
  });
}

/** More at once, less when the paid period ends. */
export function changePlan(deps: SettleDeps, actor: Actor, { priceId, intent, prorationDate }: Intent & { priceId: string; prorationDate: number }): Promise<Result<{ when: 'now' | 'later' }>> {
  return withSubscription(deps, actor, intent, async (stripe, subscription, terms, key) => {
    const ready = await changeable(deps, subscription, terms, priceId);
    if (!ready.ok) return ready;
    const seconds = Math.floor(deps.now() / 1000);
    // What was shown counts for an hour, and never reaches back before the period.
    const from = subscription.items.data[0]?.current_period_start ?? seconds;
    if (ready.when === 'now' && (prorationDate < Math.max(from, seconds - 3_600) || prorationDate > seconds + 60)) return refused('', t.priceChanged);
    if (ready.when === 'now') await changeNow(stripe, subscription, priceId, { key, prorationDate });
    else await changeLater(stripe, subscription, priceId, { key });
    return { ok: true, when: ready.when };
  });
}

export function keepPresentPlan(deps: SettleDeps, actor: Actor, { intent }: Intent): Promise<Result> {
  return withSubscription(deps, actor, intent, async (stripe, subscription, _terms, key) => {
    await keepPlan(stripe, subscription, { key });
    return { ok: true };
  });
}

/** Ends the subscription with the period that is paid. */
export function cancelSubscription(deps: SettleDeps, actor: Actor, { intent }: Intent): Promise<Result> {
  return withSubscription(deps, actor, intent, async (stripe, subscription, _terms, key) => {
    await cancelAtEnd(stripe, subscription, { key });
    return { ok: true };
  });
}

export function resumeSubscription(deps: SettleDeps, actor: Actor, { intent }: Intent): Promise<Result> {
  return withSubscription(deps, actor, intent, async (stripe, subscription, _terms, key) => {
    await resume(stripe, subscription, { key });
    return { ok: true };
  });
}

/** Looks at Stripe how it stands: for whoever comes back from there, so that nobody waits for an event. */
export function lookAtStripe(deps: SettleDeps, actor: Actor): Promise<Result> {
  return atStripe(deps, actor, null, async (stripe) => {
    await syncWorkspace(deps, actor.workspaceId, stripe);
    return { ok: true };
  });
}

type AtStripe<T> = (stripe: Stripe, account: BillingAccount, terms: BillingTerms) => Promise<Result<T>>;

/** Does something at Stripe, then brings what is kept here up to date. `intent` is checked where one is needed. */
async function atStripe<T>(deps: SettleDeps, { workspaceId }: Actor, intent: string | null, act: AtStripe<T>): Promise<Result<T>> {
  const { store, settings, now, log } = deps;
  const terms = billingTermsOf(settings.get);
  if (!terms) return refused('', t.nothingSold);
  if (intent !== null && !isId(intent)) return refused('', t.formBroken);
  await store.billing.beginTrial(workspaceId, now() + terms.trialMs);
  const account = await store.billing.account(workspaceId);
  if (!account) return refused('', t.workspaceGone);
  try {
    const done = await act(await stripeOf(deps), account, terms);
    await settleWorkspace(deps, workspaceId);
    return done;
  } catch (error) {
    return refusalOf(error, log);
  }
}

type WithSubscription<T> = (stripe: Stripe, subscription: Stripe.Subscription, terms: BillingTerms, key: string) => Promise<Result<T>>;

function withSubscription<T>(deps: SettleDeps, actor: Actor, intent: string | null, act: WithSubscription<T>): Promise<Result<T>> {
  return atStripe<T>(deps, actor, intent, async (stripe, { customerId }, terms) => {
    const subscription = customerId === null ? undefined : await liveSubscription(stripe, customerId);
    if (!subscription) return refused('', t.nothingToChange);
    const done = await act(stripe, subscription, terms, `${actor.workspaceId}-${intent ?? ''}`);
    if (intent !== null) await syncWorkspace(deps, actor.workspaceId, stripe);
    return done;
  });
}

async function changeable(
  deps: SettleDeps, subscription: Stripe.Subscription, terms: BillingTerms, priceId: string,
): Promise<Result<{ when: 'now' | 'later' }>> {
  if (!isSold(terms, priceId)) return refused('price', t.planUnknown);
  if (subscription.items.data[0]?.price.id === priceId) return refused('price', t.planAlready);
  if (subscription.status !== 'active' && subscription.status !== 'trialing') return refused('', t.billOpen);
  if (!(await deps.store.billing.prices()).has(priceId)) await syncPrices(deps);
  return { ok: true, when: changeWhen(subscription, priceId, terms.prices, await deps.store.billing.prices()) };
}

function isSold({ prices }: BillingTerms, priceId: string): boolean {
  return prices.some((price) => price.priceId === priceId);
}
