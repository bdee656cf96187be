import type { Stripe } from 'stripe';
import { reconcileBilling } from '../actions/billing/recur.ts';
import { settleAll } from '../actions/billing/settle.ts';
import { addPrice, cards, idOf, type FakeAccount } from '../billing/fake/account.ts';
import { completeCheckout } from '../billing/fake/checkout.ts';
import { startStripe, type FakeStripe } from '../billing/fake/stripe.ts';
import type { BillingAccount } from '../store/billing/billing.ts';
import type { Invoice } from '../store/billing/invoices.ts';
import { signedUp, testApp, type TestApp, type Visitor } from './app.ts';
import { fakeClock, start, type FakeClock } from './world.ts';

export const day = 24 * 60 * 60 * 1000;
export const prices = { plus: 'price_plusmonth', plusYear: 'price_plusyear', pro: 'price_promonth', team: 'price_teammonth' } as const;

/** The whole web over a real store, the stand-in for Stripe, and one clock for both. */
export interface BillingWorld {
  app: TestApp;
  stripe: FakeStripe;
  clock: FakeClock;
  ada: Visitor;
  workspaceId: string;
  /** Lets time pass at Stripe and here, with what recurs each minute done at the end of it. */
  days(n: number): Promise<void>;
  /** Presses the button of a plan and pays on Stripe's page; does not come back from it. */
  subscribe(price: string, card?: string, code?: string): Promise<Stripe.Subscription>;
  /** Sends an event to the webhook as Stripe does, at the clock's time. Gives the status. */
  send(event: Stripe.Event, how?: { at?: number; secret?: string; tamper?: boolean }): Promise<number>;
  /** Events that nobody has taken yet. */
  take(): Stripe.Event[];
  account(): Promise<BillingAccount>;
  /** The form's own id on a fresh page of the account. */
  intentOf(): Promise<string>;
  nightly(): Promise<void>;
  close(): Promise<void>;
}

export function stripeEnv(stripe: FakeStripe): Record<string, string> {
  return {
    STRIPE_SECRET_KEY: stripe.key, STRIPE_WEBHOOK_SECRET: stripe.secret, STRIPE_PRICES: `plus:${prices.plus},plus:${prices.plusYear},pro:${prices.pro},team:${prices.team}`,
    UPSTREAMS: [...stripe.upstreams].map(([from, to]) => `${from}=${to}`).join(','),
  };
}

export function sellAll(account: FakeAccount): void {
  addPrice(account, prices.plus, 1_000);
  addPrice(account, prices.plusYear, 10_000, 'year');
  addPrice(account, prices.pro, 3_000);
  addPrice(account, prices.team, 9_000);
}

export async function billingWorld(env: Record<string, string> = {}): Promise<BillingWorld> {
  const clock = fakeClock();
  const stripe = await startStripe(start);
  sellAll(stripe.account);
  const app = await testApp({ ...stripeEnv(stripe), ...env }, clock.now);
  const ada = await signedUp(app);
  const user = await app.deps.store.people.userByEmail('ada@example.org');
  const workspaceId = (await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '';
  const { deps } = app;
  await settleAll(deps);
  let taken = 0;
  const world: BillingWorld = {
    app, stripe, clock, ada, workspaceId,
    async days(n) {
      clock.advance(n * day);
      stripe.passTo(clock.now());
      await settleAll(deps);
    },
    async subscribe(price, card = cards.good, code = '') {
      const answer = await ada.post('/settings/billing/checkout', { price, intent: await world.intentOf() });
      if (answer.statusCode !== 303) throw new Error(`check-out answered ${answer.statusCode}: ${/role="alert"[\s\S]*?<\/section>/u.exec(answer.body)?.[0] ?? ''}`);
      const session = stripe.account.sessions.get(answer.headers.location?.split('/').at(-1) ?? '');
      if (!session) throw new Error('there is no such page');
      completeCheckout(stripe.account, session, { card, code });
      const made = stripe.account.subscriptions.get(idOf(session.subscription));
      if (!made) throw new Error('nothing was subscribed to');
      return made;
    },
    intentOf: async () => /name="intent" value="([^"]+)"/u.exec((await ada.get('/settings/billing')).body)?.[1] ?? '',
    async send(event, { at = clock.now(), secret, tamper = false } = {}) {
      const { payload, signature } = stripe.signed(event, at, secret);
      const answer = await app.server.inject({
        method: 'POST', url: '/hooks/stripe', payload: tamper ? payload.replace('"evt', '"evx') : payload, headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      });
      return answer.statusCode;
    },
    take() {
      const fresh = stripe.account.events.slice(taken);
      taken = stripe.account.events.length;
      return fresh;
    },
    async account() {
      const account = await deps.store.billing.account(workspaceId);
      if (!account) throw new Error('the workspace has no account');
      return account;
    },
    nightly: () => reconcileBilling(deps),
    async close() {
      await app.close();
      await stripe.close();
    },
  };
  return world;
}

