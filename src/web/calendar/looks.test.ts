import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallOf } from '../../domain/time/schedule.ts';
import type { Store } from '../../store/index.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { end, plusDays, seedAt, seedLabel, seedPlace, zone, type Owner } from '../../testing/calendar.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey } from '../../testing/signed-in.ts';

// What the sweep of all pages does not see: a week in which much is planned, and menus that are open.
describe.skipIf(!hasBrowser)('the calendar in sight (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let store: Store;
  let owner: Owner;
  let file: string;
  let pages: { name: string; page: Page }[];
  const today = wallOf(Date.now(), zone).slice(0, 10);
  const busy = plusDays(today, 70);

  beforeAll(async () => {
    program = await startProgram({ SECRET_KEY: testKey, TICK_MS: '60000' });
    browser = await openBrowser();
    const { page: first, ...opened } = await signUpAt(program, browser);
    store = opened.store;
    ({ owner, file } = opened);
    await fill(store, owner);
    pages = [];
    for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [320, 'dark']] as const) {
      const page = await (await browser.newContext({
        timezoneId: zone, locale: 'en-GB', colorScheme, viewport: { width, height: 900 }, storageState: await first.context().storageState(),
        ...(width < 500 && { hasTouch: true, isMobile: true }),
      })).newPage();
      pages.push({ name: `${width}-${colorScheme}`, page });
    }
  }, 90_000);
  afterAll(async () => {
    store?.close();
    await browser?.close();
    await program?.close();
  });

  /** 120 posts on three days of a week. */
  async function fill(into: Store, whose: Owner) {
    const place = async (provider: string, name: string) => ({ provider, channelId: (await seedPlace(into, whose, provider, name)).channelId });
    const [blue, masto] = [await place('bluesky', 'Harbour Walks'), await place('mastodon', 'Harbour')];
    const label = await seedLabel(into, whose, 'Client: Müller', 'plum');
    for (let n = 0; n < 120; n += 1) {
      await seedAt(into, whose, [n % 2 ? blue : masto], {
        text: `Walk ${n} of the festival, from the bridge to the lighthouse`, labelIds: n % 9 === 0 ? [label] : [],
        wall: `${plusDays(busy, n % 3)}T${String(7 + (n % 14)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}`,
      });
    }
  }

  it('a busy week', async () => {
    const found: string[] = [];
    for (const { name: size, page } of pages) {
      await page.goto(`${program.url}/calendar?view=week&on=${busy}`);
      found.push(...(await barriers(page)).map((barrier) => `${size} ${barrier}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${size} scrolls sideways by ${wide} px`);
      await picture(page, `calendar-busy-${size}`);
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('keeps what a narrow card says within it, whatever that is', async () => {
    const narrow = await pages[0]?.page.context().newPage();
    if (!narrow) throw new Error('no page');
    const day = plusDays(busy, 30);
    const labels = await Promise.all((['blue', 'green', 'amber', 'teal', 'brown'] as const).map((color, n) => seedLabel(store, owner, `Client ${n + 1}: Müller & Söhne, Kiel`, color)));
    const places = await Promise.all(['bluesky', 'mastodon', 'linkedin', 'telegram', 'facebook', 'pinterest'].map(async (provider) => ({ provider, channelId: (await seedPlace(store, owner, provider, `${provider} of a client`)).channelId })));
    const ids = [
      await seedAt(store, owner, places, { text: 'Donaudampfschifffahrt'.repeat(10), wall: `${day}T09:00`, labelIds: labels }),
      await seedAt(store, owner, places.slice(0, 2), { text: 'Out in part', wall: `${plusDays(today, -1)}T09:00` }),
    ];
    end(file, ids[1] ?? '', 'published');
    end(file, ids[1] ?? '', 'failed', 'unprocessable_entity_'.repeat(6), places[0]?.channelId);
    for (const width of [768, 1280]) {
      await narrow.setViewportSize({ width, height: 900 });
      for (const on of [day, plusDays(today, -1)]) {
        for (const view of ['month', 'week']) {
          await narrow.goto(`${program.url}/calendar?view=${view}&on=${on}`);
          const over = await narrow.locator('.chip').evaluateAll((chips) => chips.flatMap((chip) => {
            const { right } = chip.getBoundingClientRect();
            return [...chip.querySelectorAll('*')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > right + 0.5).map((one) => `${one.className}: ${one.textContent.slice(0, 30)}`);
          }));
          expect(over, `${view} ${width}`).toEqual([]);
        }
      }
    }
    expect(await narrow.locator('.state-partly_published').count()).toBe(1);
    await narrow.close();
  }, 60_000);

  it('open menus', async () => {
    for (const { name: size, page } of pages) {
      await page.goto(`${program.url}/calendar?on=${busy}`);
      await page.locator('.filters summary').nth(1).click();
      // What an open menu covers, in part or whole, is no target meanwhile.
      const found = await barriers(page);
      const covered = await targetsBehind(page, '.filters details[open] > :not(summary)', found);
      expect(found.filter((barrier) => !covered.includes(barrier))).toEqual([]);
      await picture(page, `calendar-menu-${size}`);
      await page.goto(`${program.url}/posts`);
      await page.locator('input[name=post]').first().check();
      await page.locator('.bulk-bar summary').first().click();
      expect(await barriers(page)).toEqual([]);
      await page.screenshot({ path: `screenshots/calendar-bulk-${size}.png` });
    }
  }, 60_000);
});

/** Of barriers those that say that something is too small to press which lies, in part or whole, behind `cover`. */
async function targetsBehind(page: Page, cover: string, found: readonly string[]): Promise<string[]> {
  return page.evaluate(([over, lines]) => {
    const above = document.querySelector(over)?.getBoundingClientRect();
    return lines.filter((line) => {
      const under = line.startsWith('target-size: ') && document.querySelector(line.slice('target-size: '.length))?.getBoundingClientRect();
      return above && under && under.left < above.right && under.right > above.left && under.top < above.bottom && under.bottom > above.top;
    });
  }, [cover, [...found]] as const);
}
