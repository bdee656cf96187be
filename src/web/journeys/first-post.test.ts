import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password } from '../../testing/app.ts';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { plusDays } from '../../testing/calendar.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';
import { countActions, tabTo } from '../../testing/keyboard.ts';

// From the log-in to a scheduled post, by whatever a person has: a phone, a keyboard, a browser without scripts, little patience.
describe.skipIf(!hasBrowser)('to a scheduled post (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  beforeAll(async () => { at = await beginJourney({ env: { TICK_MS: '60000' } }); }, 60_000);
  afterAll(() => at?.close());

  /** Nobody is logged in there yet. */
  const stranger = async (options: Parameters<Journey['window']>[0] = {}): Promise<Page> => {
    const page = await at.window({ ...options, storageState: { cookies: [], origins: [] } });
    await page.goto(`${at.program.url}/login`);
    return page;
  };
  const scheduled = async (text: string) => {
    const posts = await at.store.posts.latest(at.owner.workspaceId, 'scheduled', null, 20);
    return posts.filter(({ content }) => content.parts[0].text === text).length;
  };

  it('takes four actions at most from home', async () => {
    const page = await at.window({});
    const actions = await countActions(page);
    await page.goto(at.program.url);
    await page.getByRole('link', { name: 'New post' }).first().click();
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.type('Said in four');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText(/^Scheduled for/u).first().waitFor();
    expect(await actions()).toBe(4);
    expect(await scheduled('Said in four')).toBe(1);
    await page.context().close();
  });

  it('works on a phone of 390 px, by touch alone', async () => {
    // Without motion, so that axe does not measure a toast that is still coming in.
    const page = await stranger({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
    const fits = async (name: string) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0);
      expect(await barriers(page), name).toEqual([]);
      await picture(page, `journey-phone-${name}`);
    };
    await fits('log-in');
    await page.getByLabel('E-mail').tap();
    await page.keyboard.type('ada@example.org');
    await page.getByLabel('Password').tap();
    await page.keyboard.type(password);
    await page.getByRole('button', { name: 'Log in' }).tap();
    await page.waitForURL(`${at.program.url}/`);
    await fits('home');
    await page.getByRole('link', { name: 'New post' }).first().tap();
    await page.getByLabel('Text', { exact: true }).tap();
    await page.keyboard.type('From the phone');
    await fits('composer');
    await page.getByRole('button', { name: 'Schedule', exact: true }).tap();
    await page.getByText(/^Scheduled for/u).first().waitFor();
    await fits('scheduled');
    expect(await scheduled('From the phone')).toBe(1);
    await page.context().close();
  }, 60_000);

  it('works by the keyboard alone, and what has the focus is always seen', async () => {
    const page = await stranger();
    await tabTo(page, page.getByLabel('E-mail'));
    await page.keyboard.type('ada@example.org');
    await tabTo(page, page.getByLabel('Password'));
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${at.program.url}/`);
    const [skip] = await tabTo(page, page.getByRole('link', { name: 'New post' }).first());
    expect(skip).toContain('Skip to the page');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/posts/new');
    const text = page.getByLabel('Text', { exact: true });
    const focused = await text.evaluate((field) => field === document.activeElement);
    if (!focused) await tabTo(page, text);
    await page.keyboard.type('By keys alone');
    const stops = await tabTo(page, page.getByRole('button', { name: 'Schedule', exact: true }));
    expect(stops.length).toBeLessThan(40);
    await page.keyboard.press('Enter');
    await page.getByText(/^Scheduled for/u).first().waitFor();
    expect(await scheduled('By keys alone')).toBe(1);
    await page.context().close();
  }, 60_000);

  it('skips to the page itself', async () => {
    const page = await at.window({});
    await page.goto(`${at.program.url}/posts`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    const [first] = await tabTo(page, page.locator('#main :is(a, button, input, select, summary):visible').first());
    expect(first).not.toContain('Skip');
    await page.context().close();
  });

  it('works without scripts, with the time chosen', async () => {
    const page = await stranger({ javaScriptEnabled: false });
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('link', { name: 'New post' }).first().click();
    await page.getByLabel('Text', { exact: true }).fill('Without scripts');
    const day = plusDays(new Date().toISOString().slice(0, 10), 2);
    await page.getByLabel('When').fill(`${day}T09:30`);
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText(/^Scheduled for/u).first().waitFor();
    const [post] = await at.store.posts.latest(at.owner.workspaceId, 'scheduled', null, 1);
    expect([post?.content.parts[0].text, post?.wall]).toEqual(['Without scripts', `${day}T09:30`]);
    await page.goto(`${at.program.url}/calendar?view=day&on=${day}`);
    expect(await page.getByText('Without scripts').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('complained of nothing', () => expect(at.errors).toEqual([]));
});
