import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cards } from '../../billing/fake/account.ts';
import { newId } from '../../lib/ids.ts';
import { billingWorld, day, prices, type BillingWorld } from '../../testing/billing.ts';
import { beginCheckout } from './subscribe.ts';

let at: BillingWorld;
beforeEach(async () => { at = await billingWorld(); });
afterEach(async () => {
  expect(at.stripe.misfits).toEqual([]);
  await at.close();
});

const press = async (path: string, fields: Record<string, string> = {}) => at.ada.post(`/settings/billing/${path}`, { intent: await at.intentOf(), ...fields });
const owner = () => ({ userId: '', workspaceId: at.workspaceId, role: 'owner' as const, sessionId: '' });
const open = () => [...at.stripe.account.sessions.values()].filter(({ status }) => status === 'open');

describe('check-out', () => {
  it('carries over what is left of the trial, and offers codes and tax ids', async () => {
    const { trialEndsAt } = await at.account();
    await at.days(4);
    const answer = await press('checkout', { price: prices.plus });
    expect(answer.headers.location).toMatch(/^https:\/\/checkout\.stripe\.com\/c\/pay\/cs_test_/u);
    expect(open()).toMatchObject([{ allow_promotion_codes: true, client_reference_id: at.workspaceId, success_url: 'http://localhost:3000/settings/billing/done' }]);
    expect((await at.subscribe(prices.plus)).trial_end).toBe(trialEndsAt / 1000);
  });

  it('stretches the last hours of a trial to the two days that Stripe wants, and is at once after it', async () => {
    await at.days(13.5);
    const { trial_end: end } = await at.subscribe(prices.plus);
    const ahead = (end ?? 0) * 1000 - at.clock.now();
    expect([ahead >= 2 * day, ahead < 2.2 * day]).toEqual([true, true]);
    const late = await billingWorld();
    await late.days(15);
    expect(await late.subscribe(prices.plus)).toMatchObject({ status: 'active', trial_end: null });
    await late.close();
  });

  it('pressed twice leads to the same page, and a second window closes the first', async () => {
    const intent = await at.intentOf();
    const [one, two] = [await press('checkout', { price: prices.plus, intent }), await press('checkout', { price: prices.plus, intent })];
    expect(one.headers.location).toBe(two.headers.location);
    expect(open()).toHaveLength(1);
    await press('checkout', { price: prices.pro });
    expect(open()).toHaveLength(1);
    expect(at.stripe.account.customers.size).toBe(1);
  });

  it('is refused to whoever has paid already, in another window for example', async () => {
    await at.subscribe(prices.plus);
    const answer = await press('checkout', { price: prices.pro });
    expect([answer.statusCode, answer.body.includes('has a subscription already')]).toEqual([422, true]);
    expect(await at.account()).toMatchObject({ status: 'trialing', plan: 'plus' });
  });

  it.each([['a price of somebody else', { price: 'price_other' }], ['no form of ours', { price: prices.plus, intent: 'x' }], ['nothing', {}]])('is refused for %s', async (_, fields) => {
    expect((await press('checkout', fields as Record<string, string>)).statusCode).toBe(422);
    expect(open()).toHaveLength(0);
  });

  it.each([
    ['down', { cut: 'before' as const }], ['failing', { answer: { status: 500, body: { error: { type: 'api_error', message: 'x' } } } }],
    ['answering nonsense', { lie: { status: 502, body: '<html>bad gateway</html>' } }], ['gone after it did it', { cut: 'after' as const }],
  ])('says what happened when Stripe is %s, loses nothing and doubles nothing', async (_, kind) => {
    const intent = await at.intentOf();
    for (const path of [/customers/u, /sessions/u]) {
      at.stripe.fault({ method: 'POST', path, times: 3, kind });
      const answer = await press('checkout', { price: prices.plus, intent });
      expect([answer.statusCode, answer.body.includes('Stripe did not answer. Nothing is lost')]).toEqual([422, true]);
      at.stripe.clearFaults();
    }
    const answer = await press('checkout', { price: prices.plus, intent });
    expect(answer.statusCode).toBe(303);
    expect([at.stripe.account.customers.size, open().length]).toEqual([1, 1]);
  }, 60_000);

  it('does not wait for a slow Stripe for ever', async () => {
    const impatient = { ...at.app.deps, stripePatienceMs: 100 };
    at.stripe.fault({ path: /.*/u, times: 50, kind: { silence: true } });
    const slow = await beginCheckout(impatient, owner(), { priceId: prices.plus, intent: newId(at.clock.now()) });
    expect(slow).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('Stripe did not answer') as string }] });
    at.stripe.clearFaults();
    expect((await press('checkout', { price: prices.plus })).statusCode).toBe(303);
    expect(at.stripe.account.customers.size).toBe(1);
  });

  it('says that the key is wrong to the log, not to people', async () => {
    const wrong = await billingWorld({ STRIPE_SECRET_KEY: 'sk_test_canarycanarycanary' });
    const answer = await wrong.ada.post('/settings/billing/checkout', { price: prices.plus, intent: await wrong.intentOf() });
    expect(answer.body).toContain('Stripe refuses the key of this instance');
    expect(wrong.app.logged()).toContain('StripeAuthenticationError');
    expect(answer.body + wrong.app.logged()).not.toContain('canarycanary');
    await wrong.close();
  });
});

