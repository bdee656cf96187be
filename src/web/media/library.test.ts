import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { ownerOf, seedLabel } from '../../testing/calendar.ts';
import { builtAssets } from '../../testing/program.ts';

let app: TestApp;
let ada: Visitor;
let boat: string;
/** It has no description. */
let ferry: string;
beforeAll(async () => {
  app = await testApp({}, Date.now, undefined, builtAssets());
  ada = await signedUp(app);
  boat = await add('boat.png', 800, 400);
  ferry = await add('ferry.png', 300, 300);
});
afterAll(() => app.close());

async function add(filename: string, width: number, height: number): Promise<string> {
  const answer = await ada.upload('/media', [{ name: 'media', filename, bytes: await plain(width, height).png().toBuffer() }], {}, { accept: 'application/json' });
  return answer.json<{ media: { id: string }[] }>().media[0]?.id ?? '';
}
const page = async (url: string) => (await ada.get(url)).body;

describe('the library', () => {
  it('is searched and narrowed by its address alone', async () => {
    expect(await page('/media?q=boat')).toMatch(/boat\.png/u);
    expect(await page('/media?q=boat')).not.toMatch(/ferry\.png/u);
    expect(await page('/media?kind=video')).toContain('Nothing like this.');
    expect(await page('/media?kind=unused')).toMatch(/boat\.png/u);
    expect(await page('/media')).toContain('2 files,');
  });

  it('keeps name and description, and gives back what it refuses', async () => {
    const refused = await ada.post(`/media/${boat}/describe`, { name: ' ', alt: 'A boat <at> sea' });
    expect([refused.statusCode, refused.body.includes('Give the file a name.'), refused.body.includes('A boat &lt;at> sea')]).toEqual([422, true, true]);
    expect((await ada.post(`/media/${boat}/describe`, { name: '../boat.png', alt: 'A boat at sea' })).headers.location).toBe(`/media/${boat}/about`);
    expect(await page(`/media/${boat}/about`)).toContain('value="..boat.png"');
    expect(await page(`/posts/new?media=${boat}`)).toContain('A boat at sea');
  });

  it('makes a smaller copy and leaves the first as it is', async () => {
    const about = (await ada.post(`/media/${boat}/shrink`, { side: '200' })).headers.location ?? '';
    const copy = about.split('/')[2] ?? '';
    const { workspaceId } = (await app.deps.store.media.many((await app.deps.store.people.workspaceIds())[0] ?? '', [copy]))[0] ?? { workspaceId: '' };
    expect(await app.deps.store.media.get(workspaceId, copy)).toMatchObject({ width: 200, height: 100, name: '..boat (smaller).png', alt: 'A boat at sea' });
    expect(await app.deps.store.media.get(workspaceId, boat)).toMatchObject({ width: 800, height: 400 });
    for (const side of ['800', '15', 'x', '1e2.5']) expect((await ada.post(`/media/${boat}/shrink`, { side })).body).toContain('Say a whole number of pixels from 16 to 799.');
  });

  it('says where a file is used, which keeps it from being deleted', async () => {
    const saved = await ada.post('/posts', { intent: 'draft', 'part.0.text': 'With the boat', 'part.0.media': boat, at: '' });
    expect(saved.statusCode).toBe(303);
    expect(await page(`/media/${boat}/about`)).toMatch(/With the boat[\s\S]*cannot be deleted/u);
    expect(await page(`/media/${boat}/about`)).not.toContain(`/media/${boat}/delete`);
    await ada.post(`/media/${boat}/delete`);
    expect((await ada.get(`/media/${boat}`)).statusCode).toBe(200);
    // A post in the bin comes back with its files, so that they stay as long as it may.
    const id = /posts\/([\da-f-]{36})/u.exec(saved.headers.location ?? '')?.[1] ?? '';
    await ada.post(`/posts/${id}/delete`);
    expect(await page(`/media/${boat}/about`)).toContain('has it and may be taken back. Delete that for good before you delete this.');
    expect(await page(`/media/${boat}/about`)).not.toContain(`/media/${boat}/delete`);
    await ada.post(`/posts/${id}/restore`);
    expect(await page(`/media/${boat}/about`)).toContain('With the boat');
  });

  it('says of a file that only a post in the bin uses where it is held', async () => {
    const pier = await add('pier.png', 40, 40);
    const saved = await ada.post('/posts', { intent: 'draft', 'part.0.text': 'Thrown away', 'part.0.media': pier, at: '' });
    const post = saved.headers.location?.split('/')[2] ?? '';
    await ada.post(`/posts/${post}/delete`);
    const about = await page(`/media/${pier}/about`);
    expect([about.includes('In no post yet'), about.includes(`/media/${pier}/delete`), about.includes('href="/posts?show=deleted"')]).toEqual([false, false, true]);
    await ada.post(`/posts/${post}/empty-out`);
    expect(await page(`/media/${pier}/about`)).toContain(`/media/${pier}/delete`);
    await ada.post(`/media/${pier}/delete`);
  });

  it('is narrowed by labels, which are put on and taken off together, with a way back', async () => {
    const owner = await ownerOf(app.deps.store, 'ada@example.org');
    const sea = await seedLabel(app.deps.store, owner, 'At sea', 'teal');
    expect((await ada.post(`/media/${boat}/labels`, { label: sea })).headers.location).toBe(`/media/${boat}/about`);
    expect(await page(`/media?label=${sea}`)).toMatch(/boat\.png/u);
    expect(await page(`/media?label=${sea}`)).not.toMatch(/ferry\.png/u);
    const on = await ada.post('/media/bulk', { act: 'label_on', label: sea, file: [boat, ferry], back: '/media?kind=image' });
    expect([on.statusCode, on.headers.location]).toEqual([303, '/media?kind=image']);
    const after = (await ada.get('/media')).body;
    expect(after).toContain('1 file labelled. 1 had it already.');
    expect(await app.deps.store.mediaLabels.of(owner.workspaceId, [boat, ferry])).toEqual(new Map([[boat, [sea]], [ferry, [sea]]]));
    const undo = /name="id" value="([^"]+)"/u.exec(after)?.[1] ?? '';
    expect((await ada.post('/posts/undo', { id: undo, back: '/media' })).statusCode).toBe(303);
    expect(await app.deps.store.mediaLabels.of(owner.workspaceId, [boat, ferry])).toEqual(new Map([[boat, [sea]]]));
  });

  it('refuses what is no label and no choice beside its field, with the files still chosen', async () => {
    const none = await ada.post('/media/bulk', { act: 'label_on', label: 'nonsense', file: boat });
    expect([none.statusCode, none.body.includes('Choose a label.'), none.body.includes(`value="${boat}" checked`)]).toEqual([422, true, true]);
    const empty = await ada.post('/media/bulk', { act: 'delete' });
    expect([empty.statusCode, empty.body.includes('Choose files first')]).toEqual([422, true]);
    expect((await ada.post('/media/bulk', { act: 'burn', file: boat })).statusCode).toBe(422);
  });

  it('deletes several for good once it is said so, and leaves what posts use', async () => {
    const [one, two] = [await add('one.png', 40, 40), await add('two.png', 40, 41)];
    const asked = await ada.post('/media/bulk', { act: 'delete', file: [one, two, boat], back: '/media' });
    expect([asked.statusCode, asked.body.includes('Delete 2 files?'), asked.body.includes('It cannot be undone'), asked.body.includes('One of them stays, for a post uses it.')]).toEqual([200, true, true, true]);
    expect((await ada.get(`/media/${one}`)).statusCode).toBe(200);
    await ada.post('/media/bulk', { act: 'delete_now', file: [one, two, boat], back: '/media' });
    expect(await page('/media')).toContain('2 files deleted. 1 stayed');
    expect([(await ada.get(`/media/${one}`)).statusCode, (await ada.get(`/media/${two}/thumb`)).statusCode, (await ada.get(`/media/${boat}`)).statusCode]).toEqual([404, 404, 200]);
    expect((await ada.post('/media/bulk', { act: 'delete', file: boat })).body).toContain('Posts use all of these');
  });

  it('teaches while it is empty, and says how much room there is where a plan limits it', async () => {
    const bare = (await (await signedUp(app, 'bare@example.org')).get('/media')).body;
    expect([bare.includes('class="upload bare"'), bare.includes('can be used again')]).toEqual([true, true]);
    const sold = await testApp({ STRIPE_SECRET_KEY: 'sk_test_none', STRIPE_WEBHOOK_SECRET: 'whsec_none', STRIPE_PRICES: 'plus:price_none' });
    const body = (await (await signedUp(sold)).get('/media')).body;
    await sold.close();
    expect(body).toMatch(/0 files, 0 bytes of 1 GB/u);
  });

  it('is nobody else’s', async () => {
    const owner = await ownerOf(app.deps.store, 'ada@example.org');
    const eve = await signedUp(app, 'eve@example.org');
    const [label] = await app.deps.store.labels.list(owner.workspaceId);
    expect((await eve.post(`/media/${boat}/labels`, { label: label?.id ?? '' })).statusCode).toBe(404);
    expect((await eve.post('/media/bulk', { act: 'delete', file: boat })).body).not.toContain('boat.png');
    await eve.post('/media/bulk', { act: 'delete_now', file: boat });
    expect((await ada.get(`/media/${boat}`)).statusCode).toBe(200);
    const grace = await signedUp(app, 'grace@example.org');
    for (const answer of [await grace.get(`/media/${boat}/about`), await grace.post(`/media/${boat}/describe`, { name: 'x', alt: '' }), await grace.post(`/media/${boat}/shrink`, { side: '20' })]) {
      expect([404, 422].includes(answer.statusCode)).toBe(true);
    }
    expect(await page(`/media/${boat}/about`)).toContain('..boat.png');
  });
});

