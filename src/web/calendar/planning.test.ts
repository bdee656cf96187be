import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallOf } from '../../domain/time/schedule.ts';
import { newId } from '../../lib/ids.ts';
import { barriers, hasBrowser, openBrowser } from '../../testing/browser.ts';
import { plusDays, seedAt, seedLabel, seedPlace, zone } from '../../testing/calendar.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey, type SignedInBrowser } from '../../testing/signed-in.ts';

// Planning for several clients: what narrows the view, and that nobody is thrown out of where they were by what they do or by what goes on meanwhile.
describe.skipIf(!hasBrowser)('planning for clients (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let signed: SignedInBrowser;
  let page: Page;
  type Place = { channelId: string; provider: string };
  let bakery: Place;
  let museum: Place;
  let choir: Place;
  let clients: string;
  const errors: string[] = [];
  const today = wallOf(Date.now(), zone).slice(0, 10);
  const day = plusDays(today, 60).slice(0, 8).concat('10');

  beforeAll(async () => {
    program = await startProgram({ SECRET_KEY: testKey, TICK_MS: '60000' });
    browser = await openBrowser();
    signed = await signUpAt(program, browser);
    page = signed.page;
    page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('422')) errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    const { store, owner } = signed;
    const place = async (provider: string, name: string) => ({ provider, channelId: (await seedPlace(store, owner, provider, name)).channelId });
    [bakery, museum, choir] = [await place('mastodon', 'Bakery'), await place('bluesky', 'Museum'), await place('telegram', 'Choir')];
    clients = newId(Date.now());
    const by = { userId: owner.userId, now: Date.now() };
    await store.groups.add(owner.workspaceId, { id: clients, name: 'Clients', createdAt: Date.now() }, by);
    await store.groups.put(owner.workspaceId, [bakery, museum].map(({ channelId }) => ({ channelId, groupId: clients })), by);
  }, 60_000);
  afterAll(async () => {
    signed?.store.close();
    await browser?.close();
    await program?.close();
  });

  const post = (text: string, wall: string, places: Place[] = [bakery]) => seedAt(signed.store, signed.owner, places, { text, wall });
  const go = (path: string) => page.goto(`${program.url}${path}`);
  const focused = () => page.evaluate(() => { const { activeElement: at } = document; return at instanceof HTMLElement ? at.dataset['post'] ?? at.getAttribute('value') ?? at.id : ''; });
  const wallNow = async (id: string) => {
    const found = await signed.store.posts.get(signed.owner.workspaceId, id);
    return found?.at == null ? null : wallOf(found.at, zone);
  };
  /** Marks the main part as it is now; `fresh` is true once another has come in. */
  const mark = () => page.evaluate(() => { document.querySelector('#main')?.setAttribute('data-old', ''); });
  const fresh = () => page.locator('#main:not([data-old])').waitFor({ timeout: 20_000 });

  it('narrows every view of the calendar and the list to the channels of a group, and says so', async () => {
    const [bread, ship, song] = [await post('Fresh bread', `${day}T09:00`, [bakery]), await post('An old ship', `${day}T11:00`, [museum, choir]), await post('A new song', `${day}T13:00`, [choir])];
    const shown = async () => (await Promise.all([bread, ship, song].map((id) => page.locator(`#main [data-post="${id}"]`).count()))).map((count) => count > 0);
    for (const view of ['month', 'week', 'day', 'list']) {
      await go(`/calendar?view=${view}&on=${day}`);
      expect(await shown(), view).toEqual([true, true, true]);
      await page.locator('.filters summary', { hasText: 'Group' }).click();
      await page.locator('.filters').getByRole('link', { name: 'Clients', exact: true }).click();
      await page.waitForURL(`**group=${clients}*`);
      expect(await shown(), view).toEqual([true, true, false]);
      // The other days and views keep it.
      expect(await page.locator('.filters summary.chosen').textContent()).toBe('Group: Clients');
      for (const link of await page.locator('.steps-nav a, .tabs a').all()) expect(await link.getAttribute('href')).toContain(`group=${clients}`);
    }
    await go('/posts');
    await page.locator('.filters summary', { hasText: 'Group' }).click();
    await page.locator('.filters').getByRole('link', { name: 'Clients', exact: true }).click();
    await page.waitForURL(`**group=${clients}*`);
    expect(await shown()).toEqual([true, true, false]);
    // A search stays within the group.
    await page.locator('#search').fill('song');
    await page.keyboard.press('Enter');
    await page.waitForURL('**q=song*');
    expect(await shown()).toEqual([false, false, false]);
    await page.getByRole('link', { name: 'Show all of them' }).click();
    expect(await shown()).toEqual([true, true, true]);
  });

  it('closes a menu by Escape, by a press beside it and by going on with Tab', async () => {
    await go('/posts');
    const menu = page.locator('.filters .menu').first();
    const open = () => menu.evaluate((element) => (element as HTMLDetailsElement).open);
    await menu.locator('summary').click();
    expect(await open()).toBe(true);
    await menu.locator('a').first().focus();
    await page.keyboard.press('Escape');
    expect([await open(), await menu.locator('summary').evaluate((summary) => summary === document.activeElement)]).toEqual([false, true]);
    await page.keyboard.press('Enter');
    expect(await open()).toBe(true);
    await page.locator('h1').click();
    expect(await open()).toBe(false);
    await menu.locator('summary').click();
    await menu.locator('a').last().focus();
    expect(await open()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await open()).toBe(false);
  });

  it('leaves the focus where it is when the page brings itself up to date', async () => {
    const id = await post('Looked at', `${plusDays(day, 1)}T10:00`);
    await go(`/posts/${id}`);
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await cancel.focus();
    await mark();
    await seedLabel(signed.store, signed.owner, 'Somebody’s', 'teal');
    await post('Somebody else’s', `${plusDays(day, 1)}T12:00`);
    await fresh();
    expect(await cancel.evaluate((button) => button === document.activeElement)).toBe(true);
    await go(`/posts?q=Looked`);
    await page.locator(`input[value="${id}"]`).focus();
    await mark();
    await post('Looked at as well', `${plusDays(day, 1)}T13:00`);
    await fresh();
    expect(await focused()).toBe(id);
  }, 60_000);

  it('goes back to the card when its move is taken back, and says so where one is', async () => {
    const id = await post('There and back', `${plusDays(day, 2)}T10:00`);
    await go(`/calendar?on=${day}`);
    await page.locator(`.chip[data-post="${id}"]`).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.locator('.toast').waitFor();
    await page.keyboard.press('z');
    await page.locator('.toast', { hasText: 'Moved back.' }).waitFor();
    expect([await wallNow(id), await focused()]).toEqual([`${plusDays(day, 2)}T10:00`, id]);
    await page.keyboard.press('Alt+ArrowRight');
    await page.locator('.toast form').waitFor();
    await page.locator('.toast button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Moved back.' }).waitFor();
    expect([await wallNow(id), await focused()]).toEqual([`${plusDays(day, 2)}T10:00`, id]);
    // Nothing of it stands on top of the page, where nobody looks.
    expect(await page.locator('#main > .flash').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });

  it('takes a card that is let go on the small month to that day, and says where it went', async () => {
    const id = await post('Far away', `${plusDays(day, 2)}T15:00`);
    await go(`/calendar?view=week&on=${plusDays(day, 2)}`);
    const from = await page.locator(`.chip[data-post="${id}"]`).boundingBox();
    const to = await page.locator(`.mini-days a[href*="on=${plusDays(day, 12)}"]`).boundingBox();
    if (!from || !to) throw new Error('not in sight');
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x - 30, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    expect(await page.locator('.drag-time').textContent()).toMatch(/ 15:00$/u);
    await page.mouse.up();
    await page.locator('.toast', { hasText: 'Moved to' }).waitFor();
    expect(await wallNow(id)).toBe(`${plusDays(day, 12)}T15:00`);
    expect(await page.locator('#announced').textContent()).toContain('which is not in sight here');
    // It was let go on a link, which led nowhere.
    expect(new URL(page.url()).searchParams.get('view')).toBe('week');
  });

  it('goes on through a long day while a card is held at the edge of the window', async () => {
    const id = await post('Held still', `${plusDays(day, 4)}T08:00`);
    await go(`/calendar?view=day&on=${plusDays(day, 4)}&hours=all`);
    await page.setViewportSize({ width: 1280, height: 500 });
    const chip = page.locator(`.chip[data-post="${id}"]`);
    await chip.scrollIntoViewIfNeeded();
    const from = await chip.boundingBox();
    if (!from) throw new Error('not in sight');
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + 20);
    await page.mouse.move(from.x + 30, 490);
    await page.waitForFunction(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
    const said = await page.locator('.drag-time').textContent();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(said).not.toContain(' 08:');
    expect(await wallNow(id)).toBe(`${plusDays(day, 4)}T08:00`);
  });

  it('changes many where one is in a long list, and shows what stands in the way', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) ids.push(await post(`Planned ${n}`, `${plusDays(day, 3)}T${String(8 + Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`));
    await go('/posts?q=Planned');
    await page.evaluate(() => { (window as { same?: boolean }).same = true; });
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    await page.evaluate(() => scrollTo(0, 300));
    for (const id of [ids[12] ?? '', ids[13] ?? '']) await page.locator(`input[value="${id}"]`).check();
    const place = await page.locator(`input[value="${ids[13] ?? ''}"]`).evaluate((box) => [...document.querySelectorAll('input[name=post]')].indexOf(box));
    const before = await scrolled();
    expect(before).toBe(300);
    await page.locator('.bulk-bar summary', { hasText: 'Move' }).click();
    await page.locator('.bulk-bar input[type=date]').fill(plusDays(day, 5));
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: '2 posts moved.' }).waitFor();
    expect(await wallNow(ids[12] ?? '')).toBe(`${plusDays(day, 5)}T11:00`);
    expect([await scrolled(), await page.evaluate(() => (window as { same?: boolean }).same)]).toEqual([before, true]);
    // What was changed comes first in this list; one is still at the line where one was.
    expect(await focused()).toBe(await page.locator('input[name=post]').nth(place).getAttribute('value'));
    // What cannot be done is said on top, with what was chosen still chosen.
    await page.keyboard.press('x');
    await page.locator('.bulk-bar summary', { hasText: 'Move' }).click();
    await page.getByRole('button', { name: 'Move by this' }).click();
    await page.locator('.problems').waitFor();
    expect([await scrolled(), await page.locator('input[name=post]:checked').count(), await page.evaluate(() => document.activeElement?.className)]).toEqual([0, 1, 'problems blocking']);
    expect(await page.locator('.problems').textContent()).toContain('Say by how many days or hours.');
    // Nothing lies over what it is about, and the sheet that says why stays.
    const covered = () => page.locator('.problems, .row').evaluateAll((all) => all.filter((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return !one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }).length);
    expect(await covered()).toBe(0);
    await page.locator('h1').click();
    expect(await page.locator('.bulk-bar input[name=days]').isVisible()).toBe(true);
  }, 60_000);

  it('says so where nobody answers, and keeps the way back', async () => {
    const id = await post('Unreached', `${plusDays(day, 6)}T10:00`);
    await go('/posts?q=Unreached');
    const silent = (path: string) => page.route(path, (route) => route.abort());
    await silent('**/posts/bulk');
    await page.locator(`input[value="${id}"]`).check();
    await page.locator('.bulk-bar').getByRole('button', { name: 'Delete' }).click();
    await page.locator('.toast', { hasText: 'Post Master could not be reached.' }).waitFor();
    expect(await page.locator('input[name=post]:checked').count()).toBe(1);
    await page.unroute('**/posts/bulk');
    await page.locator('.bulk-bar').getByRole('button', { name: 'Delete' }).click();
    await page.locator('.toast', { hasText: '1 post deleted.' }).waitFor();
    expect(await page.locator(`[data-post="${id}"]`).count()).toBe(0);
    await silent('**/posts/undo');
    await page.keyboard.press('z');
    await page.locator('.toast', { hasText: 'Post Master could not be reached.' }).waitFor();
    await page.unroute('**/posts/undo');
    await page.keyboard.press('z');
    await page.locator(`[data-post="${id}"]`).waitFor();
    expect(await wallNow(id)).toBe(`${plusDays(day, 6)}T10:00`);
    errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('ERR_FAILED')));
  });

  it('goes through time by keys', async () => {
    await go('/calendar?on=2031-05-01');
    await page.keyboard.press('n');
    await page.waitForURL('**on=2031-06-01*');
    await page.keyboard.press('p');
    await page.waitForURL('**on=2031-05-01*');
    await page.keyboard.press('t');
    await page.waitForURL(`**on=${today}*`);
  });

  it('begins at today on a phone, where days that are over stand above', async () => {
    for (let n = 1; n < 12; n += 1) await post(`Over ${n}`, `${plusDays(today, -n)}T10:00`);
    await post('Still to come', `${today}T23:50`);
    const phone = await (await browser.newContext({ storageState: await page.context().storageState(), hasTouch: true, isMobile: true, timezoneId: zone, viewport: { width: 390, height: 600 } })).newPage();
    await phone.goto(`${program.url}/calendar?view=week`);
    await phone.locator('.column.today').waitFor();
    const seen = () => phone.locator('.column.today').evaluate((element) => { const { top } = element.getBoundingClientRect(); return top > -2 && top < innerHeight; });
    expect(await seen()).toBe(true);
    // Another week begins at its top.
    await phone.goto(`${program.url}/calendar?view=week&on=${plusDays(today, -7)}`);
    expect(await phone.evaluate(() => scrollY)).toBe(0);
    // Moving without dragging, by touch alone.
    const id = await post('Moved by touch', `${day}T21:00`);
    await phone.goto(`${program.url}/calendar?view=day&on=${day}`);
    await phone.locator(`.card-place:has([data-post="${id}"]) .chip-move`).tap();
    await phone.locator('.nearby button').last().tap();
    await phone.locator('.toast', { hasText: 'Moved to' }).waitFor();
    expect(await wallNow(id)).toBe(`${plusDays(day, 7)}T21:00`);
    await phone.context().close();
  }, 60_000);

  it('complains of nothing meanwhile', () => expect(errors).toEqual([]));
});
