import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { seedPlace } from '../../testing/calendar.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// A post for twenty channels with long names, in every width, in a real browser.
describe.skipIf(!hasBrowser)('twenty channels (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;
  const sideways = () => at.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  beforeAll(async () => {
    at = await browserStage();
    const { store } = at.on.app.deps;
    const userId = (await store.people.userByEmail('ada@example.org'))?.id ?? '';
    const networks = ['bluesky', 'mastodon', 'facebook', 'telegram', 'sandbox', 'x'];
    for (let n = 0; n < 18; n += 1) await seedPlace(store, { userId, workspaceId: at.on.workspaceId }, networks[n % networks.length] ?? '', `Friends of the steamer Hilde and her Dampfschifffahrtsgesellschaft ${n}`);
  }, 60_000);
  afterAll(() => at?.close());

  it.each([1280, 768, 390, 320])('have room in %i px: all are chosen by one press, and no version runs over', async (width) => {
    await at.elsewhere({ viewport: { width, height: 800 }, colorScheme: width === 390 ? 'dark' : 'light' });
    await at.page.getByRole('button', { name: 'All channels' }).click();
    await at.write('Everywhere at once');
    const tabs = at.page.locator('.writing > .tab');
    expect(await tabs.count()).toBe(21);
    expect(await sideways()).toBe(0);
    // Only the open one is named in sight; all are for whoever hears them.
    expect(await at.page.getByRole('radio', { name: /gesellschaft 3\b/u }).count()).toBeGreaterThan(0);
    for (const n of [1, 7, 13, 19]) {
      await tabs.nth(n).click();
      expect([n, await sideways(), await tabs.nth(n).locator('.tab-name').evaluate((name) => name.getBoundingClientRect().width > 20)]).toEqual([n, 0, true]);
    }
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, `composer-twenty-${width}`);
    await at.back();
  }, 60_000);
});
