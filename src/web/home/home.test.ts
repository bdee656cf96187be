import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPage } from '../../testing/composing/html.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { builtAssets } from '../../testing/program.ts';
import { seedPost, start } from '../../testing/world.ts';

const day = 86_400_000;
let app: TestApp;
let ada: Visitor;
beforeAll(async () => {
  app = await testApp({}, () => start, undefined, builtAssets());
  ada = await signedUp(app);
});
afterAll(() => app.close());

async function publications(list: readonly (readonly [status: string, due: number, late?: number])[]) {
  const { store } = app.deps;
  const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
  const workspaceId = (await store.people.workspacesOf(userId))[0]?.id ?? '';
  const [channel] = await store.channels.list(workspaceId);
  if (!channel) throw new Error('no channel');
  const raw = new Database(app.file);
  for (const [status, due, late = 0] of list) {
    const { publicationId } = await seedPost(store, { userId, workspaceId, connectionId: channel.connectionId, channelId: channel.id }, channel.provider, { parts: [{ text: 'Words', media: [] }] }, {}, due);
    raw.prepare('update publications set status = ?, published_at = ?, updated_at = ? where id = ?').run(status, status === 'published' ? due + late : null, due + late, publicationId);
  }
  raw.close();
}

it('says so while nothing has gone out', async () => {
  expect((await ada.get('/')).body).toContain('What came of your posts in the last 30 days stands here, once something has.');
});

it('gives every number in words: in all and by network', async () => {
  await publications([
    ...Array.from({ length: 40 }, (_, n) => ['published', start - n * day * 0.6] as const), ['published', start - 3 * day, 3_600_000], ['published', start - 9 * day, 200_000],
    ['failed', start - 3 * day], ['published', start - 45 * day],
  ]);
  const { body } = await ada.get('/');
  expect(body.replaceAll(/<[^>]+>/gu, '')).toContain('40 on time · 2 late · 1 failed');
  expect(body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ')).toContain('Sandbox 40 2 1');
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
    await picture(tab, `home-${colorScheme}-${width}`);
    expect(await barriers(tab)).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
});
