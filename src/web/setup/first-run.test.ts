import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { startProgram, type Program } from '../../testing/program.ts';

// Somebody installs it on a Sunday: from signing up to the first post with a time, in a real browser over the whole program.

describe.skipIf(!hasBrowser)('the first run (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    program = await startProgram();
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/Lisbon' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
  });

  const at = () => new URL(page.url()).pathname;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  /** By day and by night, wide and narrow. */
  async function looksWell(name: string) {
    for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 768], ['light', 390], ['dark', 320]] as const) {
      // Without motion: a background half way from day to night is no contrast to measure.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `setup-${name}-${colorScheme}-${width}`);
      expect(await barriers(page), `${name} ${colorScheme} ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} ${width}`).toBe(0);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  it('leads from signing up to a workspace in the zone of the browser', async () => {
    await page.goto(program.url);
    expect(at()).toBe('/signup');
    await picture(page, 'setup-signup');
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await press('Create account');
    await page.waitForURL('**/setup/workspace');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Lisbon');
    expect(await page.textContent('main')).toContain('Step 1 of 8');
    await looksWell('workspace');
    await page.getByLabel('Name of the workspace').fill('Harbour');
    await press('Save and continue');
    await page.waitForURL('**/setup/address');
  }, 90_000);

  it('shows the address as the browser came, and says what plain http on one machine means', async () => {
    const said = await page.textContent('main');
    expect(said).toContain(`Your browser uses ${program.url}, and so do all links and callbacks.`);
    expect(said).toContain('Plain http on this machine alone');
    await press('Check now');
    await page.waitForURL('**/setup/address#looked');
    expect(await page.textContent('main')).toMatch(/is an address of your own network: nobody outside reaches it\. That is fine to look around\. .*Instagram.* fetch pictures/u);
    await looksWell('address');
    await press('Skip for now');
    await page.waitForURL('**/setup/operator');
  }, 90_000);

  it('asks who runs it, and goes on from there another day', async () => {
    await looksWell('operator');
    await page.getByLabel('Who runs it').fill('Harbour Ltd');
    await page.getByLabel('Contact e-mail').fill('not an address');
    await press('Save and continue');
    expect(await page.textContent('main')).toContain('This does not look like an e-mail address.');
    expect(await page.getByLabel('Who runs it').inputValue()).toBe('Harbour Ltd');
    await page.getByLabel('Contact e-mail').fill('hello@harbour.example');
    await press('Save and continue');
    await page.waitForURL('**/setup/mail');
    await press('Finish later');
    await page.waitForURL(`${program.url}/`);
    await looksWell('home');
    await page.getByRole('link', { name: 'Go on with setting up' }).click();
    await page.waitForURL('**/setup/mail');
  }, 90_000);

  it('says what works without mail', async () => {
    await looksWell('mail');
    expect(await page.textContent('main')).toContain('Without it everything is published all the same.');
    await press('Skip for now');
    await page.waitForURL('**/setup/networks');
  }, 90_000);

  it('begins with the networks that ask nobody, and finds back from a card', async () => {
    await looksWell('networks');
    await page.getByRole('link', { name: 'Set up Telegram' }).click();
    await page.waitForURL('**/settings/networks/telegram');
    await picture(page, 'setup-card');
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.waitForURL('**/setup/networks');
    await press('Skip for now');
    await page.waitForURL('**/setup/media');
    // The look at the address fetched the picture too.
    await press('Check again');
    await looksWell('media');
    await press('Skip for now');
    await page.waitForURL('**/setup/backup');
    expect(await page.getByRole('textbox', { name: 'The folder' }).inputValue()).toBe(program.dataDir);
    await looksWell('backup');
    await press('Skip for now');
    await page.waitForURL('**/setup/post');
  }, 90_000);

  it('ends with a post that has a time', async () => {
    await looksWell('post');
    await page.getByRole('link', { name: /Write a post for Sandbox/u }).click();
    await page.waitForURL('**/posts/new?channel=*');
    await page.locator('textarea').first().fill('The first words from the harbour.');
    await page.getByRole('button', { name: /^Schedule/u }).click();
    await page.waitForURL(/\/posts\/[\w-]{36}$/u);
    await page.goto(`${program.url}/`);
    expect(await page.locator('.checklist .is-done').allTextContents()).toEqual(['✓Write the first post and give it a time, done', '✓Say who runs this instance, done']);
    await looksWell('home-after');
  }, 90_000);

  it('puts the list away, and has it back by the toast', async () => {
    await press('Put the list away');
    await page.waitForSelector('text=The list is put away.');
    await picture(page, 'setup-put-away');
    expect(await page.locator('#getting-started').count()).toBe(0);
    await press('Undo');
    await page.waitForSelector('#getting-started');
  }, 90_000);
});
