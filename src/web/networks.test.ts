import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alice, startFakeBluesky } from '../providers/bluesky/fake.ts';
import { origin as mastodonOrigin, startFakeMastodon, type FakeMastodon } from '../providers/mastodon/fake.ts';
import { startTelegram, type TelegramFake } from '../providers/telegram/fake.ts';
import type { FakePlatform } from '../providers/fake/server.ts';
import { hasBrowser, picture } from '../testing/browser.ts';
import { disconnectIn } from '../testing/channels.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fakes: connect each network as a person does, publish to all of them, disconnect.
describe.skipIf(!hasBrowser)('networks that need no approval (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let bluesky: FakePlatform;
  let telegram: TelegramFake;
  let mastodon: FakeMastodon;
  const chatId = -1001234567890;

  beforeAll(async () => {
    [bluesky, telegram, mastodon] = await Promise.all([startFakeBluesky(), startTelegram(), startFakeMastodon()]);
    telegram.chats.set(chatId, { type: 'channel', title: 'Harbour News', username: 'harbour', bot: { status: 'administrator', can_post_messages: true } });
    at = await beginJourney({ fakes: [bluesky, telegram, mastodon], env: { TELEGRAM_BOT_TOKEN: telegram.token } });
    ({ page } = at);
  }, 60_000);
  afterAll(() => at?.close());

  const connect = async (name: string) => {
    await at.connect(name);
  };

  it('connects Bluesky with an app password, and says what is wrong with a bad one', async () => {
    await connect('Bluesky');
    await page.getByLabel(/Handle/u).fill(alice.handle);
    await page.getByLabel('App password').fill('wrong-pass-word-here');
    await page.getByRole('button', { name: 'Connect' }).click();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(1);
    expect(await page.getByLabel(/Handle/u).inputValue()).toBe(alice.handle);
    await picture(page, '30-bluesky-refused');
    await page.getByLabel('App password').fill(alice.password);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Bluesky is connected.').waitFor();
  });

  it('connects Mastodon through the consent page of the server', async () => {
    await connect('Mastodon');
    await page.locator('input[name="instance"]').fill('not a server');
    await page.getByRole('button', { name: 'Connect' }).click();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(1);
    await picture(page, '31-mastodon-refused');
    await page.locator('input[name="instance"]').fill(new URL(mastodonOrigin).host);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.waitForURL(`${mastodonOrigin}/**`);
    const consent = new URL(page.url());
    expect(consent.searchParams.get('code_challenge_method')).toBe('S256');
    await page.locator('button').first().click();
    await page.getByText('Mastodon is connected.').waitFor();
  });

  it('takes a state once, and not from another browser', async () => {
    await connect('Mastodon');
    await page.locator('input[name="instance"]').fill(new URL(mastodonOrigin).host);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.waitForURL(`${mastodonOrigin}/**`);
    const state = new URL(page.url()).searchParams.get('state') ?? '';
    const callback = `${at.program.url}/integrations/social/mastodon?state=${encodeURIComponent(state)}&code=stolen`;
    const other = await at.browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(callback);
    expect(stranger.url()).toContain('/login');
    await other.close();
    await page.goto(callback);
    await page.goto(callback);
    expect(await page.getByText('begun elsewhere, or more than ten minutes ago').count()).toBe(1);
  });

  it('connects a Telegram channel in which the code is said', async () => {
    await connect('Telegram');
    const code = (await page.locator('[data-code]').textContent())?.trim() ?? '';
    expect(code).toMatch(/^[\dA-Z]{10}$/u);
    await picture(page, '32-telegram-code');
    telegram.say(chatId, `/link ${code}`);
    await expect.poll(async () => {
      await at.go('/channels');
      return at.channel('Harbour News').filter({ hasText: 'Telegram, @harbour' }).count();
    }, { timeout: 20_000, interval: 500 }).toBe(1);
    await picture(page, '33-channels');
  });

  it('publishes one post to all of them, each in its own words', async () => {
    await at.go('/posts/new');
    await at.write('The same for all, from https://example.org/a');
    for (const box of await page.locator('input[name="channel"]').all()) await box.check();
    await at.openVersion('Harbour News');
    await page.getByRole('button', { name: 'Write it differently for Telegram' }).click();
    await page.getByLabel('Text for Telegram').fill('Just for the channel');
    await picture(page, '34-composer-networks');
    await at.publishNow();
    await at.published();
    await picture(page, '35-published-networks');
    expect(bluesky.ledger.map(({ text }) => text)).toEqual(['The same for all, from https://example.org/a']);
    expect(mastodon.ledger.map(({ text }) => text)).toEqual(['The same for all, from https://example.org/a']);
    expect(telegram.ledger.map(({ text }) => text)).toEqual(['Just for the channel']);
  }, 60_000);

  it('disconnects: the access is deleted here and revoked where that can be', async () => {
    for (const name of ['Alice', alice.displayName]) {
      await at.go('/channels');
      const row = at.channel(name).filter({ has: page.getByText('Connected', { exact: true }) }).first();
      await disconnectIn(row);
      await page.getByText('Disconnected. The access is deleted here').waitFor();
    }
    expect(mastodon.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(1);
    expect(bluesky.calls.filter(({ path }) => path.endsWith('deleteSession'))).toHaveLength(1);
    await picture(page, '36-disconnected');
  });

  it('logged no secret on the way', () => {
    expect(at.leaked([alice.password, telegram.token, 'a walk along the harbour', 'eyJ'])).toEqual([]);
  });
});
