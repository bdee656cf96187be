import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageRule } from '../../domain/capabilities.ts';
import { isVideo } from '../../domain/media.ts';
import { newId } from '../../lib/ids.ts';
import { openKeyRing } from '../../lib/secrets/seal.ts';
import { createMediaUrls, type PublicMedia } from '../../media/public-url.ts';
import { testPicture } from '../../media/samples/test-picture.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { fakeClock, seedPerson, type FakeClock } from '../../testing/world.ts';

let app: TestApp;
let clock: FakeClock;
let workspaceId: string;
let other: string;
let picture: string;
let video: string;
const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 7 + (n >> 9)) % 256));
const rule: ImageRule = { max: 1, types: ['image/jpeg'], maxBytes: 1_000_000, maxSide: 100 };

async function keep(type: 'image/png' | 'video/mp4', content: Buffer): Promise<string> {
  const { store, storage } = app.deps;
  const id = newId(clock.now());
  const temp = await storage.temp();
  writeFileSync(temp, content);
  await storage.keep(temp, { id, type });
  const video = isVideo(type);
  await store.media.add({
    id, workspaceId, type, bytes: content.length, width: 400, height: 300, animated: false, name: 'x', alt: '', createdAt: clock.now(),
    durationMs: video ? 1_000 : null, videoCodec: null, audioCodec: null, frameRate: null,
  });
  return id;
}

beforeAll(async () => {
  clock = fakeClock();
  app = await testApp({ PUBLIC_URL: 'https://post.example' }, clock.now);
  ({ workspaceId } = await seedPerson(app.deps.store));
  other = (await seedPerson(app.deps.store)).workspaceId;
  picture = await keep('image/png', await sharp({ create: { width: 400, height: 300, channels: 3, background: '#3a6ea5' } }).png().toBuffer());
  video = await keep('video/mp4', bytes);
});
afterAll(() => app.close());

const pathOf = (media: PublicMedia) => new URL(app.urls.urlOf(media) ?? '').pathname;
const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => app.server.inject({ method, url, headers });

