import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { linkIn, startMailBox, type MailBox } from '../../testing/smtp.ts';

// The built program in a real browser, with a real mail server behind it.

const sizes = [['wide', 1280, 'light'], ['phone', 390, 'dark'], ['narrow', 320, 'light']] as const;

describe.skipIf(!hasBrowser)('mails, support and policy in a browser (skipped without chromium)', () => {
  let program: Program;
  let browser: Browser;
  let box: MailBox;
  let page: Page;
  beforeAll(async () => {
    box = await startMailBox();
    program = await startProgram({ SMTP_URL: box.url, REGISTRATION: 'open', LOG_LEVEL: 'warn' });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await program.close();
    await box.close();
  });

  /** No barriers and nothing that sticks out, at each size and in both lights; a picture of each. */
  async function looksWell(name: string) {
    for (const [size, width, colorScheme] of sizes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      expect(await barriers(page), `${name} ${size}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} ${size} sticks out`).toBeLessThanOrEqual(0);
      await picture(page, `mails-${name}-${size}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  const mail = async (subject: RegExp, to = 'ada@example.org') => {
    await expect.poll(() => box.mails.some((one) => subject.test(one.subject ?? '')), { timeout: 15_000 }).toBe(true);
    return box.mailTo(to, subject);
  };

  it('signs up, confirms the address, forgets the password and sets a new one by mail', async () => {
    await page.goto(`${program.url}/signup`);
    await looksWell('signup');
    await page.fill('[name=name]', 'Ada');
    await page.fill('[name=email]', 'ada@example.org');
    await page.fill('[name=password]', password);
    await page.click('text=Create account');
    await page.waitForSelector('text=Confirm your e-mail address');
    await looksWell('banner');
    await page.goto(`${program.url}${linkIn(await mail(/Confirm/u), '/verify')}`);
    await page.click('button:has-text("Confirm this address")');
    await page.waitForSelector('text=Your address is confirmed');
    await looksWell('verified');

    await page.context().clearCookies();
    await page.goto(program.url);
    await page.waitForSelector('text=Who runs it');
    await looksWell('front');
    await page.click('text=Log in');
    await page.click('text=Forgot your password?');
    await looksWell('forgot');
    await page.fill('[name=email]', 'ada@example.org');
    await page.click('text=Send the link');
    await page.waitForSelector('text=Look into your mailbox');
    await looksWell('forgot-sent');
    const reset = await mail(/Choose a new password/u);
    await page.goto(`${program.url}${linkIn(reset, '/reset')}`);
    await looksWell('reset');
    await page.fill('[name=password]', 'a bridge over the river');
    await page.click('text=Set the password');
    await page.waitForSelector('text=The password is set');
    await page.fill('[name=email]', 'ada@example.org');
    await page.fill('[name=password]', 'a bridge over the river');
    await page.click('button:has-text("Log in")');
    await page.waitForSelector('.home h1');

    for (const [light, name] of [['light', 'mail-light'], ['dark', 'mail-dark']] as const) {
      const reader = await browser.newPage({ viewport: { width: 640, height: 700 }, colorScheme: light });
      await reader.setContent(String(reset.html));
      expect(await barriers(reader)).toEqual([]);
      await picture(reader, `mails-${name}`);
      await reader.close();
    }
  }, 90_000);

  it('announces a change, and everybody sees it coming', async () => {
    await page.goto(`${program.url}/settings/policy`);
    await page.fill('[name=privacy]', '## Cats\n\nWe now also keep the name of your cat, until you delete your account.');
    await page.check('[name=kind][value=material]');
    await page.fill('[name=summary]', 'We also keep the name of your cat.');
    await page.fill('[name=effective]', new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
    await looksWell('policy-form');
    await page.click('text=Publish');
    await page.waitForSelector('text=Announced. The mails are on their way');
    const announced = await mail(/promises you changes/u);
    await page.reload();
    await page.waitForSelector('text=1 of 1 mailed');
    await looksWell('policy-announced');
    await page.goto(`${program.url}${linkIn(announced, '/policy/')}`);
    await page.waitForSelector('text=the name of your cat');
    await picture(page, 'mails-policy-version');
    expect(await barriers(page)).toEqual([]);
    for (const path of ['/policy', '/processors', '/privacy']) {
      await page.goto(`${program.url}${path}`);
      expect(await barriers(page), path).toEqual([]);
    }
    await page.goto(`${program.url}/processors`);
    await looksWell('processors');
  }, 90_000);

  it('tells people of a breach after a look at the mail', async () => {
    await page.goto(`${program.url}/settings/breach`);
    for (const [name, text] of Object.entries({ happened: 'A backup lay open.', data: 'Names.', done: 'Closed it.', todo: 'Watch out.', contact: 'Ada, ada@example.org' })) await page.fill(`textarea[name=${name}]`, text);
    await page.click('text=Look at the mail');
    await page.waitForSelector('text=Look at it once more');
    await looksWell('breach-preview');
    await page.click('button:has-text("Send it to all accounts")');
    await page.waitForSelector('text=Who was told');
    await mail(/Important/u);
    await page.reload();
    await looksWell('breach-sent');
  }, 60_000);

  it('takes a message from outside, answers it, and shows what goes out', async () => {
    const outside = await (await browser.newContext()).newPage();
    await outside.goto(`${program.url}/contact`);
    const inside = page;
    page = outside;
    await looksWell('contact');
    await outside.fill('[name=email]', 'kim@example.org');
    await outside.fill('[name=text]', 'Do you publish on Sundays?');
    await outside.click('button:has-text("Send")');
    await outside.waitForSelector('text=Your message is here');
    const received = await mail(/has your message/u, 'kim@example.org');
    page = inside;
    await page.goto(`${program.url}/settings/inbox`);
    await looksWell('inbox');
    await page.click('text=kim@example.org');
    await page.fill('[name=text]', 'On every day.');
    await page.click('text=Send the answer');
    await page.waitForSelector('text=On every day.');
    await looksWell('thread');
    await mail(/An answer from/u, 'kim@example.org');
    page = outside;
    await page.goto(`${program.url}${linkIn(received, '/contact/')}`);
    await page.waitForSelector('text=On every day.');
    await looksWell('contact-thread');
    page = inside;
    for (const name of ['outbox', 'mails', 'support', 'instance']) {
      await page.goto(`${program.url}/settings/${name}`);
      await looksWell(name);
    }
    await page.click('text=Send me a test mail');
    await page.waitForSelector('text=The mail server took a mail');
    await picture(page, 'mails-instance-tested');
  }, 90_000);
});
