import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { makeKey } from '../actions/keys/make-key.ts';
import { letIn, settleAll } from '../actions/billing/settle.ts';
import { saveBilling } from '../actions/billing/set-up.ts';
import { planOf, trialLimits } from '../domain/billing/plan.ts';
import { openSqlite } from '../store/index.ts';
import { newId } from '../lib/ids.ts';
import { billingWorld, day, prices, type BillingWorld } from '../testing/billing.ts';
import { seedMedia } from '../testing/world.ts';
import { cards } from './fake/account.ts';
import { passOnPortal } from './fake/pages.ts';
import { allows, apiRateOf } from './entitlements.ts';

let at: BillingWorld;
beforeEach(async () => { at = await billingWorld(); });
afterEach(() => at.close());

const deps = () => at.app.deps;
const addSandbox = () => at.ada.post('/channels/connect/sandbox');
const channels = async () => (await deps().store.channels.list(at.workspaceId)).length;
const wall = (ahead: number) => new Date(at.clock.now() + ahead).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16).replace(' ', 'T');
async function schedule(intent = 'schedule', ahead = day, to = '/posts', more: Record<string, string> = {}) {
  const [channel] = await deps().store.channels.list(at.workspaceId);
  return at.ada.post(to, { intent, 'part.0.text': 'Hello', channel: channel?.id ?? '', at: wall(ahead), zone: 'Europe/Berlin', ...more });
}
const fill = (n: number) => {
  const sqlite = openSqlite(at.app.file);
  const put = sqlite.prepare(`insert into posts (id, workspace_id, state, content, at, version, created_at, updated_at) values (?, ?, 'scheduled', '{"parts":[{"text":"x","media":[]}]}', ?, 1, 0, 0)`);
  for (let i = 0; i < n; i += 1) put.run(newId(at.clock.now() + i), at.workspaceId, at.clock.now() + day);
  sqlite.close();
};

describe('a limit', () => {
  it('of channels lets no new one in and takes none away; a larger plan lifts it at once', async () => {
    for (let n = 1; n < trialLimits.channels; n += 1) await addSandbox();
    const answer = await addSandbox();
    expect(await channels()).toBe(trialLimits.channels);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Your trial has room for 5 channels, and 5 are in use.');
    expect(answer.body).toContain('href="/settings/billing">Plans and billing</a>');
    await at.subscribe(prices.plus);
    await at.ada.get('/settings/billing/done');
    expect((await addSandbox()).statusCode).toBe(303);
    expect(await channels()).toBe(6);
  });

  it('of channels is not got around by disconnecting, adding and coming back', async () => {
    for (let n = 1; n < trialLimits.channels; n += 1) await addSandbox();
    const [first] = await deps().store.channels.list(at.workspaceId);
    await at.ada.post(`/channels/${first?.id ?? ''}/disconnect`);
    await addSandbox();
    await addSandbox();
    const active = (await deps().store.channels.list(at.workspaceId)).filter(({ connectionStatus }) => connectionStatus === 'active');
    expect(active).toHaveLength(trialLimits.channels);
  });

  it('of scheduled posts stops what is new, not a draft, not sending now, not changing what waits', async () => {
    fill(trialLimits.scheduled - 1);
    const made = await schedule();
    expect(made.statusCode).toBe(303);
    const over = await schedule();
    expect([over.statusCode, over.body.includes('room for 50 scheduled posts')]).toEqual([422, true]);
    expect((await schedule('draft')).statusCode).toBe(303);
    expect((await schedule('now')).statusCode).toBe(303);
    const id = /\/posts\/([\w-]+)/u.exec(made.headers.location ?? '')?.[1] ?? '';
    expect((await schedule('schedule', 2 * day, `/posts/${id}`, { version: '1' })).statusCode).toBe(303);
  });

  it('of storage stops an upload beside the field, and keeps what is there', async () => {
    const id = await seedMedia(deps().store, at.workspaceId);
    const sqlite = openSqlite(at.app.file);
    sqlite.prepare('update media set bytes = ? where id = ?').run(trialLimits.storageBytes - 10, id);
    sqlite.close();
    const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#123456' } }).png().toBuffer();
    const answer = await at.ada.upload('/media', [{ name: 'media', filename: 'a.png', bytes }]);
    expect([answer.statusCode, answer.body.includes('a.png: Your trial holds 1 GB of media, and 10 bytes are free.')]).toEqual([422, true]);
    expect(await deps().store.media.get(at.workspaceId, id)).toBeDefined();
    expect(await allows(deps(), at.workspaceId, { what: 'storage', bytes: 10 })).toBeNull();
  });

  it('of members and of the API are answered for those who ask', async () => {
    expect(await allows(deps(), at.workspaceId, { what: 'members', adding: 2 })).toBeNull();
    expect(await allows(deps(), at.workspaceId, { what: 'members', adding: 3 })).toMatchObject({ message: expect.stringContaining('room for 3 members') as string, link: { href: '/settings/billing' } });
    expect([await allows(deps(), at.workspaceId, { what: 'api' }), await apiRateOf(deps(), at.workspaceId)]).toEqual([null, trialLimits.apiPerHour]);
    await at.subscribe(prices.plus);
    await at.ada.get('/settings/billing/done');
    expect(await allows(deps(), at.workspaceId, { what: 'api' })).toMatchObject({ message: expect.stringContaining('does not include the API') as string });
    expect(planOf('plus')?.limits.apiPerHour).toBeNull();
    expect((await at.ada.post('/settings/keys', { name: 'n8n', scopes: ['read'] })).body).toContain('Your plan does not include the API.');
  });
});

