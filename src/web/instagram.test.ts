import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeInstagram, type FakeInstagram } from '../providers/meta/instagram/fake.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { disconnectIn } from '../testing/channels.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fake, which fetches the pictures from the program as Instagram does.
describe.skipIf(!hasBrowser)('Instagram (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let instagram: FakeInstagram;

  beforeAll(async () => {
    instagram = await startFakeInstagram();
    at = await beginJourney({ fakes: [instagram], env: { FACEBOOK_CLIENT_ID: instagram.state.app.id, FACEBOOK_CLIENT_SECRET: instagram.state.app.secret } });
    instagram.state.redirectUris = [`${at.program.url}/integrations/social/instagram`];
    ({ page } = at);
  }, 60_000);
  afterAll(() => at?.close());

  const drawn = async (width: number, height: number) =>
    ({ mimeType: 'image/png', buffer: await sharp({ create: { width, height, channels: 3, background: '#3a7ca5' } }).png().toBuffer() });
  const compose = async (name: string, file: Awaited<ReturnType<typeof drawn>>) => {
    await at.go('/posts/new');
    await at.choose('Harbour');
    await page.getByLabel('Add pictures or videos').setInputFiles({ name, ...file });
    await page.getByLabel(`Describe ${name}`).fill('A boat');
  };
  const send = async () => {
    await at.publishNow();
    await at.published();
  };

  it('connects the account behind a Page through the consent page with four permissions', async () => {
    await at.connect('Instagram');
    expect((await at.allow('https://www.facebook.com')).searchParams.get('scope')).toBe('pages_show_list,pages_read_engagement,instagram_basic,instagram_content_publish');
    await at.channel('Instagram, @harbour').waitFor();
    await picture(page, '71-instagram-channel');
  });

  it('publishes a picture that Instagram fetches, made right for it', async () => {
    await compose('boat.png', await drawn(3024, 3780));
    await at.write('The harbour opens #harbour');
    await at.openVersion('Harbour');
    await page.getByLabel('Collaborators').fill('@lighthouse');
    await picture(page, '72-instagram-composer');
    expect(await barriers(page)).toEqual([]);
    await send();
    const [container] = instagram.containers.values();
    // Fetched as JPEG, exactly 4:5, from an address that carries no cookie.
    expect(container?.picture).toMatchObject({ width: 1440, height: 1800 });
    expect(container?.parameters).toMatchObject({ caption: 'The harbour opens #harbour', alt_text: 'A boat', collaborators: '["lighthouse"]' });
    expect(instagram.ledger).toHaveLength(1);
    expect(await page.locator(`a[href="https://www.instagram.com/p/C${instagram.media[0]?.id.slice(-8)}/"]`).count()).toBe(1);
    await picture(page, '73-instagram-published');
  }, 60_000);

  it('says before it is scheduled what a person must crop, and publishes the same picture as a Story', async () => {
    await compose('tall.png', await drawn(1080, 1920));
    await page.getByText('too tall for Instagram, which takes 4:5 to 1.91:1').first().waitFor();
    await at.openVersion('Harbour');
    await page.getByLabel('Story', { exact: true }).check();
    await expect.poll(() => page.getByText('too tall for Instagram').count()).toBe(0);
    await send();
    expect(instagram.media.at(-1)).toMatchObject({ media_product_type: 'STORY', caption: '' });
    expect([...instagram.containers.values()].at(-1)?.picture).toMatchObject({ width: 1080, height: 1920 });
  }, 60_000);

  it('disconnects, and the app is taken away from the account at Facebook', async () => {
    await at.go('/channels');
    for (const row of await page.locator('.row.channel', { hasText: '@harbour' }).all()) await disconnectIn(row);
    await expect.poll(() => instagram.tokens.every(({ dead }) => dead !== null)).toBe(true);
  });

  it('logged no secret on the way', () => {
    expect(at.leaked([instagram.state.app.secret, ...instagram.tokens.map(({ value }) => value)])).toEqual([]);
  });
});
