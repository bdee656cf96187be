import type { Stripe } from 'stripe';
import { idOf, made, priceOf, StripeRefusal, type FakeAccount } from './account.ts';
import { draftInvoice, payInvoice, settleInvoice, type Line } from './invoices.ts';

const day = 86_400;

/** One period later, by the calendar. */
export function afterPeriod(start: number, price: Stripe.Price): number {
  const at = new Date(start * 1000);
  if (price.recurring?.interval === 'year') at.setUTCFullYear(at.getUTCFullYear() + 1);
  else at.setUTCMonth(at.getUTCMonth() + 1);
  return Math.floor(at.getTime() / 1000);
}

/** Starts a subscription that is in trial or paid at once; what the card does not pay makes none. */
export function startSubscription(
  account: FakeAccount, { customer, priceId, trialEnd, method, metadata }: { customer: string; priceId: string; trialEnd: number | null; method: string; metadata: Record<string, string> },
): Stripe.Subscription {
  const now = account.now();
  const price = priceOf(account, priceId);
  const id = account.id('sub');
  const end = trialEnd ?? afterPeriod(now, price);
  const subscription = made('subscription', {
    id, customer, currency: price.currency, created: now, start_date: now, billing_cycle_anchor: end, status: trialEnd === null ? 'active' : 'trialing', metadata,
    trial_start: trialEnd === null ? null : now, trial_end: trialEnd, cancel_at: null, cancel_at_period_end: false, canceled_at: null, ended_at: null, schedule: null,
    default_payment_method: method, latest_invoice: null, pause_collection: null, pending_update: null, billing_thresholds: null, test_clock: null,
  });
  const [item] = subscription.items.data;
  if (item) Object.assign(item, { id: account.id('si'), price, subscription: id, quantity: 1, current_period_start: now, current_period_end: end, plan: undefined });
  if (trialEnd === null && account.declines.get(method) === 'always') throw new StripeRefusal(402, 'card_error', 'card_declined', 'Your card was declined.');
  account.subscriptions.set(id, subscription);
  // The first charge went through when the card was typed; later ones may not.
  const later = account.declines.get(method);
  if (trialEnd === null) account.declines.set(method, 'never');
  account.emit('customer.subscription.created', subscription);
  const amount = trialEnd === null ? (price.unit_amount ?? 0) : 0;
  bill(account, subscription, [{ said: trialEnd === null ? lineText(price) : 'Trial period', amount, start: now, end }], 'subscription_create');
  if (later !== undefined) account.declines.set(method, later);
  return subscription;
}

/** Makes a bill and has it tried; the subscription follows how that ends. */
export function bill(account: FakeAccount, subscription: Stripe.Subscription, lines: readonly Line[], reason: string): boolean {
  const invoice = draftInvoice(account, subscription, lines, reason);
  subscription.latest_invoice = invoice.id ?? null;
  const paid = settleInvoice(account, subscription, invoice);
  if (!paid && (subscription.status === 'active' || subscription.status === 'trialing')) update(account, subscription, { status: 'past_due' });
  return paid;
}

export function update(account: FakeAccount, subscription: Stripe.Subscription, change: Partial<Stripe.Subscription>): void {
  Object.assign(subscription, change);
  account.emit('customer.subscription.updated', subscription);
}

export function endSubscription(account: FakeAccount, subscription: Stripe.Subscription, reason: Stripe.Subscription.CancellationDetails['reason']): void {
  releaseScheduleOf(account, subscription, 'canceled');
  Object.assign(subscription, { status: 'canceled', ended_at: account.now(), canceled_at: subscription.canceled_at ?? account.now(), cancellation_details: { comment: null, feedback: null, reason } });
  account.emit('customer.subscription.deleted', subscription);
}

/** What the end of a period brings: the end, the schedule's next phase, a new bill. */
export function renew(account: FakeAccount, subscription: Stripe.Subscription): void {
  const [item] = subscription.items.data;
  if (!item) return;
  if (subscription.cancel_at_period_end || (subscription.cancel_at !== null && subscription.cancel_at <= account.now())) {
    endSubscription(account, subscription, 'cancellation_requested');
    return;
  }
  enterNextPhase(account, subscription);
  const start = item.current_period_end;
  const end = afterPeriod(start, item.price);
  const wasUnpaid = subscription.status === 'past_due' || subscription.status === 'unpaid';
  Object.assign(item, { current_period_start: start, current_period_end: end });
  update(account, subscription, { status: wasUnpaid ? subscription.status : 'active' });
  bill(account, subscription, [{ said: lineText(item.price), amount: item.price.unit_amount ?? 0, start, end }], 'subscription_cycle');
}

