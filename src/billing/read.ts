import { planOf } from '../domain/billing/plan.ts';
import { invoiceStatuses, subscriptionStatuses, type BillingTerms, type InvoiceStatus, type SubscriptionStatus } from '../domain/billing/billing.ts';
import type { AccountRead } from '../store/billing/billing.ts';
import type { InvoiceRead } from '../store/billing/invoices.ts';
import type { Stripe } from './client.ts';
import { isMissing } from './trouble.ts';

export interface CustomerRead extends AccountRead {
  invoices: InvoiceRead[];
}

/** More subscriptions, bills or charges than this nobody has. */
const most = { limit: 1_000 };

/** All that is kept of a customer, read from Stripe as it is now; `gone` when it was deleted there. Throws the SDK's errors. */
export async function readCustomer(stripe: Stripe, customerId: string, { prices }: Pick<BillingTerms, 'prices'>): Promise<CustomerRead | 'gone'> {
  try {
    const customer = await stripe.customers.retrieve(customerId, { expand: ['invoice_settings.default_payment_method'] });
    if (customer.deleted) return 'gone';
    const [subscriptions, invoices, charges] = await Promise.all([
      stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 100, expand: ['data.default_payment_method', 'data.schedule'] }).autoPagingToArray(most),
      stripe.invoices.list({ customer: customerId, limit: 100, expand: ['data.payments'] }).autoPagingToArray(most),
      stripe.charges.list({ customer: customerId, limit: 100 }).autoPagingToArray(most),
    ]);
    const subscription = currentOf(subscriptions);
    return {
      email: customer.email, ...(subscription ? subscriptionRead(subscription, prices) : none),
      ...cardOf(subscription?.default_payment_method ?? customer.invoice_settings.default_payment_method),
      invoices: invoices.flatMap((invoice) => invoiceRead(invoice, charges)),
    };
  } catch (error) {
    if (isMissing(error)) return 'gone';
    throw error;
  }
}

/** The one that counts: the newest that lives, else the newest that has lived. */
export function currentOf(subscriptions: readonly Stripe.Subscription[]): Stripe.Subscription | undefined {
  const rank = ({ status }: Stripe.Subscription) => (status === 'incomplete_expired' ? 0 : status === 'incomplete' ? 1 : status === 'canceled' ? 2 : 3);
  return subscriptions.toSorted((a, b) => rank(b) - rank(a) || b.created - a.created)[0];
}

const none = { subscriptionId: null, status: null, plan: null, priceId: null, periodEnd: null, trialEnd: null, cancelAt: null, endedAt: null, nextPriceId: null };

type SubscriptionRead = Omit<AccountRead, 'email' | 'cardBrand' | 'cardLast4'>;

function subscriptionRead(subscription: Stripe.Subscription, prices: BillingTerms['prices']): SubscriptionRead {
  const [item] = subscription.items.data;
  const priceId = item?.price.id ?? null;
  const periodEnd = ms(item?.current_period_end);
  return {
    subscriptionId: subscription.id, status: statusOf(subscription), priceId,
    plan: planOf(prices.find((price) => price.priceId === priceId)?.plan.id)?.id ?? null,
    periodEnd, trialEnd: ms(subscription.trial_end), endedAt: ms(subscription.ended_at),
    // A subscription can be told to end at a moment, or at the end of its period.
    cancelAt: subscription.status === 'canceled' ? null : (ms(subscription.cancel_at) ?? (subscription.cancel_at_period_end ? periodEnd : null)),
    nextPriceId: nextPriceOf(subscription, priceId),
  };
}

/** The version of the API is pinned, so that another word would be a mistake of ours. */
function statusOf({ id, status }: Stripe.Subscription): SubscriptionStatus {
  const known = subscriptionStatuses.find((one) => one === status);
  if (known === undefined) throw new Error(`${id} has a status that is not known here: ${status}`);
  return known;
}

/** What the schedule changes it to when the present phase ends. */
function nextPriceOf({ schedule }: Stripe.Subscription, priceId: string | null): string | null {
  if (schedule === null || typeof schedule === 'string' || schedule.status !== 'active') return null;
  const until = schedule.current_phase?.end_date;
  const next = schedule.phases.find(({ start_date }) => until !== undefined && start_date >= until)?.items[0]?.price;
  const id = typeof next === 'object' ? next.id : (next ?? null);
  return id === priceId ? null : id;
}

function cardOf(method: Stripe.PaymentMethod | string | null): Pick<AccountRead, 'cardBrand' | 'cardLast4'> {
  if (method === null || typeof method === 'string') return { cardBrand: null, cardLast4: null };
  return { cardBrand: method.card?.brand ?? method.type, cardLast4: method.card?.last4 ?? method.sepa_debit?.last4 ?? method.us_bank_account?.last4 ?? null };
}

/** Empty for a draft: it is no bill yet. */
function invoiceRead(invoice: Stripe.Invoice, charges: readonly Stripe.Charge[]): InvoiceRead[] {
  const { id, status, parent } = invoice;
  if (!isFinal(status) || id === undefined) return [];
  const subscription = parent?.subscription_details?.subscription;
  return [{
    id, status, subscriptionId: typeof subscription === 'object' ? subscription.id : (subscription ?? null),
    number: invoice.number, currency: invoice.currency, total: invoice.total, paid: invoice.amount_paid,
    tax: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
    refunded: refundedOf(invoice, charges),
    createdAt: invoice.created * 1000, periodStart: invoice.period_start * 1000, periodEnd: invoice.period_end * 1000,
    paidAt: ms(invoice.status_transitions.paid_at), attempts: invoice.attempt_count, nextAttemptAt: ms(invoice.next_payment_attempt),
    link: invoice.hosted_invoice_url ?? null,
  }];
}

function isFinal(status: Stripe.Invoice['status']): status is InvoiceStatus {
  return invoiceStatuses.some((one) => one === status);
}

/** A refund is known to the charge; which bill that paid, to the bill's payments. */
function refundedOf({ payments }: Stripe.Invoice, charges: readonly Stripe.Charge[]): number {
  const paidBy = new Set((payments?.data ?? []).flatMap(({ payment }) => [payment.payment_intent, payment.charge]).map((one) => (typeof one === 'object' ? one.id : one)));
  return charges.filter(({ id, payment_intent: intent }) => paidBy.has(id) || (intent !== null && paidBy.has(typeof intent === 'string' ? intent : intent.id)))
    .reduce((sum, charge) => sum + charge.amount_refunded, 0);
}

function ms(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}
