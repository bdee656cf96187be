import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentOrigin, startFakeX, type FakeX } from '../providers/x/fake.ts';
import { hasBrowser, picture } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fake: an account is connected as a person does, published to, disconnected.
describe.skipIf(!hasBrowser)('X (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let x: FakeX;

  beforeAll(async () => {
    x = await startFakeX();
    at = await beginJourney({ fakes: [x] });
    x.state.redirectUris.push(`${at.program.url}/integrations/social/x`);
    ({ page } = at);
  }, 60_000);
  afterAll(() => at?.close());

  it('is set up on its card, and the settings are tested', async () => {
    await at.go('/settings/networks/x');
    expect(await page.getByText(`${at.program.url}/integrations/social/x`).count()).toBeGreaterThan(0);
    await page.locator('input[name="X_CLIENT_ID"]').fill(x.state.client.id);
    await page.locator('input[name="X_CLIENT_SECRET"]').fill(x.state.client.secret);
    await page.getByRole('button', { name: 'Save and test' }).click();
    await page.getByText('X knows this app and its secret.').waitFor();
    await picture(page, '65-x-card');
  });

  it('connects an account through the consent page', async () => {
    await at.connect('X');
    expect((await at.allow(consentOrigin)).searchParams.get('scope')).toBe('tweet.read tweet.write users.read media.write offline.access');
    await page.getByText('X is connected.').waitFor();
    await picture(page, '66-x-connected');
  });

  it('says what a post costs while it is written, and counts it as X does', async () => {
    await at.go('/posts/new');
    const channel = page.locator('.channel-choice', { hasText: 'Harbour News' });
    await channel.locator('input').check();
    await at.write('The ferry sails at noon 🚢');
    await channel.getByText('costs $0.015').waitFor();
    await at.write('The ferry sails at noon 🚢 example.com/timetable');
    await channel.getByText('costs $0.20').waitFor();
    // 24 letters, an emoji of 2, a blank, and 23 for the link.
    expect(await page.getByText('50 of 280').count()).toBeGreaterThan(0);
    await at.openVersion('Harbour News');
    await page.getByText('X charges whoever runs this instance $0.015 for each post').waitFor();
    await picture(page, '67-x-costs');
  });

  it('publishes it', async () => {
    await at.publishNow();
    await at.published();
    await picture(page, '68-x-published');
    expect(x.ledger.map(({ text }) => text)).toEqual(['The ferry sails at noon 🚢 example.com/timetable']);
    expect(await page.locator(`a[href="https://x.com/harbour/status/${x.ledger[0]?.id}"]`).count()).toBe(1);
    expect(x.bill.items).toEqual(['userRead', 'postWithLink']);
  }, 60_000);

  it('disconnects, and the tokens are revoked at X', async () => {
    await at.disconnect('Harbour News');
    await page.getByText('Disconnected. The access is deleted here').waitFor();
    expect(x.oauth.tokens.map(({ revoked }) => revoked)).toEqual([true]);
  });

  it('logged no secret on the way', () => {
    expect(at.leaked([x.state.client.secret, ...x.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access])])).toEqual([]);
  });
});
