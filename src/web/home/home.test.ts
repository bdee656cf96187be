import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPage } from '../../testing/composing/html.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { builtAssets } from '../../testing/program.ts';
import { ownerOf, end, seedAt, seedPlace } from '../../testing/calendar.ts';
import { joined } from '../../testing/team.ts';
import { seedPost, start } from '../../testing/world.ts';

const day = 86_400_000;
let app: TestApp;
let ada: Visitor;
beforeAll(async () => {
  app = await testApp({}, () => start, undefined, builtAssets());
  ada = await signedUp(app);
});
afterAll(() => app.close());

async function publications(visit: Visitor, list: readonly (readonly [status: string, due: number, late?: number])[]) {
  const { store } = app.deps;
  const { userId, workspaceId } = await ownerOf(app.deps.store, visit === ada ? 'ada@example.org' : 'numbers@example.org');
  const [channel] = await store.channels.list(workspaceId);
  if (!channel) throw new Error('no channel');
  const raw = new Database(app.file);
  for (const [status, due, late = 0] of list) {
    const { publicationId } = await seedPost(store, { userId, workspaceId, connectionId: channel.connectionId, channelId: channel.id }, channel.provider, { parts: [{ text: 'Words', media: [] }] }, {}, due);
    raw.prepare('update publications set status = ?, published_at = ?, updated_at = ? where id = ?').run(status, status === 'published' ? due + late : null, due + late, publicationId);
  }
  raw.close();
}

const words = (html: string) => html.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');

it('teaches with one action while nothing is there, and a reader with none', async () => {
  // What is left to set up stands there until it is put away.
  expect((await ada.get('/')).body).toContain('id="getting-started"');
  await ada.post('/setup/checklist/put-away');
  const { body } = await ada.get('/');
  expect(words(body)).toContain('Your first post Write it, choose where and when, and it goes out by itself.');
  expect(body.match(/<a class="button[^"]*" href="[^"]*"/gu)).toEqual(['<a class="button primary compose" href="/posts/new"', '<a class="button primary" href="/posts/new"']);
  const viewer = await joined(app, ada, 'viewer@example.org', 'viewer');
  const read = (await viewer.get('/')).body;
  expect([words(read).includes('will stand here.'), read.includes('href="/posts/new"')]).toEqual([true, false]);
});

