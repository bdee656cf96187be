import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp } from '../../testing/app.ts';
import { hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { builtAssets } from '../../testing/program.ts';

describe.skipIf(!hasBrowser)('the settings in a browser (skipped without /usr/bin/chromium)', () => {
  let app: TestApp;
  let browser: Browser;
  let tab: Page;
  let url: string;
  beforeAll(async () => {
    app = await testApp({}, Date.now, undefined, builtAssets());
    const ada = await signedUp(app);
    url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    browser = await openBrowser();
    tab = await browser.newPage();
    await tab.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('lead from page to page by a column where there is room, and by a list to unfold where there is none', async () => {
    await tab.setViewportSize({ width: 1280, height: 900 });
    await tab.goto(`${url}/settings`);
    await tab.getByRole('link', { name: 'Keys', exact: true }).click();
    await tab.waitForURL('**/settings/keys');
    expect(await tab.getByRole('link', { name: 'Keys', exact: true }).getAttribute('aria-current')).toBe('page');
    await tab.setViewportSize({ width: 390, height: 900 });
    expect(await tab.getByRole('link', { name: 'Networks', exact: true }).count()).toBe(0);
    await tab.locator('.settings-menu > summary').click();
    await picture(tab, 'settings-menu-open-390');
    await tab.getByRole('link', { name: 'Networks', exact: true }).click();
    await tab.waitForURL('**/settings/networks');
  });
});
