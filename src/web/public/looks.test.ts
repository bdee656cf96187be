import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { startProgram, type Program } from '../../testing/program.ts';

// The pages that strangers, reviewers and whoever wants to leave read: the built program in a real browser.

const looks = [[1280, 'light'], [1280, 'dark'], [768, 'light'], [390, 'light'], [390, 'dark'], [320, 'light']] as const;

const open = ['/', '/privacy', '/terms', '/processors', '/data-deletion', '/data-deletion/none', '/policy', '/pricing', '/contact', '/contact/sent'];
const own = [
  '/settings/privacy', '/settings/profile', '/settings/delete-account', '/settings/delete-workspace', '/settings/import', '/settings/support', '/settings/billing',
  '/settings/requests', '/settings/inbox', '/settings/policy', '/settings/breach', '/settings/subscribers',
];

describe.skipIf(!hasBrowser)('the quiet pages in a browser (skipped without chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let stranger: Page;
  beforeAll(async () => {
    program = await startProgram({
      REGISTRATION: 'open', LOG_LEVEL: 'warn', OPERATOR_NAME: 'Harbour Posts', OPERATOR_EMAIL: 'privacy@harbour.example', OPERATOR_ADDRESS: 'Quay 1\n20457 Hamburg\nGermany',
      STRIPE_SECRET_KEY: 'sk_test_0', STRIPE_WEBHOOK_SECRET: 'whsec_0', STRIPE_PRICES: 'plus:price_1,pro:price_2,team:price_3',
    });
    browser = await openBrowser();
    page = await browser.newPage();
    stranger = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${program.url}/signup`);
    await page.fill('[name=name]', 'Ada');
    await page.fill('[name=email]', 'ada@example.org');
    await page.fill('[name=password]', password);
    await page.click('text=Create account');
    await page.waitForURL('**/setup/workspace');
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await program.close();
  });

  /** No barriers, nothing that sticks out and no word that was forgotten, at each size and in both lights; a picture of each. */
  async function looksWell(tab: Page, path: string) {
    await tab.goto(program.url + path);
    expect(await tab.locator('body').innerText(), path).not.toMatch(/undefined|\[object|\{\w+\}|<\w+>/u);
    for (const [width, colorScheme] of looks) {
      await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await tab.setViewportSize({ width, height: 900 });
      expect(await barriers(tab), `${path} ${width} ${colorScheme}`).toEqual([]);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${path} ${width} sticks out`).toBeLessThanOrEqual(0);
      await picture(tab, `quiet${path.replaceAll('/', '-')}-${width}-${colorScheme}`);
    }
  }

  it.each(open.map((path) => [path]))('%s, for strangers', (path) => looksWell(stranger, path), 60_000);
  it.each(own.map((path) => [path]))('%s', (path) => looksWell(page, path), 60_000);
});
