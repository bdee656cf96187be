import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../../media/samples.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../../testing/browser.ts';
import { builtAssets } from '../../testing/program.ts';

let app: TestApp;
let ada: Visitor;
let boat: string;
beforeAll(async () => {
  app = await testApp({}, Date.now, undefined, builtAssets());
  ada = await signedUp(app);
  boat = await add('boat.png', 800, 400);
  await add('ferry.png', 300, 300);
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
  });

  it('is nobody else’s', async () => {
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

  it.each([['light', 1280], ['dark', 1280], ['light', 768], ['light', 390], ['dark', 390], ['light', 320]] as const)('has no barriers: %s, %i px', async (colorScheme, width) => {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width, height: 900 });
    for (const [name, path] of [['library', '/media'], ['file', `/media/${boat}/about`]] as const) {
      await tab.goto(url + path);
      if (name === 'file') await tab.getByText('Make a smaller copy').click();
      await picture(tab, `media-${name}-${colorScheme}-${width}`);
      expect(await barriers(tab)).toEqual([]);
      expect(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  });
});
