import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billingWorld, day, prices, type BillingWorld } from '../testing/billing.ts';
import { openSqlite } from '../store/index.ts';
import { drizzleOver } from '../store/db.ts';
import { billingRules } from '../store/prune/billing.ts';
import { eraseBilling } from '../store/billing/billing.ts';
import { endErased } from '../actions/billing/recur.ts';
import { idOf } from '../billing/fake/account.ts';
import { hostedPage } from '../billing/fake/pages.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let at: BillingWorld;
beforeEach(async () => { at = await billingWorld({ TRIAL_DAYS: '0' }); });
afterEach(async () => {
  expect(at.stripe.misfits).toEqual([]);
  await at.close();
});

const tables = ['billing_accounts', 'billing_invoices', 'billing_events', 'billing_prices', 'billing_endings'];

function rows(table: string): Record<string, unknown>[] {
  const sqlite = openSqlite(at.app.file, { readonly: true });
  const all = sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[];
  sqlite.close();
  return all;
}

/** Erases the workspace as a deletion does. */
function erase(): void {
  const sqlite = openSqlite(at.app.file);
  drizzleOver(sqlite).transaction((tx) => eraseBilling(tx, at.workspaceId, at.clock.now()));
  sqlite.prepare('delete from workspaces where id = ?').run(at.workspaceId);
  sqlite.close();
}

describe('promise 05', () => {
  it('promise 05: bills are kept for 7 years and not a day longer', async () => {
    await at.subscribe(prices.pro);
    await at.ada.get('/settings/billing/done');
    const [made] = await at.app.deps.store.invoices.list(at.workspaceId, 9);
    const sqlite = openSqlite(at.app.file);
    const bills = billingRules(drizzleOver(sqlite)).find(({ class: of }) => of === 'billing');
    const until = (made?.createdAt ?? 0) + 7 * 365 * day;
    expect([bills?.count(until - 1), bills?.prune(until - 1, 10).rows]).toEqual([0, 0]);
    expect([bills?.count(until), bills?.prune(until, 10).rows, bills?.count(until)]).toEqual([1, 1, 0]);
    sqlite.close();
  });

  it('promise 05: they outlive the workspace without saying whose they were, and count in the takings', async () => {
    at.stripe.account.taxPercent = 19;
    await at.subscribe(prices.pro);
    await at.ada.get('/settings/billing/done');
    const account = await at.account();
    const before = await at.app.deps.store.invoices.revenue(0);
    erase();
    const [kept] = rows('billing_invoices');
    expect(kept).toMatchObject({ workspace_id: null, subscription_id: null, link: null, total: 3_570, tax: 570, status: 'paid' });
    for (const whose of ['ada@example.org', 'Ada', at.workspaceId, account.customerId, account.subscriptionId]) expect(JSON.stringify(rows('billing_invoices'))).not.toContain(whose);
    expect(rows('billing_accounts')).toEqual([]);
    expect(await at.app.deps.store.invoices.revenue(0)).toEqual(before);
  });

  it('promise 05: an erased workspace pays no more: its customer is deleted at Stripe, however often that must be tried', async () => {
    const subscription = await at.subscribe(prices.pro);
    await at.ada.get('/settings/billing/done');
    erase();
    expect(rows('billing_endings')).toHaveLength(1);
    at.stripe.fault({ method: 'DELETE', times: 3, kind: { answer: { status: 500, body: {} } } });
    await expect(endErased(at.app.deps)).rejects.toThrow('Something that is not Stripe answered');
    expect(rows('billing_endings')).toHaveLength(1);
    await endErased(at.app.deps);
    expect([subscription.status, at.stripe.account.customers.size, rows('billing_endings')]).toEqual(['canceled', 0, []]);
  }, 30_000);
});

