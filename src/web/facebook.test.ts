import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeFacebook, type FakeFacebook } from '../providers/meta/facebook/fake.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fake: Pages are connected as a person does, published to, disconnected.
describe.skipIf(!hasBrowser)('Facebook (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let facebook: FakeFacebook;

  beforeAll(async () => {
    facebook = await startFakeFacebook();
    facebook.state.pages.push({ id: '104000000000003', name: 'Shipyard', tasks: ['MANAGE'], business: '900000000000001' });
    at = await beginJourney({ fakes: [facebook], env: { FACEBOOK_CLIENT_ID: facebook.state.app.id, FACEBOOK_CLIENT_SECRET: facebook.state.app.secret } });
    facebook.state.redirectUris = [`${at.program.url}/integrations/social/facebook`];
    ({ page } = at);
  }, 60_000);
  afterAll(() => at?.close());

  const allow = async () => {
    const { searchParams } = await at.allow('https://www.facebook.com');
    await page.getByText('Where to publish').waitFor();
    return searchParams.get('scope');
  };

  it('connects Pages through the consent page with three permissions, and a person picks one', async () => {
    await at.connect('Facebook');
    expect(await allow()).toBe('pages_show_list,pages_read_engagement,pages_manage_posts');
    expect(await page.locator('input[name="target"]').count()).toBe(2);
    await page.getByLabel('Harbour News').check();
    await picture(page, '61-facebook-pages');
    await page.getByRole('button', { name: 'Use these' }).click();
    await at.channel('Harbour News').waitFor();
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
    await at.channel('Shipyard').waitFor();
  });

  it('publishes a link to both, and shows where', async () => {
    await at.go('/posts/new');
    await at.write('The harbour opens: https://example.org/harbour');
    for (const name of ['Harbour News', 'Shipyard']) await page.locator('label', { hasText: name }).locator('input[name="channel"]').check();
    await picture(page, '63-facebook-composer');
    await at.publishNow();
    await at.published();
    expect(new Set(facebook.posts.map(({ pageId, link }) => `${pageId} ${link}`))).toEqual(new Set(['104000000000001 https://example.org/harbour', '104000000000003 https://example.org/harbour']));
    expect(facebook.posts).toHaveLength(2);
    for (const { pageId, id } of facebook.posts) expect(await page.locator(`a[href="https://www.facebook.com/${pageId}/posts/${id.split('_')[1]}"]`).count()).toBe(1);
    await picture(page, '64-facebook-published');
  }, 60_000);

  it('disconnects one Page and keeps the other, then takes the app away from the account at Facebook', async () => {
    const disconnect = async (name: string, says: RegExp) => {
      await at.disconnect(name);
      await page.getByText(says).waitFor();
    };
    await disconnect('Harbour News', /Its part of the access is deleted here; the other channels of this account stay/u);
    expect(facebook.tokens.every(({ dead }) => dead === null)).toBe(true);
    await disconnect('Shipyard', /revoked at Facebook/u);
    expect(facebook.tokens.every(({ dead }) => dead?.subcode === 458)).toBe(true);
  });

  it('logged no secret on the way', () => {
    expect(at.leaked([facebook.state.app.secret, ...facebook.tokens.map(({ value }) => value)])).toEqual([]);
  });
});
