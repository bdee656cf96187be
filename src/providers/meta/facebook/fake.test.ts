import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSend } from '../../../lib/net-guard.ts';
import { startFakeFacebook, type FakeFacebook } from './fake.ts';

// The stand-in by itself, called as anybody could call it: it must refuse what Facebook refuses.

let fake: FakeFacebook;
let token: string;
const page = '104000000000001';
beforeEach(async () => {
  fake = await startFakeFacebook();
  token = fake.pageToken(page).value;
});
afterEach(() => fake.close());

interface Call { method?: 'GET' | 'POST'; host?: string; body?: Record<string, unknown> | FormData; as?: string | null; proof?: string | null; headers?: Record<string, string>; raw?: Buffer }

async function call(path: string, { method = 'POST', host = 'graph.facebook.com', body = {}, as = token, proof, headers = {}, raw }: Call = {}) {
  const url = new URL(`https://${host}/${path}`);
  const signed = proof === undefined ? createHmac('sha256', fake.state.app.secret).update(as ?? '').digest('hex') : proof;
  if (signed !== null && raw === undefined) url.searchParams.set('appsecret_proof', signed);
  const encoded = body instanceof FormData ? new Response(body) : null;
  const content = raw ?? (encoded ? Buffer.from(await encoded.arrayBuffer()) : method === 'POST' ? JSON.stringify(body) : null);
  const answer = await createSend(fake.upstreams)(url, {
    method, body: content,
    headers: { ...(as !== null && { authorization: `Bearer ${as}` }), ...(content !== null && { 'content-type': encoded?.headers.get('content-type') ?? 'application/json' }), ...headers },
  });
  const told = (await answer.body.json()) as { error?: { code: number; error_subcode?: number }; debug_info?: { type: string } } & Record<string, unknown>;
  const { error, debug_info: debug } = told;
  return { told, refused: error ? `${error.code}${error.error_subcode === undefined ? '' : `/${error.error_subcode}`}` : (debug?.type ?? null) };
}

