import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeFacebook, type FakeFacebook } from '../providers/meta/facebook/fake.ts';
import { barriers, hasBrowser, openBrowser, passOn, picture } from '../testing/browser.ts';
import { disconnectIn } from '../testing/channels.ts';
import { startProgram, type Program } from '../testing/program.ts';

// The whole program over the strict fake: Pages are connected as a person does, published to, disconnected.
describe.skipIf(!hasBrowser)('Facebook (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let facebook: FakeFacebook;

  beforeAll(async () => {
    facebook = await startFakeFacebook();
    facebook.state.pages.push({ id: '104000000000003', name: 'Shipyard', tasks: ['MANAGE'], business: '900000000000001' });
    program = await startProgram({
      UPSTREAMS: [...facebook.upstreams].map(([from, to]) => `${from}=${to}`).join(','),
      FACEBOOK_CLIENT_ID: facebook.state.app.id, FACEBOOK_CLIENT_SECRET: facebook.state.app.secret,
    });
    facebook.state.redirectUris = [`${program.url}/integrations/social/facebook`];
    browser = await openBrowser();
    page = await (await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage();
    await page.route('https://www.facebook.com/**', (route) => passOn(route, facebook));
    await page.goto(`${program.url}/signup`);
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Create account' }).click();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
    await facebook?.close();
  });

  const allow = async () => {
    await page.waitForURL('https://www.facebook.com/**');
    const { searchParams } = new URL(page.url());
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Where to publish').waitFor();
    return searchParams.get('scope');
  };

  it('connects Pages through the consent page with three permissions, and a person picks one', async () => {
    await page.goto(`${program.url}/channels`);
    await page.locator('.networks').getByRole('button', { name: 'Facebook', exact: true }).click();
    expect(await allow()).toBe('pages_show_list,pages_read_engagement,pages_manage_posts');
    expect(await page.locator('input[name="target"]').count()).toBe(2);
    await page.getByLabel('Harbour News').check();
    await picture(page, '61-facebook-pages');
    await page.getByRole('button', { name: 'Use these' }).click();
    await page.locator('.row.channel', { hasText: 'Harbour News' }).waitFor();
  });

  it('finds Pages of a business portfolio when a person says that theirs are there', async () => {
    await page.getByRole('link', { name: 'Options for Facebook' }).click();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel(/business portfolio/u).check();
    await picture(page, '62-facebook-options');
    await page.getByRole('button', { name: 'Connect' }).click();
    expect(await allow()).toContain('business_management');
    await page.getByLabel('Shipyard').check();
    await page.getByRole('button', { name: 'Use these' }).click();
    await page.locator('.row.channel', { hasText: 'Shipyard' }).waitFor();
  });

  it('publishes a link to both, and shows where', async () => {
    await page.goto(`${program.url}/posts/new`);
    await page.getByLabel('Text', { exact: true }).fill('The harbour opens: https://example.org/harbour');
    for (const name of ['Harbour News', 'Shipyard']) await page.locator('label', { hasText: name }).locator('input[name="channel"]').check();
    await picture(page, '63-facebook-composer');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.locator('.page-head .state-published').waitFor({ timeout: 30_000 });
    expect(new Set(facebook.posts.map(({ pageId, link }) => `${pageId} ${link}`))).toEqual(new Set(['104000000000001 https://example.org/harbour', '104000000000003 https://example.org/harbour']));
    expect(facebook.posts).toHaveLength(2);
    for (const { pageId, id } of facebook.posts) expect(await page.locator(`a[href="https://www.facebook.com/${pageId}/posts/${id.split('_')[1]}"]`).count()).toBe(1);
    await picture(page, '64-facebook-published');
  }, 60_000);

  it('disconnects one Page and keeps the other, then takes the app away from the account at Facebook', async () => {
    const disconnect = async (name: string, says: RegExp) => {
      await page.goto(`${program.url}/channels`);
      await disconnectIn(page.locator('.row.channel', { hasText: name }));
      await page.getByText(says).waitFor();
    };
    await disconnect('Harbour News', /Its part of the access is deleted here; the other channels of this account stay/u);
    expect(facebook.tokens.every(({ dead }) => dead === null)).toBe(true);
    await disconnect('Shipyard', /revoked at Facebook/u);
    expect(facebook.tokens.every(({ dead }) => dead?.subcode === 458)).toBe(true);
  });

  it('logged no secret on the way', () => {
    for (const secret of [facebook.state.app.secret, ...facebook.tokens.map(({ value }) => value)]) expect(program.output().includes(secret), secret.slice(0, 4)).toBe(false);
  });
});
