import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentOrigin, startFakeX, type FakeX } from '../providers/x/fake.ts';
import { hasBrowser, openBrowser, passOn, picture } from '../testing/browser.ts';
import { disconnectIn } from '../testing/channels.ts';
import { startProgram, type Program } from '../testing/program.ts';

// The whole program over the strict fake: an account is connected as a person does, published to, disconnected.
describe.skipIf(!hasBrowser)('X (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let x: FakeX;

  beforeAll(async () => {
    x = await startFakeX();
    program = await startProgram({ UPSTREAMS: [...x.upstreams].map(([from, to]) => `${from}=${to}`).join(',') });
    x.state.redirectUris.push(`${program.url}/integrations/social/x`);
    browser = await openBrowser();
    page = await (await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage();
    await page.route(`${consentOrigin}/**`, (route) => passOn(route, x));
    await page.goto(`${program.url}/signup`);
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Create account' }).click();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
    await x?.close();
  });

  it('is set up on its card, and the settings are tested', async () => {
    await page.goto(`${program.url}/settings/networks/x`);
    expect(await page.getByText(`${program.url}/integrations/social/x`).count()).toBeGreaterThan(0);
    await page.locator('input[name="X_CLIENT_ID"]').fill(x.state.client.id);
    await page.locator('input[name="X_CLIENT_SECRET"]').fill(x.state.client.secret);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('X knows this app and its secret.').waitFor();
    await picture(page, '65-x-card');
  });

  it('connects an account through the consent page', async () => {
    await page.goto(`${program.url}/channels`);
    await page.locator('.networks').getByRole('button', { name: 'X', exact: true }).click();
    await page.waitForURL(`${consentOrigin}/**`);
    expect(new URL(page.url()).searchParams.get('scope')).toBe('tweet.read tweet.write users.read media.write offline.access');
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('X is connected.').waitFor();
    await picture(page, '66-x-connected');
  });

  it('says what a post costs while it is written, and counts it as X does', async () => {
    await page.goto(`${program.url}/posts/new`);
    const channel = page.locator('.channel-choice', { hasText: 'Harbour News' });
    await channel.locator('input').check();
    await page.getByLabel('Text', { exact: true }).fill('The ferry sails at noon 🚢');
    await channel.getByText('costs $0.015').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('The ferry sails at noon 🚢 example.com/timetable');
    await channel.getByText('costs $0.20').waitFor();
    // 24 letters, an emoji of 2, a blank, and 23 for the link.
    expect(await page.getByText('50 of 280').count()).toBeGreaterThan(0);
    await page.locator('.writing > .tab', { hasText: 'Harbour News' }).click();
    await page.getByText('X charges whoever runs this instance $0.015 for each post').waitFor();
    await picture(page, '67-x-costs');
  });

  it('publishes it', async () => {
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.locator('.page-head .state-published').waitFor({ timeout: 30_000 });
    await picture(page, '68-x-published');
    expect(x.ledger.map(({ text }) => text)).toEqual(['The ferry sails at noon 🚢 example.com/timetable']);
    expect(await page.locator(`a[href="https://x.com/harbour/status/${x.ledger[0]?.id}"]`).count()).toBe(1);
    expect(x.bill.items).toEqual(['userRead', 'postWithLink']);
  }, 60_000);

  it('disconnects, and the tokens are revoked at X', async () => {
    await page.goto(`${program.url}/channels`);
    await disconnectIn(page.locator('.row.channel', { hasText: 'Harbour News' }));
    await page.getByText('Disconnected. The access is deleted here').waitFor();
    expect(x.oauth.tokens.map(({ revoked }) => revoked)).toEqual([true]);
  });

  it('logged no secret on the way', () => {
    for (const secret of [x.state.client.secret, ...x.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access])]) expect(program.output().includes(secret), secret.slice(0, 6)).toBe(false);
  });
});
