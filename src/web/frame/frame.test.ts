import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { end, ownerOf, plusDays, seedAt, seedPlace, zone } from '../../testing/calendar.ts';
import { readPage } from '../../testing/composing/html.ts';
import { builtAssets } from '../../testing/program.ts';
import { joined } from '../../testing/team.ts';
import { start } from '../../testing/world.ts';

const today = '2026-11-24';
let app: TestApp;
let ada: Visitor;
beforeAll(async () => {
  app = await testApp({}, () => start, undefined, builtAssets());
  ada = await signedUp(app);
  const { store } = app.deps;
  const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
  const workspaceId = (await store.people.workspacesOf(userId))[0]?.id ?? '';
  const [channel] = await store.channels.list(workspaceId);
  if (!channel) throw new Error('no channel');
  const place = { channelId: channel.id, provider: channel.provider };
  for (let n = 0; n < 12; n += 1) await seedAt(store, { userId, workspaceId }, [place], { text: `Post ${n}`, wall: `${plusDays(today, n + 2)}T09:00` });
  const failed = await seedAt(store, { userId, workspaceId }, [place], { text: 'It failed', wall: `${plusDays(today, -2)}T09:00` });
  end(app.file, failed, 'failed', 'Too long.');
});
afterAll(() => app.close());

describe('the frame', () => {
  it('shows the month with a dot on each day that has posts, in the zone of the workspace', async () => {
    const page = readPage((await ada.get('/posts')).body);
    const filled = (day: string) => page.has('a', { class: 'filled', 'aria-label': `${day}, has posts` });
    expect([filled('Sun 22 Nov'), filled('Mon 23 Nov'), filled('Tue 24 Nov'), filled('Thu 26 Nov'), filled('Sat 5 Dec')]).toEqual([true, false, false, true, true]);
    expect(page.has('a', { 'aria-current': 'date', 'aria-label': 'Tue 24 Nov' })).toBe(true);
    expect(zone).toBe('Europe/Berlin');
  });

  it('shows the calendar’s own month beside the calendar, and dots are nobody else’s', async () => {
    const december = readPage((await ada.get('/calendar?on=2026-12-01')).body);
    expect([december.has('section', { class: 'mini-month', 'aria-label': 'December 2026' }), december.has('a', { 'aria-label': 'Thu 31 Dec' })]).toEqual([true, true]);
    const grace = readPage((await (await signedUp(app, 'grace@example.org')).get('/')).body);
    expect([grace.has('section', { 'aria-label': 'November 2026' }), grace.has('a', { class: 'filled' })]).toEqual([true, false]);
  });

  it('keeps in this browser that the rail is folded', async () => {
    const visit = await signedUp(app, 'fold@example.org');
    const folded = async () => readPage((await visit.get('/')).body).has('body', { class: 'framed folded' });
    expect(await folded()).toBe(false);
    expect((await visit.post('/frame/rail', { rail: 'folded', back: '/posts?show=draft' })).headers.location).toBe('/posts?show=draft');
    expect(await folded()).toBe(true);
    expect((await visit.post('/frame/rail', { rail: 'open', back: '//elsewhere.example' })).headers.location).toBe('/');
    expect(await folded()).toBe(false);
  });

  it('changes the look from any page and comes back to it', async () => {
    const visit = await signedUp(app, 'look@example.org');
    expect((await visit.post('/settings/look', { look: 'dark', back: '/media' })).headers.location).toBe('/media');
    expect(readPage((await visit.get('/')).body).has('html', { 'data-look': 'dark' })).toBe(true);
    expect((await visit.post('/settings/look', { look: 'system', back: 'https://elsewhere.example' })).headers.location).toBe('/');
  });

  it('leads from what is held to where it is told why', async () => {
    const visit = await signedUp(app, 'held@example.org');
    const owner = await ownerOf(app.deps.store, 'held@example.org');
    const place = await seedPlace(app.deps.store, owner, 'mastodon', 'Choir');
    await seedAt(app.deps.store, owner, [{ channelId: place.channelId, provider: 'mastodon' }], { text: 'It is held', wall: `${plusDays(today, 3)}T09:00` });
    const grant = await app.deps.store.connections.grant(owner.workspaceId, place.connectionId);
    await app.deps.store.connections.mark(owner.workspaceId, place.connectionId, grant?.version ?? 0, 'needs_reconnect', start);
    const href = /href="([^"]+)">1 held</u.exec((await visit.get('/')).body)?.[1] ?? '';
    const list = (await visit.get(href)).body;
    expect([list.includes('It is held'), list.includes('Held: the channel must be reconnected first'), /aria-current="page">Needs you/u.test(list)]).toEqual([true, true, true]);
  });

  it('offers writing to those who may', async () => {
    const viewer = readPage((await (await joined(app, ada, 'viewer@example.org', 'viewer')).get('/')).body);
    const editor = readPage((await (await joined(app, ada, 'editor@example.org', 'editor')).get('/')).body);
    expect([viewer.has('a', { href: '/posts/new' }), editor.has('a', { href: '/posts/new', class: 'bar-write' })]).toEqual([false, true]);
  });
});

