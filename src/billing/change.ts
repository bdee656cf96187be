import type { BillingTerms } from '../domain/billing/billing.ts';
import { comparePlans } from '../domain/billing/plan.ts';
import type { Price } from '../store/billing/billing.ts';
import type { Stripe } from './client.ts';
import { currentOf } from './read.ts';

/** What a change of plan will do. */
export interface ChangePreview {
  /** `later`: when the paid period ends. */
  when: 'now' | 'later';
  at: number;
  /** Due at once, as Stripe works it out, in the currency's smallest unit; what is left of the old plan is taken off. */
  due: { amount: number; currency: string; lines: { said: string; amount: number }[] } | null;
  /** Epoch seconds of the reckoning; sent along with the confirmation, so that what was shown is what is charged. */
  prorationDate: number;
}

/** The subscription as it is now; undefined when nothing lives that could be changed. Throws the SDK's errors. */
export async function liveSubscription(stripe: Stripe, customerId: string): Promise<Stripe.Subscription | undefined> {
  const all = await stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 100, expand: ['data.schedule'] }).autoPagingToArray({ limit: 1_000 });
  const current = currentOf(all);
  return current && ['trialing', 'active', 'past_due', 'unpaid', 'paused'].includes(current.status) ? current : undefined;
}

/** More is had at once, less when what was paid for is used up; in a trial nothing is paid yet, so that all is at once. */
export function changeWhen(subscription: Stripe.Subscription, to: string, prices: BillingTerms['prices'], known: ReadonlyMap<string, Price>): 'now' | 'later' {
  if (subscription.status === 'trialing') return 'now';
  const from = subscription.items.data[0]?.price;
  const planOf = (priceId: string) => prices.find((price) => price.priceId === priceId)?.plan.id ?? '';
  const order = comparePlans(planOf(to), planOf(from?.id ?? ''));
  const longer = daysOf(known.get(to)) - daysOf(from?.recurring && { interval: from.recurring.interval, intervalCount: from.recurring.interval_count });
  return order > 0 || (order === 0 && longer > 0) ? 'now' : 'later';
}

export async function previewChange(stripe: Stripe, subscription: Stripe.Subscription, to: string, when: 'now' | 'later', now: number): Promise<ChangePreview> {
  const [item] = subscription.items.data;
  const prorationDate = Math.floor(now / 1000);
  const periodEnd = (item?.current_period_end ?? prorationDate) * 1000;
  if (when === 'later' || subscription.status === 'trialing' || !item) return { when, at: when === 'now' ? now : periodEnd, due: null, prorationDate };
  const preview = await stripe.invoices.createPreview({
    customer: idOf(subscription.customer), subscription: subscription.id,
    subscription_details: { items: [{ id: item.id, price: to }], proration_behavior: 'always_invoice', proration_date: prorationDate },
  });
  const lines = preview.lines.data.map(({ description, amount }) => ({ said: description ?? '', amount }));
  return { when, at: now, due: { amount: preview.amount_due, currency: preview.currency, lines }, prorationDate };
}

/** Changes the plan at once. What the card does not pay changes nothing. A cancellation or a later change that was asked for before is off. */
export async function changeNow(stripe: Stripe, subscription: Stripe.Subscription, to: string, { key, prorationDate }: { key: string; prorationDate: number }): Promise<void> {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${subscription.id} has no item`);
  await releaseSchedule(stripe, subscription, key);
  const inTrial = subscription.status === 'trialing';
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, price: to }], ...uncanceled(subscription),
    ...(inTrial ? { proration_behavior: 'none' } : { proration_behavior: 'always_invoice', proration_date: prorationDate, payment_behavior: 'error_if_incomplete' }),
  }, { idempotencyKey: `${key}-change` });
}

/** Has the plan change when the paid period ends. Dying between the two calls leaves a schedule that changes nothing, and the next try takes it up. */
export async function changeLater(stripe: Stripe, subscription: Stripe.Subscription, to: string, { key }: { key: string }): Promise<void> {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${subscription.id} has no item`);
  const cancels = uncanceled(subscription);
  if (Object.keys(cancels).length > 0) await stripe.subscriptions.update(subscription.id, cancels, { idempotencyKey: `${key}-stay` });
  const schedule = scheduleOf(subscription) ?? (await stripe.subscriptionSchedules.create({ from_subscription: subscription.id }, { idempotencyKey: `${key}-schedule` }));
  const start = schedule.current_phase?.start_date ?? item.current_period_start;
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release', proration_behavior: 'none',
    phases: [
      { items: [{ price: item.price.id, quantity: 1 }], start_date: start, end_date: item.current_period_end, proration_behavior: 'none' },
      { items: [{ price: to, quantity: 1 }], proration_behavior: 'none', duration: { interval: 'month', interval_count: 1 } },
    ],
  }, { idempotencyKey: `${key}-phases` });
}

/** Takes back a change that was to come later. */
export async function keepPlan(stripe: Stripe, subscription: Stripe.Subscription, { key }: { key: string }): Promise<void> {
  await releaseSchedule(stripe, subscription, key);
}

export async function cancelAtEnd(stripe: Stripe, subscription: Stripe.Subscription, { key }: { key: string }): Promise<void> {
  await releaseSchedule(stripe, subscription, key);
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }, { idempotencyKey: `${key}-cancel` });
}

export async function resume(stripe: Stripe, subscription: Stripe.Subscription, { key }: { key: string }): Promise<void> {
  const change = uncanceled(subscription);
  if (Object.keys(change).length > 0) await stripe.subscriptions.update(subscription.id, change, { idempotencyKey: `${key}-resume` });
}

/** What takes a cancellation back, however it was asked for. */
function uncanceled({ cancel_at: at, cancel_at_period_end: atEnd }: Stripe.Subscription): { cancel_at_period_end?: false; cancel_at?: '' } {
  return atEnd ? { cancel_at_period_end: false } : at !== null ? { cancel_at: '' } : {};
}

function scheduleOf({ schedule }: Stripe.Subscription): Stripe.SubscriptionSchedule | undefined {
  return schedule !== null && typeof schedule === 'object' && schedule.status === 'active' ? schedule : undefined;
}

/** Stripe lets nothing be changed by hand while a schedule says what comes. */
async function releaseSchedule(stripe: Stripe, subscription: Stripe.Subscription, key: string): Promise<void> {
  const schedule = scheduleOf(subscription);
  if (schedule) await stripe.subscriptionSchedules.release(schedule.id, {}, { idempotencyKey: `${key}-release` });
}

function idOf(customer: Stripe.Subscription['customer']): string {
  return typeof customer === 'string' ? customer : customer.id;
}

/** Roughly; only to tell the longer of two. */
function daysOf(price: Pick<Price, 'interval' | 'intervalCount'> | null | undefined): number {
  const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };
  return price ? (days[price.interval] ?? 0) * price.intervalCount : 0;
}