it('of the API counts requests of the whole workspace, and stops writing, not reading, at the end', async () => {
  const key = async (scopes: string[]) => (await makeKey(deps(), { workspaceId: at.workspaceId, userId: null }, { name: 'x', scopes })) as { key: string };
  const [read, write] = [await key(['read']), await key(['read', 'write'])];
  const ask = ({ key: secret }: { key: string }, method: 'GET' | 'POST' = 'GET') => at.app.server.inject({ method, url: method === 'GET' ? '/public/v1/integrations' : '/public/v1/posts', headers: { authorization: secret, 'content-type': 'application/json' }, ...(method === 'POST' && { payload: '{}' }) });
  await at.days(15);
  expect((await ask(read)).statusCode).toBe(200);
  const refused = await ask(write, 'POST');
  expect([refused.statusCode, refused.body.includes('The trial has ended, so nothing new can be added.')]).toEqual([403, true]);
  const late = await billingWorld();
  const other = (await makeKey(late.app.deps, { workspaceId: late.workspaceId, userId: null }, { name: 'x', scopes: ['read'] })) as { key: string };
  const statuses = [];
  for (let n = 0; n <= (trialLimits.apiPerHour ?? 0); n += 1) statuses.push((await late.app.server.inject({ method: 'GET', url: '/public/v1/integrations', headers: { authorization: other.key } })).statusCode);
  expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([trialLimits.apiPerHour, 429]);
  await late.close();
});

describe('the end of a trial', () => {
  it('lets what is scheduled go out for the days of grace, and nothing new in', async () => {
    await schedule('schedule', 15 * day);
    await schedule('schedule', 30 * day);
    await at.days(14.5);
    const page = await at.ada.get('/');
    expect(page.body).toContain('The trial has ended. What is scheduled goes out until');
    for (const answer of [await schedule(), await schedule('now'), await addSandbox()]) expect(answer.body).toContain('The trial has ended, so nothing new can be added. What is here stays.');
    expect((await schedule('draft')).statusCode).toBe(303);
    await at.days(1);
    await deps().engine.tick();
    await deps().engine.idle();
    expect(await deps().store.publications.queueState(at.workspaceId, at.clock.now())).toMatchObject({ waiting: 1, held: 0 });
  });

  it('then holds it, where everybody sees it, and lets go as soon as it is paid', async () => {
    await schedule('schedule', 30 * day);
    await at.days(30.5);
    expect((await at.ada.get('/')).body).toContain('The trial has ended, and nothing is sent any more.');
    await deps().engine.tick();
    await deps().engine.idle();
    expect(await deps().store.publications.queueState(at.workspaceId, at.clock.now())).toMatchObject({ waiting: 1, held: 1 });
    await at.subscribe(prices.plus);
    for (const event of at.take()) await at.send(event);
    await deps().engine.tick();
    await deps().engine.idle();
    expect(await deps().store.publications.queueState(at.workspaceId, at.clock.now())).toMatchObject({ waiting: 0, held: 0 });
    expect((await at.ada.get('/')).body).not.toContain('class="banner"');
  });
});

