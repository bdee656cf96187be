import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';

let app: TestApp;
let ada: Visitor;
let id: string;
const video = sampleVideo({ bytes: 100_000, durationMs: 65_000, width: 640, height: 360 });
const json = { accept: 'application/json' };

interface Told {
  media: { id: string; name: string; alt: string; kind: string; durationMs: number | null }[];
  problems: { message: string }[];
}

beforeAll(async () => {
  app = await testApp();
  ada = await signedUp(app);
  const answer = await ada.upload('/media', [{ name: 'media', filename: 'clip.mp4', bytes: video, type: 'text/html' }], {}, json);
  id = answer.json<Told>().media[0]?.id ?? '';
});
afterAll(() => app.close());

const temps = () => readdir(join(app.deps.config.dataDir, 'media/tmp'));

describe('uploading', () => {
  it('tells scripts what came in', async () => {
    const picture = await plain(30, 20).png().toBuffer();
    const answer = await ada.upload('/media', [
      { name: 'media', filename: 'clip.webm', bytes: sampleVideo({ type: 'video/webm' }) },
      { name: 'media', filename: 'dot.png', bytes: picture },
    ], {}, json);
    expect(answer.statusCode).toBe(201);
    expect(answer.json<Told>()).toEqual({
      problems: [],
      media: [
        { id: expect.any(String) as string, name: 'clip.webm', alt: '', kind: 'video', durationMs: 2000 },
        { id: expect.any(String) as string, name: 'dot.png', alt: '', kind: 'image', durationMs: null },
      ],
    });
    expect(await temps()).toEqual([]);
  });

  it('says beside its name what is wrong with a file, and keeps the others', async () => {
    const answer = await ada.upload('/media', [
      { name: 'media', filename: 'broken.mp4', bytes: sampleVideo().subarray(0, -5) },
      { name: 'media', filename: 'film.mkv', bytes: Buffer.from('1a45dfa38b4282886d6174726f736b61', 'hex') },
      { name: 'media', filename: 'clip.mov', bytes: sampleVideo({ type: 'video/quicktime' }) },
    ], {}, json);
    expect(answer.statusCode).toBe(422);
    const { media, problems } = answer.json<Told>();
    expect(media).toMatchObject([{ name: 'clip.mov', kind: 'video' }]);
    expect(problems.map(({ message }) => message)).toEqual([
      'broken.mp4: This video is damaged or incomplete. Try to upload it again.',
      expect.stringMatching(/^film\.mkv: This is a Matroska video/u),
    ]);
  });

  it('leaves nothing of what no route has taken in', async () => {
    const file = { name: 'media', filename: 'clip.mp4', bytes: video };
    expect((await ada.upload('/media', [file], { _csrf: 'forged' })).statusCode).toBe(403);
    expect((await ada.upload('/settings', [file])).statusCode).toBeLessThan(500);
    await expect.poll(temps).toEqual([]);
  });

  it('takes no files from strangers', async () => {
    const before = app.logged();
    const stranger = visitor(app);
    // Refused at once, and what would be refused as a file is not even looked at.
    await stranger.upload('/login', [{ name: 'media', filename: 'film.mkv', bytes: Buffer.from('1a45dfa38b4282886d6174726f736b61', 'hex') }]);
    expect(app.logged().slice(before.length)).not.toContain('upload refused');
    expect((await stranger.upload('/media', [{ name: 'media', filename: 'clip.mp4', bytes: video }])).statusCode).toBe(303);
    expect(await temps()).toEqual([]);
  });
});

