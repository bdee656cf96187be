import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approveAt } from '../providers/fake/oauth.ts';
import { startFakeTikTok, webhookCall, type FakeTikTok } from '../providers/tiktok/fake.ts';
import { plain } from '../media/samples/samples.ts';
import { sampleVideo } from '../media/samples/video-samples.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../testing/app.ts';
import { freePort } from '../testing/program.ts';
import { seedPost } from '../testing/world.ts';

// TikTok with the rest of the house: the web, the engine and real files, over the strict fake.

describe('TikTok in the house', () => {
  let app: TestApp;
  let fake: FakeTikTok;
  let ada: Visitor;
  let url: string;

  beforeEach(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    fake = await startFakeTikTok({ redirectUris: [`${url}/integrations/social/tiktok`], verified: [`${url}/m/`], fetches: true, looks: 0 });
    app = await testApp({
      PUBLIC_URL: url, UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(','),
      TIKTOK_CLIENT_ID: fake.state.client.id, TIKTOK_CLIENT_SECRET: fake.state.client.secret,
    });
    ada = await signedUp(app);
    await app.server.listen({ port, host: 'localhost' });
  });
  afterEach(async () => {
    // What fetched photos keeps its connections open.
    app.server.server.closeAllConnections();
    await app.close();
    await fake.close();
  });

  /** Connects as a person does; gives the channel. */
  async function connected() {
    const consent = (await ada.post('/channels/connect/tiktok')).headers.location ?? '';
    const query = new URLSearchParams({ code: await approveAt(fake, consent), state: new URL(consent).searchParams.get('state') ?? '', scopes: 'user.info.basic,video.publish' });
    expect((await ada.get(`/integrations/social/tiktok?${query.toString()}`)).headers.location).toBe('/channels');
    const { people } = app.deps.store;
    const user = await people.userByEmail('ada@example.org');
    const [workspace] = await people.workspacesOf(user?.id ?? '');
    const workspaceId = workspace?.id ?? '';
    const channel = (await app.deps.store.channels.list(workspaceId)).find(({ provider }) => provider === 'tiktok');
    if (!channel) throw new Error('no channel');
    return { workspaceId, channel, world: { userId: user?.id ?? '', workspaceId, connectionId: channel.connectionId, channelId: channel.id } };
  }

  it('is connected, shown, taken off by TikTok\'s word, and revoked when it is disconnected', async () => {
    const { workspaceId, channel } = await connected();
    expect((await ada.get('/channels')).body).toContain('Harbour News');
    const told = webhookCall({ ...fake.state, now: Date.now }, 'authorization.removed', { reason: 1 });
    const call = (headers: object) => app.server.inject({ method: 'POST', url: '/hooks/tiktok', payload: told.body, headers: { 'content-type': 'application/json', ...headers } });
    expect((await call({ 'tiktok-signature': 't=1,s=00' })).statusCode).toBe(400);
    expect((await app.deps.store.channels.get(workspaceId, channel.id))?.connectionStatus).toBe('active');
    expect((await call(told.headers)).statusCode).toBe(200);
    expect((await app.deps.store.channels.get(workspaceId, channel.id))?.connectionStatus).toBe('needs_reconnect');
    await connected();
    await ada.post(`/channels/${channel.id}/disconnect`);
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    for (const secret of [fake.state.client.secret, ...fake.oauth.tokens.map(({ access }) => access)]) expect(app.logged()).not.toContain(secret);
  });

  it('has a card that tells the operator everything, and tests the key', async () => {
    const { body } = await ada.get('/settings/networks/tiktok');
    for (const text of [`${url}/integrations/social/tiktok`, `${url}/hooks/tiktok`, `${url}/m/`, 'name="TIKTOK_AUDITED"', 'video.publish']) expect(body, text).toContain(text);
    expect(body).not.toMatch(/\{(?:callback|url|name)/u);
    await ada.post('/settings/networks/tiktok/test');
    expect((await ada.get('/settings/networks/tiktok')).body).toContain('TikTok accepts the client key and secret. Not counted as audited');
    expect((await ada.get('/privacy')).body).toContain('Apps and services permissions');
  });

  it('fetches photos from here, made right for it', async () => {
    const { workspaceId, world } = await connected();
    // Too large on both sides, and a kind that TikTok does not take.
    await ada.upload('/media', [{ name: 'files', filename: 'large.png', bytes: await plain(2400, 1600).png().toBuffer() }]);
    const [media] = await app.deps.store.media.latest(workspaceId, null, 10);
    const { store, engine } = app.deps;
    const { publicationId } = await seedPost(store, world, 'tiktok',
      { parts: [{ text: 'Boats', media: [{ mediaId: media?.id ?? '', alt: '' }] }] }, { format: 'photo', privacy_level: 'SELF_ONLY' }, Date.now());
    await engine.tick();
    await engine.idle();
    expect(await store.publications.get(workspaceId, publicationId)).toMatchObject({ status: 'published', failure: null });
    const [photo = ''] = (fake.made.posts[0]?.source['photo_images'] ?? []) as string[];
    const { format, width, height } = await sharp(Buffer.from(await (await fetch(photo)).arrayBuffer())).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1620, height: 1080 });
  });
});

