import { createServer, type Server, type ServerResponse } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import type { Fetching } from './incoming.ts';

let app: TestApp;
let ada: Visitor;
let site: Server;
/** What the site does with the next request. */
let answer: (response: ServerResponse) => void;
let port = 0;
let video = '';
let jpeg: Buffer;

beforeAll(async () => {
  jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#cc3311' } }).jpeg().toBuffer();
  site = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => { site.listen(0, '127.0.0.1', resolve); });
  const address = site.address();
  port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  app = await testApp({ UPSTREAMS: `https://files.test=http://127.0.0.1:${port}` });
  ada = await signedUp(app);
  video = await upload('wave.mp4', sampleVideo({ width: 320, height: 180 }));
});
afterAll(async () => {
  await app.close();
  site.closeAllConnections();
  site.close();
});

async function upload(filename: string, bytes: Buffer): Promise<string> {
  const sent = await ada.upload('/media', [{ name: 'media', filename, bytes }], {}, { accept: 'application/json' });
  return sent.json<{ media: { id: string }[] }>().media[0]?.id ?? '';
}

const lines = (body: string) => body.trim().split('\n').map((line) => JSON.parse(line) as Fetching);
const fetching = async (url: string) => lines((await ada.post('/media/import', { url }, { accept: 'application/x-ndjson' })).body);
const json = { accept: 'application/json' };
/** The mean color of a video's still. */
async function still(): Promise<number[]> {
  const { channels } = await sharp((await ada.get(`/media/${video}/thumb`)).rawPayload).stats();
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

describe('a file from the web', () => {
  it('is told of while it comes, and is an upload like any other at the end', async () => {
    const large = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).jpeg({ quality: 100 }).toBuffer();
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': large.length });
      response.write(large.subarray(0, 400_000));
      // The rest comes when what was there has been told of.
      setTimeout(() => response.end(large.subarray(400_000)), 400);
    };
    const told = await fetching('https://files.test/harbor%20view.jpg');
    const [first] = told;
    expect(first).toMatchObject({ all: large.length });
    expect(told.at(-1)).toMatchObject({ item: { name: 'harbor view.jpg', facts: { kind: 'image', width: 1200, height: 900 } } });
  });

  it.each([
    ['no address', 'harbor.jpg', /begins with https/u],
    ['an address of this house', 'https://127.0.0.1/x.jpg', /public addresses/u],
    ['what is not there', 'https://files.test/gone.jpg', /did not give the file/u],
  ])('is refused with a sentence: %s', async (_name, url, why) => {
    answer = (response) => { response.writeHead(404).end(); };
    const [last] = await fetching(url);
    expect(last && 'problems' in last ? last.problems[0]?.message : '').toMatch(why);
  });

  it('is stopped when nobody waits any more, and leaves nothing behind', async () => {
    const before = await count();
    const held = Promise.withResolvers<void>();
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      response.write(jpeg.subarray(0, 100));
      response.on('close', () => held.resolve());
    };
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.server.address();
    const stop = new AbortController();
    const body = new URLSearchParams({ _csrf: await ada.token(), url: 'https://files.test/slow.jpg' });
    const asked = await fetch(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/media/import`, {
      method: 'POST', body, signal: stop.signal, headers: { accept: 'application/x-ndjson', cookie: [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect(asked.status).toBe(200);
    await asked.body?.getReader().read();
    stop.abort();
    await held.promise;
    expect(await count()).toBe(before);
  });

  it('is not fetched when the plan has no room for what it says that it is', async () => {
    const sold = await testApp({ UPSTREAMS: `https://files.test=http://127.0.0.1:${port}`, STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x', STRIPE_PRICES: 'plus:price_x' });
    const grace = await signedUp(sold);
    const closed = Promise.withResolvers<void>();
    answer = (response) => {
      // It would take hours to come, and the first bytes are those of a video.
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 2_000_000_000 });
      response.write(sampleVideo().subarray(0, 2_000));
      response.on('close', () => closed.resolve());
    };
    const [last] = lines((await grace.post('/media/import', { url: 'https://files.test/film.mp4' }, { accept: 'application/x-ndjson' })).body).slice(-1);
    expect(last && 'problems' in last ? last.problems[0]?.message : '').toContain('1 GB');
    await closed.promise;
    await sold.close();
  });

  it('comes by a form as well', async () => {
    answer = (response) => { response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg); };
    const sent = await ada.post('/media/import', { url: 'https://files.test/boat.jpg' });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, expect.stringMatching(/^\/media\/[\da-f-]{36}\/about$/u)]);
    expect((await ada.post('/media/import', { url: 'nonsense' })).headers.location).toBe('/media');
  });
});

