import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { startProgram, type Program } from '../testing/program.ts';

// What a privacy-minded person does, in a real browser against two real programs.
describe.skipIf(!hasBrowser)('privacy in a browser (skipped without /usr/bin/chromium)', () => {
  let home: Program;
  let away: Program;
  let browser: Browser;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'postmaster-privacy-'));
  const image = join(folder, 'harbour.jpg');
  const archive = join(folder, 'workspace.zip');
  const errors: string[] = [];

  async function signUp(on: Program, name: string, email: string): Promise<Page> {
    const made = await (await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 }, acceptDownloads: true })).newPage();
    made.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    made.on('pageerror', (error) => errors.push(error.message));
    await made.goto(`${on.url}/signup`);
    await made.getByLabel('Name').fill(name);
    await made.getByLabel('E-mail').fill(email);
    await made.getByLabel('Password').fill('a walk along the harbour');
    await made.getByRole('button', { name: 'Create account' }).click();
    return made;
  }

  /** Light, dark, a phone and a very narrow one: no barrier, nothing wider than the screen. */
  async function looked(name: string, on = page) {
    for (const [kind, width, colorScheme] of [['light', 1280, 'light'], ['dark', 1280, 'dark'], ['390', 390, 'light'], ['320', 320, 'dark']] as const) {
      await on.setViewportSize({ width, height: 900 });
      await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await barriers(on), `${name} ${kind}`).toEqual([]);
      expect(await on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${name} ${kind} is wider than the screen`).toBeLessThanOrEqual(0);
      await picture(on, `privacy-${name}-${kind}`);
    }
    await on.setViewportSize({ width: 1280, height: 900 });
    await on.emulateMedia({ colorScheme: 'light' });
  }

  beforeAll(async () => {
    writeFileSync(image, await sharp({ create: { width: 800, height: 500, channels: 3, background: '#3a6ea5' } }).jpeg().toBuffer());
    [home, away] = await Promise.all([startProgram({ REGISTRATION: 'open' }), startProgram()]);
    browser = await openBrowser();
    page = await signUp(home, 'Ada Lovelace', 'ada@example.org');
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await home?.close();
    await away?.close();
    rmSync(folder, { recursive: true });
  });

  it('shows what is held, counted, with its rule', async () => {
    await page.goto(`${home.url}/posts/new`);
    await page.getByLabel('Text', { exact: true }).fill('The harbour at noon');
    await page.getByLabel('Add pictures').setInputFiles(image);
    await page.getByLabel('Describe harbour.jpg').fill('A calm harbour');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.locator('.state-published').first().waitFor({ timeout: 30_000 });
    await page.goto(`${home.url}/posts/new`);
    await page.getByLabel('Text', { exact: true }).fill('The harbour tomorrow');
    const soon = new Date(Date.now() + 86_400_000);
    await page.getByLabel('When').fill(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(soon).replace(' ', 'T'));
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.locator('.flash', { hasText: 'Scheduled for' }).waitFor();
    await page.goto(`${home.url}/settings/privacy`);
    expect(await page.getByText('post that is over, with its words').isVisible()).toBe(true);
    await page.getByLabel('What would you like?').fill('Which backups of my data do you keep, and where?');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('The answer comes here within 30 days.').waitFor();
    await looked('page');
    await page.goto(`${home.url}/settings/requests`);
    await looked('requests');
    await page.getByLabel('Your answer').fill('One each night, on a disk in the same house, kept for a week.');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('Answered. The person sees it').waitFor();
    await page.goto(`${home.url}/settings/profile`);
    await looked('profile');
  }, 90_000);

  it('freezes and lets go', async () => {
    await page.goto(`${home.url}/settings/privacy`);
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('Nothing of it is published until you lift it here.').waitFor();
    await page.goto(`${home.url}/posts?show=scheduled`);
    await page.getByRole('link', { name: /The harbour tomorrow/u }).click();
    await page.getByRole('link', { name: 'Unfreeze the workspace' }).click();
    await page.getByRole('button', { name: 'Unfreeze' }).click();
    await page.getByText('It goes on.').waitFor();
  });

  it('makes a copy, without a script, and hands it out', async () => {
    await page.goto(`${home.url}/settings/privacy`);
    await page.getByRole('button', { name: 'Copy of this workspace' }).click();
    await page.getByText('The copy is being made.').waitFor();
    await expect.poll(async () => {
      await page.reload();
      return page.getByRole('link', { name: /^Fetch/u }).count();
    }, { timeout: 20_000 }).toBe(1);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Fetch/u }).click()]);
    expect(download.suggestedFilename()).toMatch(/^post-master-workspace-\d{4}-\d\d-\d\d\.zip$/u);
    await download.saveAs(archive);
    await looked('copy');
  });

  it('is brought into another instance: looked at, matched, taken in as drafts', async () => {
    const there = await signUp(away, 'Ada Lovelace', 'ada@example.net');
    await there.goto(`${away.url}/settings/import`);
    await looked('import', there);
    await there.getByLabel('Archive').setInputFiles(image);
    await there.getByRole('button', { name: 'Look inside' }).click();
    await there.getByText('This is not a ZIP file.').waitFor();
    await there.getByLabel('Archive').setInputFiles(archive);
    await there.getByRole('button', { name: 'Look inside' }).click();
    await there.getByText('Nothing has come in yet.').waitFor();
    await looked('preview', there);
    await there.getByLabel('Also posts that are out already, as drafts').check();
    await there.getByRole('button', { name: 'Take it in' }).click();
    await expect.poll(async () => {
      await there.reload();
      return there.getByRole('link', { name: 'See the drafts' }).count();
    }, { timeout: 20_000 }).toBe(1);
    await there.getByRole('link', { name: 'See the drafts' }).click();
    expect(await there.getByText('The harbour tomorrow').count()).toBeGreaterThan(0);
    expect(await there.getByText('The harbour at noon').count()).toBeGreaterThan(0);
    await there.goto(`${away.url}/media`);
    expect(await there.locator('.file-tile .name').allTextContents()).toEqual(['harbour.jpg']);
  }, 60_000);

  it('deletes the account, undoes it, and then deletes it at once', async () => {
    await page.goto(`${home.url}/settings/delete-account`);
    await looked('delete');
    await page.getByLabel('Your password').fill('not the password');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('This is not your present password.').first().waitFor();
    await page.getByLabel('Your password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('Your account will be deleted.').waitFor();
    await page.goto(home.url);
    await looked('banner');
    await page.getByRole('button', { name: 'Undo the deletion' }).click();
    await page.getByText('The deletion is undone.').waitFor();
    expect(await page.getByRole('button', { name: 'Undo the deletion' }).count()).toBe(0);

    await page.goto(`${home.url}/settings/delete-account`);
    await page.getByLabel('At once', { exact: true }).check();
    await page.getByLabel('At once, and I know').check();
    await page.getByLabel('Your password').fill('a walk along the harbour');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.waitForURL(/\/data-deletion\//u);
    await expect.poll(async () => {
      await page.reload();
      return page.getByText('Everything is deleted').count();
    }, { timeout: 20_000 }).toBeGreaterThan(0);
    await looked('deleted');
    // Nobody is left, so the next one begins anew.
    await expect.poll(async () => {
      await page.goto(`${home.url}/login`);
      return page.url();
    }, { timeout: 20_000 }).toBe(`${home.url}/signup`);
  }, 60_000);

  it('logged no error of a page', () => {
    // A form that comes back with what is wrong is a failed load to the browser.
    expect(errors.filter((text) => !text.includes('422'))).toEqual([]);
  });
});