// The whole program, with a person at the composer: what TikTok's reviewers look at, point by point.
describe.skipIf(!hasBrowser)('TikTok in a browser (skipped without /usr/bin/chromium)', () => {
  let fake: FakeTikTok;
  let at: Journey;
  let page: Page;
  const brandedPrivate = 'Branded content visibility cannot be set to private.';
  const undecided = 'You need to indicate if your content promotes yourself, a third party, or both.';

  beforeAll(async () => {
    fake = await startFakeTikTok({ fetches: true });
    at = await beginJourney({ fakes: [fake], env: { TIKTOK_CLIENT_ID: fake.state.client.id, TIKTOK_CLIENT_SECRET: fake.state.client.secret, TIKTOK_AUDITED: 'yes' } });
    (fake.state.redirectUris as string[]).push(`${at.program.url}/integrations/social/tiktok`);
    Object.assign(fake.state, { verified: [`${at.program.url}/m/`] });
    ({ page } = at);
  }, 120_000);
  afterAll(() => at?.close());

  const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
  const audience = () => page.getByLabel('Who can view this post');
  const labels = async () => (await page.locator('.option:not([data-off]):not(.no-script) .note').allTextContents()).filter((text) => !text.startsWith('Drafts'));
  /** What stands beside the buttons, whatever version is open. */
  const declared = () => page.locator('.composer-bar .declarations p').allTextContents();
  const music = 'By posting, you agree to TikTok\'s Music Usage Confirmation';
  const send = () => page.getByRole('button', { name: 'Publish now' });

  it('connects an account through the consent page', async () => {
    await at.connect('TikTok');
    await at.allow('https://www.tiktok.com');
    await at.channel('Harbour News').waitFor();
  });

  it('shows the account, chooses nothing for anybody, and greys what the account has turned off', async () => {
    fake.state.creator.stitchOff = true;
    await at.go('/posts/new');
    await at.write('The harbour opens #boats');
    await page.getByLabel('Add pictures or videos').setInputFiles({ name: 'harbour.mp4', mimeType: 'video/mp4', buffer: sampleVideo({ width: 720, height: 1280, durationMs: 4_000 }) });
    await page.getByLabel('Describe harbour.mp4').waitFor();
    await at.choose('Harbour News');
    await at.openVersion('Harbour News');
    await page.getByText('Harbour News (@harbour.news)').first().waitFor();
    expect(await audience().inputValue()).toBe('');
    expect(await audience().locator('option').allTextContents()).toEqual(['Choose who can view it', 'Everyone', 'Friends', 'Only me']);
    for (const name of ['Allow Comment', 'Allow Duet', 'Allow Stitch', 'Content disclosure setting']) expect(await box(name).isChecked()).toBe(false);
    expect(await box('Allow Stitch').isDisabled()).toBe(true);
    expect(await page.getByText('Stitches are turned off in this account').isVisible()).toBe(true);
    expect([await labels(), await declared()]).toEqual([[], [music]]);
    expect(await page.locator('.composer-bar .declarations a').getAttribute('href')).toBe('https://www.tiktok.com/legal/page/global/music-usage-confirmation/en');
    expect(await page.getByText('it may take a few minutes for the content to process').isVisible()).toBe(true);
    expect(await box('Your brand').isVisible()).toBe(false);
    await picture(page, '70-tiktok-composer');
  }, 60_000);

  it('discloses commercial content as TikTok wants it', async () => {
    await box('Content disclosure setting').check();
    expect(await send().isDisabled()).toBe(true);
    expect(await send().getAttribute('title')).toBe(undecided);
    expect(await at.problems().textContent()).toContain(undecided);
    await box('Your brand').check();
    expect(await send().isDisabled()).toBe(false);
    expect([await labels(), await declared()]).toEqual([["Your photo/video will be labeled as 'Promotional content'"], [music]]);
    await box('Branded content').check();
    expect([await labels(), await declared()]).toEqual([["Your photo/video will be labeled as 'Paid partnership'"], ['By posting, you agree to TikTok\'s Branded Content Policy and Music Usage Confirmation']]);
    expect(await audience().locator('option', { hasText: 'Only me' }).evaluate((option: HTMLOptionElement) => [option.disabled, option.title])).toEqual([true, brandedPrivate]);
    await picture(page, '71-tiktok-branded');
    expect(await barriers(page)).toEqual([]);
    await box('Branded content').uncheck();
    await audience().selectOption('SELF_ONLY');
    expect(await box('Branded content').isDisabled()).toBe(true);
    expect(await page.locator('.option', { hasText: 'Branded content' }).getByText(brandedPrivate).first().isVisible()).toBe(true);
    await box('Content disclosure setting').uncheck();
    expect([await labels(), await declared()]).toEqual([[], [music]]);
  }, 60_000);

  it('offers photos comment alone, and publishes the video with what was chosen', async () => {
    await page.getByLabel('Photos').check();
    expect([await box('Allow Comment').isVisible(), await box('Allow Duet').isVisible(), await box('Allow Stitch').isVisible()]).toEqual([true, false, false]);
    await page.getByLabel('Video', { exact: true }).check();
    await audience().selectOption('PUBLIC_TO_EVERYONE');
    await box('Allow Comment').check();
    await send().click();
    await at.published();
    expect(fake.made.posts.map(({ info }) => info)).toEqual([expect.objectContaining({ title: 'The harbour opens #boats', privacy_level: 'PUBLIC_TO_EVERYONE', disable_comment: false, disable_duet: true, disable_stitch: true })]);
    expect(await page.locator('a[href="https://www.tiktok.com/@harbour.news/video/7389123456789012345"]').count()).toBe(1);
    await picture(page, '72-tiktok-published');
  }, 90_000);

  it('disconnects, and the app is gone at TikTok', async () => {
    await at.disconnect('Harbour News');
    await page.getByText('Disconnected. The access is deleted here').waitFor();
    await expect.poll(() => fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    expect(at.leaked([fake.state.client.secret, ...fake.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access])])).toEqual([]);
  });
});
