import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../store/index.ts';
import { billingWorld, day, keptOf, prices, truthOf, type BillingWorld } from '../testing/billing.ts';
import { signedUp, testApp } from '../testing/app.ts';
import { stripeOf } from './client.ts';
import { idOf } from './fake/account.ts';
import { update } from './fake/subscriptions.ts';
import { syncWorkspace } from './sync.ts';

let at: BillingWorld;
beforeEach(async () => { at = await billingWorld({ TRIAL_DAYS: '0' }); });
afterEach(async () => {
  expect(at.stripe.misfits).toEqual([]);
  await at.close();
});

/** Everything of billing that is on disk. */
function dump(): string {
  const sqlite = openSqlite(at.app.file, { readonly: true });
  const all = ['billing_accounts', 'billing_invoices', 'billing_events', 'billing_prices', 'workspaces', 'mails'].map((table) => sqlite.prepare(`select * from ${table}`).all());
  sqlite.close();
  return JSON.stringify(all);
}

describe('an event', () => {
  it('that is forged is refused and changes nothing, however it is forged', async () => {
    await at.subscribe(prices.plus);
    const events = at.take();
    const before = dump();
    for (const event of events) {
      expect(await at.send(event, { secret: 'whsec_somebody_elses' })).toBe(400);
      expect(await at.send(event, { tamper: true })).toBe(400);
    }
    for (const signature of ['', 't=1', 'v1=abc', `t=${Math.floor(at.clock.now() / 1000)},v1=${'0'.repeat(64)}`, 'x'.repeat(5_000)]) {
      const answer = await at.app.server.inject({ method: 'POST', url: '/hooks/stripe', payload: JSON.stringify(events[0]), headers: { 'content-type': 'application/json', 'stripe-signature': signature } });
      expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, 'forged']);
    }
    expect((await at.app.server.inject({ method: 'POST', url: '/hooks/stripe' })).statusCode).toBe(400);
    expect(dump()).toBe(before);
  });

  it('that is stale is refused and changes nothing', async () => {
    await at.subscribe(prices.plus);
    const events = at.take();
    const before = dump();
    for (const event of events) expect(await at.send(event, { at: at.clock.now() - 301_000 })).toBe(400);
    expect(dump()).toBe(before);
    expect(await at.send(events[0] ?? raise(), { at: at.clock.now() - 299_000 })).toBe(200);
  });

  it('is signed over the bytes as they came, and read whatever kind they say they are', async () => {
    await at.subscribe(prices.plus);
    const [event] = at.take();
    const { payload, signature } = at.stripe.signed(event ?? raise(), at.clock.now());
    const answer = await at.app.server.inject({ method: 'POST', url: '/hooks/stripe', payload, headers: { 'content-type': 'text/plain', 'stripe-signature': signature, origin: 'https://stripe.example', 'sec-fetch-site': 'cross-site' } });
    expect([answer.statusCode, answer.json()]).toEqual([200, { received: true }]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is followed up once: the same again asks Stripe nothing', async () => {
    await at.subscribe(prices.plus);
    const events = at.take();
    for (const event of events) await at.send(event);
    const calls = at.stripe.calls.length;
    for (const event of events) expect(await at.send(event)).toBe(200);
    expect(at.stripe.calls.length).toBe(calls);
  });

  it('that cannot be followed up is answered so that Stripe sends it again, and then counts', async () => {
    await at.subscribe(prices.plus);
    const event = at.take().at(-1) ?? raise();
    for (const kind of [{ answer: { status: 500, body: { error: { type: 'api_error', message: 'oops' } } } }, { answer: { status: 429, body: { error: { type: 'rate_limit_error', message: 'slow down' } } } }, { cut: 'before' as const }]) {
      at.stripe.fault({ path: /^\/v1\//u, times: 100, kind });
      expect(await at.send(event)).toBe(503);
      at.stripe.clearFaults();
      expect((await at.account()).status).toBeNull();
    }
    expect(await at.send(event)).toBe(200);
    expect((await at.account()).status).toBe('active');
  }, 60_000);

  it('about somebody who is not ours, or nobody, is taken and changes nothing', async () => {
    await at.subscribe(prices.plus);
    const [event] = at.take();
    const strange = (object: object) => ({ ...(event ?? raise()), id: at.stripe.account.id('evt'), data: { object } }) as unknown as NonNullable<typeof event>;
    const calls = at.stripe.calls.length;
    for (const object of [{ object: 'customer', id: 'cus_else' }, { object: 'charge', customer: 'cus_else' }, { object: 'balance' }, { object: 'invoice', customer: null }, { object: 'invoice', customer: { id: 'cus_else' } }]) expect(await at.send(strange(object))).toBe(200);
    expect(at.stripe.calls.length).toBe(calls);
  });

  it('body is believed in nothing: what it says is not what is kept', async () => {
    const subscription = await at.subscribe(prices.plus);
    const lie = at.take().find(({ type }) => type === 'customer.subscription.created') ?? raise();
    Object.assign(lie.data.object, { status: 'canceled', cancel_at_period_end: true });
    expect(await at.send(lie)).toBe(200);
    expect(await at.account()).toMatchObject({ status: 'active', subscriptionId: subscription.id, cancelAt: null });
  });
});

it('an older read never overwrites a newer one, whichever ends last', async () => {
  const subscription = await at.subscribe(prices.plus);
  const { deps } = at.app;
  await syncWorkspace(deps, at.workspaceId);
  // The older read hangs in its answer while the state changes and is read anew.
  at.stripe.fault({ path: /^\/v1\/subscriptions\?/u, kind: { drip: 1 } });
  const reads = () => at.stripe.calls.filter(({ path }) => path === '/v1/subscriptions').length;
  const before = reads();
  const older = syncWorkspace(deps, at.workspaceId);
  await expect.poll(reads).toBe(before + 1);
  update(at.stripe.account, subscription, { cancel_at_period_end: true, cancel_at: subscription.items.data[0]?.current_period_end ?? null });
  await syncWorkspace(deps, at.workspaceId);
  const newer = await at.account();
  expect(newer.cancelAt).not.toBeNull();
  await older;
  expect(await at.account()).toMatchObject({ cancelAt: newer.cancelAt, readTicket: newer.readTicket });
}, 60_000);

it('nothing is taken where nothing is sold', async () => {
  const app = await testApp({}, at.clock.now);
  const ada = await signedUp(app);
  await at.subscribe(prices.plus);
  const { payload, signature } = at.stripe.signed(at.take()[0] ?? raise(), at.clock.now());
  const answer = await app.server.inject({ method: 'POST', url: '/hooks/stripe', payload, headers: { 'stripe-signature': signature } });
  expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, 'no_billing']);
  for (const path of ['/pricing', '/settings/billing', '/settings/billing/done', '/settings/billing/change?price=x']) expect((await ada.get(path)).statusCode, path).toBe(404);
  for (const path of ['/', '/settings', '/login', '/privacy']) expect((await ada.get(path)).body, path).not.toMatch(/pricing|settings\/billing|subscribers|Trial/u);
  await app.close();
});