describe.skipIf(!hasBrowser)('in a browser (skipped without /usr/bin/chromium)', () => {
  let browser: Browser;
  let tab: Page;
  let url: string;
  beforeAll(async () => {
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    browser = await openBrowser();
    tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
  }, 60_000);
  afterAll(() => browser?.close());

  it('sends what is chosen at once, says what cannot be taken, and shows what came', async () => {
    await tab.goto(`${url}/media`);
    await tab.getByLabel('Add pictures or videos').setInputFiles([
      { name: 'pier.png', mimeType: 'image/png', buffer: await plain(500, 700).png().toBuffer() }, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
    ]);
    await tab.getByText(/notes\.png: /u).waitFor();
    await picture(tab, 'media-upload-refused');
    await tab.getByRole('button', { name: 'Remove' }).click();
    await tab.getByRole('link', { name: 'About pier.png' }).waitFor();
  });

  it('chooses by ticking, and offers to what is chosen what can be done', async () => {
    await tab.goto(`${url}/media`);
    expect(await tab.getByText('Tick files to label or delete them together').isVisible()).toBe(true);
    await tab.locator('.file-tile').first().hover();
    await tab.getByLabel('Choose pier.png').check();
    await tab.getByText('1 chosen').waitFor();
    await picture(tab, 'media-chosen');
    await tab.getByRole('button', { name: 'Delete…' }).click();
    await tab.getByRole('heading', { name: 'Delete this file?' }).waitFor();
    expect(await barriers(tab)).toEqual([]);
    await picture(tab, 'media-delete');
    await tab.getByRole('link', { name: 'Keep them' }).click();
    await tab.getByRole('link', { name: 'About pier.png' }).waitFor();
  });

  it('goes on after a reload with what broke off, or forgets it', async () => {
    await tab.goto(`${url}/media`);
    // A part is taken, and then nothing comes any more.
    await tab.route('**/media/uploads/**', () => undefined);
    await tab.route('**/media/uploads', (route) => route.fulfill({ status: 201, headers: { 'tus-resumable': '1.0.0', location: '/media/uploads/00000000', 'upload-offset': '1000' } }));
    tab.once('dialog', (dialog) => void dialog.accept());
    const bytes = await plain(900, 900).png().toBuffer();
    await tab.getByLabel('Add pictures or videos').setInputFiles([{ name: 'broken.png', mimeType: 'image/png', buffer: bytes }]);
    await tab.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('tus::')));
    await tab.unrouteAll({ behavior: 'ignoreErrors' });
    await tab.goto(`${url}/media?again`);
    await tab.getByText('broken.png is not here as a whole.').waitFor();
    expect(await barriers(tab)).toEqual([]);
    await picture(tab, 'media-broken-off');
    await tab.getByRole('button', { name: /Forget it.*broken\.png/u }).click();
    await tab.goto(`${url}/media`);
    expect(await tab.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('tus::')))).toBe(false);
  });

  it.each([['light', 1280], ['dark', 1280], ['light', 768], ['light', 390], ['dark', 390], ['light', 320]] as const)('has no barriers: %s, %i px', async (colorScheme, width) => {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width, height: 900 });
    for (const [name, path] of [['library', '/media'], ['file', `/media/${boat}/about`], ['bare-file', `/media/${ferry}/about`]] as const) {
      await tab.goto(url + path);
      if (name !== 'library') await tab.getByText('Make a smaller copy').click();
      await picture(tab, `media-${name}-${colorScheme}-${width}`);
      expect(await barriers(tab)).toEqual([]);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  });
});