/** What must be kept here of a workspace, told from Stripe's own side. */
export function truthOf({ stripe: { account }, workspaceId }: Pick<BillingWorld, 'stripe' | 'workspaceId'>) {
  const customer = [...account.customers.values()].find(({ metadata }) => metadata['workspace_id'] === workspaceId);
  const subscription = [...account.subscriptions.values()].filter(({ customer: of }) => of === customer?.id)
    .sort((a, b) => Number(b.status !== 'canceled') - Number(a.status !== 'canceled') || b.created - a.created)[0];
  const item = subscription?.items.data[0];
  const method = account.methods.get(idOf(subscription?.default_payment_method));
  const schedule = account.schedules.get(idOf(subscription?.schedule));
  const next = schedule?.phases[1]?.items[0]?.price;
  const ms = (seconds: number | null | undefined) => (typeof seconds === 'number' ? seconds * 1000 : null);
  return {
    customerId: customer?.id ?? null, email: customer?.email ?? null, subscriptionId: subscription?.id ?? null, status: subscription?.status ?? null,
    priceId: item?.price.id ?? null, periodEnd: ms(item?.current_period_end), trialEnd: ms(subscription?.trial_end), endedAt: ms(subscription?.ended_at),
    cancelAt: subscription?.status === 'canceled' ? null : ms(subscription?.cancel_at), nextPriceId: typeof next === 'string' ? next : null,
    cardBrand: method?.card?.brand ?? null, cardLast4: method?.card?.last4 ?? null,
    invoices: [...account.invoices.values()].filter(({ customer: of, status }) => of === customer?.id && status !== 'draft').map((invoice) => {
      const intent = invoice.payments?.data[0]?.payment.payment_intent;
      const charge = [...account.charges.values()].find((one) => one.payment_intent === intent);
      return { id: invoice.id, number: invoice.number, status: invoice.status, total: invoice.total, paid: invoice.amount_paid, refunded: intent ? (charge?.amount_refunded ?? 0) : 0, attempts: invoice.attempt_count };
    }).sort((a, b) => (a.id ?? '').localeCompare(b.id ?? '')),
  };
}

/** The same, as it is kept here. */
export function keptOf(account: BillingAccount, invoices: readonly Invoice[]): ReturnType<typeof truthOf> {
  const { customerId, email, subscriptionId, status, priceId, periodEnd, trialEnd, endedAt, cancelAt, nextPriceId, cardBrand, cardLast4 } = account;
  return {
    customerId, email, subscriptionId, status, priceId, periodEnd, trialEnd, endedAt, cancelAt, nextPriceId, cardBrand, cardLast4,
    invoices: invoices.map(({ id, number, status: state, total, paid, refunded, attempts }) => ({ id, number, status: state, total, paid, refunded, attempts })).sort((a, b) => a.id.localeCompare(b.id)),
  };
}