function form(fields: Record<string, string | Blob>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const picture = (bytes = 10, type = 'image/jpeg') => new File([new Uint8Array(bytes)], 'a.jpg', { type });
const v = 'v25.0';

describe('the stand-in for Facebook', () => {
  it.each<[string, string, () => Call, string | null]>([
    ['a text', `${v}/${page}/feed`, () => ({ body: { message: 'a' } }), null],
    ['an old version', `v20.0/${page}/feed`, () => ({ body: { message: 'a' } }), '2500'],
    ['another host', `${v}/${page}/feed`, () => ({ host: 'www.facebook.com', body: { message: 'a' } }), '2500'],
    ['no token', `${v}/${page}/feed`, () => ({ as: null, body: { message: 'a' } }), '2500'],
    ['an unknown token', `${v}/${page}/feed`, () => ({ as: 'nonsense', body: { message: 'a' } }), '190'],
    ['no proof', `${v}/${page}/feed`, () => ({ proof: null, body: { message: 'a' } }), '104'],
    ['a wrong proof', `${v}/${page}/feed`, () => ({ proof: 'ff', body: { message: 'a' } }), '104'],
    ['the token of another Page', `${v}/${page}/feed`, () => ({ as: fake.pageToken('104000000000002').value, body: { message: 'a' } }), '200'],
    ['a token without the permission', `${v}/${page}/feed`, () => ({ as: fake.pageToken(page, ['pages_show_list']).value, body: { message: 'a' } }), '200'],
    ['an unknown parameter', `${v}/${page}/feed`, () => ({ body: { message: 'a', privacy: 'x' } }), '100'],
    ['nothing to say', `${v}/${page}/feed`, () => ({}), '100'],
    ['too much to say', `${v}/${page}/feed`, () => ({ body: { message: 'a'.repeat(63_207) } }), '100'],
    ['a link to itself', `${v}/${page}/feed`, () => ({ body: { link: 'https://www.facebook.com/x' } }), '100/1609008'],
    ['pictures that are not there', `${v}/${page}/feed`, () => ({ body: { attached_media: [{ media_fbid: '1' }] } }), '100/33'],
    ['an unknown edge', `${v}/${page}/rumours`, () => ({ body: { message: 'a' } }), '100/33'],
    ['an unknown Page', `${v}/999/feed`, () => ({ body: { message: 'a' } }), '200'],
    ['a picture', `${v}/${page}/photos`, () => ({ body: form({ published: 'false', source: picture() }) }), null],
    ['a picture too large', `${v}/${page}/photos`, () => ({ body: form({ published: 'false', source: picture(4_000_001) }) }), '100/1366046'],
    ['a picture of another kind', `${v}/${page}/photos`, () => ({ body: form({ published: 'false', source: picture(10, 'image/webp') }) }), '100/2069019'],
    ['no picture', `${v}/${page}/photos`, () => ({ body: form({ published: 'false' }) }), '324'],
    ['a Reel in no phase', `${v}/${page}/video_reels`, () => ({}), '100'],
    ['a Reel finished before it began', `${v}/${page}/video_reels`, () => ({ body: { upload_phase: 'finish', video_id: '1', video_state: 'PUBLISHED' } }), '100/33'],
    ['a Story of nothing', `${v}/${page}/photo_stories`, () => ({ body: { photo_id: '1' } }), '100/33'],
    ['a field that is not there', `${v}/${page}/published_posts?fields=likes`, () => ({ method: 'GET' }), '100'],
  ])('%s', async (_name, path, given, refused) => {
    expect((await call(path, given())).refused).toBe(refused);
    expect(fake.ledger.length).toBe(_name === 'a text' ? 1 : 0);
  });

  it('refuses the same words twice in a row, and pictures that are in a post', async () => {
    expect((await call(`${v}/${page}/feed`, { body: { message: 'a' } })).refused).toBeNull();
    expect((await call(`${v}/${page}/feed`, { body: { message: 'a' } })).refused).toBe('506');
    expect((await call(`${v}/${page}/feed`, { body: { message: 'b' } })).refused).toBeNull();
    const { told: { id } } = await call(`${v}/${page}/photos`, { body: form({ published: 'false', source: picture() }) });
    const body = { attached_media: [{ media_fbid: id }] };
    expect((await call(`${v}/${page}/feed`, { body })).refused).toBeNull();
    expect((await call(`${v}/${page}/feed`, { body })).refused).toBe('100/1366051');
    expect((await call(`${v}/${page}/photo_stories`, { body: { photo_id: id } })).refused).toBe('100/1366051');
  });

  it('wants a file whole, from where it broke off, and finishes no other', async () => {
    const { told } = await call(`${v}/${page}/video_reels`, { body: { upload_phase: 'start' } });
    const upload = (offset: number, bytes: number) => call(new URL(String(told['upload_url'])).pathname.slice(1), {
      host: 'rupload.facebook.com', raw: Buffer.alloc(bytes), headers: { authorization: `OAuth ${token}`, offset: String(offset), file_size: '100' },
    });
    const finish = () => call(`${v}/${page}/video_reels`, { body: { upload_phase: 'finish', video_id: told['video_id'], video_state: 'PUBLISHED' } });
    expect((await finish()).refused).toBe('6001');
    expect((await upload(10, 90)).refused).toBe('OffsetInvalidError');
    expect((await upload(0, 40)).refused).toBe('PartialRequestError');
    expect((await upload(0, 60)).refused).toBe('OffsetInvalidError');
    expect((await upload(40, 60)).refused).toBeNull();
    expect((await finish()).refused).toBeNull();
    expect(fake.ledger).toHaveLength(1);
  });

  it('wants exactly the piece of a video that it asked for', async () => {
    fake.behaviour.chunk = 60;
    const { told } = await call(`${v}/${page}/videos`, { body: { upload_phase: 'start', file_size: '100' } });
    expect(told).toMatchObject({ start_offset: '0', end_offset: '60' });
    const piece = (start: number, bytes: number) => call(`${v}/${page}/videos`, { body: form({
      upload_phase: 'transfer', upload_session_id: String(told['upload_session_id']), start_offset: String(start), video_file_chunk: new File([new Uint8Array(bytes)], 'v.mp4', { type: 'video/mp4' }),
    }) });
    expect((await piece(0, 50)).refused).toBe('6001/1363037');
    expect((await piece(60, 40)).refused).toBe('6001/1363037');
    expect((await piece(0, 60)).told).toMatchObject({ start_offset: '60', end_offset: '100' });
    expect((await piece(0, 60)).told).toMatchObject({ start_offset: '60', end_offset: '100' });
    expect((await piece(60, 40)).told).toMatchObject({ start_offset: '100', end_offset: '100' });
    expect([...fake.videos.values()][0]?.upload.pieces.map(({ bytes }) => bytes)).toEqual([60, 40]);
  });
});