describe('the morning', () => {
  let body: string;
  let ids: Record<'failed' | 'doubt' | 'late', string>;
  beforeAll(async () => {
    const owner = await ownerOf(app.deps.store, 'ada@example.org');
    const { store } = app.deps;
    const bakery = await seedPlace(store, owner, 'mastodon', 'Bakery');
    const gone = await seedPlace(store, owner, 'linkedin', 'Company');
    const at = { channelId: bakery.channelId, provider: 'mastodon' };
    const post = (text: string, wall: string) => seedAt(store, owner, [at], { text, wall });
    // The clock stands at 10:00 in Berlin.
    for (const [text, wall] of [['Today <at> eleven', '2026-11-24T11:00'], ['Tonight', '2026-11-24T23:00'], ['Tomorrow', '2026-11-25T09:00'], ['Friday', '2026-11-27T09:00'], ['Saturday', '2026-11-28T09:00'], ['The sixth', '2026-11-29T09:00']] as const) await post(text, wall);
    ids = { failed: await post('It failed', '2026-11-22T09:00'), doubt: await post('In doubt', '2026-11-23T09:00'), late: await post('Out yesterday', '2026-11-23T17:00') };
    end(app.file, ids.failed, 'failed', 'Too long by 3 characters.');
    end(app.file, ids.doubt, 'unconfirmed', 'The answer was lost.');
    end(app.file, ids.late, 'published');
    await store.connections.mark(owner.workspaceId, gone.connectionId, 1, 'needs_reconnect', start);
    body = (await ada.get('/')).body;
  });
  const line = (text: string) => words(body).indexOf(text);

  it('is summed up in a sentence', () => {
    expect(words(body)).toContain('Tuesday 24 November 2026 Berlin time 2 posts go out today. 3 things need you.');
  });

  it('says first what needs somebody: why, and the one action of each', () => {
    expect(words(body)).toMatch(/Needs you Company must be connected again Until then nothing goes out there\. What waits goes out afterward\. Connect again/u);
    expect(words(body)).toContain('It failed Too long by 3 characters. See what to do');
    expect(words(body)).toContain('In doubt Unconfirmed: it may be out Decide');
    const page = readPage(body);
    expect([page.has('a', { class: 'button small', href: `/posts/${ids.failed}` }), page.has('a', { class: 'button small', href: `/posts/${ids.doubt}` })]).toEqual([true, true]);
    expect(line('Needs you')).toBeLessThan(line('Next'));
  });

  it('shows the next five under their days, and no more', () => {
    expect(words(body)).toMatch(/Next Today 11:00 Today &lt;at> eleven 23:00 Tonight Tomorrow 09:00 Tomorrow Fri 27 Nov 09:00 Friday Sat 28 Nov 09:00 Saturday Everything that is scheduled/u);
    expect(line('The sixth')).toBe(-1);
  });

  it('shows what went out under its postmark, and not what did not', () => {
    const out = words(body).slice(line('Went out'), line('The last 30 days'));
    expect(out).toContain('Out yesterday Mon 23 Nov 17:00 Berlin MASTODON 23 NOV 17:00');
    expect([out.includes('It failed'), out.includes('In doubt')]).toEqual([false, false]);
    expect(readPage(body).has('svg', { class: 'postmark', 'aria-label': 'Published on Mastodon' })).toBe(true);
  });

  it('says that a held workspace sends nothing, and where that is changed', async () => {
    const { workspaceId } = await ownerOf(app.deps.store, 'ada@example.org');
    await app.deps.store.people.hold(workspaceId, 'unpaid', start);
    expect(words((await ada.get('/')).body)).toContain('The subscription has ended Nothing goes out until it goes on. What you have here stays. See the subscription');
    await app.deps.store.people.hold(workspaceId, 'unpaid', null);
    await app.deps.store.people.hold(workspaceId, 'frozen', start);
    expect(readPage((await ada.get('/')).body).has('a', { class: 'button small', href: '/settings/privacy' })).toBe(true);
    await app.deps.store.people.hold(workspaceId, 'frozen', null);
  });

  it('is nobody else’s', async () => {
    const grace = (await (await signedUp(app, 'grace@example.org')).get('/')).body;
    expect([grace.includes('Tonight'), grace.includes('Out yesterday'), words(grace).includes('Your first post')]).toEqual([false, false, true]);
  });
});

it('gives every number in words: in all, by network, by day', async () => {
  const visit = await signedUp(app, 'numbers@example.org');
  await publications(visit, [
    ...Array.from({ length: 40 }, (_, n) => ['published', start - n * day * 0.6] as const), ['published', start - 3 * day, 3_600_000], ['published', start - 9 * day, 200_000],
    ['failed', start - 3 * day], ['published', start - 45 * day],
  ]);
  const { body } = await visit.get('/');
  expect(body.replaceAll(/<[^>]+>/gu, '')).toContain('40 on time · 2 late · 1 failed');
  expect(words(body)).toContain('Sandbox 40 2 1');
  // What needs somebody comes before what is left to set up.
  expect([body.includes('id="getting-started"'), body.indexOf('id="needs"') < body.indexOf('id="getting-started"')]).toEqual([true, true]);
  expect(words(body)).toMatch(/The numbers by day Day on time late failed Tue 24 Nov 1 0 0 Mon 23 Nov 2 0 0/u);
  expect(readPage(body).has('svg', { 'aria-label': 'Sandbox: 100 percent of all' })).toBe(true);
  expect(readPage(body).has('svg', { 'aria-label': 'Posts a day in the last 30 days: 3 at most, 43 in all.' })).toBe(true);
});

describe.skipIf(!hasBrowser)('in a browser (skipped without /usr/bin/chromium)', () => {
  let browser: Browser;
  let tab: Page;
  let url: string;
  beforeAll(async () => {
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    browser = await openBrowser();
    tab = await browser.newPage();
    await tab.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
  }, 60_000);
  afterAll(() => browser?.close());

  it.each([['light', 1280], ['dark', 1280], ['light', 768], ['light', 390], ['dark', 320]] as const)('has no barriers: %s, %i px', async (colorScheme, width) => {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width, height: 900 });
    await tab.goto(url);
    await tab.locator('.home').waitFor();
    await picture(tab, `home-${colorScheme}-${width}`);
    expect(await barriers(tab)).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
});