describe('coming back from Stripe', () => {
  it('shows how it stands before any event has come', async () => {
    await at.subscribe(prices.pro);
    expect((await at.account()).status).toBeNull();
    const back = await at.ada.get('/settings/billing/done');
    expect(back.headers.location).toBe('/settings/billing');
    expect(await at.account()).toMatchObject({ status: 'trialing', plan: 'pro', cardLast4: '4242' });
    const page = await at.ada.get('/settings/billing');
    expect(page.body).toContain('You chose Pro, and have all of it now.');
    expect(page.body).toContain('the Visa ending in 4242');
  });

  it('says so when Stripe cannot be asked, and it shows by itself', async () => {
    await at.subscribe(prices.pro);
    at.stripe.fault({ path: /.*/u, times: 20, kind: { cut: 'before' } });
    await at.ada.get('/settings/billing/done');
    expect((await at.ada.get('/settings/billing')).body).toContain('shows here by itself in a moment');
    at.stripe.clearFaults();
    await at.nightly();
    expect((await at.account()).status).toBe('trialing');
  }, 30_000);
});

describe('a change of plan', () => {
  const preview = async (price: string) => {
    const { body } = await at.ada.get(`/settings/billing/change?price=${price}`);
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`, 'u').exec(body)?.[1] ?? '';
    return { body, fields: { price, intent: hidden('intent'), reckoned: hidden('reckoned') } };
  };
  beforeEach(async () => {
    await at.days(15);
    await at.subscribe(prices.plus);
    await at.ada.get('/settings/billing/done');
  });

  it('to more is reckoned by Stripe, shown, and charged as it was shown', async () => {
    await at.days(15);
    const { body, fields } = await preview(prices.pro);
    const due = /Change and pay €([\d.]+)/u.exec(body)?.[1];
    expect(body).toContain('Unused time on price_plusmonth');
    at.clock.advance(600_000);
    expect((await at.ada.post('/settings/billing/change', fields)).statusCode).toBe(303);
    const [last] = await at.app.deps.store.invoices.list(at.workspaceId, 1);
    expect([((last?.total ?? 0) / 100).toFixed(2), last?.status]).toEqual([due, 'paid']);
    expect(await at.account()).toMatchObject({ plan: 'pro' });
    expect((await at.ada.post('/settings/billing/change', fields)).statusCode).toBe(422);
    expect(await at.app.deps.store.invoices.list(at.workspaceId, 9)).toHaveLength(2);
  });

  it('that the card does not pay changes nothing', async () => {
    const { fields } = await preview(prices.pro);
    const [method] = at.stripe.account.declines.keys();
    at.stripe.account.declines.set(method ?? '', 'always');
    const answer = await at.ada.post('/settings/billing/change', fields);
    expect([answer.statusCode, answer.body.includes('The card was declined, and nothing was changed.')]).toEqual([422, true]);
    await at.nightly();
    expect(await at.account()).toMatchObject({ plan: 'plus', status: 'active' });
  });

  it('is not done at a price of the day before', async () => {
    await at.days(2);
    const { fields } = await preview(prices.pro);
    await at.days(1);
    expect((await at.ada.post('/settings/billing/change', fields)).body).toContain('What this costs has changed meanwhile.');
    for (const reckoned of ['', 'x', '-1', '1e999', '99999999999']) expect((await at.ada.post('/settings/billing/change', { ...fields, reckoned })).statusCode, reckoned).toBe(422);
    expect(await at.account()).toMatchObject({ plan: 'plus' });
  });

  it('whose answer is lost is done once', async () => {
    const { fields } = await preview(prices.pro);
    at.stripe.fault({ method: 'POST', path: /\/v1\/subscriptions\//u, kind: { cut: 'after' } });
    expect((await at.ada.post('/settings/billing/change', fields)).statusCode).toBe(303);
    expect(await at.app.deps.store.invoices.list(at.workspaceId, 9)).toHaveLength(2);
  });

  it('that broke off between its two calls is taken up by the next try', async () => {
    await at.days(1);
    const up = await preview(prices.pro);
    await at.ada.post('/settings/billing/change', up.fields);
    const { fields } = await preview(prices.plus);
    at.stripe.fault({ method: 'POST', path: /subscription_schedules\/sub_sched/u, times: 3, kind: { answer: { status: 500, body: {} } } });
    expect((await at.ada.post('/settings/billing/change', fields)).statusCode).toBe(422);
    await at.nightly();
    expect(await at.account()).toMatchObject({ plan: 'pro', nextPriceId: null });
    at.stripe.clearFaults();
    const again = await preview(prices.plus);
    expect(again.body).toContain('You have what you paid for until');
    expect((await at.ada.post('/settings/billing/change', again.fields)).statusCode).toBe(303);
    expect(await at.account()).toMatchObject({ plan: 'pro', nextPriceId: prices.plus });
    expect((await at.ada.get('/settings/billing')).body).toMatch(/From <time[^>]*>[^<]*<\/time> it is Plus\./u);
  }, 30_000);

  it('is refused while a bill is open, to the same plan, and to what is not sold', async () => {
    const { fields } = await preview(prices.pro);
    for (const price of [prices.plus, 'price_other', '']) expect((await at.ada.post('/settings/billing/change', { ...fields, price })).statusCode).toBe(422);
    for (const method of at.stripe.account.declines.keys()) at.stripe.account.declines.set(method, 'always');
    await at.days(32);
    await at.nightly();
    expect((await at.ada.get(`/settings/billing/change?price=${prices.pro}`)).body).toContain('Pay the open bill first');
  });
});

it('a card that is refused on the page makes nothing', async () => {
  await expect(at.subscribe(prices.plus, cards.refused)).rejects.toThrow('declined');
  await at.nightly();
  expect(await at.account()).toMatchObject({ status: null, subscriptionId: null });
});