async function count(): Promise<number> {
  return (await ada.get('/posts/library')).json<{ items: unknown[] }>().items.length;
}

describe('the still of a video', () => {
  it('is a picture that somebody chose, small and without metadata, and a browser that has it is told so', async () => {
    const first = await ada.get(`/media/${video}/thumb`);
    const set = await ada.upload(`/media/${video}/poster`, [{ name: 'poster', filename: 'frame.jpg', bytes: await sharp(jpeg).resize(1600, 900, { fit: 'fill' }).withExif({ IFD0: { Copyright: 'secret' } }).jpeg().toBuffer() }], {}, json);
    expect(set.json()).toMatchObject({ item: { facts: { kind: 'video', mediaId: video, posterAt: expect.any(Number) } } });
    const second = await ada.get(`/media/${video}/thumb`);
    const { width, exif } = await sharp(second.rawPayload).metadata();
    expect([width, exif]).toEqual([640, undefined]);
    const [red = 0, green = 255] = await still();
    expect([red > 180, green < 80]).toEqual([true, true]);
    expect(second.headers['cache-control']).toBe('private, no-cache');
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect((await ada.get(`/media/${video}/thumb`, { 'if-none-match': String(second.headers.etag) })).statusCode).toBe(304);
    expect((await ada.get(`/media/${video}/thumb`, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(200);
    expect((await ada.get(`/media/${video}/about`)).body).toContain('Use this picture');
  });

  it('stays as it was where the new one is no picture, and pictures have none', async () => {
    const before = await still();
    const broken = await ada.upload(`/media/${video}/poster`, [{ name: 'poster', filename: 'x.jpg', bytes: Buffer.from('no picture at all') }], {}, json);
    expect([broken.statusCode, broken.json<{ problems: { field: string }[] }>().problems[0]?.field]).toEqual([422, 'poster']);
    const film = await ada.upload(`/media/${video}/poster`, [{ name: 'poster', filename: 'x.mp4', bytes: sampleVideo({}) }], {}, json);
    expect(film.json<{ problems: { message: string }[] }>().problems[0]?.message).toContain('This is a video');
    expect((await ada.upload(`/media/${video}/poster`, [], {}, json)).json<{ problems: { message: string }[] }>().problems[0]?.message).toBe('Choose a picture first.');
    const picture = await upload('boat.jpg', jpeg);
    expect((await ada.upload(`/media/${picture}/poster`, [{ name: 'poster', filename: 'x.jpg', bytes: jpeg }], {}, json)).statusCode).toBe(422);
    expect(await still()).toEqual(before);
  });

  it('is nobody else’s to choose', async () => {
    const eve = await signedUp(app, 'eve@example.org');
    const before = await still();
    expect((await eve.upload(`/media/${video}/poster`, [{ name: 'poster', filename: 'x.jpg', bytes: jpeg }], {}, json)).statusCode).toBe(404);
    expect(await still()).toEqual(before);
  });

  it('leaves nothing behind where the video goes meanwhile', async () => {
    const id = await upload('going.mp4', sampleVideo({}));
    const { store, storage } = app.deps;
    const [workspace] = await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '');
    const removing = storage.keep.bind(storage);
    const { setPoster } = await import('../../actions/media/poster.ts');
    const path = await storage.temp();
    await sharp(jpeg).toFile(path);
    // The row goes after the question whether it is there, before the new still is noted.
    const gone = { ...storage, keep: async (...kept: Parameters<typeof storage.keep>) => { await removing(...kept); await store.media.remove(workspace?.id ?? '', id); } };
    expect(await setPoster({ ...app.deps, storage: gone }, { workspaceId: workspace?.id ?? '' }, id, { path, bytes: 1 })).toMatchObject({ ok: false });
    expect(await storage.size({ id, type: 'image/webp', derivative: 'thumb' })).toBeNull();
  });
});

describe('looking through the library while writing', () => {
  it('finds by name and by kind', async () => {
    const found = async (query: string) => (await ada.get(`/posts/library?${query}`)).json<{ items: { name: string }[] }>().items.map(({ name }) => name);
    expect(await found('q=harbor')).toEqual(['harbor view.jpg']);
    expect(await found('kind=video')).toEqual(['wave.mp4']);
    expect(await found('q=harbor&kind=video')).toEqual([]);
  });
});
