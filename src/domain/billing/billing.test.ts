import { describe, expect, it } from 'vitest';
import { billingTermsOf, entitlementsOf, readPrices, standingOf, type Subscribed } from './billing.ts';
import { everyText, moneyText } from './money.ts';
import { comparePlans, freeLimits, limitTexts, planOf, plans, trialLimits } from './plan.ts';

const day = 24 * 60 * 60 * 1000;
const terms = { graceMs: 7 * day };
const none: Subscribed = { trialEndsAt: 14 * day, freeSince: null, status: null, plan: null, periodEnd: null, trialEnd: null, cancelAt: null, endedAt: null, unpaidSince: null };
const paid: Subscribed = { ...none, trialEndsAt: 0, status: 'active', plan: 'plus', periodEnd: 30 * day };

describe('how a workspace stands', () => {
  it.each<[string, Subscribed, number, object]>([
    ['in its trial', none, 13 * day, { kind: 'trial', endsAt: 14 * day, plan: null }],
    ['on the day the trial ends', none, 14 * day, { kind: 'ended', because: 'trial', heldAt: 21 * day }],
    ['a week later', none, 21 * day, { kind: 'held', because: 'trial', since: 21 * day }],
    ['with a card, in the trial', { ...none, status: 'trialing', plan: 'pro', trialEnd: 14 * day }, 1, { kind: 'trial', plan: { id: 'pro' }, cancels: false }],
    ['a first payment begun', { ...none, status: 'incomplete' }, 1, { kind: 'trial' }],
    ['a first payment never made', { ...none, trialEndsAt: 0, status: 'incomplete_expired' }, day, { kind: 'ended', because: 'trial' }],
    ['paying', paid, day, { kind: 'active', plan: { id: 'plus' }, cancelAt: null }],
    ['paying by a price that is no longer known', { ...paid, plan: null }, day, { kind: 'active', plan: null }],
    ['past due', { ...paid, status: 'past_due', unpaidSince: 30 * day }, 36 * day, { kind: 'past_due', since: 30 * day, heldAt: 37 * day }],
    ['past due for too long', { ...paid, status: 'past_due', unpaidSince: 30 * day }, 37 * day, { kind: 'held', because: 'unpaid' }],
    ['unpaid', { ...paid, status: 'unpaid', unpaidSince: 30 * day }, 60 * day, { kind: 'held', because: 'unpaid' }],
    ['canceled', { ...paid, status: 'canceled', endedAt: 30 * day }, 31 * day, { kind: 'ended', because: 'canceled', heldAt: 37 * day }],
    ['given up by Stripe: the days of grace are not given twice', { ...paid, status: 'canceled', endedAt: 45 * day, unpaidSince: 30 * day }, 46 * day, { kind: 'held', because: 'unpaid', since: 37 * day }],
    ['canceled within the trial', { ...paid, trialEndsAt: 14 * day, status: 'canceled', endedAt: 5 * day }, 6 * day, { kind: 'trial' }],
    ['paused', { ...paid, status: 'paused', trialEnd: 5 * day }, 6 * day, { kind: 'ended', because: 'unpaid' }],
    ['let in for free', { ...paid, freeSince: 1, status: 'unpaid', unpaidSince: 0 }, 90 * day, { kind: 'free' }],
  ])('%s', (_, subscribed, now, standing) => expect(standingOf(subscribed, terms, now)).toMatchObject(standing));

  it('entitles to the plan, to nothing new after the end, and to all for free', () => {
    const of = (subscribed: Subscribed, now: number) => entitlementsOf(standingOf(subscribed, terms, now));
    expect(of(none, 1)).toBe(trialLimits);
    expect(of({ ...none, status: 'trialing', plan: 'pro' }, 1)).toBe(planOf('pro')?.limits);
    expect(of({ ...paid, status: 'past_due', unpaidSince: 0 }, day)).toBe(planOf('plus')?.limits);
    expect([of(none, 15 * day), of(none, 30 * day)]).toEqual([null, null]);
    expect(of({ ...paid, freeSince: 1 }, day)).toBe(freeLimits);
    expect(freeLimits).toBe(plans.at(-1)?.limits);
  });
});

describe('the settings', () => {
  const get = (env: Record<string, string | undefined>) => billingTermsOf((name) => env[name]);
  const whole = { STRIPE_SECRET_KEY: 'sk', STRIPE_WEBHOOK_SECRET: 'wh', STRIPE_PRICES: 'plus:price_1' };

  it('sell nothing until there is a key, a secret and a price', () => {
    expect(get(whole)).toMatchObject({ trialMs: 14 * day, graceMs: 7 * day, automaticTax: false });
    for (const name of Object.keys(whole)) expect(get({ ...whole, [name]: undefined })).toBeNull();
    expect(get({ ...whole, TRIAL_DAYS: '30', BILLING_GRACE_DAYS: '0', STRIPE_TAX: 'on' })).toMatchObject({ trialMs: 30 * day, graceMs: 0, automaticTax: true });
    expect(get({ ...whole, TRIAL_DAYS: 'soon' })).toMatchObject({ trialMs: 14 * day });
  });

  it('name prices by plan', () => {
    expect(readPrices('plus:price_1, plus:price_2\npro:price_3')).toMatchObject({ prices: [{ plan: { id: 'plus' }, priceId: 'price_1' }, { priceId: 'price_2' }, { plan: { id: 'pro' } }], problems: [] });
    expect(readPrices('gold:price_1').problems).toEqual([expect.stringContaining('“gold” is not a plan')]);
    expect(readPrices('plus:prod_1 plus').problems).toHaveLength(2);
    expect(readPrices('plus:price_1,pro:price_1')).toMatchObject({ prices: [{ priceId: 'price_1' }], problems: ['price_1 is there twice.'] });
  });
});

it('plans have an order and say what they give', () => {
  expect([comparePlans('plus', 'pro') < 0, comparePlans('team', 'pro') > 0, comparePlans('pro', 'pro')]).toEqual([true, true, 0]);
  expect(limitTexts(plans[0]?.limits ?? trialLimits)).toEqual(['10 channels', '2 members', '250 scheduled posts', '10 GB of media', 'no API']);
});

it.each([[1_200, 'eur', '€12.00'], [1_200, 'jpy', '¥1,200'], [1_234, 'kwd', 'KWD 1.234'], [-500, 'usd', '-$5.00'], [7, 'not-a-currency', '0.07 NOT-A-CURRENCY']])('%i %s is %s', (amount, currency, text) =>
  expect(moneyText(amount, currency).replaceAll('\u00A0', ' ')).toBe(text));
it('periods have words', () => expect([everyText('month', 1), everyText('month', 3), everyText('year', 1)]).toEqual(['a month', 'every 3 months', 'a year']));