describe('the library', () => {
  it('shows pictures and videos, and how long these are', async () => {
    const page = await ada.get('/media');
    expect(page.body).toContain('Add pictures or videos');
    expect(page.body).toContain('accept="image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm"');
    expect(page.body).toContain('25 MB each, MP4, MOV or WebM up to 4 GB each');
    expect(page.body).toContain('640 × 360, 1:05 min, 100 KB');
    expect(page.body).toContain('30 × 20, 118 bytes</span>');
    // Of the video its first moment, and its still until the browser has drawn that; of a picture its still.
    expect(page.body).toContain(`<video src="/media/${id}#t=0.1" poster="/media/${id}/thumb"`);
    expect(page.body).toMatch(/<img src="\/media\/[\w-]{36}\/thumb"/u);
  });

  it('has a still of each', async () => {
    const answer = await ada.get(`/media/${id}/thumb`);
    expect(answer.headers).toMatchObject({ 'content-type': 'image/webp' });
    expect(answer.rawPayload.toString('latin1', 8, 12)).toBe('WEBP');
  });
});

describe('serving', () => {
  it('sends the whole video', async () => {
    const answer = await ada.get(`/media/${id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'video/mp4', 'content-length': '100000', 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff', etag: `"${id}"`,
      'content-security-policy': "media-src 'self'; default-src 'none'; sandbox allow-same-origin",
    });
    expect(answer.rawPayload.equals(video)).toBe(true);
  });

  it.each<[range: string, from: number, to: number]>([
    ['bytes=0-0', 0, 1],
    ['bytes=0-1023', 0, 1024],
    ['bytes=50000-', 50_000, 100_000],
    ['bytes=99999-200000', 99_999, 100_000],
    ['bytes=-1', 99_999, 100_000],
    ['bytes=-500', 99_500, 100_000],
    ['bytes=-999999', 0, 100_000],
    ['Bytes=10-19', 10, 20],
  ])('sends %s', async (range, from, to) => {
    const answer = await ada.get(`/media/${id}`, { range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers).toMatchObject({ 'content-type': 'video/mp4', 'content-range': `bytes ${from}-${to - 1}/100000`, 'content-length': String(to - from) });
    expect(answer.rawPayload.equals(video.subarray(from, to))).toBe(true);
  });

  it.each(['bytes=100000-', 'bytes=100000-100001', 'bytes=-0', 'bytes=999999999999999999999-'])('has nothing at %s', async (range) => {
    const answer = await ada.get(`/media/${id}`, { range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe('bytes */100000');
    expect(answer.rawPayload.length).toBe(0);
  });

  it.each<Record<string, string>>([
    { range: 'bytes=' }, { range: 'bytes=-' }, { range: 'bytes=5-1' }, { range: 'bytes=0-1,5-6' }, { range: 'lines=0-1' }, { range: 'bytes=a-b' },
    { range: 'bytes=0-9', 'if-range': '"another"' }, { range: 'bytes=0-9', 'if-range': 'Wed, 21 Oct 2026 07:28:00 GMT' },
  ])('sends all for %j', async (headers) => {
    const answer = await ada.get(`/media/${id}`, headers);
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, 100_000]);
  });

  it('says how long it is without sending it', async () => {
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.server.inject({ method: 'HEAD', url: `/media/${id}`, headers: { cookie, range: 'bytes=0-9' } });
    expect([answer.statusCode, answer.headers['content-length'], answer.headers['accept-ranges'], answer.rawPayload.length]).toEqual([200, '100000', 'bytes', 0]);
  });

  it('goes on with what has not changed', async () => {
    expect((await ada.get(`/media/${id}`, { range: 'bytes=0-9', 'if-range': `"${id}"` })).statusCode).toBe(206);
  });

  it('sends nothing but to its workspace', async () => {
    expect((await visitor(app).get(`/media/${id}`, { range: 'bytes=0-9' })).statusCode).toBe(303);
    const bob = await signedUp(app, 'bob@example.org');
    expect((await bob.get(`/media/${id}`, { range: 'bytes=0-9' })).statusCode).toBe(404);
  });

  it('forgets what is deleted', async () => {
    const answer = await ada.upload('/media', [{ name: 'media', filename: 'clip.mp4', bytes: video }], {}, json);
    const gone = answer.json<Told>().media[0]?.id ?? '';
    await ada.post(`/media/${gone}/delete`);
    for (const url of [`/media/${gone}`, `/media/${gone}/thumb`]) expect((await ada.get(url)).statusCode).toBe(404);
  });
});
