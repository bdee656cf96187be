import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { ProviderError } from '../providers/contract.ts';
import { barriers, hasBrowser, openBrowser, picture } from '../testing/browser.ts';
import { builtAssets } from '../testing/program.ts';
import { richAnswer } from '../testing/rich.ts';
import { stage, type Stage } from '../testing/stage.ts';

// The composer in a real browser, over a network that has everything a network can have.
describe.skipIf(!hasBrowser)('the composer in a browser (skipped without /usr/bin/chromium)', () => {
  let on: Stage;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let url: string;
  const errors: string[] = [];

  beforeAll(async () => {
    on = await stage({ assets: builtAssets() });
    await on.app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = on.app.server.server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    await context.addCookies([...on.ada.cookies].map(([name, value]) => ({ name, value: decodeURIComponent(value), url })));
    page = await context.newPage();
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await on?.app.close();
  });
  beforeEach(async () => {
    on.says(async () => richAnswer);
    await page.unrouteAll({ behavior: 'wait' });
    await page.goto(`${url}/posts/new`);
  });

  const choose = async (...names: string[]) => { for (const name of names) await page.locator('.face-choice', { hasText: name }).getByRole('checkbox').check(); };
  const openVersion = (name: string) => page.locator('.writing > .tab', { hasText: name }).click();
  const write = (text: string) => page.getByLabel('Text', { exact: true }).fill(text);
  const shown = () => page.locator('.previews > .panel:visible');
  const names = () => page.locator('.part:not(.own-part) .tile-words label').allTextContents();
  const jpeg = async (name: string, id: string) => ({ name, mimeType: 'image/jpeg', buffer: (await on.ada.get(`/media/${id}`)).rawPayload });
  const add = async (name: string, id: string) => {
    await page.getByLabel('Add pictures or videos').setInputFiles(await jpeg(name, id));
    await page.getByLabel(`Describe ${name}`).waitFor();
  };

  it('asks the network as soon as its channel is chosen, and again when that did not work', async () => {
    on.says(async () => { throw new ProviderError({ kind: 'transient', code: '503', message: 'down', reached: true }); });
    await choose('Harbour');
    await openVersion('Harbour');
    await page.getByText('Rich could not be asked. A draft can be saved all the same.').waitFor();
    on.says(async () => richAnswer);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('Posting as Ada of Rich').waitFor();
    expect(await page.getByLabel('Who can see it').locator('option').allTextContents()).toEqual(['Choose who can see it', 'Everybody', 'Only me']);
    expect(await page.getByLabel('Allow comments').isDisabled()).toBe(true);
  });

  it('counts, checks and previews while one types', async () => {
    await choose('Harbour', 'Sandbox');
    await write('The harbour #today with @grace, https://example.org/a ');
    expect(await page.locator('.counters li').allTextContents()).toEqual([' 54 of 500', ' 54 of 300']);
    expect(await shown().locator('.marked').allTextContents()).toEqual(['#today', '@grace', 'https://example.org/a']);
    expect(await page.locator('#problems').textContent()).toContain('Rich needs a picture or a video here.');
    await page.locator('.previews > .tab', { hasText: 'Harbour' }).click();
    await write('x'.repeat(301));
    expect(await shown().locator('.shown-text').textContent()).toBe(`${'x'.repeat(120)} … more`);
    expect(await page.locator('.face-choice', { hasText: 'Harbour' }).locator('.trouble').textContent()).toBe('2 problems');
    await write('short');
    expect(await page.locator('.face-choice', { hasText: 'Harbour' }).locator('.trouble').textContent()).toBe('1 problem');
  });

  it('shows what belongs to a format and to other choices, live', async () => {
    await choose('Harbour');
    await openVersion('Harbour');
    expect(await page.getByLabel('Title').isVisible()).toBe(false);
    await page.getByLabel('Reel').check();
    expect(await page.getByLabel('Title').isVisible()).toBe(true);
    expect(await page.getByText('Only for: Reel.').first().isVisible()).toBe(false);
    await page.getByLabel('Title').fill('By the sea');
    expect(await shown().locator('.shown-title').textContent()).toBe('By the sea');
    const frame = await shown().locator('.shown-frame').boundingBox();
    expect((frame?.width ?? 0) / (frame?.height ?? 1)).toBeCloseTo(9 / 16, 2);
    expect(await page.getByLabel('For whom').isVisible()).toBe(false);
    await page.getByLabel('This is advertising').check();
    expect(await page.getByLabel('For whom').isVisible()).toBe(true);
    await page.getByLabel('Opens at').fill('2026-12-24T18:00');
    expect(await page.getByText('Thu 24 Dec 18:00 Berlin').isVisible()).toBe(true);
    await page.getByLabel('Story').check();
    await page.getByLabel('Reel').check();
    expect(await page.getByLabel('Title').inputValue()).toBe('By the sea');
    await picture(page, '40-composer-reel');
  });

  it('sends files one at a time, with a way out and another try, and waits for them', async () => {
    await choose('Sandbox');
    await write('With a picture');
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let sent = 0;
    await page.route('**/media', async (route) => {
      sent += 1;
      if (sent === 2) return route.abort();
      await gates[sent === 1 ? 0 : 1]?.promise;
      return route.continue();
    });
    await page.getByLabel('Add pictures or videos').setInputFiles([await jpeg('one.jpg', on.picture), await jpeg('two.jpg', on.wide)]);
    await expect.poll(() => sent).toBe(1);
    expect(await page.locator('.tile.sending').count()).toBe(2);
    await page.locator('.tile.sending', { hasText: 'two.jpg' }).getByRole('button', { name: 'Cancel' }).click();
    gates[0]?.resolve();
    await page.getByLabel('Describe one.jpg').waitFor();
    await page.getByLabel('Add pictures or videos').setInputFiles(await jpeg('three.jpg', on.wide));
    await page.getByText('The connection broke off.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => sent).toBe(3);
    await page.getByRole('button', { name: 'Save draft' }).click();
    expect(await page.getByText('Files are being sent.').isVisible()).toBe(true);
    gates[1]?.resolve();
    await page.getByText('Draft saved.').waitFor();
    expect(await names()).toEqual(['Describe one.jpg', 'Describe three.jpg']);
  });

  it('takes files that are dropped or pasted, and says which it cannot take', async () => {
    await choose('Sandbox');
    const { buffer } = await jpeg('x', on.picture);
    const give = async (kind: 'drop' | 'paste', name: string, bytes: Buffer) => page.getByLabel('Text', { exact: true }).evaluate((element, [event, file, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64 ?? ''), (char) => char.charCodeAt(0))], file ?? '', { type: 'image/jpeg' }));
      if (event === 'drop') {
        element.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }));
        element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      } else element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
    }, [kind, name, bytes.toString('base64')]);
    await give('drop', 'dropped.jpg', buffer);
    await page.getByLabel('Describe dropped.jpg').waitFor();
    await give('paste', 'pasted.jpg', buffer);
    await page.getByLabel('Describe pasted.jpg').waitFor();
    await give('drop', 'broken.jpg', Buffer.from('no picture'));
    await page.locator('.tile.sending .error', { hasText: 'broken.jpg:' }).waitFor();
    await page.locator('.tile.sending').getByRole('button', { name: 'Remove' }).click();
    expect(await page.locator('.tile').count()).toBe(2);
  });

  it('orders files by buttons, which keep the focus, and by dragging', async () => {
    await choose('Sandbox');
    await add('one.jpg', on.picture);
    await add('two.jpg', on.wide);
    await page.getByRole('button', { name: 'Move one.jpg down' }).focus();
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['Describe two.jpg', 'Describe one.jpg']);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move one.jpg up');
    await page.locator('.tile', { hasText: 'one.jpg' }).locator('.thumb').dragTo(page.locator('.tile', { hasText: 'two.jpg' }).locator('.thumb'));
    expect(await names()).toEqual(['Describe one.jpg', 'Describe two.jpg']);
    await page.getByLabel('Describe one.jpg').fill('A boat');
    await page.getByLabel('Describe one.jpg').press('Enter');
    expect(page.url()).toBe(`${url}/posts/new`);
    await page.getByRole('button', { name: 'Remove one.jpg' }).click();
    expect(await names()).toEqual(['Describe two.jpg']);
  });

  it('gives a channel a version with other words and fewer files', async () => {
    await choose('Harbour', 'Sandbox');
    await write('For all');
    await add('one.jpg', on.picture);
    await add('two.jpg', on.picture);
    await openVersion('Sandbox');
    await page.getByRole('button', { name: 'Write it differently for Sandbox' }).click();
    expect(await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe('For all');
    await page.getByLabel('Text for Sandbox').fill('For the sandbox');
    await page.locator('.own-tiles').getByRole('checkbox', { name: 'one.jpg' }).uncheck();
    expect(await shown().locator('img:not(.mark)').count()).toBe(1);
    expect(await page.locator('.writing > .tab', { hasText: 'Sandbox' }).textContent()).toContain('edited');
    await openVersion('All');
    await write('For all, changed');
    await openVersion('Harbour');
    expect(await shown().locator('.shown-text').textContent()).toBe('For all, changed');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
    const saved = await on.savedAs(new URL(page.url()).pathname);
    expect(saved?.variants.find(({ channelId }) => channelId === on.sandbox)?.content?.parts[0]).toMatchObject({ text: 'For the sandbox', media: [{}] });
    expect(saved?.content.parts[0]?.media).toHaveLength(2);
  });

  it('crops what does not fit, for one channel or for all', async () => {
    await choose('Harbour', 'Sandbox');
    await write('A coast');
    await add('wide.jpg', on.wide);
    await page.locator('.part').getByRole('button', { name: 'Crop' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('1:1', { exact: true }).check();
    const stageBox = await dialog.locator('.stage').boundingBox();
    const before = await dialog.locator('.frame').getAttribute('x');
    await page.mouse.move((stageBox?.x ?? 0) + 300, (stageBox?.y ?? 0) + 50);
    await page.mouse.down();
    await page.mouse.move((stageBox?.x ?? 0) + 360, (stageBox?.y ?? 0) + 50);
    await page.mouse.up();
    expect(Number(await dialog.locator('.frame').getAttribute('x'))).toBeGreaterThan(Number(before));
    await dialog.getByLabel('Left to right').fill('0');
    expect(await dialog.locator('.frame').getAttribute('x')).toBe('0');
    expect(await barriers(page)).toEqual([]);
    await picture(page, '41-composer-crop');
    await dialog.getByRole('button', { name: 'Use it for Harbour alone' }).click();
    await page.getByText('Worth a look').waitFor();
    expect(await page.locator('#problems').textContent()).not.toContain('too wide');
    await openVersion('Harbour');
    expect(await page.locator('.own-tiles .tile').count()).toBe(2);
    expect(await page.locator('.own-tiles').getByRole('checkbox', { name: 'wide (cropped).jpg' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Take the post as it is' }).click();
    await page.locator('#problems').getByRole('button', { name: 'Crop' }).click();
    await dialog.getByRole('button', { name: 'Use it for all channels' }).click();
    await openVersion('All');
    await page.getByLabel('Describe wide (cropped).jpg').waitFor();
    expect(await page.locator('#problems').textContent()).not.toContain('too wide');
  });

  it('takes files from the library', async () => {
    await choose('Harbour');
    await page.getByRole('button', { name: 'From the library' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('boat.jpg').check();
    await dialog.getByLabel('wide.jpg', { exact: true }).last().check();
    expect(await barriers(page)).toEqual([]);
    await picture(page, '42-composer-library');
    await dialog.getByRole('button', { name: 'Add to the post' }).click();
    expect((await names()).sort()).toEqual(['Describe boat.jpg', 'Describe wide.jpg']);
    await openVersion('Harbour');
    await page.getByLabel('Reel').check();
    await page.locator('.chosen-image').getByRole('button', { name: 'From the library' }).click();
    await dialog.getByLabel('boat.jpg').check();
    await dialog.getByRole('button', { name: 'Add to the post' }).click();
    expect(await page.locator(`input[name="option.${on.rich}.cover"]`).inputValue()).toBe(on.picture);
  });

  it('goes to what stands in the way, and lets it go when it is mended', async () => {
    await choose('Harbour', 'Sandbox');
    await write('A boat');
    await add('one.jpg', on.picture);
    await page.getByLabel('Describe one.jpg').fill('A boat');
    await page.getByLabel('When').fill('2026-12-01T10:00');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('alert').getByText('one thing stands in the way').waitFor();
    expect(await page.getByLabel('Who can see it').isVisible()).toBe(false);
    await page.locator('#problems').getByRole('link', { name: 'Choose: Who can see it.' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`field-${on.rich}-option-privacy`);
    await picture(page, '43-composer-refused');
    await page.getByLabel('Who can see it').selectOption('SELF');
    expect(await page.locator('#problems').count()).toBe(0);
    expect(await page.getByRole('alert').textContent()).toContain('what stood in the way is mended');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText('Scheduled for Tue 1 Dec 10:00 Berlin').waitFor();
    expect((await on.savedAs(new URL(page.url()).pathname))?.variants.find(({ channelId }) => channelId === on.rich)?.options).toMatchObject({ format: 'feed', privacy: 'SELF' });
  });

  it('writes threads, and finds the next minute that is free', async () => {
    await choose('Sandbox');
    await write('One');
    await page.getByRole('button', { name: 'Add a part to the thread' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-part-1');
    await page.keyboard.type('Two');
    expect(await shown().locator('.shown-text').allTextContents()).toEqual(['One', 'Two']);
    await page.getByRole('button', { name: 'Next free minute' }).click();
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' }).format(Math.floor(on.now() / 60_000) * 60_000 + 120_000).replace(' ', 'T');
    await expect.poll(() => page.getByLabel('When').inputValue()).toBe(wall);
    await page.getByRole('button', { name: 'Remove this part' }).first().click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Two');
    // What is there before the script is, counts: a page that is reloaded keeps what the browser kept.
    await page.reload();
    expect(await page.locator('.shown-text').count()).toBe(await page.locator('.previews > .panel').count());
  });

  it('plays a video that is in the post', async () => {
    const bytes = await page.evaluate(recorded);
    const id = newId(on.now());
    const path = on.app.deps.storage.path({ id, type: 'video/webm' });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(bytes, 'base64'));
    await on.app.deps.store.media.add({ id, workspaceId: on.workspaceId, type: 'video/webm', bytes: bytes.length, width: 90, height: 160, animated: false, name: 'wave.webm', alt: '', createdAt: on.now(), durationMs: 400, videoCodec: 'vp8', audioCodec: null, frameRate: 25 });
    await choose('Harbour');
    await page.getByRole('button', { name: 'From the library' }).first().click();
    await page.getByRole('dialog').getByLabel('wave.webm').check();
    await page.getByRole('button', { name: 'Add to the post' }).click();
    expect(await page.locator('.tile .length').textContent()).toBe('0.4 s');
    await openVersion('Harbour');
    await page.getByLabel('Reel').check();
    await expect.poll(() => shown().locator('video').evaluate((film: HTMLVideoElement) => film.videoWidth)).toBe(90);
    await picture(page, '44-composer-video');
    expect(await barriers(page)).toEqual([]);
  }, 60_000);

  it('is without barriers and fits, by day, by night and on a phone', async () => {
    const state = await context.storageState();
    const usual = page;
    for (const [name, viewport, colorScheme] of [['day', { width: 1280, height: 900 }, 'light'], ['night', { width: 1280, height: 900 }, 'dark'], ['phone', { width: 390, height: 844 }, 'light'], ['narrow', { width: 320, height: 700 }, 'dark']] as const) {
      const other = await browser.newContext({ viewport, colorScheme, storageState: state, timezoneId: 'Europe/Berlin' });
      page = await other.newPage();
      await page.goto(`${url}/posts/new`);
      await choose('Harbour', 'Sandbox');
      await write(`The harbour #today with @grace, https://example.org/a ${'and more '.repeat(40)}`);
      await add('wide.jpg', on.wide);
      await add('one.jpg', on.picture);
      await picture(page, `45-composer-${name}`);
      for (const tab of ['All', 'Harbour', 'Sandbox']) {
        await openVersion(tab);
        if (tab === 'Sandbox') await page.getByRole('button', { name: 'Write it differently for Sandbox' }).click();
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} ${tab}`).toBeLessThanOrEqual(0);
        expect(await barriers(page), `${name} ${tab}`).toEqual([]);
        if (tab !== 'All') await picture(page, `45-composer-${name}-${tab.toLowerCase()}`);
      }
      await other.close();
    }
    page = usual;
  }, 120_000);

  it('does all of it without a word in the console', () => {
    // The rich network has no mark of its own; what is refused answers 422; one upload was broken on purpose.
    expect(errors.filter((text) => !/404|422|net::ERR_FAILED/u.test(text))).toEqual([]);
  });
});

/** A short film of a moving square, in the browser's own format; base64. */
async function recorded(): Promise<string> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 160 });
  const paint = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => void pieces.push(data);
  const ended = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  for (let n = 0; n < 10; n += 1) {
    if (paint) {
      paint.fillStyle = '#1d3557';
      paint.fillRect(0, 0, 90, 160);
      paint.fillStyle = '#f4d58d';
      paint.fillRect(n * 6, 60, 30, 30);
    }
    await new Promise((resolve) => { setTimeout(resolve, 40); });
  }
  recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
