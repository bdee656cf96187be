import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser } from '../../testing/browser.ts';
import { plusDays, seedAt } from '../../testing/calendar.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey, type SignedInBrowser } from '../../testing/signed-in.ts';

// What the keyboard reaches, how long a way back stays, and how a page keeps up without a stream; the browser's clock is set by hand.
describe.skipIf(!hasBrowser)('a calendar at hand (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let signed: SignedInBrowser;
  let page: Page;
  let channelId: string;
  const day = new Date(Date.now() + 40 * 24 * 3_600_000).toISOString().slice(0, 8).concat('10');

  beforeAll(async () => {
    program = await startProgram({ SECRET_KEY: testKey, TICK_MS: '60000' });
    browser = await openBrowser();
    signed = await signUpAt(program, browser);
    page = signed.page;
    channelId = (await signed.store.channels.list(signed.owner.workspaceId))[0]?.id ?? '';
  }, 60_000);
  afterAll(async () => {
    signed?.store.close();
    await browser?.close();
    await program?.close();
  });

  const post = (text: string, wall: string) => seedAt(signed.store, signed.owner, [{ channelId, provider: 'sandbox' }], { text, wall });
  const focused = () => page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset['post'] ?? document.activeElement.getAttribute('aria-label') : null));
  const press = async (...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };

  it('goes by arrow keys from card to card and from day to day', async () => {
    const [early, late] = [await post('Early', `${day}T09:00`), await post('Late', `${day}T17:00`)];
    const beside = await post('Beside', `${plusDays(day, 1)}T17:30`);
    await page.goto(`${program.url}/calendar?view=week&on=${day}`);
    await page.locator(`.chip[data-post="${early}"]`).focus();
    await press('ArrowUp', 'ArrowDown');
    expect(await focused()).toBe(early);
    for (let n = 0; n < 12 && await focused() !== late; n += 1) await press('ArrowDown');
    expect(await focused()).toBe(late);
    // On the eve of a week the day beside is in the next one.
    const right = await page.locator(`.chip[data-post="${beside}"]`).count() > 0;
    if (right) {
      await press('ArrowRight');
      expect(await focused()).toBe(beside);
      await press('ArrowLeft');
      expect(await focused()).toBe(late);
    }
    await page.goto(`${program.url}/calendar?on=${day}`);
    await page.locator(`.chip[data-post="${late}"]`).focus();
    await press('ArrowUp');
    expect(await focused()).toBe(early);
  });

  it('chooses lines by j, k and x, and a run of them by Shift', async () => {
    const ids = [await post('Line one', `${day}T10:00`), await post('Line two', `${day}T11:00`), await post('Line three', `${day}T12:00`), await post('Line four', `${day}T13:00`)];
    await page.goto(`${program.url}/posts?q=LINE`);
    expect(await page.locator('[data-chosen]').textContent()).toBe('Choose posts to change them together. The key x chooses the one you are at.');
    await press('j', 'x', 'j', 'j', 'x');
    expect(await page.locator('[data-chosen]').textContent()).toBe('2 chosen');
    expect(await page.locator('#announced').textContent()).toBe('2 chosen');
    await press('x');
    expect(await page.locator('[data-chosen]').textContent()).toBe('1 chosen');
    await page.locator(`input[value="${ids[3] ?? ''}"]`).uncheck();
    await page.locator(`input[value="${ids[3] ?? ''}"]`).click();
    await page.locator(`input[value="${ids[0] ?? ''}"]`).click({ modifiers: ['Shift'] });
    expect(await page.locator('[data-chosen]').textContent()).toBe('4 chosen');
    expect(await barriers(page)).toEqual([]);
  });

  it('keeps a way back for ten seconds, and as long as somebody points at it or is in it', async () => {
    const id = await post('Moved and moved back', `${day}T20:00`);
    const timed = await page.context().newPage();
    await timed.clock.install();
    await timed.goto(`${program.url}/posts/${id}/move`);
    await timed.locator('[name=wall]').fill(`${day}T21:00`);
    await timed.getByRole('button', { name: 'Move', exact: true }).click();
    const toast = timed.locator('.toast');
    await toast.waitFor();
    await toast.hover();
    await timed.clock.runFor(30_000);
    expect(await toast.count()).toBe(1);
    await timed.mouse.move(5, 5);
    await toast.getByRole('button', { name: 'Undo' }).focus();
    await timed.clock.runFor(30_000);
    expect(await toast.count()).toBe(1);
    await timed.locator('#main').focus();
    await timed.clock.runFor(9_000);
    expect(await toast.count()).toBe(1);
    await timed.clock.runFor(1_500);
    expect(await toast.count()).toBe(0);
    await timed.close();
  });

  it('looks by itself now and then where no stream comes through', async () => {
    const deaf = await page.context().newPage();
    await deaf.route('**/live', (route) => route.fulfill({ status: 503, body: '' }));
    await deaf.clock.install();
    await deaf.goto(`${program.url}/calendar?on=${day}`);
    await deaf.evaluate(() => { (window as { same?: boolean }).same = true; });
    const id = await post('Heard of late', `${plusDays(day, 2)}T08:00`);
    await deaf.clock.runFor(20_000);
    expect(await deaf.locator(`[data-post="${id}"]`).count()).toBe(0);
    await deaf.clock.runFor(12_000);
    await deaf.locator(`[data-post="${id}"]`).waitFor();
    expect(await deaf.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
    await deaf.close();
  });

  it('asks a server that fails less and less often, and hears it again once it is back', async () => {
    const tab = await page.context().newPage();
    const seen = { asked: 0, streams: 0, down: true };
    await tab.route(/\/live$/u, async (route) => { seen.streams += 1; await (seen.down ? route.fulfill({ status: 503, body: '' }) : route.continue()); });
    await tab.route(/\/calendar/u, async (route) => {
      if (route.request().headers()['x-live'] === undefined) return route.continue();
      seen.asked += 1;
      return seen.down ? route.fulfill({ status: 502, body: 'away' }) : route.continue();
    });
    await tab.clock.install();
    await tab.goto(`${program.url}/calendar?on=${day}`);
    for (let n = 0; n < 120; n += 1) await tab.clock.runFor(1_000);
    expect([seen.asked > 2, seen.asked < 9]).toEqual([true, true]);
    const before = { ...seen };
    seen.down = false;
    for (let n = 0; n < 60 && seen.streams === before.streams; n += 1) await tab.clock.runFor(1_000);
    expect([seen.asked > before.asked, seen.streams > before.streams]).toEqual([true, true]);
    await tab.close();
  }, 60_000);

  it('shows what was said while it looked', async () => {
    const tab = await page.context().newPage();
    const gate = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    let asked = 0;
    await tab.route(/\/calendar/u, async (route) => {
      if (route.request().headers()['x-live'] === undefined || (asked += 1) > 1) return route.continue();
      // What the server said before the second post is told after it.
      const answer = await route.fetch();
      seen.resolve();
      await gate.promise;
      return route.fulfill({ response: answer });
    });
    await tab.goto(`${program.url}/calendar?on=${day}`);
    const first = await post('Said first', `${plusDays(day, 3)}T08:00`);
    await seen.promise;
    // A stream beside the page's own tells when that has been told as well.
    await tab.evaluate(() => new Promise<void>((resolve) => {
      const source = new EventSource('/live');
      const heard = window as { heard?: number };
      source.addEventListener('changed', () => { heard.heard = (heard.heard ?? 0) + 1; resolve(); });
    }));
    const second = await post('Said meanwhile', `${plusDays(day, 3)}T09:00`);
    await tab.waitForFunction(() => ((window as { heard?: number }).heard ?? 0) > 1);
    gate.resolve();
    await tab.locator(`[data-post="${first}"]`).waitFor();
    // Long before it would look by itself.
    await tab.locator(`[data-post="${second}"]`).waitFor({ timeout: 15_000 });
    await tab.close();
  }, 60_000);

  it('leaves what it said long enough to be read', async () => {
    const id = await post('To be canceled', `${plusDays(day, 4)}T08:00`);
    const tab = await page.context().newPage();
    await tab.clock.install();
    await tab.goto(`${program.url}/posts/${id}`);
    await tab.getByRole('button', { name: 'Cancel' }).click();
    const said = tab.locator('#main > .flash');
    await said.waitFor();
    const words = await said.textContent();
    await tab.evaluate(() => document.querySelector('#main')?.setAttribute('data-older', ''));
    await post('Makes it look anew', `${plusDays(day, 4)}T09:00`);
    for (let n = 0; n < 8 && await tab.locator('[data-older]').count() > 0; n += 1) await tab.clock.runFor(1_000);
    await tab.locator('[data-older]').waitFor({ state: 'detached' });
    expect([await said.textContent(), await said.getAttribute('role')]).toEqual([words, null]);
    for (let n = 0; n < 60; n += 1) await tab.clock.runFor(1_000);
    await expect.poll(() => said.count()).toBe(0);
    await tab.close();
  }, 60_000);

  it('takes nothing away that was typed and not sent, wherever somebody is by now', async () => {
    const tab = await page.context().newPage();
    await tab.clock.install();
    await tab.goto(`${program.url}/posts`);
    await tab.locator('main input[type=search]').fill('half a sear');
    await tab.locator('main h1').click();
    await post('Another line', `${day}T06:00`);
    for (let n = 0; n < 40; n += 1) await tab.clock.runFor(1_000);
    expect(await tab.locator('main input[type=search]').inputValue()).toBe('half a sear');
    await tab.locator('main input[type=search]').fill('');
    await tab.locator('main h1').click();
    for (let n = 0; n < 40; n += 1) await tab.clock.runFor(1_000);
    await tab.getByText('Another line').first().waitFor();
    await tab.close();
  }, 60_000);
});
