import type { CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { beginJourney, type Journey } from '../../testing/journey.ts';
import { newId } from '../../lib/ids.ts';
import { seedChannel } from '../../testing/world.ts';

// An agency sorts its channels: by dragging, with a finger, by the keyboard, and without scripts.
describe.skipIf(!hasBrowser)('groups of channels in a browser (skipped without /usr/bin/chromium)', () => {
  let at: Journey;
  let ids: Record<'bakery' | 'cinema', string>;
  beforeAll(async () => {
    at = await beginJourney();
    const { store, owner } = at;
    ids = { bakery: newId(Date.now()), cinema: newId(Date.now()) };
    const by = { userId: owner.userId, now: Date.now() };
    for (const [id, name] of [[ids.bakery, 'Bakery'], [ids.cinema, 'Cinema']] as const) await store.groups.add(owner.workspaceId, { id, name, createdAt: Date.now() }, by);
    for (const name of ['Bread', 'Films']) await seedChannel(store, 'mastodon', { grant: {}, target: { remoteId: name, name, handle: '', url: null, avatarUrl: null } }, owner);
  }, 60_000);
  afterAll(() => at?.close());

  const card = (page: Page, name: string) => page.locator('.group-card').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`, 'u') }) });
  const line = (page: Page, name: string) => page.locator('.group-choice').filter({ has: page.getByText(name, { exact: true }) });
  const groupOf = async (name: string) => (await at.store.channels.list(at.owner.workspaceId)).find((channel) => channel.name === name)?.groupId ?? null;
  async function opened(options: Parameters<Journey['window']>[0] = {}): Promise<Page> {
    const page = await at.window(options);
    await page.goto(`${at.program.url}/channels/groups`, { waitUntil: 'load' });
    return page;
  }
  async function middle(of: Locator): Promise<{ x: number; y: number }> {
    await of.scrollIntoViewIfNeeded();
    const box = await of.boundingBox();
    if (!box) throw new Error('it is not to be seen');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  it('takes a channel that is dragged there, says so, and gives it back', async () => {
    const page = await opened();
    const [from, to] = [await middle(line(page, 'Bread').locator('.channel-name')), await middle(card(page, 'Bakery'))];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    expect(await page.locator('.drag-time').textContent()).toBe('Into Bakery');
    await picture(page, '126-groups-dragging');
    await page.keyboard.press('Escape');
    expect(await page.locator('.drag-ghost').count()).toBe(0);
    await page.mouse.up();
    expect(await groupOf('Bread')).toBeNull();

    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    await card(page, 'Bakery').getByText('Bread', { exact: true }).waitFor();
    expect(await groupOf('Bread')).toBe(ids.bakery);
    expect(await page.locator('.toast').textContent()).toContain('1 channel is in its new group.');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await card(page, 'In no group').getByText('Bread', { exact: true }).waitFor();
    expect(await groupOf('Bread')).toBeNull();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('takes it from a finger that holds its handle, or lies on it for a moment', async () => {
    const page = await opened({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    const client = await page.context().newCDPSession(page);
    await fingerTo(client, await middle(line(page, 'Films').locator('.grip')), () => middle(card(page, 'Cinema')), async () => {});
    await card(page, 'Cinema').getByText('Films', { exact: true }).waitFor();
    expect(await groupOf('Films')).toBe(ids.cinema);
    await page.locator('.toast .close').click();
    await fingerTo(client, await middle(line(page, 'Films').locator('.channel-name')), () => middle(card(page, 'Bakery')), () => page.locator('.drag-ghost').waitFor());
    await card(page, 'Bakery').getByText('Films', { exact: true }).waitFor();
    expect(await groupOf('Films')).toBe(ids.bakery);
    await page.context().close();
  }, 60_000);

  it('is chosen in the line of a channel by keyboard, and without scripts, where nothing speaks of dragging', async () => {
    const page = await opened({ javaScriptEnabled: false });
    expect(await page.getByText('Drag a channel').isVisible()).toBe(false);
    await page.getByLabel('Group of Bread').focus();
    await page.keyboard.type('Cin');
    await page.getByRole('button', { name: 'Save the groups' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 channel is in its new group.').waitFor();
    expect(await groupOf('Bread')).toBe(ids.cinema);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Everything is where it was.').waitFor();
    expect(await groupOf('Bread')).toBeNull();
    await page.context().close();
  }, 60_000);
});

/** A finger put down, moved once `held`, and lifted. */
async function fingerTo(client: CDPSession, from: { x: number; y: number }, to: () => Promise<{ x: number; y: number }>, held: () => Promise<void>) {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [from]);
  await held();
  const end = await to();
  for (const part of [0.3, 0.6, 1]) await touch('touchMove', [{ x: from.x + (end.x - from.x) * part, y: from.y + (end.y - from.y) * part }]);
  await touch('touchEnd', []);
}
