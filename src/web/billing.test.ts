import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cards } from '../billing/fake/account.ts';
import { startStripe, type FakeStripe } from '../billing/fake/stripe.ts';
import { openSqlite } from '../store/index.ts';
import { prices, sellAll, stripeEnv } from '../testing/billing.ts';
import { barriers, hasBrowser, openBrowser, passOn, picture } from '../testing/browser.ts';
import { startProgram, type Program } from '../testing/program.ts';

const day = 24 * 60 * 60 * 1000;

// The whole program over the stand-in for Stripe, as a person sees it. The stand-in lives a month behind, so that its month ends now.
describe.skipIf(!hasBrowser)('a subscription in a browser (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let stripe: FakeStripe;
  let browser: Browser;
  let page: Page;
  let sent = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    stripe = await startStripe(Date.now() - 32 * day);
    sellAll(stripe.account);
    stripe.account.taxPercent = 19;
    program = await startProgram({ ...stripeEnv(stripe), BILLING_GRACE_DAYS: '0', REGISTRATION: 'open' });
    browser = await openBrowser();
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    for (const origin of ['https://checkout.stripe.com', 'https://billing.stripe.com']) await page.route(`${origin}/**`, (route) => passOn(route, stripe));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
    await stripe?.close();
  });

  const open = (path: string) => page.goto(`${program.url}${path}`);
  const main = () => page.locator('#main').textContent();

  /** Stripe calls with all that has happened there meanwhile. */
  async function hear() {
    for (const event of stripe.account.events.slice(sent)) {
      const { payload, signature } = stripe.signed(event, Date.now());
      const answer = await fetch(`${program.url}/hooks/stripe`, { method: 'POST', body: payload, headers: { 'content-type': 'application/json', 'stripe-signature': signature } });
      expect(answer.status, await answer.text()).toBe(200);
    }
    sent = stripe.account.events.length;
  }

  /** Moves the end of the trial back, which is all that waiting would do. */
  function travel(days: number) {
    const sqlite = openSqlite(`${program.dataDir}/postmaster.db`);
    sqlite.prepare('update billing_accounts set trial_ends_at = trial_ends_at - ?').run(days * day);
    sqlite.close();
  }

  /** Plain in light and dark, wide and narrow. */
  async function seen(name: string) {
    for (const [scheme, width] of [['light', 1280], ['dark', 390], ['light', 320]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `billing-${name}-${scheme}-${width}`);
      expect(await barriers(page), `${name} ${scheme} ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is wider than ${width}`).toBe(true);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  it('begins with a trial that every page speaks of', async () => {
    await open('/pricing');
    expect(await main()).toContain('Try everything for 14 days, without a card.');
    await seen('pricing');
    await open('/signup');
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/setup/workspace');
    await expect.poll(async () => { await open('/'); return page.locator('.banner').textContent(); }).toContain('Trial: 14 days left');
    await seen('trial-home');
    await page.getByRole('link', { name: 'Choose a plan' }).click();
    await page.getByText('Your trial runs until').waitFor();
    await seen('trial');
  }, 60_000);

  it('meets a limit, which says what to do', async () => {
    for (let n = 1; n < 6; n += 1) {
      await open('/channels');
      await page.locator('.networks').getByRole('button', { name: 'Sandbox' }).click();
    }
    expect(await main()).toContain('Your trial has room for 5 channels, and 5 are in use.');
    await seen('limit');
    await page.getByRole('link', { name: 'Plans and billing' }).click();
    expect(page.url()).toBe(`${program.url}/settings/billing`);
  }, 60_000);

  it('is held when trial and grace are over, and says so', async () => {
    travel(20);
    await open('/');
    expect(await page.locator('.banner').textContent()).toContain('The trial has ended, and nothing is sent any more.');
    await open('/settings/billing');
    await seen('held');
  }, 60_000);

  it('pays on Stripe’s page, where a refused card is told, and the limits lift', async () => {
    await page.locator('.plan', { hasText: 'Plus' }).getByRole('button', { name: /a month/u }).click();
    await page.getByLabel('Card number').fill(cards.refused);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByText('Your card was declined.').waitFor();
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await page.getByLabel('E-mail for bills').fill('bills@example.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByText('This is how it stands at Stripe now.').waitFor();
    expect(await main()).toContain('Plus');
    expect(await page.locator('.banner').count()).toBe(0);
    await seen('active');
    await open('/channels');
    await page.locator('.networks').getByRole('button', { name: 'Sandbox' }).click();
    expect(await page.locator('.channel-row, [id^="channel-"]').count()).toBeGreaterThanOrEqual(6);
    await hear();
  }, 60_000);

  it('sees what more costs before it is charged, and takes it', async () => {
    await open('/settings/billing');
    await page.locator('.plan', { hasText: 'Pro' }).getByRole('link', { name: 'Change to it' }).click();
    await page.getByText('Stripe reckons').waitFor();
    await seen('change');
    await page.getByRole('button', { name: /Change and pay/u }).click();
    await page.getByText('The plan is changed.').waitFor();
    expect(await page.locator('.plan.is-yours').textContent()).toContain('Pro');
    await hear();
  }, 60_000);

  it('cancels, changes its mind, and cancels', async () => {
    for (const then of ['Resume the subscription', null]) {
      await page.getByText('Cancel the subscription').click();
      await page.getByRole('button', { name: 'Cancel at the end of the period' }).click();
      await page.getByText('Canceled. It runs to the end of what is paid.').waitFor();
      if (then === null) continue;
      await seen('canceled');
      await page.getByRole('button', { name: then }).click();
      await page.getByText('It goes on.').waitFor();
    }
    await hear();
  }, 60_000);

  it('is held when the paid month is over', async () => {
    stripe.passTo(Date.now());
    await hear();
    await open('/');
    expect(await page.locator('.banner').textContent()).toContain('The subscription has ended, and nothing is sent any more.');
    await open('/channels');
    await page.locator('.networks').getByRole('button', { name: 'Sandbox' }).click();
    expect(await main()).toContain('The subscription has ended, so nothing new can be added.');
  }, 60_000);

  it('goes on as soon as it is paid, without any event', async () => {
    await open('/settings/billing');
    await page.locator('.plan', { hasText: 'Pro' }).getByRole('button', { name: /a month/u }).click();
    await page.getByLabel('Card number').fill(cards.good);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByText('This is how it stands at Stripe now.').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    await open('/settings/billing');
    expect(await page.locator('table tbody tr').count()).toBe(3);
    await page.getByRole('button', { name: 'Card, address and bills at Stripe' }).click();
    await page.getByLabel('Card number').fill(cards.other);
    await page.getByRole('button', { name: 'Use this card' }).click();
    await page.getByRole('link', { name: 'Return to the site' }).click();
    await page.getByText('ending in 4444').waitFor();
  }, 60_000);

  it('is seen by whoever runs the instance', async () => {
    await open('/settings/subscribers');
    expect(await main()).toContain('1 workspace pays');
    await seen('subscribers');
    await page.getByRole('button', { name: 'Ask Stripe' }).click();
    await page.getByText(`${prices.pro} can be bought.`).waitFor();
  }, 60_000);

  it('ran without a single error in the console, and no request that Stripe would refuse', () => {
    expect(errors.filter((text) => !/status of (?:404|422)/u.test(text))).toEqual([]);
    expect(stripe.misfits).toEqual([]);
    expect(program.output()).not.toMatch(/4242424242424242|sk_test_fake|whsec_fake/u);
  });

  it('survives being killed while an event is handled', async () => {
    const [subscription] = [...stripe.account.subscriptions.values()].filter(({ status }) => status === 'active');
    if (!subscription) throw new Error('nothing is active');
    subscription.cancel_at_period_end = true;
    subscription.cancel_at = subscription.items.data[0]?.current_period_end ?? null;
    stripe.account.emit('customer.subscription.updated', subscription);
    stripe.fault({ path: /^\/v1\/invoices/u, kind: { silence: true } });
    const { payload, signature } = stripe.signed(stripe.account.events.at(-1) ?? { id: '' }, Date.now());
    const call = () => fetch(`${program.url}/hooks/stripe`, { method: 'POST', body: payload, headers: { 'stripe-signature': signature } });
    const before = stripe.calls.length;
    const cut = call().then(() => 'answered', () => 'cut');
    await expect.poll(() => stripe.calls.length).toBeGreaterThan(before);
    await program.kill('SIGKILL');
    expect(await cut).toBe('cut');
    await program.restart();
    expect((await call()).status).toBe(200);
    await open('/settings/billing');
    expect(await main()).toContain('It is canceled and not renewed.');
  }, 60_000);
});
