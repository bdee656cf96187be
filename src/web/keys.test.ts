import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../media/samples/samples.ts';
import { signedUp, testApp, type TestApp } from '../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { builtAssets } from '../testing/program.ts';

describe.skipIf(!hasBrowser)('keys and the look (skipped without /usr/bin/chromium)', () => {
  let app: TestApp;
  let browser: Browser;
  let tab: Page;
  let url: string;
  beforeAll(async () => {
    app = await testApp({}, Date.now, undefined, builtAssets());
    const ada = await signedUp(app);
    for (const text of ['First words', 'Second words, and so many more of them that no line has room for all, however wide the window is in which they are looked at']) await ada.post('/posts', { intent: 'draft', 'part.0.text': text, at: '' });
    await ada.upload('/media', [{ name: 'media', filename: 'boat.png', bytes: await plain(40, 40).png().toBuffer() }]);
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    browser = await openBrowser();
    tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const path = () => { const { pathname, search } = new URL(tab.url()); return pathname + search; };

  it('goes places with g and a letter, and writes with c', async () => {
    await tab.goto(url);
    await tab.keyboard.press('g');
    await tab.keyboard.press('c');
    await tab.waitForURL('**/calendar');
    await tab.keyboard.press('g');
    await tab.keyboard.press('q');
    await tab.waitForURL('**/posts?show=scheduled');
    await tab.keyboard.press('c');
    await tab.waitForURL('**/posts/new');
    // What is typed is typed.
    await tab.getByLabel('Text', { exact: true }).fill('');
    await tab.getByLabel('Text', { exact: true }).pressSequentially('gc?/jk');
    expect([path(), await tab.getByLabel('Text', { exact: true }).inputValue(), await tab.locator('dialog').count()]).toEqual(['/posts/new', 'gc?/jk', 0]);
  });

  it('walks through a list with j and k, and searches with /', async () => {
    await tab.goto(`${url}/posts`);
    const focused = () => tab.evaluate(() => document.activeElement?.textContent ?? '');
    await tab.keyboard.press('j');
    expect(await focused()).toContain('Second words');
    await tab.keyboard.press('j');
    expect(await focused()).toContain('First words');
    await tab.keyboard.press('k');
    expect(await focused()).toContain('Second words');
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('/');
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('library-search');
    // Where a page has none, one can type as soon as one is at that of the posts.
    await tab.goto(`${url}/calendar`);
    await tab.keyboard.press('/');
    await tab.waitForURL('**/posts?q=');
    await tab.locator('#search:focus').waitFor();
    await tab.keyboard.type('second');
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/posts?q=second');
    expect(await tab.evaluate(() => document.activeElement?.id)).not.toBe('search');
  });

  it('lists its keys, and they can be turned off', async () => {
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('?');
    await tab.getByRole('dialog', { name: 'Keys' }).waitFor();
    await picture(tab, 'keys');
    expect(await barriers(tab)).toEqual([]);
    await tab.getByLabel('Single keys do this in this browser').uncheck();
    await tab.keyboard.press('Escape');
    await tab.locator('dialog').waitFor({ state: 'detached' });
    await tab.keyboard.press('c');
    await tab.keyboard.press('?');
    expect([path(), await tab.locator('dialog').count()]).toEqual(['/media', 0]);
    await tab.evaluate(() => localStorage.clear());
  });

  it('leaves Enter to a word that is still being put together, and keys to a sheet that is open', async () => {
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('Control+k');
    await tab.locator('#palette-words').fill('chann');
    await tab.getByRole('option', { name: 'Channels Page' }).waitFor();
    await tab.locator('#palette-words').dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true });
    expect([path(), await tab.getByRole('dialog').count()]).toEqual(['/media', 1]);
    await tab.keyboard.press('Escape');
    // Where the keyboard has other letters, the place counts.
    await tab.locator('body').dispatchEvent('keydown', { key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true });
    await tab.getByRole('dialog').waitFor();
    await tab.keyboard.press('Escape');
    await tab.goto(`${url}/posts/new`);
    await tab.locator('[data-days]').click();
    await tab.keyboard.press('c');
    await tab.keyboard.press('g');
    await tab.keyboard.press('m');
    expect([path(), await tab.getByRole('dialog').count()]).toEqual(['/posts/new', 1]);
    await tab.keyboard.press('Escape');
  });

  it('finds places and acts by their words', async () => {
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('chann');
    await tab.getByRole('option', { name: 'Channels Page' }).waitFor();
    await picture(tab, 'palette');
    expect(await barriers(tab)).toEqual([]);
    expect(await tab.getByRole('option').allTextContents()).toEqual(['ChannelsPage', 'Connect a channelDo', 'Search posts for “chann”Search']);
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/channels');
    // Letters in their order are enough, and what a post says finds it.
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('clndr');
    await tab.getByRole('option', { name: 'Calendar Page' }).waitFor();
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/calendar');
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('first w');
    await tab.getByRole('option', { name: /^First words/u }).waitFor();
    await tab.getByRole('option', { name: /^First words/u }).click();
    await tab.waitForURL(/\/posts\/[\w-]+\/edit/u);
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('words & more');
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/posts?q=words%20%26%20more');
  });

  it('finds channels and pages of the settings, and does things', async () => {
    await tab.goto(`${url}/media`);
    await tab.getByRole('link', { name: 'Find or do' }).click();
    await tab.keyboard.type('sandb');
    await tab.getByRole('option', { name: /Channel$/u }).waitFor();
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/\/channels#channel-/u);
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('security');
    await tab.getByRole('option', { name: 'Security (settings) Page' }).waitFor();
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/settings/security');
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('dark');
    const dark = tab.waitForResponse('**/settings/look');
    await tab.keyboard.press('Enter');
    await dark;
    expect(await tab.evaluate(() => document.documentElement.dataset['look'])).toBe('dark');
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('your system says');
    const system = tab.waitForResponse('**/settings/look');
    await tab.keyboard.press('Enter');
    await system;
    expect(await tab.evaluate(() => document.documentElement.dataset['look'])).toBeUndefined();
  });

  it.each([[1280], [390], [320]])('keeps what it finds within itself at %i px, however long that is', async (width) => {
    await tab.setViewportSize({ width, height: 800 });
    await tab.goto(`${url}/media`);
    await tab.keyboard.press('Control+k');
    const palette = tab.locator('dialog.palette');
    const top = await palette.evaluate((dialog) => dialog.getBoundingClientRect().top);
    await tab.keyboard.type('second w');
    await palette.getByRole('option', { name: /^Second words/u }).waitFor();
    const over = await palette.evaluate((dialog) => {
      const { left, right } = dialog.getBoundingClientRect();
      return [...dialog.querySelectorAll('input, [role=option], .palette-kind')].filter((one) => one.getBoundingClientRect().left < left || one.getBoundingClientRect().right > right).map(({ textContent }) => textContent);
    });
    // It stays where it began, however little is found.
    expect([over, await palette.evaluate((dialog) => dialog.getBoundingClientRect().top)]).toEqual([[], top]);
    await tab.keyboard.press('Escape');
  });

  it('is light or dark as the person says, over what their system says', async () => {
    const scheme = () => tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    const paper = () => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await tab.emulateMedia({ colorScheme: 'light' });
    await tab.goto(`${url}/settings/profile`);
    const day = await paper();
    await tab.getByRole('button', { name: 'Dark' }).click();
    expect([await scheme(), await tab.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')]).toEqual(['dark', 'true']);
    const night = await paper();
    expect(night).not.toBe(day);
    await tab.emulateMedia({ colorScheme: 'dark' });
    await tab.getByRole('button', { name: 'Light' }).click();
    expect([await scheme(), await paper()]).toEqual(['light', day]);
    await tab.getByRole('button', { name: 'As your system' }).click();
    expect(await paper()).toBe(night);
  });
});
