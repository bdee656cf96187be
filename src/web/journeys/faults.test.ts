import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../store/index.ts';
import { hasBrowser } from '../../testing/browser.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';

// Somebody writes while things go wrong: the program dies, the session ends, a post is deleted, an answer comes late. Nothing
// that was typed is lost, and nothing goes out twice.
describe.skipIf(!hasBrowser)('writing while things go wrong (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let page: Page;
  beforeAll(async () => { at = await beginJourney(); page = at.page; }, 60_000);
  afterAll(() => at?.close());
  beforeEach(async () => {
    await page.unrouteAll({ behavior: 'wait' });
    await at.go('/posts/new');
  });

  const text = () => page.getByLabel('Text', { exact: true });
  const scheduled = () => page.getByText(/^Scheduled for/u).first().waitFor();
  const schedule = () => page.getByRole('button', { name: 'Schedule', exact: true }).click();
  const held = (words: string) => page.locator('#held').getByText(words).waitFor();
  const texts = async () => (await at.store.posts.latest(at.owner.workspaceId, null, null, 100)).map(({ content }) => content.parts[0].text);
  const autosaved = () => page.waitForResponse((answer) => answer.url().endsWith('/posts/autosaves') && answer.ok());
  const inDatabase = (sql: string, ...values: unknown[]) => {
    const sqlite = openSqlite(at.file);
    sqlite.prepare(sql).run(...values);
    sqlite.close();
  };

  it('stays where it is while the program is dead, and goes out once it is back', async () => {
    await at.write('Written before');
    await at.program.kill('SIGKILL');
    await text().fill('Written before, and while nobody was there');
    await schedule();
    await held('Nothing was sent: Post Master cannot be reached.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('held');
    await at.program.restart();
    await schedule();
    await scheduled();
    expect((await texts()).filter((one) => one.startsWith('Written before'))).toEqual(['Written before, and while nobody was there']);
  }, 60_000);

  it('waits for whoever is logged out, and goes on in the same page', async () => {
    inDatabase('delete from sessions');
    await at.write('Long after the session ended');
    await schedule();
    await held('You are logged out');
    expect(await text().inputValue()).toBe('Long after the session ended');
    const [other] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Log in in another tab' }).click()]);
    await other.getByLabel('E-mail').fill('ada@example.org');
    await other.getByLabel('Password').fill('a walk along the harbour');
    await other.getByRole('button', { name: 'Log in' }).click();
    await other.waitForURL(`${at.program.url}/`);
    await other.close();
    await schedule();
    await scheduled();
    expect(await texts()).toContain('Long after the session ended');
  });

  it('says so when the role no longer allows it, and leaves the text where it is', async () => {
    const roles = (role: string) => inDatabase('update members set role = ? where user_id = ?', role, at.owner.userId);
    roles('viewer');
    await at.write('An editor no more');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await held('Your role no longer lets you write posts here');
    expect(await text().inputValue()).toBe('An editor no more');
    roles('owner');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
  });

  it('becomes a new post where the post was deleted meanwhile', async () => {
    await at.write('To be deleted');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
    const id = /posts\/([^/]+)/u.exec(page.url())?.[1] ?? '';
    await at.store.moving.bin(at.owner.workspaceId, [id], { userId: at.owner.userId, now: Date.now() });
    await at.write('Not to be lost');
    await held('This post was deleted meanwhile.');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('What you wrote is here as a new post').first().waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
    expect(await texts()).toContain('Not to be lost');
  });

  it('is kept in the order in which it was written, however late an answer comes', async () => {
    const gate = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/posts/autosaves', async (route) => {
      asked += 1;
      if (asked === 1) await gate.promise;
      return route.continue();
    });
    await at.write('Old');
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(1);
    await page.clock.install();
    await text().fill('Old and new');
    await page.clock.runFor(9_000);
    // The older one is still on its way.
    expect(asked).toBe(1);
    const later = page.waitForResponse((answer) => answer.url().endsWith('/posts/autosaves') && (answer.request().postData() ?? '').includes('Old+and+new'));
    gate.resolve();
    await later;
    const kept = await at.store.autosaves.latest(at.owner.workspaceId, at.owner.userId, null, 1);
    expect(kept[0]?.excerpt).toBe('Old and new');
  });

  it('is kept to the last letter when the page goes away while it is being kept', async () => {
    const other = await at.window({});
    await other.goto(`${at.program.url}/posts/new`);
    let asked = 0;
    // The answer never comes: the page is gone before.
    await other.route('**/posts/autosaves', async (route) => { asked += 1; if (asked > 1) await route.continue(); });
    await other.getByLabel('Text', { exact: true }).fill('The very last words');
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(1);
    await other.close({ runBeforeUnload: true });
    await expect.poll(async () => (await at.store.autosaves.latest(at.owner.workspaceId, at.owner.userId, null, 9)).map(({ excerpt }) => excerpt), { timeout: 5_000 }).toContain('The very last words');
    await other.context().close();
  });

  it('is offered by the very page that a reload brings, and is whole after the next one', async () => {
    await at.write('The first part');
    await page.getByRole('button', { name: 'Add a part to the thread' }).click();
    await page.getByLabel('Text of part 2').fill('The second part, a moment ago');
    await page.reload();
    await page.locator('.unsaved-line', { hasText: 'The first part' }).getByRole('link', { name: 'Go on with it' }).click();
    expect(await page.getByLabel('Text of part 2').inputValue()).toBe('The second part, a moment ago');
    await page.getByLabel('Text of part 2').fill('The second part, another moment ago');
    await page.reload();
    await expect.poll(() => page.getByLabel('Text of part 2').inputValue()).toBe('The second part, another moment ago');
    // It is what the state knows, too: the preview shows it.
    await page.locator('.shown-text', { hasText: 'another moment ago' }).waitFor();
  });

  it('is still there for whoever comes back to the page, and is what they send', async () => {
    await at.write('Left and come back to');
    await page.getByRole('link', { name: 'Calendar', exact: true }).first().click();
    await page.waitForURL('**/calendar');
    await page.goBack();
    await expect.poll(() => text().inputValue()).toBe('Left and come back to');
    await page.locator('.shown-text', { hasText: 'Left and come back to' }).waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
    expect(await texts()).toContain('Left and come back to');
  });

  it('is kept when the server fails while it is being saved', async () => {
    await page.route(/\/posts$/u, (route) => route.fulfill({ status: 500, body: 'no' }));
    await at.write('Saved into a failure');
    const kept = autosaved();
    await schedule();
    await kept;
    await expect.poll(async () => (await at.store.autosaves.latest(at.owner.workspaceId, at.owner.userId, null, 1))[0]?.excerpt).toBe('Saved into a failure');
  });
});
