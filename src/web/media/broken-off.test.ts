import { connect, createServer, type Socket } from 'node:net';
import type { Browser, Dialog, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { hasBrowser, openBrowser } from '../../testing/browser.ts';
import { freePort, startProgram, type Program } from '../../testing/program.ts';
import { signUpAt, testKey, type SignedInBrowser } from '../../testing/signed-in.ts';

// Uploads whose connection breaks, or whose page is left, at the program itself and in a real browser.

/** The line between browser and program, which can be cut. */
interface Line {
  url: string;
  /** Cuts it as soon as so many bytes of a file went by; it stays cut. */
  cutAfter: (bytes: number) => void;
  mend: () => void;
  isCut: () => boolean;
  /** Holds what is sent of files back, until it is let go. */
  hold: () => () => void;
  /** From which byte on each piece of a file was sent. */
  offsets: number[];
  close: () => void;
}

async function lineTo(program: () => number, port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const offsets: number[] = [];
  let room = Infinity;
  let cut = false;
  let held = Promise.resolve();
  const server = createServer((near) => {
    if (cut) return void near.destroy();
    const far = connect(program(), '127.0.0.1');
    let ofFile = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => { near.destroy(); far.end(); sockets.delete(socket); });
    }
    far.pipe(near);
    near.on('data', (chunk: Buffer) => {
      const head = chunk.subarray(0, 2_000).toString('latin1');
      if (/^[A-Z]+ \//u.test(head)) ofFile = head.startsWith('PATCH /media/uploads/');
      const offset = ofFile ? /^upload-offset: (\d+)/imu.exec(head)?.[1] : undefined;
      if (offset !== undefined) offsets.push(Number(offset));
      if (!ofFile) return void far.write(chunk);
      near.pause();
      void held.then(() => pass(chunk, near, far));
    });
  });
  function pass(chunk: Buffer, near: Socket, far: Socket): void {
    far.write(chunk);
    room -= chunk.length;
    near.resume();
    if (room > 0) return;
    cut = true;
    for (const socket of sockets) if (socket === far) socket.end(); else socket.destroy();
  }
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return {
    url: `http://localhost:${port}`, offsets, isCut: () => cut,
    cutAfter: (bytes) => { room = bytes; },
    mend: () => { [room, cut] = [Infinity, false]; },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    close: () => { for (const socket of sockets) socket.destroy(); server.close(); },
  };
}

describe.skipIf(!hasBrowser)('an upload that breaks off (skipped without /usr/bin/chromium)', () => {
  const video = sampleVideo({ bytes: 6_000_000, durationMs: 3_000, width: 320, height: 180 });
  const clip = (name: string) => ({ name, mimeType: 'video/mp4', buffer: video });
  let program: Program;
  let line: Line;
  let browser: Browser;
  let ada: SignedInBrowser;
  let page: Page;
  let asked: Dialog[];

  beforeAll(async () => {
    line = await lineTo(() => program.port, await freePort());
    program = await startProgram({ SECRET_KEY: testKey, PUBLIC_URL: line.url });
    browser = await openBrowser();
    ada = await signUpAt({ ...program, url: line.url }, browser);
    page = ada.page;
    asked = [];
    page.on('dialog', (dialog) => { asked.push(dialog); void dialog.dismiss(); });
  }, 60_000);
  afterAll(async () => {
    ada?.store.close();
    await browser?.close();
    line?.close();
    await program?.close();
  });
  beforeEach(() => {
    line.mend();
    line.offsets.length = 0;
    asked.length = 0;
  });

  it('says so once its own tries are used up, and goes on where it was at a press', async () => {
    await page.clock.install();
    await page.goto(`${line.url}/posts/new`);
    line.cutAfter(2_000_000);
    await page.getByLabel('Add pictures or videos').setInputFiles(clip('regatta.mp4'));
    await expect.poll(() => line.isCut()).toBe(true);
    const broken = page.locator('.tile.sending .error', { hasText: 'The connection broke off.' });
    // Its own tries are seconds apart.
    await expect.poll(async () => { await page.clock.runFor(8_000); return broken.count(); }, { timeout: 20_000 }).toBe(1);
    line.mend();
    await page.locator('.tile.sending').getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Describe regatta.mp4').waitFor();
    expect(line.offsets).toHaveLength(2);
    expect(line.offsets[0]).toBe(0);
    expect(line.offsets[1]).toBeGreaterThan(1_000_000);
    const [kept] = await ada.store.media.latest(ada.owner.workspaceId, null, 1);
    expect([kept?.name, kept?.bytes]).toEqual(['regatta.mp4', video.length]);
    const sent = await page.evaluate(async (id) => (await (await fetch(`/media/${id}`)).arrayBuffer()).byteLength, kept?.id ?? '');
    expect(sent).toBe(video.length);
  }, 60_000);

  it('goes on by itself where the browser was without a connection', async () => {
    await page.goto(`${line.url}/posts/new`);
    line.cutAfter(2_000_000);
    const letGo = line.hold();
    await page.getByLabel('Add pictures or videos').setInputFiles(clip('tunnel.mp4'));
    await expect.poll(() => line.offsets.length).toBe(1);
    await page.context().setOffline(true);
    letGo();
    await page.locator('.tile.sending .error', { hasText: 'The connection broke off.' }).waitFor();
    line.mend();
    await page.context().setOffline(false);
    await page.getByLabel('Describe tunnel.mp4').waitFor();
  }, 60_000);

  it.each([['/posts/new', '.tile.sending'], ['/media', '.sending-list li']])('is not left without a question from %s', async (path, sending) => {
    await page.goto(line.url + path);
    const letGo = line.hold();
    // A browser asks only on pages that somebody has touched.
    await page.locator('main h1').click();
    await page.getByLabel('Add pictures or videos').setInputFiles(clip('leaving.mp4'));
    await expect.poll(() => line.offsets.length).toBe(1);
    await page.evaluate(() => { location.assign('/calendar'); });
    await expect.poll(() => asked.map((dialog) => dialog.type())).toEqual(['beforeunload']);
    expect(await page.locator(sending).count()).toBe(1);
    letGo();
    await page.locator(sending).waitFor({ state: 'detached' });
    await page.goto(`${line.url}/calendar`);
    expect(asked).toHaveLength(1);
  }, 60_000);
});
