import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { barriers, hasBrowser, picture } from '../../testing/browser.ts';
import { browserStage, type BrowserStage } from '../../testing/composing/browser.ts';

// Pictures and videos in the composer, in a real browser.
describe.skipIf(!hasBrowser)('files in the composer (skipped without /usr/bin/chromium)', () => {
  let at: BrowserStage;

  beforeAll(async () => { at = await browserStage(); }, 60_000);
  afterAll(() => at?.close());
  beforeEach(() => at.begin());

  it('sends files one at a time, with a way out and another try, and waits for them', async () => {
    await at.choose('Sandbox');
    await at.write('With a picture');
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let sent = 0;
    await at.page.route('**/media/uploads', async (route) => {
      sent += 1;
      // A broken connection is tried again by itself, a refusal by a person.
      if (sent === 2) return route.abort();
      if (sent === 3) return route.fulfill({ status: 403, body: 'no' });
      await gates[sent === 1 ? 0 : 1]?.promise;
      return route.continue();
    });
    await at.page.getByLabel('Add pictures or videos').setInputFiles([await at.jpeg('one.jpg', at.on.picture), await at.jpeg('two.jpg', at.on.wide)]);
    await expect.poll(() => sent).toBe(1);
    expect(await at.page.locator('.tile.sending').count()).toBe(2);
    await at.page.locator('.tile.sending', { hasText: 'two.jpg' }).getByRole('button', { name: 'Cancel' }).click();
    gates[0]?.resolve();
    await at.page.getByLabel('Describe one.jpg').waitFor();
    await at.page.getByLabel('Add pictures or videos').setInputFiles(await at.jpeg('three.jpg', at.on.wide));
    await at.page.getByText('The upload did not work.').waitFor();
    await at.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => sent).toBe(4);
    await at.page.getByRole('button', { name: 'Save draft' }).click();
    expect(await at.page.getByText('Files are being sent.').isVisible()).toBe(true);
    gates[1]?.resolve();
    await at.page.getByText('Draft saved.').waitFor();
    expect(await at.names()).toEqual(['Describe one.jpg', 'Describe three.jpg']);
  });

  it('sends no post without a file that was to go along and did not arrive', async () => {
    await at.choose('Sandbox');
    await at.write('With two pictures');
    await at.page.getByLabel('When').fill('2026-12-01T10:00');
    const gate = Promise.withResolvers<void>();
    await at.page.route('**/media/uploads', async (route) => {
      await gate.promise;
      return route.fulfill({ status: 403, body: 'no' });
    }, { times: 1 });
    await at.page.getByLabel('Add pictures or videos').setInputFiles(await at.jpeg('lost.jpg', at.on.picture));
    await at.page.locator('.tile.sending').waitFor();
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    gate.resolve();
    await at.page.getByRole('alert').getByText('It was not scheduled').waitFor();
    expect([at.page.url(), await at.page.locator('#problems').textContent(), await at.page.evaluate(() => document.activeElement?.id)])
      .toEqual([`${at.url}/posts/new`, expect.stringContaining('lost.jpg has not arrived.'), 'problems']);
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    expect(at.page.url()).toBe(`${at.url}/posts/new`);
    await at.page.locator('.tile.sending').getByRole('button', { name: 'Try again' }).click();
    await at.page.getByLabel('Describe lost.jpg').waitFor();
    await at.page.getByRole('button', { name: 'Schedule' }).click();
    await at.page.locator('.flash', { hasText: 'Scheduled for Tue 1 Dec 10:00 Berlin' }).waitFor();
    expect((await at.on.savedAs(new URL(at.page.url()).pathname))?.content.parts[0].media).toHaveLength(1);
  });

  it('puts a file where its part has gone meanwhile', async () => {
    await at.choose('Sandbox');
    await at.write('First');
    await at.page.getByRole('button', { name: 'Add a part to the thread' }).click();
    await at.page.getByLabel('Text of part 2').fill('With the picture');
    const gate = Promise.withResolvers<void>();
    await at.page.route('**/media/uploads', async (route) => {
      await gate.promise;
      return route.continue();
    });
    await at.page.locator('.part').nth(1).getByLabel('Add pictures or videos').setInputFiles(await at.jpeg('late.jpg', at.on.picture));
    await at.page.locator('.tile.sending').waitFor();
    await at.page.getByRole('button', { name: 'Move part 2 up' }).click();
    expect(await at.page.locator('.part').first().locator('.tile.sending').count()).toBe(1);
    gate.resolve();
    await at.page.getByLabel('Describe late.jpg').waitFor();
    const first = at.page.locator('.part').first();
    expect([await first.locator('textarea').first().inputValue(), await first.locator('.tile').count()]).toEqual(['With the picture', 1]);
  });

  it('takes files that are dropped or pasted, and says which it cannot take', async () => {
    await at.choose('Sandbox');
    const { buffer } = await at.jpeg('x', at.on.picture);
    const give = async (kind: 'drop' | 'paste', name: string, bytes: Buffer) => at.page.getByLabel('Text', { exact: true }).evaluate((element, [event, file, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64 ?? ''), (char) => char.charCodeAt(0))], file ?? '', { type: 'image/jpeg' }));
      if (event === 'drop') {
        element.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }));
        element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      } else element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
    }, [kind, name, bytes.toString('base64')]);
    await give('drop', 'dropped.jpg', buffer);
    await at.page.getByLabel('Describe dropped.jpg').waitFor();
    await give('paste', 'pasted.jpg', buffer);
    await at.page.getByLabel('Describe pasted.jpg').waitFor();
    await give('drop', 'broken.jpg', Buffer.from('no picture'));
    await at.page.locator('.tile.sending .error', { hasText: 'broken.jpg:' }).waitFor();
    await at.page.locator('.tile.sending').getByRole('button', { name: 'Remove' }).click();
    expect(await at.page.locator('.tile').count()).toBe(2);
  });

  it('orders files by buttons, which keep the focus, and by dragging', async () => {
    await at.choose('Sandbox');
    await at.add('one.jpg', at.on.picture);
    await at.add('two.jpg', at.on.wide);
    await at.page.getByRole('button', { name: 'Move one.jpg down' }).focus();
    await at.page.keyboard.press('Enter');
    expect(await at.names()).toEqual(['Describe two.jpg', 'Describe one.jpg']);
    expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move one.jpg up');
    await at.page.locator('.tile', { hasText: 'one.jpg' }).locator('.thumb').dragTo(at.page.locator('.tile', { hasText: 'two.jpg' }).locator('.thumb'));
    expect(await at.names()).toEqual(['Describe one.jpg', 'Describe two.jpg']);
    await at.page.getByLabel('Describe one.jpg').fill('A boat');
    await at.page.getByLabel('Describe one.jpg').press('Enter');
    expect(at.page.url()).toBe(`${at.url}/posts/new`);
    await at.page.getByRole('button', { name: 'Remove one.jpg' }).click();
    expect(await at.names()).toEqual(['Describe two.jpg']);
  });

  it('crops what does not fit, for one channel or for all', async () => {
    await at.choose('Harbour', 'Sandbox');
    await at.write('A coast');
    await at.add('wide.jpg', at.on.wide);
    await at.page.locator('.part').getByRole('button', { name: 'Crop', exact: true }).click();
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel('1:1', { exact: true }).check();
    const stageBox = await dialog.locator('.stage').boundingBox();
    const before = await dialog.locator('.frame').getAttribute('x');
    await at.page.mouse.move((stageBox?.x ?? 0) + 300, (stageBox?.y ?? 0) + 50);
    await at.page.mouse.down();
    await at.page.mouse.move((stageBox?.x ?? 0) + 360, (stageBox?.y ?? 0) + 50);
    await at.page.mouse.up();
    expect(Number(await dialog.locator('.frame').getAttribute('x'))).toBeGreaterThan(Number(before));
    await dialog.getByLabel('Left to right').fill('0');
    expect(await dialog.locator('.frame').getAttribute('x')).toBe('0');
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '41-composer-crop');
    await dialog.getByRole('button', { name: 'Use it for Harbour alone' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await at.page.locator('#problems').textContent()).not.toContain('too wide');
    await at.openVersion('Harbour');
    expect(await at.page.locator('.own-tiles .tile').count()).toBe(2);
    expect(await at.page.locator('.own-tiles').getByRole('checkbox', { name: 'wide (cropped).jpg' }).isChecked()).toBe(true);
    await at.page.getByRole('button', { name: 'Take the post as it is' }).click();
    await at.page.locator('#problems').getByRole('button', { name: 'Crop', exact: true }).click();
    await dialog.getByRole('button', { name: 'Use it for all channels' }).click();
    await dialog.waitFor({ state: 'detached' });
    await at.openVersion('All');
    await at.page.getByLabel('Describe wide (cropped).jpg').waitFor();
    expect(await at.page.locator('#problems').textContent()).not.toContain('too wide');
  });

  it('crops by one press what a ghost suggests, for the channel that it is for', async () => {
    await at.choose('Harbour', 'Sandbox');
    await at.write('A coast');
    await at.add('wide.jpg', at.on.wide);
    expect(await at.page.locator('.crop-hint .ghost').count()).toBe(1);
    await picture(at.page, '45-composer-ghost');
    await at.page.getByRole('button', { name: 'Crop for Rich (1.91:1)' }).click();
    await expect.poll(() => at.page.locator('.crop-hint').count()).toBe(0);
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-0-media');
    expect(await at.page.locator('#problems').textContent()).not.toContain('too wide');
    await at.openVersion('Harbour');
    const own = at.page.locator('.own-tiles:visible');
    expect(await own.getByRole('checkbox', { name: 'wide (cropped).jpg' }).isChecked()).toBe(true);
    await at.openVersion('Sandbox');
    await at.page.getByRole('button', { name: 'Write it differently for Sandbox' }).waitFor();
    expect(await own.count()).toBe(0);
  });

  it('counts quietly what says nothing to whoever cannot see it, and leads there', async () => {
    await at.choose('Sandbox');
    await at.add('one.jpg', at.on.picture);
    await at.add('two.jpg', at.on.wide);
    await at.add('three.jpg', at.on.picture);
    expect(await at.page.locator('.alt-nag').textContent()).toBe('None of the 3 pictures has a description. Describe it');
    await at.page.getByLabel('Describe one.jpg').fill('A boat');
    expect(await at.page.locator('.alt-nag').textContent()).toBe('2 of 3 pictures have no description. Describe it');
    await at.page.getByRole('link', { name: 'Describe it' }).click();
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('field-part-0-alt-1');
    await at.page.keyboard.type('x'.repeat(701));
    expect(await at.page.locator('.tile .count').textContent()).toBe('701 of 1000 characters');
    await at.page.getByLabel('Describe three.jpg').fill('Another');
    expect(await at.page.locator('.alt-nag').count()).toBe(0);
  });

  it('searches the library while one types, and takes files in there', async () => {
    await at.choose('Sandbox');
    await at.page.getByRole('button', { name: 'From the library' }).first().click();
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel('boat.jpg').check();
    await dialog.getByLabel('Search by name or description').fill('nothing like it');
    await dialog.getByText('Nothing like this.').waitFor();
    await dialog.getByLabel('Search by name or description').fill('BOAT');
    await dialog.getByRole('checkbox', { name: 'boat.jpg' }).waitFor();
    expect(await dialog.getByRole('checkbox', { name: 'boat.jpg' }).isChecked()).toBe(true);
    await dialog.getByLabel('Videos', { exact: true }).check();
    await dialog.getByText('Nothing like this.').waitFor();
    await dialog.getByLabel('All', { exact: true }).check();
    await dialog.getByLabel('Add pictures or videos').setInputFiles(await at.jpeg('brought.jpg', at.on.wide));
    const brought = dialog.getByRole('checkbox', { name: 'brought.jpg' });
    await brought.waitFor();
    expect(await brought.isChecked()).toBe(true);
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '46-composer-library-search');
    await dialog.getByRole('button', { name: 'Add 2 files to the post' }).click();
    expect((await at.names()).sort()).toEqual(['Describe boat.jpg', 'Describe brought.jpg']);
  });

  it('gives a video the still that somebody chooses, here and as the cover', async () => {
    const buffer = sampleVideo({ width: 180, height: 320, durationMs: 3_000 });
    await at.choose('Harbour');
    await at.page.getByLabel('Add pictures or videos').setInputFiles({ name: 'wave.mp4', mimeType: 'video/mp4', buffer });
    await at.page.getByLabel('Describe wave.mp4').waitFor();
    // The server has no decoder: the browser made the first one by itself.
    const first = await at.page.locator('.tile .thumb img').getAttribute('src');
    expect(first).toMatch(/\/thumb\?still=\d+$/u);
    await at.page.getByText('Watch').click();
    await at.page.getByRole('button', { name: 'Choose its still' }).click();
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel('Moment in the video').fill('2');
    expect(await dialog.getByText('At 2.0 s').isVisible()).toBe(true);
    await expect.poll(() => dialog.locator('video').evaluate((film: HTMLVideoElement) => Math.round(film.currentTime))).toBe(2);
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '47-composer-still');
    at.on.setNow(at.on.now() + 1_000);
    await dialog.getByRole('button', { name: 'Use this frame' }).click();
    await dialog.waitFor({ state: 'detached' });
    const second = await at.page.locator('.tile .thumb img').getAttribute('src');
    expect([second === first, second?.split('?')[0]]).toEqual([false, first?.split('?')[0]]);
    await at.page.getByRole('button', { name: 'Choose its still' }).click();
    await dialog.getByLabel('Use a picture of your own').setInputFiles(await at.jpeg('cover.jpg', at.on.picture));
    await dialog.waitFor({ state: 'detached' });
  }, 60_000);

  it('fetches a file from the web, tells how far it is, and stops when told to', async () => {
    await at.choose('Sandbox');
    await at.page.getByRole('button', { name: 'From the web' }).click();
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel('Address of the file').fill('https://127.0.0.1/boat.jpg');
    await dialog.getByRole('button', { name: 'Fetch it' }).click();
    await dialog.getByText('Files are fetched from public addresses').waitFor();
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '48-composer-web');
    const release = at.on.site.hold();
    await dialog.getByLabel('Address of the file').fill('https://files.test/pier.jpg');
    await dialog.getByLabel('Address of the file').press('Enter');
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await dialog.getByRole('button', { name: 'Fetch it' }).waitFor();
    release();
    await dialog.getByRole('button', { name: 'Fetch it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await at.names()).toEqual(['Describe pier.jpg']);
  });

  it('keeps a dialog that a press leaves on its way, and cuts nothing for whoever has closed it', async () => {
    await at.choose('Harbour');
    await at.page.getByRole('button', { name: 'From the web' }).click();
    const dialog = at.page.getByRole('dialog');
    await dialog.locator('input').fill('https://files.test/boat.jpg');
    const box = await dialog.locator('input').boundingBox();
    await at.page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 10);
    await at.page.mouse.down();
    await at.page.mouse.move(5, 5, { steps: 3 });
    await at.page.mouse.up();
    expect(await dialog.locator('input').inputValue()).toBe('https://files.test/boat.jpg');
    await at.page.mouse.click(5, 5);
    expect(await dialog.count()).toBe(0);

    await at.add('wide.jpg', at.on.wide);
    const gate = Promise.withResolvers<void>();
    await at.page.route('**/crop', async (route) => {
      await gate.promise;
      return route.continue();
    });
    await at.page.locator('#problems').getByRole('button', { name: 'Crop' }).click();
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await at.page.keyboard.press('Escape');
    const answered = at.page.waitForResponse((answer) => answer.url().endsWith('/crop'));
    gate.resolve();
    await (await answered).finished();
    expect(await at.names()).toEqual(['Describe wide.jpg']);
  });

  it('takes files from the library', async () => {
    await at.choose('Harbour');
    await at.page.getByRole('button', { name: 'From the library' }).first().click();
    const dialog = at.page.getByRole('dialog');
    await dialog.getByLabel('boat.jpg').check();
    await dialog.getByLabel('wide.jpg', { exact: true }).last().check();
    expect(await barriers(at.page)).toEqual([]);
    await picture(at.page, '42-composer-library');
    await dialog.getByRole('button', { name: 'Add 2 files to the post' }).click();
    expect((await at.names()).sort()).toEqual(['Describe boat.jpg', 'Describe wide.jpg']);
    await at.openVersion('Harbour');
    await at.page.getByLabel('Reel').check();
    await at.page.locator('.chosen-image').getByRole('button', { name: 'From the library' }).click();
    await dialog.getByLabel('boat.jpg').check();
    await dialog.getByRole('button', { name: 'Add to the post' }).click();
    expect(await at.page.locator(`input[name="option.${at.on.rich}.cover"]`).inputValue()).toBe(at.on.picture);
  });

  it('plays a video that was added, and says what a format makes of it', async () => {
    const buffer = sampleVideo({ width: 90, height: 160, durationMs: 2_000 });
    await at.choose('Harbour');
    await at.write('A wave');
    await at.page.getByLabel('Add pictures or videos').setInputFiles({ name: 'wave.mp4', mimeType: 'video/mp4', buffer });
    await at.page.getByLabel('Describe wave.mp4').waitFor();
    expect(await at.page.locator('.tile .length').textContent()).toBe('2 s');
    await at.page.getByText('Watch').click();
    expect(await at.page.locator('.player video').isVisible()).toBe(true);
    await at.openVersion('Harbour');
    await at.page.getByLabel('Reel').check();
    await expect.poll(() => at.shown().locator('video').evaluate((film: HTMLVideoElement) => film.videoWidth)).toBe(90);
    await picture(at.page, '44-composer-video');
    expect(await barriers(at.page)).toEqual([]);
    await at.page.getByLabel('Story').check();
    expect(await at.page.locator('#problems').textContent()).toContain('Rich shows no text here');
  }, 60_000);

  it('does all of it without a word in the console', () => {
    // The rich network has no mark of its own; what is refused answers 422; one upload is broken on purpose.
    expect(at.errors.filter((text) => !/404|403|422|net::ERR_FAILED/u.test(text))).toEqual([]);
  });
});
