import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { startProgram, type Program } from '../testing/program.ts';

// A team shares a workspace: two people in two browsers, against the real program.
describe.skipIf(!hasBrowser)('a team (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let ada: Page;
  let bob: Page;
  let link = '';
  const errors: string[] = [];
  const words = 'a walk along the harbour';

  const open = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
    const context: BrowserContext = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    return page;
  };

  beforeAll(async () => {
    program = await startProgram();
    browser = await openBrowser();
    ada = await open();
    bob = await open();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
  });

  it('begins with an owner who invites, and hands the link over', async () => {
    await ada.goto(program.url);
    await ada.getByLabel('Name').fill('Ada Lovelace');
    await ada.getByLabel('E-mail').fill('ada@example.org');
    await ada.getByLabel('Password').fill(words);
    await ada.getByRole('button', { name: 'Create account' }).click();
    await ada.locator('.switcher').click();
    await picture(ada, '60-switcher-one');
    await ada.getByRole('link', { name: 'Members', exact: true }).click();
    await ada.getByLabel('E-mail').fill('bob@example.org');
    await ada.getByLabel('Role', { exact: true }).selectOption('editor');
    await ada.getByRole('button', { name: 'Invite' }).click();
    link = await ada.getByLabel('Link for bob@example.org', { exact: true }).inputValue();
    expect(link).toMatch(/\/invitations\/[\w-]{43}$/u);
    await ada.getByRole('button', { name: 'Copy: Link for bob@example.org' }).waitFor();
    await picture(ada, '61-invited');
  });

  it('goes on with a second person who makes an account through it, and writes', async () => {
    await bob.goto(link);
    expect(await bob.locator('h1').textContent()).toBe('Join “Ada Lovelace’s workspace”');
    await picture(bob, '62-join');
    expect(await barriers(bob)).toEqual([]);
    await bob.getByLabel('Name').fill('Bob Taylor');
    await bob.getByLabel('Password').fill(words);
    await bob.getByRole('button', { name: 'Create account' }).click();
    expect(bob.url()).toBe(`${program.url}/`);
    await bob.getByRole('link', { name: 'New post' }).first().click();
    await bob.getByLabel('Text', { exact: true }).fill('Written by Bob');
    await bob.getByRole('button', { name: 'Schedule' }).click();
    await bob.locator('.flash').waitFor();
    await ada.goto(`${program.url}/posts`);
    expect(await ada.getByRole('link', { name: /Written by Bob/u }).count()).toBe(1);
  });

  it('lets an editor look at channels and connect none', async () => {
    await bob.goto(`${program.url}/channels`);
    expect(await bob.getByText('Sandbox').count()).toBeGreaterThan(0);
    expect(await bob.getByRole('heading', { name: 'Connect' }).count()).toBe(0);
    await bob.goto(`${program.url}/channels/connect/bluesky`);
    expect(await bob.locator('h1').textContent()).toBe('You may not do this.');
    await bob.goto(`${program.url}/settings/members`);
    expect(await bob.getByText('ada@example.org').count()).toBe(0);
    await picture(bob, '63-members-as-editor');
  });

  it('has menus that everybody can use, by day and by night on a phone', async () => {
    await ada.goto(`${program.url}/settings/security`);
    await ada.getByLabel('Your password').fill(words);
    await ada.getByRole('button', { name: 'Set it up' }).click();
    await ada.getByRole('img', { name: 'QR code' }).waitFor();
    await ada.goto(`${program.url}/settings/members`);
    await ada.getByLabel('E-mail').fill('a-person-with-a-long-address@a-long-domain.example.org');
    await ada.getByRole('button', { name: 'Invite' }).click();
    await ada.getByText('is invited').waitFor();
    for (const [name, options] of [
      ['light', {}], ['dark-390', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
    ] as const) {
      const page = await open({ ...options, storageState: await ada.context().storageState() });
      for (const path of ['/settings/members', '/settings/people', '/settings/security']) {
        await page.goto(`${program.url}${path}`);
        await page.locator('.switcher').click();
        expect(await barriers(page), `${name} ${path}, its menu open`).toEqual([]);
        await page.keyboard.press('Escape');
        for (const summary of await page.locator('.member summary').all()) await summary.click();
        expect(await barriers(page), `${name} ${path}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} ${path} is as wide as the screen`).toBe(true);
        await picture(page, `64${path.replaceAll('/', '-')}-${name}`);
      }
      await page.context().close();
    }
  }, 120_000);

  it('switches to another workspace without a script, and back by a link to its post', async () => {
    await ada.goto(`${program.url}/posts`);
    const post = await ada.getByRole('link', { name: /Written by Bob/u }).getAttribute('href');
    const plain = await open({ javaScriptEnabled: false, storageState: await ada.context().storageState() });
    await plain.goto(`${program.url}/workspaces/new`);
    await plain.getByLabel('Name').fill('Kitchen');
    await plain.getByRole('button', { name: 'Make the workspace' }).click();
    expect(await plain.locator('.switcher-name').textContent()).toContain('Kitchen');
    await plain.locator('.switcher').click();
    await picture(plain, '65-switcher-two');
    await plain.goto(`${program.url}${post ?? ''}`);
    await picture(plain, '66-elsewhere');
    await plain.getByRole('button', { name: 'Go to “Ada Lovelace’s workspace”' }).click();
    expect(plain.url()).toBe(`${program.url}${post ?? ''}`);
    expect(await plain.getByText('Written by Bob').count()).toBeGreaterThan(0);
    await plain.locator('.switcher').click();
    await plain.getByRole('button', { name: 'Kitchen' }).click();
    expect(await plain.locator('.switcher-name').textContent()).toContain('Kitchen');
    await plain.locator('.switcher').click();
    await plain.getByRole('button', { name: 'Ada Lovelace’s workspace' }).click();
    await plain.context().close();
  }, 60_000);

  it('ends for a member who is removed while they write', async () => {
    await bob.goto(`${program.url}/posts/new`);
    await bob.getByLabel('Text', { exact: true }).fill('Never to be seen');
    await ada.goto(`${program.url}/settings/members`);
    await ada.getByText('Remove Bob Taylor').first().click();
    await ada.getByRole('button', { name: 'Remove Bob Taylor' }).click();
    await ada.getByText('Removed. What this person wrote stays.').waitFor();
    await bob.getByRole('button', { name: 'Save draft' }).click();
    // What was typed is still there to be copied.
    await bob.locator('#held').getByText('You are logged out').waitFor();
    expect(await bob.getByLabel('Text', { exact: true }).inputValue()).toBe('Never to be seen');
    await ada.goto(`${program.url}/posts`);
    expect(await ada.getByText('Never to be seen').count()).toBe(0);
    expect(await ada.getByRole('link', { name: /Written by Bob/u }).count()).toBe(1);
    await ada.goto(`${program.url}/settings/log`);
    const log = (await ada.locator('.log').textContent()) ?? '';
    for (const line of ['Ada Lovelace removed Bob Taylor.', 'Bob Taylor scheduled Written by Bob for', 'Bob Taylor joined as editor.']) expect(log).toContain(line);
    await picture(ada, '67-log');
  });

  it('leaves no link in what the program says', () => {
    expect(program.output()).toContain('/invitations/:token');
    expect(program.output()).not.toContain(link.slice(-43));
    // The refused page above answers 403, which browsers note as a failed load.
    expect(errors.filter((text) => !/403|409/u.test(text))).toEqual([]);
  });
});
