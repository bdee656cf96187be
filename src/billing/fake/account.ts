import type { Stripe } from 'stripe';
import fixtures from './fixtures.json' with { type: 'json' };

/** A card as the hosted pages take it, and what its bank says. */
export interface FakeCard {
  number: string;
  /** Charged never, or not when it is first charged but later. */
  declines: 'never' | 'always' | 'later';
}

/** Stripe's test numbers (docs.stripe.com/testing, read 2026-11). */
export const cards = { good: '4242424242424242', refused: '4000000000000002', refusedLater: '4000000000000341', other: '5555555555554444' } as const;

/** All that one account at Stripe holds. Times are epoch seconds. */
export interface FakeAccount {
  now: () => number;
  customers: Map<string, Stripe.Customer>;
  subscriptions: Map<string, Stripe.Subscription>;
  schedules: Map<string, Stripe.SubscriptionSchedule>;
  invoices: Map<string, Stripe.Invoice>;
  charges: Map<string, Stripe.Charge>;
  sessions: Map<string, Stripe.Checkout.Session>;
  portals: Map<string, Stripe.BillingPortal.Session>;
  prices: Map<string, Stripe.Price>;
  methods: Map<string, Stripe.PaymentMethod>;
  /** Percent off by what is typed as a code. */
  coupons: Map<string, number>;
  /** What a bank says to a card, by its payment method. */
  declines: Map<string, FakeCard['declines']>;
  /** On top of the price. */
  taxPercent: number;
  /** What Stripe's settings say after the last try. */
  afterTries: 'canceled' | 'unpaid';
  events: Stripe.Event[];
  id(prefix: string): string;
  emit(type: string, object: object): void;
}

export function createAccount(now: () => number): FakeAccount {
  let count = 0;
  const account: FakeAccount = {
    now, customers: new Map(), subscriptions: new Map(), schedules: new Map(), invoices: new Map(), charges: new Map(), sessions: new Map(), portals: new Map(),
    prices: new Map(), methods: new Map(), coupons: new Map(), declines: new Map(), taxPercent: 0, afterTries: 'canceled', events: [],
    id: (prefix) => `${prefix}_${String(count += 1).padStart(14, 'F')}`,
    emit(type, object) {
      account.events.push(made('event', {
        id: account.id('evt'), api_version: '2026-10-28.endive', created: now(), type, data: { object: structuredClone(object) }, pending_webhooks: 1,
      }));
    },
  };
  return account;
}

type Kind = keyof typeof fixtures.resources;
interface Kinds {
  'customer': Stripe.Customer;
  'subscription': Stripe.Subscription;
  'subscription_schedule': Stripe.SubscriptionSchedule;
  'invoice': Stripe.Invoice;
  'invoice_payment': Stripe.InvoicePayment;
  'charge': Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  'billing_portal.session': Stripe.BillingPortal.Session;
  'price': Stripe.Price;
  'payment_method': Stripe.PaymentMethod;
  'event': Stripe.Event;
  'line_item': Stripe.InvoiceLineItem;
}

/** A resource with all the fields that Stripe's fixture of it has, and these of its own. */
export function made<K extends keyof Kinds & Kind>(kind: K, own: { [field: string]: unknown }): Kinds[K] {
  return { ...structuredClone(fixtures.resources[kind]), ...own } as unknown as Kinds[K];
}

export function addPrice(account: FakeAccount, id: string, amount: number, interval: 'month' | 'year' = 'month', currency = 'eur'): void {
  account.prices.set(id, made('price', {
    id, unit_amount: amount, unit_amount_decimal: String(amount), currency, active: true, created: account.now(), metadata: {},
    recurring: { interval, interval_count: 1, meter: null, usage_type: 'licensed', trial_period_days: null },
  }));
}

/** Keeps a card for a customer. The number itself is not kept: its last four digits are. */
export function addCard(account: FakeAccount, customer: string, number: string): string {
  const id = account.id('pm');
  const method = made('payment_method', { id, customer, created: account.now(), metadata: {}, billing_details: { address: null, email: null, name: null, phone: null, tax_id: null } });
  if (method.card) Object.assign(method.card, { brand: number.startsWith('5') ? 'mastercard' : 'visa', last4: number.slice(-4) });
  account.methods.set(id, method);
  account.declines.set(id, number === cards.refused ? 'always' : number === cards.refusedLater ? 'later' : 'never');
  return id;
}

export function priceOf(account: FakeAccount, id: string): Stripe.Price {
  const price = account.prices.get(id);
  if (!price) throw new StripeRefusal(400, 'invalid_request_error', 'resource_missing', `No such price: '${id}'`);
  return price;
}

/** The id in what Stripe gives as an id or as the whole thing. */
export function idOf(reference: string | { id: string } | null | undefined): string {
  return typeof reference === 'string' ? reference : (reference?.id ?? '');
}

/** How Stripe says no. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  constructor(status: number, type: string, code: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
  }
}

export function missing(kind: string, id: string): StripeRefusal {
  return new StripeRefusal(404, 'invalid_request_error', 'resource_missing', `No such ${kind}: '${id}'`);
}
