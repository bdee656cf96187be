import { join } from 'node:path';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { startProgram, type Program } from '../testing/program.ts';

// What a newcomer does on the first day, in a real browser against the real program.
describe.skipIf(!hasBrowser)('a first day (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  const image = join(mkdtempSync(join(tmpdir(), 'postmaster-')), 'harbour.jpg');

  beforeAll(async () => {
    program = await startProgram();
    browser = await openBrowser();
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    writeFileSync(image, await sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#3a6ea5' } })
      .composite([{ input: Buffer.from('<svg width="1600" height="1000"><circle cx="1200" cy="300" r="140" fill="#f4d58d"/><path d="M0 700 Q 400 620 800 700 T 1600 700 V1000 H0Z" fill="#1d3557"/></svg>') }])
      .jpeg().toBuffer());
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
  });

  const openVersion = (name: string) => page.locator('.writing > .tab', { hasText: name }).click();

  it('begins with an account', async () => {
    await page.goto(program.url);
    expect(page.url()).toBe(`${program.url}/signup`);
    await picture(page, '01-sign-up');
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    expect(await page.getByText('Use 8 characters or more. A few words').isVisible()).toBe(true);
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada Lovelace');
    await picture(page, '02-sign-up-problem');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Create account' }).click();
    expect(page.url()).toBe(`${program.url}/setup/workspace`);
    // Nobody is held up by it.
    await page.getByRole('button', { name: 'Finish later' }).click();
    expect(page.url()).toBe(`${program.url}/`);
    await picture(page, '03-home-empty');
  });

  it('has the time zone of the browser', async () => {
    await page.goto(`${program.url}/settings`);
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Berlin');
    await picture(page, '04-settings');
  });

  it('schedules a post with a picture one minute ahead in three clicks and sees it go out', async () => {
    await page.goto(program.url);
    let clicks = 0;
    const click = async (name: string, role: 'link' | 'button' = 'button') => {
      clicks += 1;
      await page.getByRole(role, { name, exact: true }).first().click();
    };
    await click('New post', 'link');
    await page.getByLabel('Text', { exact: true }).fill('The harbour this morning. More at https://example.org/harbour');
    await page.getByLabel('Add pictures').setInputFiles(image);
    await page.getByLabel('Describe harbour.jpg').fill('A calm harbour under a low sun');
    // A quarter of a minute ahead at the least: what is due at once would be out before its notice is read.
    const soon = new Date(Date.now() + 75_000);
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(soon).replace(' ', 'T');
    await page.getByLabel('When').fill(wall);
    await picture(page, '05-composer');
    await click('Schedule');
    expect(clicks).toBeLessThanOrEqual(4);
    await page.locator('.flash', { hasText: 'Scheduled for' }).waitFor();
    await picture(page, '06-scheduled');
    // The page keeps itself up to date.
    await page.locator('.state-published').waitFor({ timeout: 95_000 });
    await picture(page, '07-published');
    await page.getByRole('link', { name: 'See it on Sandbox' }).click();
    const entry = page.locator('[data-entry]');
    expect(await entry.count()).toBe(1);
    expect(await entry.locator('.said').textContent()).toContain('The harbour this morning.');
    expect(await entry.getByAltText('A calm harbour under a low sun').count()).toBe(1);
    await picture(page, '08-sandbox');
  }, 150_000);

  it('sees what a lost answer looks like and decides', async () => {
    await page.goto(`${program.url}/posts/new`);
    await page.getByLabel('Text', { exact: true }).fill('Did this one arrive?');
    await openVersion('Sandbox');
    await page.getByLabel('What shall happen').selectOption('silence');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('Unconfirmed: it may be out').waitFor({ timeout: 20_000 });
    await page.goto(`${program.url}/unconfirmed`);
    await picture(page, '09-unconfirmed');
    await page.getByRole('button', { name: 'It is there' }).click();
    expect(await page.getByText('Paste the address of the post').isVisible()).toBe(true);
    await page.getByLabel('It is there. Its address:').fill('https://example.org/post/1');
    await page.getByRole('button', { name: 'It is there' }).click();
    await page.locator('.state-published').waitFor();
  }, 60_000);

  it('sees failures with what to do about them', async () => {
    for (const ending of ['rejected', 'auth']) {
      await page.goto(`${program.url}/posts/new`);
      await page.getByLabel('Text', { exact: true }).fill(`What ${ending} looks like`);
      await openVersion('Sandbox');
      await page.getByLabel('What shall happen').selectOption(ending);
      await page.getByRole('button', { name: 'Publish now' }).click();
      await page.getByText('Not published').waitFor({ timeout: 20_000 });
      await picture(page, `10-${ending}`);
    }
    await page.goto(`${program.url}/posts?show=failed`);
    await page.locator('.row a', { hasText: 'What rejected looks like' }).click();
    await page.getByRole('link', { name: 'Change it as a new post' }).click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('What rejected looks like');
    await page.goto(`${program.url}/channels`);
    await picture(page, '11-channels-reconnect');
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByText('Sandbox is connected again.').waitFor();
    await page.goto(program.url);
    await picture(page, '12-home');
  }, 60_000);

  it('schedules, edits, cancels and finds it in the calendar', async () => {
    await page.goto(`${program.url}/calendar`);
    await page.locator('.day.today .add').click({ force: true });
    await page.getByLabel('Text', { exact: true }).fill('A thread about tides');
    await page.getByRole('button', { name: 'Add a part to the thread' }).click();
    await page.getByLabel('Text of part 2').fill('They come and go.'.repeat(40));
    expect(await page.locator('.part').nth(1).locator('.count').textContent()).toContain('680 of 500');
    expect(await page.locator('#problems').textContent()).toContain('Sandbox takes 500 characters; this has 680.');
    await page.getByLabel('Text of part 2').fill('They come and go.');
    expect(await page.locator('.part').nth(1).locator('.count').textContent()).toContain('17 of 500');
    expect(await page.locator('#problems').count()).toBe(0);
    const tomorrow = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' }).format(Date.now() + 86_400_000);
    await page.getByLabel('When').fill(`${tomorrow}T09:00`);
    await picture(page, '13-composer-thread');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await page.getByLabel('Text of part 2').inputValue()).toBe('They come and go.');
    await page.getByLabel('When').fill(`${tomorrow}T10:30`);
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.locator('.flash', { hasText: 'Scheduled for' }).waitFor();
    await page.goto(`${program.url}/calendar?month=${tomorrow.slice(0, 7)}`);
    expect(await page.locator('.chip', { hasText: 'A thread about tides' }).locator('time').textContent()).toBe('10:30');
    await picture(page, '14-calendar');
    await page.locator('.chip', { hasText: 'A thread about tides' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Canceled. Nothing of it went out.').waitFor();
    await page.goto(`${program.url}/posts`);
    await picture(page, '15-posts');
  }, 60_000);

  it('works on a phone and in the dark', async () => {
    for (const [name, viewport, colorScheme] of [['phone', { width: 390, height: 844 }, 'light'], ['dark', { width: 1280, height: 900 }, 'dark']] as const) {
      const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'Europe/Berlin', storageState: await page.context().storageState() });
      const other = await context.newPage();
      for (const path of ['', 'calendar', 'posts/new', 'channels', 'posts']) {
        await other.goto(`${program.url}/${path}`);
        await picture(other, `20-${name}-${path.replaceAll('/', '-') || 'home'}`);
        const overflow = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${name} ${path}`).toBeLessThanOrEqual(0);
        expect(await barriers(other), `${name} ${path}`).toEqual([]);
      }
      await context.close();
    }
  }, 60_000);

  it('is measured by something that does see barriers', async () => {
    const context = await browser.newContext();
    const blank = await context.newPage();
    await blank.setContent('<html lang="en"><title>x</title><main><img src="x.png"><input><p style="color:#ccc;background:#fff">pale</p></main></html>');
    expect((await barriers(blank)).map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['image-alt', 'label', 'color-contrast']));
    await context.close();
  });

  it('works without scripts, picture and all', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    const plain = await context.newPage();
    await plain.goto(`${program.url}/posts/new`);
    await plain.getByLabel('Text', { exact: true }).fill('Without any script');
    await plain.getByLabel('Add pictures').setInputFiles(image);
    await plain.getByRole('button', { name: 'Upload' }).click();
    await plain.getByLabel('Describe harbour.jpg').fill('The harbour again');
    await plain.getByLabel('When').fill('2027-03-28T02:30');
    await plain.getByRole('button', { name: 'Schedule' }).click();
    // The night in which the clocks go forward: said, not hidden.
    expect(await plain.locator('.flash').textContent()).toContain('02:30 does not exist that day');
    expect(await plain.locator('h1').textContent()).toBe('Sun 28 Mar 2027 03:30 Berlin');
    expect(await plain.getByAltText('The harbour again').count()).toBe(1);
    await picture(plain, '21-without-scripts');
    await context.close();
  }, 60_000);

  it('does all of it without a word in the console', () => {
    // The refused forms above answer 422, which browsers note as a failed load.
    expect(errors.filter((text) => !text.includes('422'))).toEqual([]);
  });
});
