import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { startProgram, type Program } from '../../testing/program.ts';

const keyIn = (html: string) => /value="(pm_[\w-]{43})"/u.exec(html)?.[1] ?? '';

describe('keys', () => {
  let app: TestApp;
  let ada: Visitor;
  beforeAll(async () => {
    app = await testApp();
    ada = await signedUp(app);
  });
  afterAll(() => app.close());
  const ask = (key: string) => app.server.inject({ url: '/public/v1/is-connected', headers: { authorization: key } });

  it('are shown once, kept as a hash, and open until they are revoked', async () => {
    const made = await ada.post('/settings/keys', { name: 'n8n', scopes: ['read', 'write'] });
    const key = keyIn(made.body);
    expect([made.statusCode, key.length]).toEqual([200, 46]);
    const page = await ada.get('/settings/keys');
    expect(page.body).toContain(`pm_…${key.slice(-4)}`);
    expect(page.body).toContain('Not used yet.');
    expect(page.body).not.toContain(key);
    expect((await ask(key)).statusCode).toBe(200);
    expect((await ada.get('/settings/keys')).body).toContain('Last used');
    const user = await app.deps.store.people.userByEmail('ada@example.org');
    const [kept] = await app.deps.store.keys.list((await app.deps.store.people.workspacesOf(user?.id ?? ''))[0]?.id ?? '');
    expect(JSON.stringify(kept)).not.toContain(key);
    expect(app.logged()).not.toContain(key);
    expect((await ada.post(`/settings/keys/${kept?.id}/revoke`)).statusCode).toBe(303);
    expect((await ask(key)).statusCode).toBe(401);
    expect((await ada.get('/settings/keys')).body).toContain('None yet.');
  });

  it('tell what is wrong beside its field, and keep what was typed', async () => {
    const nameless = await ada.post('/settings/keys', { name: ' ', scopes: 'read' });
    expect([nameless.statusCode, nameless.body]).toEqual([422, expect.stringContaining('Give it a name') as string]);
    const useless = await ada.post('/settings/keys', { name: 'Mine' });
    expect([useless.statusCode, useless.body]).toEqual([422, expect.stringContaining('Choose what it may do.') as string]);
    expect(useless.body).toContain('value="Mine"');
    for (let n = 0; n < 50; n += 1) await ada.post('/settings/keys', { name: `key ${n}`, scopes: 'read' });
    expect((await ada.post('/settings/keys', { name: 'one more', scopes: 'read' })).body).toContain('at most 50 keys');
  });

  it('write their last use down now and then, not with each call', async () => {
    let at = Date.now();
    const timed = await testApp({}, () => at);
    const bob = await signedUp(timed, 'bob@example.org');
    const key = keyIn((await bob.post('/settings/keys', { name: 'busy', scopes: 'read' })).body);
    const workspaceId = (await timed.deps.store.people.workspacesOf((await timed.deps.store.people.userByEmail('bob@example.org'))?.id ?? ''))[0]?.id ?? '';
    const used = async () => (await timed.deps.store.keys.list(workspaceId))[0]?.usedAt;
    const call = () => timed.server.inject({ url: '/public/v1/is-connected', headers: { authorization: key } });
    await call();
    const first = at;
    at += 60_000;
    await call();
    expect(await used()).toBe(first);
    at += 10 * 60_000;
    await call();
    expect(await used()).toBe(at);
    await timed.close();
  });
});

if (!hasBrowser) process.stdout.write('keys: no chromium, so nobody looks at the page\n');

describe.skipIf(!hasBrowser)('the page of keys', () => {
  let program: Program;
  let browser: Browser;
  beforeAll(async () => {
    program = await startProgram({ LOG_LEVEL: 'warn' });
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await program?.close();
  });

  it('can be used by everybody, by day and by night, on paper of any width', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    await page.goto(`${program.url}/signup`);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('a walk along the harbour');
    await page.locator('main form button').click();
    await page.goto(`${program.url}/settings`);
    await page.getByRole('link', { name: 'Keys' }).click();
    expect(await barriers(page)).toEqual([]);
    for (const name of ['n8n', 'A script on the server in the cellar']) {
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Make the key' }).click();
    }
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    expect((await fetch(`${program.url}/public/v1/is-connected`, { headers: { authorization: key } })).status).toBe(200);
    for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', 390], ['dark', 390], ['light', 320]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      expect(await barriers(page), `${scheme} ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} wide`).toBe(true);
      await picture(page, `keys-${scheme}-${width}`);
    }
    await page.getByRole('button', { name: 'Revoke n8n' }).click();
    await page.getByText('Revoked. Nobody gets in with it any more.').waitFor();
    expect(errors).toEqual([]);
  }, 60_000);
});