describe.skipIf(!hasBrowser)('in a browser (skipped without /usr/bin/chromium)', () => {
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());

  async function open(width: number, options: { colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: width < 700 ? 700 : 900 }, ...options });
    await context.addCookies([...ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }
  const wide = (page: Page) => page.locator('.rail').evaluate((rail) => Math.round(rail.getBoundingClientRect().width));

  it('folds to icons and back at once, and stays so on the next page', async () => {
    const page = await open(1280);
    expect(await wide(page)).toBe(240);
    await page.getByRole('button', { name: 'Fold this to icons' }).click();
    expect(await wide(page)).toBe(68);
    await page.getByRole('link', { name: 'Posts', exact: true }).click();
    await page.waitForURL('**/posts');
    expect(await wide(page)).toBe(68);
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'frame-folded');
    await page.getByRole('button', { name: 'Unfold this' }).click();
    expect(await wide(page)).toBe(240);
    await page.context().close();
  });

  it('goes dark from the person’s menu without another page, and logs out there', async () => {
    const page = await open(1280, { colorScheme: 'light' });
    await page.locator('.person').click();
    await page.evaluate(() => { document.body.dataset['same'] = 'yes'; });
    const kept = page.waitForResponse('**/settings/look');
    await page.getByRole('button', { name: 'Dark' }).click();
    await kept;
    expect(await page.evaluate(() => [getComputedStyle(document.documentElement).colorScheme, document.body.dataset['same']])).toEqual(['dark', 'yes']);
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'frame-person-dark');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('person');
    await page.reload();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    await page.locator('.person').click();
    await page.getByRole('button', { name: 'System' }).click();
    expect(await page.getByRole('button', { name: 'Log out' }).isVisible()).toBe(true);
    await page.context().close();
  });

  it('opens its menus and folds without scripts', async () => {
    const page = await open(1280, { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Fold this to icons' }).click();
    expect(await wide(page)).toBe(68);
    await page.getByRole('button', { name: 'Unfold this' }).click();
    await page.locator('.person').click();
    expect(await page.getByRole('button', { name: 'Log out' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Keys' }).count()).toBe(0);
    await page.context().close();
  });

  it.each([[390], [320]])('is a bar of five at %i px, one line of status, and nothing sideways', async (width) => {
    const page = await open(width);
    const bar = page.locator('.bar');
    expect(await bar.locator('> a, > button').allInnerTexts()).toEqual(['Home', 'Calendar', 'New post', 'Posts', 'More']);
    const strip = await page.locator('.strip').boundingBox();
    expect(strip?.height).toBeLessThan(48);
    await page.getByRole('button', { name: 'More' }).click();
    expect(await page.locator('.pop-more a').allInnerTexts()).toEqual(['Media', 'Channels', 'Settings']);
    expect(await barriers(page)).toEqual([]);
    await picture(page, `frame-more-${width}`);
    await page.getByRole('link', { name: 'Channels' }).click();
    await page.waitForURL('**/channels');
    for (const path of ['/', '/calendar', '/posts', '/media', '/channels', '/settings']) {
      await page.goto(url + path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0);
    }
    await page.context().close();
  }, 60_000);

  it('never hides what has the focus behind the bar', async () => {
    const page = await open(390);
    const hidden: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const [at, bar] = [document.activeElement, document.querySelector('.bar')];
        if (!at || !bar || !at.closest('main')) return null;
        return { what: at.textContent, below: at.getBoundingClientRect().bottom - bar.getBoundingClientRect().top };
      });
      if (seen && seen.below > 0) hidden.push(`${seen.what}: ${seen.below}`);
    }
    expect(hidden).toEqual([]);
    await page.context().close();
  });

  it('keeps long names within the rail, and what stands beside them in sight', async () => {
    const { people } = app.deps.store;
    const owner = await ownerOf(app.deps.store);
    await people.rename(owner.userId, 'Edgar Wilhelmina von Hohenzollern-Sigmaringen');
    await people.updateWorkspace(owner.workspaceId, { name: 'The Incorporated Society of Harbourmasters & Lightkeepers East', zone }, { userId: owner.userId, now: start });
    const page = await open(1280);
    const ends = await page.locator('.switcher .icon, .strip, .person, .fold-switch').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
    expect(ends).toHaveLength(4);
    expect(Math.max(...ends)).toBeLessThan(240);
    await page.context().close();
  });
});
