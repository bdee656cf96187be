import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../media/samples/samples.ts';
import { startTelegram, type TelegramFake } from '../providers/telegram/fake.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { startProgram, type Program } from '../testing/program.ts';

// The whole program in a real browser over the strict fake: link a chat, send an album, put it into the next free slot, unlink.
describe.skipIf(!hasBrowser)('drafts by chat (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let fake: TelegramFake;
  const person = 7_770_001;

  beforeAll(async () => {
    fake = await startTelegram();
    program = await startProgram({ UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(','), TELEGRAM_BOT_TOKEN: fake.token });
    browser = await openBrowser();
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    await page.goto(`${program.url}/signup`);
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Create account' }).click();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
    await fake?.close();
  });

  /** Both themes, the three widths. */
  async function looked(name: string) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await barriers(page), `${name} ${colorScheme} ${width}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} ${width} overflows`).toBeLessThanOrEqual(0);
        if (width !== 320) await picture(page, `${name}-${colorScheme}-${width}`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  const buttonsOf = () => fake.people.said.at(-1)?.buttons.map(({ text }) => text) ?? [];

  it('begins with a link and a code to read', async () => {
    await page.goto(`${program.url}/settings`);
    await page.getByRole('link', { name: 'Drafts by chat' }).click();
    await page.getByText('Not linked').waitFor();
    await looked('60-intake-unlinked');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByRole('img', { name: /Code that opens @postmaster_bot/u }).waitFor();
    await looked('61-intake-link');
  }, 60_000);

  it('is linked by pressing Start in the chat', async () => {
    const url = await page.getByRole('link', { name: 'Open @postmaster_bot' }).getAttribute('href');
    const token = /^https:\/\/t\.me\/postmaster_bot\?start=([\w-]{43})$/u.exec(url ?? '')?.[1] ?? '';
    expect(await page.locator('input[readonly]').inputValue()).toBe(url);
    await page.goto(`${program.url}/settings/intake`);
    expect(await page.content()).not.toContain(token);
    fake.people.tell(person, { text: `/start ${token}`, entities: [{ type: 'bot_command', offset: 0, length: 6 }] });
    await expect.poll(() => fake.people.said.at(-1)?.text, { timeout: 15_000 }).toContain('Linked. What you send here becomes a draft');
    await page.reload();
    await page.getByText('Linked since').waitFor();
    expect(await page.getByLabel('Sandbox').isChecked()).toBe(true);
    await page.getByText('What you can send and write in Telegram').click();
    await looked('62-intake-linked');
  }, 60_000);

  it('makes one draft of an album, and the next free slot of a press', async () => {
    const bytes = await plain(640, 480, '#88aacc').jpeg().toBuffer();
    for (const id of [803, 801, 802]) {
      fake.people.tell(person, {
        photo: [{ ...fake.people.file(bytes), width: 640, height: 480 }], message_id: id, media_group_id: 'harbour',
        ...(id === 801 && { caption: 'Three boats at low tide' }),
      });
    }
    await expect.poll(() => fake.people.said.at(-1)?.text, { timeout: 20_000 }).toContain('Draft saved: “Three boats at low tide”\nWith 3 files.');
    expect(buttonsOf()).toEqual(['Next free slot', 'Publish now', 'Discard']);
    const edit = /http:\/\/localhost:\d+\/posts\/\S+/u.exec(fake.people.said.at(-1)?.text ?? '')?.[0] ?? '';
    await page.goto(edit);
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Three boats at low tide');
    await picture(page, '63-intake-draft');
    const message = fake.people.said.at(-1);
    if (message) fake.people.press(message, 'Next free slot');
    await expect.poll(() => fake.people.said.at(-1)?.text, { timeout: 10_000 }).toMatch(/^Scheduled for .*: Sandbox\./u);
    await page.goto(`${program.url}/posts?show=scheduled`);
    await page.getByRole('link', { name: /Three boats at low tide/u }).waitFor();
  }, 60_000);

  it('says on the operator’s card how messages arrive', async () => {
    await page.goto(`${program.url}/settings/networks/telegram#hearing`);
    await page.getByText('Post Master asks Telegram for new messages, because this instance has no public https address.').waitFor();
    await looked('64-intake-card');
  }, 60_000);

  it('keeps where drafts go, and ends with a press', async () => {
    await page.goto(`${program.url}/settings/intake`);
    await page.getByLabel('Sandbox').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await page.getByLabel('Sandbox').isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('Unlinked. Your number at Telegram is deleted here.').waitFor();
    await page.getByText('Not linked').waitFor();
  }, 60_000);

  it('logged nothing of who or what', () => {
    for (const secret of [fake.token, String(person), 'Three boats', 'Canary']) expect(program.output().includes(secret), secret.slice(0, 8)).toBe(false);
  });
});