it('the night takes up a subscription that a backup has forgotten', async () => {
  await at.subscribe(prices.plus);
  const sqlite = openSqlite(at.app.file);
  sqlite.prepare('update billing_accounts set customer_id = null').run();
  sqlite.close();
  await at.nightly();
  expect(keptOf(await at.account(), await at.app.deps.store.invoices.list(at.workspaceId, 9))).toEqual(truthOf(at));
});

it('a customer deleted at Stripe is forgotten here, the bills stay, and a new one can be made', async () => {
  const { customer } = await at.subscribe(prices.plus);
  for (const event of at.take()) await at.send(event);
  await (await stripeOf(at.app.deps)).customers.del(idOf(customer), undefined, { idempotencyKey: 'a-test' });
  for (const event of at.take()) expect(await at.send(event)).toBe(200);
  expect(await at.account()).toMatchObject({ customerId: null, status: null, email: null, cardLast4: null });
  expect(await at.app.deps.store.invoices.list(at.workspaceId, 9)).toHaveLength(1);
  at.clock.advance(day);
  at.stripe.passTo(at.clock.now());
  await at.subscribe(prices.pro);
  for (const event of at.take()) expect(await at.send(event)).toBe(200);
  expect(await at.account()).toMatchObject({ status: 'active', plan: 'pro' });
});

function raise(): never {
  throw new Error('there is no event');
}
