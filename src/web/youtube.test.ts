import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSampleVideo } from '../media/samples/video-samples.ts';
import { client, startFakeYouTube, type FakeYouTube } from '../providers/youtube/fake.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fake: a channel is connected as a person does, uploaded to through a death, disconnected.
describe.skipIf(!hasBrowser)('YouTube (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let google: FakeYouTube;
  const folder = mkdtempSync(join(tmpdir(), 'postmaster-'));
  const film = join(folder, 'harbour.mp4');

  beforeAll(async () => {
    await writeSampleVideo(film, { width: 1920, height: 1080, durationMs: 10_000, bytes: 40_000_000 });
    google = await startFakeYouTube({ audited: false });
    at = await beginJourney({ fakes: [google], env: { GOOGLE_CLIENT_ID: client.id, GOOGLE_CLIENT_SECRET: client.secret } });
    google.state.redirectUris = [`${at.program.url}/integrations/social/youtube`];
    ({ page } = at);
  }, 60_000);
  afterAll(async () => {
    await at?.close();
    rmSync(folder, { recursive: true });
  });

  it('is set up on Google\'s card, which tests the client', async () => {
    await at.go('/settings/networks/google');
    expect(await page.getByText(`${at.program.url}/integrations/social/youtube`).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Google knows this client.').waitFor();
    await picture(page, '65-google-card');
    expect(await barriers(page)).toEqual([]);
  });

  it('connects the channel that is chosen on the consent page, with four scopes', async () => {
    await at.connect('YouTube');
    expect((await at.allow('https://accounts.google.com')).searchParams.get('scope')?.split(' ').map((scope) => scope.split('/').at(-1))).toEqual(['youtube.upload', 'youtube.readonly', 'userinfo.profile', 'userinfo.email']);
    await page.getByText('YouTube is connected.').waitFor();
    await at.channel('Ada at the harbour').waitFor();
  });

  it('uploads a video through a death in the middle of it, and says what came of it', async () => {
    await at.go('/posts/new');
    await at.choose('Ada at the harbour');
    await at.write('All of the harbour');
    await page.getByLabel('Add pictures or videos').setInputFiles(film);
    await page.getByLabel('Describe harbour.mp4').waitFor({ timeout: 30_000 });
    await at.openVersion('Ada at the harbour');
    await page.getByText('YouTube has not audited the Google project').waitFor();
    expect(await page.getByText('By clicking \'upload,\' you certify').isVisible()).toBe(true);
    expect(await page.getByLabel('Category').locator('option').first().textContent()).toBe('People & Blogs');
    expect(await page.getByLabel('Made for kids').inputValue()).toBe('');
    await page.getByLabel('Title').fill('The harbour');
    await at.publishNow();
    await at.problems().getByText('Choose: Made for kids.').first().waitFor();
    await page.getByLabel('Made for kids').selectOption('no');
    await picture(page, '66-youtube-composer');
    expect(await barriers(page)).toEqual([]);

    // When 5 MB of the second piece have come the program is killed, and never hears of them.
    const { promise: died, resolve: dies } = Promise.withResolvers<void>();
    google.breakUpload = (path) => {
      if (!path.includes('upload_id') || google.uploads.pieces.length !== 1) return undefined;
      delete google.breakUpload;
      google.latency = () => {
        google.latency = () => 0;
        void at.program.kill('SIGKILL').then(dies);
        return 200;
      };
      return 5_000_000;
    };
    await at.publishNow();
    await died;
    await at.program.restart();
    const piece = 16 * 1024 * 1024;
    await expect.poll(() => google.videos.videos.length, { timeout: 30_000 }).toBe(1);
    // Of the piece in which it died 19 blocks of 256 KiB had arrived.
    expect(google.uploads.pieces.map(({ from }) => from)).toEqual([0, piece, piece + 19 * 262_144, 2 * piece + 19 * 262_144].slice(0, google.uploads.pieces.length));
    expect(google.videos.videos).toMatchObject([{ bytes: 40_000_000, snippet: { title: 'The harbour', description: 'All of the harbour' }, status: { privacyStatus: 'private', selfDeclaredMadeForKids: false } }]);

    await at.go('/posts');
    await page.getByRole('link', { name: /All of the harbour/u }).click();
    await at.published();
    expect(await page.locator(`a[href="https://www.youtube.com/watch?v=${google.videos.videos[0]?.id}"]`).count()).toBe(1);
    expect(await page.getByText('YouTube keeps this video private, because it has not audited the Google project of this instance.').count()).toBe(1);
    await picture(page, '67-youtube-published');
    expect(google.ledger).toHaveLength(1);
  }, 120_000);

  it('disconnects, and Google has nothing left', async () => {
    await at.disconnect('Ada at the harbour');
    await page.getByText(/revoked at YouTube/u).waitFor();
    expect(google.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    await at.go('/privacy');
    expect(await page.getByText('Limited Use requirements').count()).toBe(1);
  });

  it('logged no secret on the way', () => {
    const secrets = [client.secret, ...google.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access]), 'upload_id='];
    expect(at.leaked(secrets)).toEqual([]);
  });
});
