import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeIo } from '../../fake/io.ts';
import { graph } from '../graph.ts';
import { errors } from './errors.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import { settings } from './subject.ts';

let fake: FakeInstagram;
let files: Server;
/** What is served under each path. */
const served = new Map<string, { type: string; bytes: Buffer }>();
beforeEach(async () => {
  fake = await startFakeInstagram();
  files = createServer((request, response) => {
    const file = served.get(request.url ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.bytes);
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  files.close();
  await fake.close();
});

const account = '17841400000000001';
const jpeg = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#3a7ca5' } }).jpeg().toBuffer();
const at = (path: string) => `http://127.0.0.1:${(files.address() as AddressInfo).port}${path}`;

/** What the stand-in says to a call: the answer, or code and subcode. */
async function said(method: 'GET' | 'POST', path: string, json?: object, token = fake.pageToken('104000000000001').value, query = {}): Promise<unknown> {
  const io = fakeIo({ upstreams: fake.upstreams, settings });
  try {
    return (await graph(io, { method, path, query, app: fake.state.app, token, errors, ...(json && { body: { json } }) })).json;
  } catch (error) {
    return (error as { failure: { code: string } }).failure.code;
  }
}

describe('the stand-in fetches pictures as Instagram does', () => {
  it.each<[string, string, () => Promise<Buffer>, string, object, string | RegExp]>([
    ['a JPEG of a shape that is taken', '/good', () => jpeg(800, 1000), 'image/jpeg', {}, ''],
    ['one that is too tall for the feed', '/tall', () => jpeg(799, 1000), 'image/jpeg', {}, '/2207009'],
    ['one that is too wide', '/wide', () => jpeg(1911, 1000), 'image/jpeg', {}, '/2207009'],
    ['a tall one in a Story', '/tall', () => jpeg(540, 960), 'image/jpeg', { media_type: 'STORIES' }, ''],
    ['a PNG', '/png', async () => sharp(await jpeg(10, 10)).png().toBuffer(), 'image/png', {}, '/2207005'],
    ['a PNG that says it is a JPEG', '/png', async () => sharp(await jpeg(10, 10)).png().toBuffer(), 'image/jpeg', {}, '/2207005'],
    ['what has more than 8 MiB', '/large', async () => Buffer.concat([await jpeg(800, 1000), Buffer.alloc(9_000_000)]), 'image/jpeg', {}, '/2207004'],
  ])('%s', async (_name, path, bytes, type, more, code) => {
    served.set(path, { type, bytes: await bytes() });
    const answer = await said('POST', `${account}/media`, { image_url: at(path), ...more });
    if (code === '') expect(answer).toEqual({ id: [...fake.containers.keys()][0] });
    else expect(answer).toBe(code);
    expect(fake.containers.size).toBe(code === '' ? 1 : 0);
  });

  it('and takes no address that it could not fetch from', async () => {
    for (const url of [at('/nothing'), 'http://localhost:1/x', 'https://10.0.0.1/x.jpg', 'ftp://example.org/x.jpg', 'https://me:pw@example.org/x.jpg', 'https://example.org/ä.jpg', 'x.jpg', 'https://intranet/x.jpg']) {
      expect(await said('POST', `${account}/media`, { image_url: url }), url).toBe('/2207052');
    }
    expect(await said('POST', `${account}/media`, { image_url: 'https://post.example/m/x' })).toMatchObject({ id: expect.any(String) as string });
  });
});

describe('the stand-in refuses', () => {
  const image_url = 'https://post.example/m/x';

  it.each<[string, object, string]>([
    ['nothing at all', {}, '100'],
    ['an unknown parameter', { image_url, title: 'x' }, '100'],
    ['an unknown kind', { image_url, media_type: 'LIVE' }, '/2207023'],
    ['a single video in the feed', { media_type: 'VIDEO', upload_type: 'resumable' }, '/2207023'],
    ['a Reel in a carousel', { media_type: 'REELS', upload_type: 'resumable', is_carousel_item: true }, '100'],
    ['words on a part of a carousel', { image_url, is_carousel_item: true, caption: 'x' }, '100'],
    ['words on a Story', { image_url, media_type: 'STORIES', caption: 'x' }, '100'],
    ['a description of a Reel', { media_type: 'REELS', upload_type: 'resumable', alt_text: 'x' }, '100'],
    ['AI on a part of a carousel', { image_url, is_carousel_item: true, is_ai_generated: true }, '100'],
    ['a carousel of one', { media_type: 'CAROUSEL', children: '1' }, '/2207028'],
    ['a carousel of what is not there', { media_type: 'CAROUSEL', children: '1,2' }, '/2207006'],
    ['a long caption', { image_url, caption: 'x'.repeat(2201) }, '/2207010'],
    ['21 mentions', { image_url, caption: '@a '.repeat(21) }, '/2207040'],
    ['a long description', { image_url, alt_text: 'x'.repeat(1001) }, '100'],
    ['4 collaborators', { image_url, collaborators: ['a', 'b', 'c', 'd'] }, '100'],
    ['a tag without a place on a picture', { image_url, user_tags: [{ username: 'a' }] }, '100'],
    ['a tag with a place on a Reel', { media_type: 'REELS', upload_type: 'resumable', user_tags: [{ username: 'a', x: 0.1, y: 0.1 }] }, '100'],
    ['a place that is none', { image_url, location_id: 'Hamburg' }, '100'],
  ])('%s', async (_name, json, code) => {
    expect(await said('POST', `${account}/media`, json)).toBe(code);
    expect(fake.containers.size).toBe(0);
  });

  it('tokens of others, of a person, without the permission, or dead', async () => {
    const call = (token: string) => said('POST', `${account}/media`, { image_url }, token);
    expect(await call(fake.pageToken('104000000000002').value)).toBe('200-299');
    expect(await call(fake.pageToken('104000000000001', ['instagram_basic', 'pages_read_engagement']).value)).toBe('200-299');
    expect(await call('EAAwhatever')).toBe('190');
    const dead = fake.pageToken('104000000000001');
    dead.dead = { subcode: 460, message: 'changed' };
    expect(await call(dead.value)).toBe('190/460');
  });

  it('publishing what is no container, a part, not ready, or run out; and takes a second publishing for a second post', async () => {
    const publish = (creation_id: string) => said('POST', `${account}/media_publish`, { creation_id });
    const made = async (json: object) => ((await said('POST', `${account}/media`, json)) as { id: string }).id;
    expect(await publish('123')).toBe('/2207006');
    expect(await publish(await made({ image_url, is_carousel_item: true }))).toBe('100');
    expect(await publish(await made({ media_type: 'REELS', upload_type: 'resumable' }))).toBe('/2207027');
    const good = await made({ image_url });
    expect(await publish(good)).toMatchObject({ id: fake.media[0]?.id });
    await publish(good);
    expect(fake.ledger).toHaveLength(2);
    const old = await made({ image_url });
    fake.state.now = () => Date.now() + 25 * 3_600_000;
    expect(await publish(old)).toBe('/2207008');
    expect(await said('GET', good, undefined, undefined, { fields: 'status_code' })).toEqual({ id: good, status_code: 'PUBLISHED' });
    expect(await said('GET', old, undefined, undefined, { fields: 'status_code' })).toEqual({ id: old, status_code: 'EXPIRED' });
  });

  it('more containers than 400 in a day', async () => {
    await said('POST', `${account}/media`, { image_url });
    const made = [...fake.containers.values()];
    for (let n = 1; n < 400; n += 1) for (const one of made) fake.containers.set(`c${n}`, { ...one, id: `c${n}` });
    expect(await said('POST', `${account}/media`, { image_url })).toBe('/2207042');
  });
});
