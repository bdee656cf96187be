import type { Stripe } from 'stripe';
import { idOf, made, StripeRefusal, type FakeAccount } from './account.ts';

export interface Line {
  said: string;
  amount: number;
  start: number;
  end: number;
  proration?: boolean;
}

const day = 86_400;

/** Days until payment is tried again, after each try in vain. */
const tries = [3, 5, 7];

/** What a bill comes to. */
export function reckoned(account: FakeAccount, lines: readonly Line[], percentOff: number) {
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const discount = Math.round(Math.max(0, subtotal) * percentOff / 100);
  const tax = Math.round(Math.max(0, subtotal - discount) * account.taxPercent / 100);
  return { subtotal, discount, tax, total: subtotal - discount + tax };
}

/** A bill of a subscription, not yet final; `preview` makes one that is not kept. */
export function draftInvoice(account: FakeAccount, subscription: Stripe.Subscription, lines: readonly Line[], reason: string, preview = false): Stripe.Invoice {
  const { subtotal, discount, tax, total } = reckoned(account, lines, percentOffOf(account, subscription));
  const id = preview ? account.id('upcoming_in') : account.id('in');
  const now = account.now();
  const customer = account.customers.get(idOf(subscription.customer));
  const invoice = made('invoice', {
    id, customer: subscription.customer, customer_email: customer?.email ?? null, currency: subscription.currency, created: now, status: 'draft', billing_reason: reason,
    subtotal, total, amount_due: Math.max(0, total), amount_paid: 0, amount_remaining: Math.max(0, total), attempt_count: 0, attempted: false, auto_advance: true,
    total_taxes: account.taxPercent > 0 ? [{ amount: tax, tax_behavior: 'exclusive', taxable_amount: subtotal - discount, type: 'tax_rate_details', taxability_reason: 'standard_rated' }] : [],
    total_discount_amounts: discount > 0 ? [{ amount: discount, discount: 'di_1' }] : [], number: null, next_payment_attempt: null, due_date: null,
    period_start: Math.min(...lines.map(({ start }) => start)), period_end: Math.max(...lines.map(({ end }) => end)),
    parent: { type: 'subscription_details', quote_details: null, subscription_details: { metadata: {}, subscription: subscription.id } },
    lines: {
      object: 'list', has_more: false, url: `/v1/invoices/${id}/lines`,
      data: lines.map(({ said, amount, start, end }) => made('line_item', { id: account.id('il'), invoice: id, amount, subtotal: amount, currency: subscription.currency, description: said, period: { start, end } })),
    },
    payments: { object: 'list', has_more: false, url: `/v1/invoice_payments?invoice=${id}`, data: [] },
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null }, hosted_invoice_url: null, invoice_pdf: null,
    subscription: undefined,
  });
  if (preview) return invoice;
  account.invoices.set(id, invoice);
  account.emit('invoice.created', invoice);
  return invoice;
}

/** Finalizes a bill and tries to have it paid. True when it is. */
export function settleInvoice(account: FakeAccount, subscription: Stripe.Subscription, invoice: Stripe.Invoice): boolean {
  const now = account.now();
  const number = `FAKE-${String(account.invoices.size).padStart(4, '0')}`;
  Object.assign(invoice, { status: 'open', number, hosted_invoice_url: `https://invoice.stripe.com/i/acct_fake/${invoice.id}`, invoice_pdf: `https://pay.stripe.com/invoice/${invoice.id}/pdf` });
  invoice.status_transitions.finalized_at = now;
  account.emit('invoice.finalized', invoice);
  return payInvoice(account, subscription, invoice);
}

export function payInvoice(account: FakeAccount, subscription: Stripe.Subscription, invoice: Stripe.Invoice): boolean {
  const now = account.now();
  if (invoice.amount_remaining > 0) {
    invoice.attempted = true;
    invoice.attempt_count += 1;
    const method = methodOf(account, subscription);
    const answer = method === null ? 'always' : (account.declines.get(method) ?? 'never');
    const intent = account.id('pi');
    const declined = answer !== 'never';
    const charge = made('charge', {
      id: account.id('ch'), customer: invoice.customer, amount: invoice.amount_remaining, currency: invoice.currency, created: now, payment_intent: intent, payment_method: method,
      paid: !declined, captured: !declined, status: declined ? 'failed' : 'succeeded', amount_captured: declined ? 0 : invoice.amount_remaining, amount_refunded: 0, refunded: false,
      failure_code: declined ? 'card_declined' : null, failure_message: declined ? 'Your card was declined.' : null,
    });
    account.charges.set(charge.id, charge);
    if (declined) {
      const wait = tries[invoice.attempt_count - 1];
      invoice.next_payment_attempt = wait === undefined ? null : now + wait * day;
      account.emit('charge.failed', charge);
      account.emit('invoice.payment_failed', invoice);
      return false;
    }
    invoice.payments?.data.push(made('invoice_payment', {
      id: account.id('inpay'), invoice: invoice.id, amount_requested: charge.amount, amount_paid: charge.amount, created: now, currency: invoice.currency, status: 'paid', is_default: true,
      payment: { type: 'payment_intent', payment_intent: intent }, livemode: false, status_transitions: { canceled_at: null, paid_at: now },
    }));
    account.emit('charge.succeeded', charge);
  }
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, next_payment_attempt: null });
  invoice.status_transitions.paid_at = now;
  account.emit('invoice.paid', invoice);
  account.emit('invoice.payment_succeeded', invoice);
  return true;
}

/** Gives money back, as the operator does in Stripe's dashboard. */
export function refund(account: FakeAccount, invoiceId: string, amount?: number): void {
  const invoice = account.invoices.get(invoiceId);
  const intent = invoice?.payments?.data[0]?.payment.payment_intent;
  const charge = [...account.charges.values()].find((one) => one.payment_intent === intent);
  if (!charge) throw new StripeRefusal(400, 'invalid_request_error', 'charge_missing', 'nothing was charged');
  charge.amount_refunded += amount ?? charge.amount;
  charge.refunded = charge.amount_refunded >= charge.amount;
  account.emit('charge.refunded', charge);
}

export function methodOf(account: FakeAccount, subscription: Stripe.Subscription): string | null {
  const own = subscription.default_payment_method ?? account.customers.get(idOf(subscription.customer))?.invoice_settings.default_payment_method ?? null;
  return typeof own === 'string' ? own : (own?.id ?? null);
}

function percentOffOf(account: FakeAccount, { metadata }: Stripe.Subscription): number {
  return account.coupons.get(metadata['fake_coupon'] ?? '') ?? 0;
}
