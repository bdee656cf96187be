import { afterEach, describe, expect, it } from 'vitest';
import { heedStripe } from '../actions/billing/heed-stripe.ts';
import { settleAll } from '../actions/billing/settle.ts';
import { storeOver, openSqlite } from '../store/index.ts';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { mortal } from '../testing/faults/crash.ts';
import { billingWorld, keptOf, prices, truthOf, type BillingWorld } from '../testing/billing.ts';
import { cards } from './fake/account.ts';
import { refund } from './fake/invoices.ts';
import { passOnPortal } from './fake/pages.ts';

let world: BillingWorld | undefined;
afterEach(async () => {
  expect(world?.stripe.misfits).toEqual([]);
  await world?.close();
  world = undefined;
});

interface Scenario {
  name: string;
  env?: Record<string, string>;
  /** Each step is what happens before the next events come. */
  steps: ((world: BillingWorld) => Promise<unknown>)[];
  ends: Record<string, unknown>;
  held: boolean;
}

const post = (path: string, fields: Record<string, string> = {}) => async (at: BillingWorld) => {
  const answer = await at.ada.post(`/settings/billing/${path}`, { intent: await at.intentOf(), ...fields });
  expect(answer.statusCode, `${path}: ${/class="error">([^<]*)/u.exec(answer.body)?.[1] ?? ''}`).toBe(303);
};
const change = (price: string) => async (at: BillingWorld) => {
  const page = await at.ada.get(`/settings/billing/change?price=${price}`);
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`, 'u').exec(page.body)?.[1] ?? '';
  await post('change', { price, intent: hidden('intent'), reckoned: hidden('reckoned') })(at);
};
const pass = (days: number) => (at: BillingWorld) => at.days(days);
const subscribe = (price: string, card?: string, code?: string) => (at: BillingWorld) => at.subscribe(price, card, code);
const noTrial = { TRIAL_DAYS: '0' };

const scenarios: Scenario[] = [
  { name: 'trial to active', steps: [subscribe(prices.plus), pass(15)], ends: { status: 'active', plan: 'plus', cardBrand: 'visa', cardLast4: '4242' }, held: false },
  { name: 'card declined at the end of the trial', steps: [subscribe(prices.plus, cards.refusedLater), pass(15)], ends: { status: 'past_due', plan: 'plus' }, held: false },
  { name: 'past due until it is held', steps: [subscribe(prices.plus, cards.refusedLater), pass(15), pass(8)], ends: { status: 'past_due' }, held: true },
  {
    name: 'held, then recovered', steps: [subscribe(prices.plus, cards.refusedLater), pass(15), pass(8), (at) => passOnPortal(at.stripe.account, { card: cards.other, pay: true })],
    ends: { status: 'active', cardBrand: 'mastercard', cardLast4: '4444' }, held: false,
  },
  { name: 'never paid', steps: [subscribe(prices.pro, cards.refusedLater), pass(15), pass(30)], ends: { status: 'canceled' }, held: true },
  { name: 'never paid, and left unpaid', steps: [async (at) => { at.stripe.account.afterTries = 'unpaid'; }, subscribe(prices.pro, cards.refusedLater), pass(15), pass(25)], ends: { status: 'unpaid' }, held: true },
  { name: 'upgrade', env: noTrial, steps: [subscribe(prices.plus), pass(10), change(prices.pro)], ends: { status: 'active', plan: 'pro', nextPriceId: null }, held: false },
  { name: 'from a month to a year', env: noTrial, steps: [subscribe(prices.plus), pass(10), change(prices.plusYear)], ends: { status: 'active', plan: 'plus', priceId: prices.plusYear }, held: false },
  { name: 'downgrade that is to come', env: noTrial, steps: [subscribe(prices.pro), pass(10), change(prices.plus)], ends: { plan: 'pro', nextPriceId: prices.plus }, held: false },
  { name: 'downgrade', env: noTrial, steps: [subscribe(prices.pro), pass(10), change(prices.plus), pass(25)], ends: { plan: 'plus', nextPriceId: null }, held: false },
  { name: 'downgrade taken back', env: noTrial, steps: [subscribe(prices.pro), pass(10), change(prices.plus), post('keep'), pass(25)], ends: { plan: 'pro', nextPriceId: null }, held: false },
  { name: 'downgrade, then upgrade', env: noTrial, steps: [subscribe(prices.pro), change(prices.plus), change(prices.team)], ends: { plan: 'team', nextPriceId: null }, held: false },
  { name: 'change in the trial', steps: [subscribe(prices.pro), change(prices.plus), pass(15)], ends: { status: 'active', plan: 'plus' }, held: false },
  { name: 'cancel at the end of the period', env: noTrial, steps: [subscribe(prices.plus), pass(3), post('cancel'), pass(29)], ends: { status: 'canceled' }, held: false },
  { name: 'canceled and held', env: noTrial, steps: [subscribe(prices.plus), post('cancel'), pass(31), pass(8)], ends: { status: 'canceled' }, held: true },
  { name: 'canceled and back', env: noTrial, steps: [subscribe(prices.plus), post('cancel'), pass(40), subscribe(prices.pro)], ends: { status: 'active', plan: 'pro' }, held: false },
  { name: 'resume', env: noTrial, steps: [subscribe(prices.plus), post('cancel'), post('resume'), pass(32)], ends: { status: 'active', cancelAt: null }, held: false },
  { name: 'downgrade, then cancel', env: noTrial, steps: [subscribe(prices.pro), change(prices.plus), post('cancel')], ends: { plan: 'pro', nextPriceId: null, status: 'active' }, held: false },
  { name: 'canceled in the portal', env: noTrial, steps: [subscribe(prices.plus), post('portal'), (at) => passOnPortal(at.stripe.account, { cancel: true })], ends: { status: 'active' }, held: false },
  { name: 'coupon and tax', env: noTrial, steps: [async (at) => { at.stripe.account.taxPercent = 19; at.stripe.account.coupons.set('HALF', 50); }, subscribe(prices.pro, cards.good, 'HALF')], ends: { status: 'active' }, held: false },
  { name: 'refund in part', env: noTrial, steps: [subscribe(prices.pro), async (at) => refund(at.stripe.account, lastBill(at), 500)], ends: { status: 'active' }, held: false },
  { name: 'refund', env: noTrial, steps: [subscribe(prices.pro), async (at) => refund(at.stripe.account, lastBill(at))], ends: { status: 'active' }, held: false },
];

function lastBill(at: BillingWorld): string {
  return [...at.stripe.account.invoices.keys()].at(-1) ?? '';
}

/** Everything kept here equals what Stripe has, and the workspace is held or not, as it should be. */
async function settled(at: BillingWorld, { ends, held }: Scenario, store = at.app.deps.store) {
  await settleAll({ ...at.app.deps, store });
  const account = await store.billing.account(at.workspaceId);
  if (!account) throw new Error('no account');
  expect(keptOf(account, await store.invoices.list(at.workspaceId, 100))).toEqual(truthOf(at));
  expect(account).toMatchObject(ends);
  expect((await store.people.workspace(at.workspaceId))?.unpaidAt !== null).toBe(held);
}

async function play(scenario: Scenario, afterStep: (at: BillingWorld) => Promise<void>): Promise<BillingWorld> {
  world = await billingWorld(scenario.env);
  for (const step of scenario.steps) {
    await step(world);
    await afterStep(world);
  }
  return world;
}

describe.each(scenarios)('$name', (scenario) => {
  it('by events in order, each sent twice', async () => {
    const at = await play(scenario, async (here) => {
      for (const event of here.take()) expect([await here.send(event), await here.send(event)]).toEqual([200, 200]);
    });
    await settled(at, scenario);
  });

  it('by events in reverse, all of them late, and once more a day later', async () => {
    const at = await play(scenario, async () => {});
    const events = at.take().toReversed();
    for (const event of events) expect(await at.send(event)).toBe(200);
    await settled(at, scenario);
    const before = await at.account();
    at.clock.advance(60_000);
    for (const event of events) expect(await at.send(event)).toBe(200);
    expect(await at.account()).toEqual(before);
  });

  it('without any event, by the night', async () => {
    const at = await play(scenario, async (here) => void here.take());
    await at.nightly();
    await settled(at, scenario);
  });

  it('whatever point of an event the process dies at', async () => {
    let deaths = 0;
    const at = await play(scenario, async (here) => {
      for (const event of here.take()) {
        deaths += await dieEverywhere(here, event);
        expect(await here.send(event)).toBe(200);
      }
    });
    expect(deaths).toBeGreaterThan(0);
    await settled(at, scenario);
  });
});

/** Heeds one event again and again, dying one point later each time, until it is through. */
async function dieEverywhere(at: BillingWorld, event: { id: string }): Promise<number> {
  for (let point = 1; ; point += 1) {
    const store = storeOver(openSqlite(at.app.file), openKeyRing('a-key-for-tests-and-for-nothing-else'));
    const victim = mortal(store, point);
    const { payload, signature } = at.stripe.signed(event, at.clock.now());
    const end = await Promise.race([victim.death, heedStripe({ ...at.app.deps, store: victim.store }, Buffer.from(payload), signature)]);
    store.close();
    if (end !== 'died') return point - 1;
  }
}
