import type { Stripe } from 'stripe';
import { addCard, idOf, made, missing, priceOf, StripeRefusal, type FakeAccount } from './account.ts';
import { list, raise, type Api } from './desk.ts';
import { startSubscription } from './subscriptions.ts';

/** What is known of a session beside what Stripe shows of it. */
interface Wanted {
  priceId: string;
  trialEnd: number | null;
  metadata: Record<string, string>;
}
const wanted = new WeakMap<Stripe.Checkout.Session, Wanted>();

export const checkoutApi: Api = {
  'POST /v1/checkout/sessions': (account, { raw, text }) => {
    if (!account.customers.has(text('customer'))) throw missing('customer', text('customer'));
    if (text('mode') !== 'subscription') throw new StripeRefusal(400, 'invalid_request_error', 'parameter_invalid', 'only subscriptions are sold here');
    const [line] = (raw['line_items'] ?? []) as { price?: string }[];
    const data = (raw['subscription_data'] ?? {}) as { trial_end?: string; metadata?: Record<string, string> };
    const price = priceOf(account, line?.price ?? '');
    const trialEnd = data.trial_end === undefined ? null : Number(data.trial_end);
    if (trialEnd !== null && trialEnd < account.now() + 172_800) throw new StripeRefusal(400, 'invalid_request_error', 'parameter_invalid', 'The `trial_end` date has to be at least 2 days in the future.');
    const id = account.id('cs_test');
    const session = made('checkout.session', {
      id, created: account.now(), expires_at: account.now() + 86_400, customer: text('customer'), mode: 'subscription', status: 'open', payment_status: 'unpaid', metadata: raw['metadata'] ?? {},
      client_reference_id: text('client_reference_id'), success_url: text('success_url'), cancel_url: text('cancel_url'), url: `https://checkout.stripe.com/c/pay/${id}`, subscription: null,
      payment_intent: null, currency: price.currency, amount_total: price.unit_amount, allow_promotion_codes: text('allow_promotion_codes') === 'true',
    });
    wanted.set(session, { priceId: price.id, trialEnd, metadata: data.metadata ?? {} });
    account.sessions.set(id, session);
    return session;
  },
  'GET /v1/checkout/sessions': (account, { text }) => list('/v1/checkout/sessions', text, [...account.sessions.values()].filter(({ customer, status }) =>
    customer === text('customer') && (text('status') === '' || status === text('status')))),
  'POST /v1/checkout/sessions/{session}/expire': (account, { id }) => {
    const session = account.sessions.get(id) ?? raise(missing('checkout.session', id));
    if (session.status !== 'open') throw new StripeRefusal(400, 'invalid_request_error', 'parameter_invalid', 'Only sessions with a status of open can be expired.');
    Object.assign(session, { status: 'expired', url: null });
    account.emit('checkout.session.expired', session);
    return session;
  },
  'POST /v1/billing_portal/sessions': (account, { text }) => {
    if (!account.customers.has(text('customer'))) throw missing('customer', text('customer'));
    const id = account.id('bps');
    const session = made('billing_portal.session', { id, created: account.now(), customer: text('customer'), return_url: text('return_url'), url: `https://billing.stripe.com/p/session/${id}`, flow: null });
    account.portals.set(id, session);
    return session;
  },
};

/** What a person types on the hosted page is sent. Throws what the page then says. */
export function completeCheckout(account: FakeAccount, session: Stripe.Checkout.Session, typed: { card: string; code?: string; email?: string }): void {
  const want = wanted.get(session);
  if (!want || session.status !== 'open') throw new StripeRefusal(400, 'invalid_request_error', 'session_over', 'This page has been completed or has expired.');
  if (typed.code && !account.coupons.has(typed.code)) throw new StripeRefusal(400, 'invalid_request_error', 'coupon', 'This code is invalid.');
  const customer = account.customers.get(idOf(session.customer)) ?? raise(missing('customer', idOf(session.customer)));
  const method = addCard(account, customer.id, typed.card);
  if (account.declines.get(method) === 'always') throw new StripeRefusal(402, 'card_error', 'card_declined', 'Your card was declined.');
  if (typed.email) {
    customer.email = typed.email;
    account.emit('customer.updated', customer);
  }
  const subscription = startSubscription(account, {
    customer: customer.id, priceId: want.priceId, trialEnd: want.trialEnd, method, metadata: { ...want.metadata, ...(typed.code && { fake_coupon: typed.code }) },
  });
  Object.assign(session, { status: 'complete', payment_status: want.trialEnd === null ? 'paid' : 'no_payment_required', subscription: subscription.id, url: null });
  account.emit('checkout.session.completed', session);
}