describe('mails', () => {
  const mails = async () => (await deps().store.mails.list([], 100)).map(({ kind, email, subject }) => ({ kind, email, subject }));
  it('tell of the trial, bills, failures, holds and their end, each once', async () => {
    await at.subscribe(prices.plus, cards.refusedLater);
    for (const event of at.take()) await at.send(event);
    for (let n = 0; n < 26; n += 1) {
      await at.days(1);
      for (const event of at.take()) { await at.send(event); await at.send(event); }
      await settleAll(deps());
    }
    expect((await deps().store.people.workspace(at.workspaceId))?.unpaidAt).not.toBeNull();
    await passOnPortal(at.stripe.account, { card: cards.good, pay: true });
    for (const event of at.take().toReversed()) { await at.send(event); await at.send(event); }
    const kinds = Map.groupBy((await mails()).filter(({ kind }) => kind !== 'verify'), ({ kind }) => kind);
    expect([...kinds].map(([kind, all]) => `${kind} ${all.length}`).sort()).toEqual(['held 1', 'payment_failed 2', 'receipt 1', 'resumed 1', 'trial_ending 1']);
    expect(kinds.get('receipt')).toMatchObject([{ email: 'ada@example.org', subject: expect.stringMatching(/^Receipt FAKE-\d+ from Post Master$/u) as string }]);
  }, 60_000);
});

describe('whoever runs the instance', () => {
  it('may let a workspace in for free, held or not', async () => {
    await at.days(30);
    expect((await deps().store.people.workspace(at.workspaceId))?.unpaidAt).not.toBeNull();
    expect((await at.ada.post(`/settings/subscribers/${at.workspaceId}/free`)).statusCode).toBe(303);
    expect((await deps().store.people.workspace(at.workspaceId))?.unpaidAt).toBeNull();
    expect((await at.ada.get('/settings/billing')).body).toContain('lets this workspace in for free');
    await letIn(deps(), at.workspaceId, null);
    expect((await deps().store.people.workspace(at.workspaceId))?.unpaidAt).not.toBeNull();
  });

  it('sees subscribers, trials that end, takings by month and currency, and failed payments', async () => {
    await at.days(15);
    at.stripe.account.taxPercent = 19;
    await at.subscribe(prices.pro, cards.refusedLater);
    await at.days(32);
    await at.nightly();
    const { body } = await at.ada.get('/settings/subscribers');
    expect(body).toMatch(/<th scope="row">2026-12<\/th><td class="amount">1<\/td><td class="amount">€35\.70<\/td><td class="amount">€5\.70<\/td><td class="amount">€0\.00<\/td><td class="amount">€30\.00<\/td>/u);
    expect(body).toMatch(/Failed payments[\s\S]*FAKE-0002/u);
    expect(body).toContain('Payment failed');
    expect(body).not.toContain(at.stripe.key);
  });

  it('sets it up in the dashboard, sealed; stopping lets go of everything', async () => {
    const bare = await billingWorld({ STRIPE_SECRET_KEY: '', STRIPE_WEBHOOK_SECRET: '', STRIPE_PRICES: '' });
    expect((await bare.ada.get('/settings/billing')).statusCode).toBe(404);
    const wrong = await bare.ada.post('/settings/subscribers/set-up', { STRIPE_SECRET_KEY: 'pk_test_x', STRIPE_WEBHOOK_SECRET: 'x', STRIPE_PRICES: 'gold:price_1', TRIAL_DAYS: '-1' });
    expect(wrong.statusCode).toBe(422);
    expect([...wrong.body.matchAll(/aria-invalid="true"/gu)]).toHaveLength(4);
    expect(wrong.body).toContain('value="gold:price_1"');
    const saved = await bare.ada.post('/settings/subscribers/set-up', { STRIPE_SECRET_KEY: bare.stripe.key, STRIPE_WEBHOOK_SECRET: bare.stripe.secret, STRIPE_PRICES: `plus:${prices.plus},pro:price_gone`, TRIAL_DAYS: '', BILLING_GRACE_DAYS: '1' });
    expect(saved.statusCode).toBe(303);
    // Who was here before has a trial from this day.
    expect((await bare.account()).trialEndsAt).toBe(bare.clock.now() + 14 * day);
    await bare.ada.post('/settings/subscribers/test');
    const page = await bare.ada.get('/settings/subscribers');
    expect(page.body).toContain('price_plusmonth can be bought.');
    expect(page.body).toContain('price_gone is not known to Stripe.');
    expect(page.body).not.toContain(bare.stripe.key);
    await bare.days(16);
    expect((await bare.app.deps.store.people.workspace(bare.workspaceId))?.unpaidAt).not.toBeNull();
    await bare.ada.post('/settings/subscribers/remove');
    expect((await bare.app.deps.store.people.workspace(bare.workspaceId))?.unpaidAt).toBeNull();
    expect(await allows(bare.app.deps, bare.workspaceId, { what: 'channels', adding: 1_000 })).toBeNull();
    await bare.close();
  });

  it('does not change by hand what the environment says', async () => {
    const user = await deps().store.people.userByEmail('ada@example.org');
    await saveBilling(deps(), user?.id ?? '', { STRIPE_PRICES: 'pro:price_1' });
    expect(deps().settings.get('STRIPE_PRICES')).toContain(prices.plus);
  });
});