/** Tries an open bill again; paid, the subscription recovers, and after the last try it ends as the account's settings say. */
export function retry(account: FakeAccount, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  if (payInvoice(account, subscription, invoice)) {
    if (!openInvoices(account, subscription.id).length && subscription.status !== 'canceled') update(account, subscription, { status: 'active' });
  } else if (invoice.next_payment_attempt === null) {
    if (account.afterTries === 'canceled') endSubscription(account, subscription, 'payment_failed');
    else update(account, subscription, { status: 'unpaid' });
  } else {
    account.emit('invoice.updated', invoice);
  }
}

export function openInvoices(account: FakeAccount, subscriptionId: string): Stripe.Invoice[] {
  return [...account.invoices.values()].filter(({ status, parent }) => status === 'open' && parent?.subscription_details?.subscription === subscriptionId);
}

/** The lines of a change in mid-period: what is left of the old taken off, the rest of the new put on. */
export function prorated(subscription: Stripe.Subscription, to: Stripe.Price, at: number): { lines: Line[]; end: number } {
  const [item] = subscription.items.data;
  if (!item) return { lines: [], end: at };
  const { current_period_start: start, current_period_end: end, price: from } = item;
  const share = Math.min(1, Math.max(0, (end - at) / (end - start)));
  const credit = { said: `Unused time on ${from.id}`, amount: -Math.round((from.unit_amount ?? 0) * share), start: at, end, proration: true };
  const same = to.recurring?.interval === from.recurring?.interval;
  const newEnd = same ? end : afterPeriod(at, to);
  return { lines: [credit, { said: `Remaining time on ${to.id}`, amount: Math.round((to.unit_amount ?? 0) * (same ? share : 1)), start: at, end: newEnd, proration: true }], end: newEnd };
}

/** A schedule's next phase, when its time has come; after the last it lets go. */
function enterNextPhase(account: FakeAccount, subscription: Stripe.Subscription): void {
  const schedule = account.schedules.get(idOf(subscription.schedule));
  const [item] = subscription.items.data;
  if (!schedule || !item) return;
  const next = schedule.phases.find(({ start_date: start }) => start >= item.current_period_end);
  const price = next?.items[0]?.price;
  if (typeof price === 'string') item.price = priceOf(account, price);
  releaseScheduleOf(account, subscription, 'released');
}

export function releaseScheduleOf(account: FakeAccount, subscription: Stripe.Subscription, as: 'released' | 'canceled'): void {
  const schedule = account.schedules.get(idOf(subscription.schedule));
  if (!schedule) return;
  Object.assign(schedule, { status: as, subscription: null, released_subscription: subscription.id, released_at: account.now(), current_phase: null });
  subscription.schedule = null;
  account.emit(`subscription_schedule.${as}`, schedule);
}

export function lineText(price: Stripe.Price): string {
  return `1 × ${price.id} (a ${price.recurring?.interval ?? 'month'})`;
}

/** Everything whose time comes until `to` (epoch s), in order; `set` moves the account's clock. */
export function passTime(account: FakeAccount, to: number, set: (at: number) => void): void {
  for (;;) {
    const due = [...account.subscriptions.values()].flatMap((subscription) => duesOf(account, subscription)).filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)[0];
    if (!due) break;
    set(Math.max(due.at, account.now()));
    due.act();
  }
  set(to);
}

function duesOf(account: FakeAccount, subscription: Stripe.Subscription): { at: number; act: () => void }[] {
  if (subscription.status === 'canceled') return [];
  const [item] = subscription.items.data;
  const end = item?.current_period_end ?? 0;
  const retries = openInvoices(account, subscription.id).flatMap((invoice) =>
    (invoice.next_payment_attempt === null ? [] : [{ at: invoice.next_payment_attempt, act: () => retry(account, subscription, invoice) }]));
  const warned = account.events.some(({ type, data }) => type === 'customer.subscription.trial_will_end' && (data.object as { id: string }).id === subscription.id);
  const warning = subscription.status === 'trialing' && !warned && subscription.trial_end !== null
    ? [{ at: subscription.trial_end - 3 * day, act: () => account.emit('customer.subscription.trial_will_end', subscription) }] : [];
  return [{ at: end, act: () => renew(account, subscription) }, ...retries, ...warning];
}
