import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { consentOrigin, startFakeX, type FakeX } from '../../providers/x/fake.ts';
import type { Store } from '../../store/index.ts';
import { barriers, hasBrowser, openBrowser, passOn, picture } from '../../testing/browser.ts';
import type { Owner } from '../../testing/calendar.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey } from '../../testing/signed-in.ts';
import { seedPost } from '../../testing/world.ts';

const looks = [[1280, 'light'], [1280, 'dark'], [768, 'light'], [390, 'light'], [390, 'dark'], [320, 'light']] as const;

// The whole program over the strict fake: an access is taken away there, and given again from the very card that says so.
describe.skipIf(!hasBrowser)('failure and reconnect (skipped without /usr/bin/chromium)', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let store: Store;
  let owner: Owner;
  let x: FakeX;

  beforeAll(async () => {
    x = await startFakeX();
    program = await startProgram({
      SECRET_KEY: testKey, X_CLIENT_ID: x.state.client.id, X_CLIENT_SECRET: x.state.client.secret,
      UPSTREAMS: [...x.upstreams].map(([from, to]) => `${from}=${to}`).join(','),
    });
    x.state.redirectUris.push(`${program.url}/integrations/social/x`);
    browser = await openBrowser();
    ({ page, store, owner } = await signUpAt(program, browser, { reducedMotion: 'reduce' }));
    await page.route(`${consentOrigin}/**`, (route) => passOn(route, x));
    await page.goto(`${program.url}/channels`);
    await page.locator('.networks').getByRole('button', { name: 'X', exact: true }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('X is connected.').waitFor();
  }, 90_000);
  afterAll(async () => {
    store?.close();
    await browser?.close();
    await program?.close();
    await x?.close();
  });

  /** What stands out at the right, if the page scrolls sideways. */
  const wide = () => page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > clientWidth).map((one) => `${one.tagName} ${one.className}`).slice(0, 5).concat(`${scrollWidth} of ${clientWidth}`);
  });

  /** The page as it stands, in every size and light: no barrier, nothing that scrolls sideways, a picture of each. */
  async function lookAt(name: string): Promise<void> {
    for (const [width, colorScheme] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}-${width}-${colorScheme}`);
      expect(await barriers(page), `${name} at ${width} ${colorScheme}`).toEqual([]);
      expect(await wide(), `${name} at ${width}`).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  }

  const channelId = async () => (await store.channels.list(owner.workspaceId)).find(({ provider }) => provider === 'x')?.id ?? '';
  const scheduled = async (text: string, at = Date.now()) => seedPost(store, { ...owner, connectionId: '', channelId: await channelId() }, 'x', { parts: [{ text, media: [] }] }, {}, at);

  /** X takes every access away; what it gave out lately it would not believe to be gone, so this was given an hour ago. */
  async function takeAccessAway(): Promise<void> {
    const { connectionId } = (await store.channels.list(owner.workspaceId)).find(({ provider }) => provider === 'x') ?? { connectionId: '' };
    const open = await store.connections.grant(owner.workspaceId, connectionId);
    if (!open) throw new Error('X is not connected');
    const { issuedAt, ...rest } = open.grant as { issuedAt: number };
    await store.connections.refreshed(owner.workspaceId, connectionId, open.version, { grant: { ...rest, issuedAt: issuedAt - 3_600_000 }, expiresAt: null, now: Date.now() });
    for (const token of x.oauth.tokens) token.revoked = true;
  }

  it('says what happened and what to do, comes back from the network to the same page, and goes on', async () => {
    await takeAccessAway();
    const { postId } = await scheduled('The ferry sails at noon');
    await page.goto(`${program.url}/posts/${postId}`);
    await page.getByText('Not published').waitFor({ timeout: 20_000 });
    const held = await scheduled('The ferry is back at six');
    await page.goto(`${program.url}/posts/${postId}`);
    expect(await page.locator('.card .button.primary').allTextContents()).toEqual(['Reconnect the channel']);
    await page.locator('.evidence summary').click();
    await page.getByText('Code', { exact: true }).first().waitFor();
    await lookAt('120-failure-auth');
    await page.goto(`${program.url}/posts/${held.postId}`);
    await page.getByText('Held: the channel must be reconnected first').waitFor();
    await page.goto(`${program.url}/posts/${postId}`);
    await page.getByRole('button', { name: 'Reconnect the channel' }).click();
    await page.waitForURL(`${consentOrigin}/**`);
    expect(page.url()).not.toContain(postId);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(`${program.url}/posts/${postId}`);
    await page.getByText('Harbour News is connected again. 1 post that was held goes out now.').waitFor();
    expect(await page.locator('.card .button.primary').allTextContents()).toEqual(['Try again']);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.page-head .state-published').waitFor({ timeout: 30_000 });
    await expect.poll(() => x.ledger.map(({ text }) => text).sort(), { timeout: 20_000 }).toEqual(['The ferry is back at six', 'The ferry sails at noon']);
    expect(program.output()).not.toContain(x.oauth.tokens.at(-1)?.access ?? 'no token');
  }, 180_000);

  it('tries together what failed on a channel', async () => {
    await takeAccessAway();
    await scheduled('Low water at four');
    await expect.poll(async () => (await store.channelLives.failed(owner.workspaceId, await channelId(), 10)).length, { timeout: 20_000 }).toBe(1);
    await page.goto(`${program.url}/channels`);
    await page.locator('#main').getByRole('link', { name: '1 failed' }).click();
    await page.getByText('These can be tried again once the channel is connected.').waitFor();
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Harbour News is connected again.').waitFor();
    await lookAt('121-failed-here');
    await page.getByRole('button', { name: 'Try the chosen ones again' }).click();
    await page.getByText('1 post is tried again now.').waitFor();
    await expect.poll(() => x.ledger.some(({ text }) => text === 'Low water at four'), { timeout: 20_000 }).toBe(true);
  }, 120_000);

  it('shows channels so that they can be worked with, one or forty', async () => {
    const by = { userId: owner.userId, now: Date.now() };
    await scheduled('The harbour tomorrow: boats, coffee, and the lighthouse by night', Date.now() + 86_400_000);
    await page.goto(`${program.url}/channels`);
    await page.locator('.channel-more > summary').last().click();
    await lookAt('122-channels');
    await page.goto(`${program.url}/channels`);
    await page.locator('.row.channel', { hasText: 'Harbour News' }).locator('.channel-more > summary').click();
    await page.getByRole('button', { name: 'Pause publishing' }).first().waitFor();
    const clients = ['Client Müller', 'Client Sørensen', 'Bakery Anker'];
    const groups = clients.map((name) => ({ id: newId(Date.now()), name }));
    for (const group of groups) await store.groups.add(owner.workspaceId, { ...group, createdAt: Date.now() }, by);
    const connection = await store.connections.connect(owner.workspaceId, { id: newId(Date.now()), provider: 'mastodon', accountId: 'many', accountName: 'many', grant: {}, expiresAt: null, now: Date.now() });
    const rows = Array.from({ length: 38 }, (_, n) => ({
      id: newId(Date.now()), connectionId: connection.id, provider: ['mastodon', 'bluesky', 'facebook', 'linkedin-page', 'instagram'][n % 5] ?? 'mastodon', remoteId: `r${n}`,
      name: ['Harbour', 'Lighthouse', 'Ferry', 'Boatyard', 'Bakery', 'Museum', 'Fish market'][n % 7] + (n > 6 ? ` ${n}` : ''), handle: `@place-${n}`, url: null, avatarUrl: null, limits: {}, createdAt: Date.now() + n,
    }));
    await store.channels.put(owner.workspaceId, rows);
    await store.groups.put(owner.workspaceId, rows.filter((_, n) => n % 4 < 3).map(({ id }, n) => ({ channelId: id, groupId: groups[n % 3]?.id ?? null })), by);
    await store.channels.pause(owner.workspaceId, rows[0]?.id ?? '', true, by);
    await page.goto(`${program.url}/channels`);
    expect(await page.locator('.row.channel').count()).toBe(40);
    await lookAt('123-channels-40');
    await page.goto(`${program.url}/channels/groups`);
    await lookAt('124-groups');
    await page.goto(`${program.url}/posts/new`);
    await page.getByRole('button', { name: 'All of Client Müller' }).click();
    await expect.poll(() => page.locator('.channel-choice input:checked').count()).toBe(rows.filter((_, n) => n % 4 < 3).filter((_, n) => n % 3 === 0).length);
    await picture(page, '125-composer-groups');
    await page.goto(`${program.url}/calendar?group=${groups[0]?.id ?? ''}`);
    await page.getByText('Client Müller').first().waitFor();
  }, 240_000);
});