describe('promise 25', () => {
  it('promise 25: what is typed on Stripe’s page is in no table, no log and no answer of ours', async () => {
    const [card, code] = ['4242424242424242', '737'];
    await at.ada.post('/settings/billing/checkout', { price: prices.pro, intent: await at.intentOf() });
    const session = [...at.stripe.account.sessions.values()].at(-1);
    const form = new URLSearchParams({ card, cvc: code, email: 'bills@example.org' });
    const request = { method: 'POST', path: `/c/pay/${session?.id ?? ''}`, form: () => form } as Parameters<typeof hostedPage>[1];
    expect(hostedPage(at.stripe.account, request)).toMatchObject({ status: 303 });
    for (const event of at.take()) await at.send(event);
    const pages = await Promise.all(['/settings/billing', '/settings/subscribers', '/'].map(async (path) => (await at.ada.get(path)).body));
    expect(await at.account()).toMatchObject({ email: 'bills@example.org', cardLast4: '4242' });
    const files = readdirSync(join(at.app.file, '..'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('latin1'));
    expect(files.join('')).toContain('bills@example.org');
    for (const where of [...files, ...pages, at.app.logged()]) expect(where.includes(card)).toBe(false);
    expect(files.join('').includes('42424242')).toBe(false);
  });

  it('promise 25: no form of ours asks for a card, no route takes one, and no page may run Stripe’s scripts or send to it', async () => {
    await at.subscribe(prices.pro);
    for (const path of ['/settings/billing', `/settings/billing/change?price=${prices.plus}`, '/settings/subscribers', '/pricing']) {
      const { body, headers } = await at.ada.get(path);
      expect(body, path).not.toMatch(/name="[^"]*(?:card|cvc|cvv|number|expir|iban)[^"]*"|autocomplete="cc-|<iframe|js\.stripe\.com/iu);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toMatch(/script-src 'self';/u);
      expect(policy, path).toMatch(/connect-src 'self';/u);
      expect(policy, path).toMatch(/default-src 'none';/u);
      expect(policy, path).not.toContain('frame-src');
    }
    expect(at.app.server.routeTable.filter(({ url }) => /card|payment-method/u.test(url))).toEqual([]);
  });
});

describe('promise 26', () => {
  it('promise 26: what is kept of Stripe is customer, subscription and state, plan, brand and last four, billing e-mail and bills, and nothing else', async () => {
    await at.subscribe(prices.pro);
    for (const event of at.take()) await at.send(event);
    const sqlite = openSqlite(at.app.file, { readonly: true });
    const columns = Object.fromEntries(tables.map((table) => [table, (sqlite.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name).sort()]));
    sqlite.close();
    expect(columns).toEqual({
      billing_accounts: [
        'cancel_at', 'card_brand', 'card_last4', 'customer_id', 'email', 'ended_at', 'free_since', 'last_ticket', 'next_price_id', 'period_end', 'plan', 'price_id', 'read_at', 'read_ticket',
        'status', 'subscription_id', 'trial_end', 'trial_ends_at', 'workspace_id',
      ],
      billing_invoices: [
        'attempts', 'created_at', 'currency', 'id', 'link', 'next_attempt_at', 'number', 'paid', 'paid_at', 'period_end', 'period_start', 'receipt_at', 'refunded', 'status', 'subscription_id', 'tax', 'total', 'workspace_id',
      ],
      billing_events: ['handled_at', 'id', 'received_at', 'type'],
      billing_prices: ['amount', 'currency', 'id', 'interval', 'interval_count', 'read_at'],
      billing_endings: ['at', 'customer_id'],
    });
    // Nothing that a subscription, customer, charge or card has beside it is anywhere on disk.
    const [customer] = at.stripe.account.customers.values();
    const [charge] = at.stripe.account.charges.values();
    const [method] = at.stripe.account.methods.values();
    const all = JSON.stringify(tables.map(rows));
    for (const beside of [charge?.id, idOf(charge?.payment_intent), method?.id, method?.card?.fingerprint, String(method?.card?.exp_year), customer?.invoice_prefix]) expect(all).not.toContain(beside ?? 'nothing to look for');
  });
});
