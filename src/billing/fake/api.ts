import type { Stripe } from 'stripe';
import { idOf, made, missing, priceOf, StripeRefusal, type FakeAccount } from './account.ts';
import { checkoutApi } from './checkout.ts';
import { list, raise, type Api, type Sent } from './desk.ts';
import { draftInvoice } from './invoices.ts';
import { scheduleApi } from './schedules.ts';
import { bill, endSubscription, prorated, update } from './subscriptions.ts';

/** What an account answers, operation by operation. */
export const api: Api = {
  ...checkoutApi, ...scheduleApi,

  'POST /v1/customers': (account, { raw, text }) => {
    const customer = made('customer', {
      id: account.id('cus'), created: account.now(), email: text('email') || null, metadata: raw['metadata'] ?? {}, name: null, address: null, discount: null, currency: null, test_clock: null,
    });
    account.customers.set(customer.id, customer);
    account.emit('customer.created', customer);
    return customer;
  },
  'GET /v1/customers/{customer}': (account, { id }) => account.customers.get(id) ?? raise(missing('customer', id)),
  'DELETE /v1/customers/{customer}': (account, { id }) => {
    if (!account.customers.has(id)) throw missing('customer', id);
    for (const subscription of subscriptionsOf(account, id)) if (subscription.status !== 'canceled') endSubscription(account, subscription, 'cancellation_requested');
    account.emit('customer.deleted', account.customers.get(id) ?? {});
    account.customers.delete(id);
    return { id, object: 'customer', deleted: true };
  },

  'GET /v1/subscriptions': (account, { text }) => list('/v1/subscriptions', text, [...account.subscriptions.values()].filter(({ customer, status }) =>
    (text('customer') === '' || customer === text('customer')) && (text('status') === 'all' || status !== 'canceled'))),
  'POST /v1/subscriptions/{subscription_exposed_id}': (account, sent) => changeSubscription(account, sent),

  'GET /v1/invoices': (account, { text }) => list('/v1/invoices', text, [...account.invoices.values()].filter(({ customer }) => text('customer') === '' || customer === text('customer'))),
  'GET /v1/charges': (account, { text }) => list('/v1/charges', text, [...account.charges.values()].filter(({ customer }) => text('customer') === '' || customer === text('customer'))),
  'GET /v1/prices/{price}': (account, { id }) => account.prices.get(id) ?? raise(missing('price', id)),
  'GET /v1/webhook_endpoints': () => ({ object: 'list', has_more: false, url: '/v1/webhook_endpoints', data: [] }),

  'POST /v1/invoices/create_preview': (account, { raw, text }) => {
    const subscription = account.subscriptions.get(text('subscription')) ?? raise(missing('subscription', text('subscription')));
    const details = raw['subscription_details'] as { items: { price: string }[]; proration_date: string };
    const price = priceOf(account, details.items[0]?.price ?? '');
    return draftInvoice(account, subscription, prorated(subscription, price, Number(details.proration_date)).lines, 'upcoming', true);
  },
};

/** Changes that a person or we make; a schedule stands in the way of them, as at Stripe. */
function changeSubscription(account: FakeAccount, { id, raw, text }: Sent): Stripe.Subscription {
  const subscription = account.subscriptions.get(id) ?? raise(missing('subscription', id));
  const [item] = subscription.items.data;
  if (subscription.status === 'canceled') throw new StripeRefusal(400, 'invalid_request_error', 'resource_missing', 'A canceled subscription can only update its cancellation_details and metadata.');
  if (subscription.schedule !== null) throw new StripeRefusal(400, 'invalid_request_error', 'subscription_schedule', `The subscription is managed by the subscription schedule ${idOf(subscription.schedule)}, and updating any cancelation behavior or items directly is not allowed.`);
  const change: Partial<Stripe.Subscription> = {};
  if (text('cancel_at_period_end') === 'true') Object.assign(change, { cancel_at_period_end: true, cancel_at: item?.current_period_end ?? null, canceled_at: account.now() });
  if (text('cancel_at_period_end') === 'false') Object.assign(change, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
  if (raw['cancel_at'] === '') Object.assign(change, { cancel_at: null, canceled_at: null });
  const [wanted] = (raw['items'] ?? []) as { id?: string; price?: string }[];
  if (wanted && item) {
    if (wanted.id !== item.id) throw new StripeRefusal(400, 'invalid_request_error', 'parameter_invalid', `${wanted.id ?? 'an item without an id'} is not an item of this subscription`);
    changePrice(account, subscription, wanted.price ?? '', text, change);
    return subscription;
  }
  update(account, subscription, change);
  return subscription;
}

function changePrice(account: FakeAccount, subscription: Stripe.Subscription, to: string, text: Sent['text'], change: Partial<Stripe.Subscription>): void {
  const [item] = subscription.items.data;
  if (!item) return;
  const price = priceOf(account, to);
  if (text('proration_behavior') === 'none') {
    item.price = price;
    update(account, subscription, change);
    return;
  }
  const { lines, end } = prorated(subscription, price, Number(text('proration_date')) || account.now());
  const method = typeof subscription.default_payment_method === 'string' ? subscription.default_payment_method : '';
  const refuses = (account.declines.get(method) ?? 'always') !== 'never';
  if (text('payment_behavior') === 'error_if_incomplete' && refuses) throw new StripeRefusal(402, 'card_error', 'card_declined', 'Your card was declined.');
  item.price = price;
  if (end !== item.current_period_end) Object.assign(item, { current_period_start: account.now(), current_period_end: end });
  update(account, subscription, change);
  bill(account, subscription, lines, 'subscription_update');
}

export function subscriptionsOf(account: FakeAccount, customerId: string): Stripe.Subscription[] {
  return [...account.subscriptions.values()].filter(({ customer }) => customer === customerId);
}
