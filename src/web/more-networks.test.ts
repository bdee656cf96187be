import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeDiscord, type FakeDiscord } from '../providers/discord/fake.ts';
import { botSettings } from '../providers/discord/subject.ts';
import { startFakeThreads, type FakeThreads } from '../providers/meta/threads/fake.ts';
import { settings as threadsSettings } from '../providers/meta/threads/subject.ts';
import { startFakePinterest, type FakePinterest } from '../providers/pinterest/fake.ts';
import { settings as pinterestSettings } from '../providers/pinterest/subject.ts';
import { startFakeReddit, type FakeReddit } from '../providers/reddit/fake.ts';
import { settings as redditSettings } from '../providers/reddit/subject.ts';
import { barriers, hasBrowser, picture } from '../testing/browser.ts';
import { disconnectIn } from '../testing/channels.ts';
import { beginJourney, type Journey } from '../testing/journey.ts';

// The whole program over the strict fakes: each network is connected on its consent page, written for, and disconnected.
describe.skipIf(!hasBrowser)('networks of smaller companies (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  let threads: FakeThreads;
  let pinterest: FakePinterest;
  let reddit: FakeReddit;
  let discord: FakeDiscord;
  let file: { name: string; mimeType: string; buffer: Buffer };

  beforeAll(async () => {
    const redirectUris: string[] = [];
    [threads, pinterest, reddit, discord] = await Promise.all([
      startFakeThreads({ redirectUris, fetches: true }), startFakePinterest({ redirectUris }), startFakeReddit({ redirectUris }), startFakeDiscord({ redirectUris }),
    ]);
    const { PUBLIC_URL: _elsewhere, ...reddits } = redditSettings;
    at = await beginJourney({ fakes: [threads, pinterest, reddit, discord], env: { ...threadsSettings, ...pinterestSettings, ...reddits, ...botSettings } });
    // The fakes know their app's addresses once there is one.
    redirectUris.push(...['threads', 'pinterest', 'reddit', 'discord-bot'].map((id) => `${at.program.url}/integrations/social/${id}`));
    ({ page } = at);
    file = { name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: await sharp({ create: { width: 1000, height: 1500, channels: 3, background: '#3a6ea5' } }).jpeg().toBuffer() };
  }, 60_000);
  afterAll(() => at?.close());

  async function connect(name: string): Promise<void> {
    await at.connect(name);
    await page.getByRole('button', { name: 'Allow' }).click();
  }

  /** Writes for one channel, opened at its own tab. */
  async function writeFor(channel: string, text: string, withPicture: boolean): Promise<void> {
    await at.go('/posts/new');
    await at.write(text);
    if (withPicture) {
      await page.getByLabel('Add pictures or videos').setInputFiles(file);
      await page.getByLabel('Describe harbour.jpg').fill('A calm harbour');
    }
    await page.locator('.channel-choice').filter({ has: page.getByText(channel, { exact: true }) }).locator('input').check();
    await at.openVersion(channel);
  }

  async function publish(name: string): Promise<void> {
    expect(await barriers(page)).toEqual([]);
    await picture(page, name);
    await at.publishNow();
    await at.published();
  }

  async function disconnect(channel: string): Promise<void> {
    await at.go('/channels');
    const row = page.locator('.row.channel').filter({ has: page.getByText(channel, { exact: true }) });
    await disconnectIn(row);
    await row.getByRole('button', { name: 'Reconnect' }).waitFor();
  }

  it.each([
    ['threads', 'Threads', 'threads'], ['pinterest', 'Pinterest', 'pinterest'], ['reddit', 'Reddit', 'reddit'], ['discord-bot', 'Discord bot', 'discord-bot'],
    ['meta', 'Meta', 'instagram'], ['tiktok', 'TikTok', 'tiktok'],
  ])('has a card for %s with the address to copy', async (card, name, id) => {
    await at.go(`/settings/networks/${card}`);
    await page.getByRole('heading', { name: new RegExp(name, 'u') }).first().waitFor();
    expect(await page.getByText(`${at.program.url}/integrations/social/${id}`).count() + await page.locator(`input[value="${at.program.url}/integrations/social/${id}"]`).count()).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    await picture(page, `70-${card}-card`);
  });

  it('goes out on Threads with its picture, fetched from here, and is gone when it is disconnected', async () => {
    await connect('Threads');
    await page.getByText('Threads is connected.').waitFor();
    await writeFor('Harbour News', 'The harbour 👋', true);
    await page.getByLabel('Topic').fill('Harbours');
    await publish('71-threads-composer');
    expect(threads.ledger).toMatchObject([{ text: 'The harbour 👋', media: [{ alt: 'A calm harbour' }] }]);
    await disconnect('Harbour News');
  }, 90_000);

  it('goes to a board of Pinterest that was chosen from those there are', async () => {
    await connect('Pinterest');
    await page.getByText('Pinterest is connected.').waitFor();
    await writeFor('Ada\'s Harbour', 'Boats at dawn', true);
    const board = page.getByLabel(/^Board/u);
    await expect.poll(() => board.locator('option').count(), { timeout: 15_000 }).toBeGreaterThan(1);
    await at.publishNow();
    await at.problems().getByText('Choose: Board.').waitFor();
    await board.selectOption({ index: 1 });
    await page.getByLabel(/^Title/u).fill('Dawn');
    await publish('72-pinterest-composer');
    expect(pinterest.ledger).toHaveLength(1);
    await disconnect('Ada\'s Harbour');
  }, 90_000);

  it('goes to a subreddit with a title and a flair of that place', async () => {
    await connect('Reddit');
    await page.getByText('Where to publish').waitFor();
    await page.getByLabel(/r\/HarbourNews/u).check();
    await page.getByRole('button', { name: 'Use these' }).click();
    await at.channel('r/HarbourNews').waitFor();
    await writeFor('r/HarbourNews', 'When do they come?', false);
    await page.getByLabel(/^Title/u).fill('Tides');
    await expect.poll(() => page.getByLabel(/^Flair/u).locator('option').count(), { timeout: 15_000 }).toBe(2);
    await page.getByLabel(/^Flair/u).selectOption({ index: 1 });
    await publish('73-reddit-composer');
    expect(reddit.ledger).toHaveLength(1);
    await disconnect('r/HarbourNews');
    expect(reddit.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
  }, 90_000);

  it('goes to a channel of Discord by its webhook, and by the bot, with a poll', async () => {
    const [webhook] = discord.webhooks.values();
    await at.connect('Discord');
    await page.getByLabel('Webhook address').fill(`https://discord.com/api/webhooks/${webhook?.id}/${webhook?.token}`);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Discord is connected.').waitFor();
    await writeFor('News', 'By the webhook', true);
    await publish('74-discord-composer');
    await disconnect('News');
    await connect('Discord (bot)');
    await page.getByText('Discord (bot) is connected.').waitFor();
    await writeFor('#news', 'By the bot', false);
    await page.getByLabel('Poll: the question').fill('Tea or coffee?');
    await page.getByLabel('Poll: the answers, one a line').fill('Tea\nCoffee');
    await publish('75-discord-bot-composer');
    expect(discord.ledger).toMatchObject([{ text: 'By the webhook', media: [{ alt: 'A calm harbour' }] }, { text: 'By the bot' }]);
  }, 120_000);

  it('logged no secret on the way', () => {
    const [webhook] = discord.webhooks.values();
    const tokens = [...reddit.oauth.tokens, ...pinterest.oauth.tokens, ...threads.oauth.tokens].flatMap(({ access, refresh }) => [access, refresh ?? access]);
    const secrets = [webhook?.token ?? '', discord.botToken, threadsSettings.THREADS_CLIENT_SECRET, pinterestSettings.PINTEREST_CLIENT_SECRET, redditSettings.REDDIT_CLIENT_SECRET, 'THQV', ...tokens];
    expect(at.leaked(secrets)).toEqual([]);
  });
});