describe('a signed address', () => {
  it('leads to the picture as it is, or made right for a rule, to anybody and for an hour in their cache', async () => {
    const plain = await ask(pathOf({ workspaceId, mediaId: picture }));
    expect(plain.statusCode).toBe(200);
    expect(plain.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=3600', 'content-security-policy': "default-src 'none'; sandbox" });
    expect(plain.headers['set-cookie']).toBeUndefined();
    const made = await ask(pathOf({ workspaceId, mediaId: picture, rule }));
    expect(made.headers['content-type']).toBe('image/jpeg');
    expect(made.rawPayload.length).toBe(Number(made.headers['content-length']));
    expect(await sharp(made.rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 100, height: 75 });
  });

  it('leads to a video, whole and in pieces', async () => {
    const url = pathOf({ workspaceId, mediaId: video });
    const whole = await ask(url);
    expect([whole.statusCode, whole.headers['content-type'], whole.headers['accept-ranges'], whole.rawPayload.equals(bytes)]).toEqual([200, 'video/mp4', 'bytes', true]);
    for (const [range, from, to] of [['bytes=0-99', 0, 100], ['bytes=100-', 100, 200_000], ['bytes=-50', 199_950, 200_000], ['bytes=199999-300000', 199_999, 200_000]] as const) {
      const part = await ask(url, { range });
      expect([part.statusCode, part.headers['content-range'], part.headers['content-length']], range).toEqual([206, `bytes ${from}-${to - 1}/200000`, String(to - from)]);
      expect(part.rawPayload.equals(bytes.subarray(from, to)), range).toBe(true);
    }
    const beyond = await ask(url, { range: 'bytes=200000-' });
    expect([beyond.statusCode, beyond.headers['content-range'], beyond.body]).toEqual([416, 'bytes */200000', '']);
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-3', 'bytes=-']) expect((await ask(url, { range })).statusCode, range).toBe(200);
  });

  it('gives a piece only of the version that is meant', async () => {
    const url = pathOf({ workspaceId, mediaId: video });
    const etag = String((await ask(url)).headers.etag);
    expect((await ask(url, { range: 'bytes=0-9', 'if-range': etag })).statusCode).toBe(206);
    expect((await ask(url, { range: 'bytes=0-9', 'if-range': '"another"' })).statusCode).toBe(200);
  });

  it('answers HEAD with everything but the bytes', async () => {
    const madeSize = String((await ask(pathOf({ workspaceId, mediaId: picture, rule }))).rawPayload.length);
    for (const [media, size] of [[{ workspaceId, mediaId: video }, '200000'], [{ workspaceId, mediaId: picture, rule }, madeSize], [testPicture.media, String(testPicture.bytes.length)]] as const) {
      const head = await ask(pathOf(media), {}, 'HEAD');
      expect([head.statusCode, head.headers['content-length'], head.rawPayload.length]).toEqual([200, size, 0]);
    }
  });

  it('is refused when it is forged, changed, of another key, or anything else', async () => {
    const url = pathOf({ workspaceId, mediaId: picture });
    const [body = '', mac = ''] = url.slice('/m/'.length).split('.');
    const foreign = createMediaUrls({ ring: openKeyRing('somebody-elses-key-altogether'), publicUrl: 'https://post.example', anywhere: false, now: clock.now });
    const swapped = Buffer.from(Buffer.from(body, 'base64url').toString().replace(picture, video)).toString('base64url');
    const bad = [`${body}.${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`, `${body}.`, body, `${swapped}.${mac}`, `${body}.${mac}.x`, `${body}.${mac.toUpperCase()}x`, '', 'x', new URL(foreign.urlOf({ workspaceId, mediaId: picture }) ?? '').pathname.slice('/m/'.length)];
    for (const token of bad) {
      const answer = await ask(`/m/${token}`);
      expect([answer.statusCode, answer.headers['content-type']?.startsWith('text/html')], token).toEqual([404, true]);
    }
  });

  it('leads nowhere for a file of another workspace, one that is gone, or one whose bytes are', async () => {
    expect((await ask(pathOf({ workspaceId: other, mediaId: picture }))).statusCode).toBe(404);
    expect((await ask(pathOf({ workspaceId, mediaId: newId(clock.now()) }))).statusCode).toBe(404);
    const lost = await keep('video/mp4', Buffer.from('x'));
    rmSync(app.deps.storage.path({ id: lost, type: 'video/mp4' }));
    expect((await ask(pathOf({ workspaceId, mediaId: lost }))).statusCode).toBe(404);
  });

  it('is streamed: a video of half a gigabyte costs no memory', async () => {
    const large = await keep('video/mp4', Buffer.alloc(0));
    const size = 512 * 1024 * 1024;
    truncateSync(app.deps.storage.path({ id: large, type: 'video/mp4' }), size);
    const address = await app.server.listen({ host: '127.0.0.1', port: 0 });
    const before = process.memoryUsage().rss;
    let [read, grown] = [0, 0];
    const answer = await fetch(new URL(pathOf({ workspaceId, mediaId: large }), address));
    for await (const chunk of answer.body ?? []) {
      read += (chunk as Uint8Array).length;
      grown = Math.max(grown, process.memoryUsage().rss - before);
    }
    expect(read).toBe(size);
    expect(grown).toBeLessThan(size / 4);
  });

  it('is not in the log, for whoever has it may fetch the file', async () => {
    const url = pathOf({ workspaceId, mediaId: picture });
    await ask(url);
    expect(app.logged()).toContain('/m/*');
    expect(app.logged()).not.toContain(url.slice('/m/'.length, 40));
  });

  it('runs out after a day, and not before', async () => {
    const url = pathOf({ workspaceId, mediaId: picture });
    clock.advance(24 * 3_600_000);
    expect((await ask(url)).statusCode).toBe(200);
    clock.advance(3_600_000);
    expect((await ask(url)).statusCode).toBe(404);
  });
});
