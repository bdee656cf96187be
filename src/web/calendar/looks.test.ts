import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wallOf } from '../../domain/schedule.ts';
import type { Store } from '../../store/index.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { end, plusDays, seedAt, seedLabel, seedPlace, zone, type Owner } from '../../testing/calendar.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey } from '../../testing/signed-in.ts';

// Every view as people see it, by day and by night, wide and narrow: pictured, and without a barrier.
describe.skipIf(!hasBrowser)('the calendar in sight (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let store: Store;
  let pages: { name: string; page: Page }[];
  const today = wallOf(Date.now(), zone).slice(0, 10);
  /** A day of a week in which much is planned. */
  const busy = plusDays(today, 70);
  const addresses: [name: string, path: string][] = [
    ['month', '/calendar'], ['week', '/calendar?view=week'], ['day', '/calendar?view=day'], ['list', '/calendar?view=list'],
    ['busy', `/calendar?view=week&on=${busy}`], ['empty', '/calendar?on=2031-02-01'], ['posts', '/posts'], ['none', '/posts?show=canceled&q=nothing'], ['deleted', '/posts?show=deleted'], ['labels', '/labels'],
  ];

  beforeAll(async () => {
    program = await startProgram({ SECRET_KEY: testKey, TICK_MS: '60000' });
    browser = await openBrowser();
    const { page: first, ...opened } = await signUpAt(program, browser);
    store = opened.store;
    await first.goto(`${program.url}/media`);
    await first.locator('input[type=file]').setInputFiles({ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: await drawn() });
    await vi.waitUntil(async () => (await store.media.latest(opened.owner.workspaceId, null, 1)).length > 0, { timeout: 10_000 });
    await fill(store, opened.file, opened.owner);
    pages = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 768, 390, 320]) {
        const page = await (await browser.newContext({
          timezoneId: zone, locale: 'en-GB', colorScheme, viewport: { width, height: 900 }, storageState: await first.context().storageState(),
          ...(width < 500 && { hasTouch: true, isMobile: true }),
        })).newPage();
        pages.push({ name: `${width}-${colorScheme}`, page });
      }
    }
  }, 90_000);
  afterAll(async () => {
    store?.close();
    await browser?.close();
    await program?.close();
  });

  async function fill(into: Store, file: string, owner: Owner) {
    const [medium] = await into.media.latest(owner.workspaceId, null, 1);
    const place = async (provider: string, name: string) => ({ provider, channelId: (await seedPlace(into, owner, provider, name)).channelId });
    const [blue, masto, linked, telly] = [await place('bluesky', 'Harbour Walks'), await place('mastodon', 'Harbour'), await place('linkedin', 'Ada Lovelace'), await place('telegram', 'Harbour news')];
    const [spring, client] = [await seedLabel(into, owner, 'Spring launch', 'green'), await seedLabel(into, owner, 'Client: Müller', 'plum')];
    await seedLabel(into, owner, 'Evergreen', 'teal');
    const say = (days: number, time: string, text: string, places: (typeof blue)[], more: Partial<Parameters<typeof seedAt>[3]> = {}) =>
      seedAt(into, owner, places, { text, wall: `${plusDays(today, days)}T${time}`, ...more });
    for (const [days, time, text] of [[-9, '08:30', 'Low tide, long shadows. The harbour before anybody is up.'], [-6, '12:15', 'What we learned from a year of early walks'], [-3, '09:00', 'Three benches with the best view of the boats'], [-1, '17:45', 'Tomorrow we walk at seven. Bring a coat and somebody who does not like mornings.']] as const) {
      end(file, await say(days, time, text, [blue, masto], days === -6 && medium ? { mediaId: medium.id } : {}), 'published');
    }
    end(file, await say(-2, '10:00', 'New route: from the old crane to the lighthouse', [linked], { labelIds: [spring] }), 'failed', 'LinkedIn did not take the picture: it is wider than 6,000 pixels.');
    end(file, await say(-4, '19:00', 'Lights on the water', [telly]), 'unconfirmed', 'The answer was lost.');
    await say(0, '23:40', 'Good night from the pier', [blue, masto, telly]);
    await say(1, '09:00', 'The harbour this morning. More of it in the walk on Saturday, rain or shine, and with coffee at the end.', [blue, masto, linked, telly], { labelIds: [spring], ...(medium && { mediaId: medium.id }) });
    await say(1, '12:00', 'Lunch by the water: where the fishermen eat', [masto], { labelIds: [client] });
    await say(1, '15:30', 'A second look at the crane', [blue], { state: 'draft' });
    await say(1, '18:00', 'Last boats', [telly]);
    await say(1, '19:15', 'Supper', [telly]);
    await say(2, '09:15', 'Members get the new map today', [linked, blue], { labelIds: [client, spring] });
    await say(2, '09:40', 'The new map, for everybody', [masto]);
    await say(3, '07:00', 'Sunrise walk: meet at the lighthouse', [blue, masto], medium ? { mediaId: medium.id } : {});
    await say(4, '10:00', 'Canceled for the storm', [blue], { state: 'canceled' });
    await say(6, '11:30', 'Ask us anything about tides', [masto, telly], { labelIds: [spring] });
    for (let n = 0; n < 120; n += 1) await say(70 + (n % 3), `${String(7 + (n % 14)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}`, `Walk ${n} of the festival, from the bridge to the lighthouse`, [n % 2 ? blue : masto]);
    await seedAt(into, owner, [blue], { text: 'An idea without a time yet', wall: null, state: 'draft' });
    const gone = await seedAt(into, owner, [blue], { text: 'Written and thrown away', wall: null, state: 'draft' });
    await into.moving.bin(owner.workspaceId, [gone], { userId: null, now: Date.now() - 3 * 3_600_000 });
  }

  it.each(addresses)('%s', async (name, path) => {
    const found: string[] = [];
    for (const { name: size, page } of pages) {
      await page.goto(`${program.url}${path}`);
      found.push(...(await barriers(page)).map((barrier) => `${size} ${barrier}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${size} scrolls sideways by ${wide} px`);
      if (/^(1280|390)/u.test(size)) await picture(page, `calendar-${name}-${size}`);
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('open menus', async () => {
    for (const { name: size, page } of pages.filter(({ name }) => /^(1280|390)/u.test(name))) {
      await page.goto(`${program.url}/calendar`);
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

async function drawn(): Promise<Buffer> {
  return sharp({ create: { width: 800, height: 600, channels: 3, background: '#3a6ea5' } })
    .composite([{ input: Buffer.from('<svg width="800" height="600"><circle cx="600" cy="200" r="80" fill="#f4d58d"/><path d="M0 420 Q 200 360 400 420 T 800 420 V600 H0Z" fill="#1d3557"/></svg>') }]).jpeg().toBuffer();
}
