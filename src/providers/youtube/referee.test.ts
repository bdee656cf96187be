import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSend, type SendOptions } from '../../lib/net-guard.ts';
import { startFakeYouTube, type FakeYouTube } from './fake.ts';
import discovery from './fake/discovery.json' with { type: 'json' };
import { answerProblem, methodAt } from './fake/referee.ts';

let fake: FakeYouTube;
let bearer: string;
beforeEach(async () => {
  fake = await startFakeYouTube();
  bearer = fake.oauth.issue().access;
});
afterEach(() => fake.close());

const api = 'https://www.googleapis.com';
const insert = `${api}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`;
const snippet = { title: 'A', description: '', categoryId: '22' };
const status = { privacyStatus: 'public', selfDeclaredMadeForKids: false };

interface Answer { status: number; reason: string | null; location: string | null; range: string | null }

/** A call as anybody could make it, without the adapter. */
async function call(method: 'GET' | 'POST' | 'PUT', url: string, { headers = {}, body = null, token = bearer }: { headers?: Record<string, string>; body?: string | Buffer | null; token?: string } = {}): Promise<Answer> {
  const options: SendOptions = { method, headers: { authorization: `Bearer ${token}`, ...headers }, body };
  const answer = await createSend(fake.upstreams)(new URL(url), options);
  const text = await answer.body.text();
  const reason = /"reason":"(\w+)"/u.exec(text)?.[1] ?? null;
  const header = (name: string) => { const value = answer.headers[name]; return typeof value === 'string' ? value : null; };
  return { status: answer.statusCode, reason, location: header('location'), range: header('range') };
}

const begin = (resource: object, { url = insert, size = '600000', type = 'video/mp4', json = 'application/json' } = {}) =>
  call('POST', url, { headers: { 'content-type': json, 'x-upload-content-length': size, 'x-upload-content-type': type }, body: JSON.stringify(resource) });

describe('youtube: the fake is strict', () => {
  it.each<[string, object, Parameters<typeof begin>[1], string | null]>([
    ['a video', { snippet, status }, {}, null],
    ['no title', { snippet: { ...snippet, title: ' ' }, status }, {}, 'invalidTitle'],
    ['a title of 101 characters', { snippet: { ...snippet, title: 'a'.repeat(101) }, status }, {}, 'invalidTitle'],
    ['a title with brackets', { snippet: { ...snippet, title: 'a > b' }, status }, {}, 'invalidTitle'],
    ['a description of 5,001 bytes', { snippet: { ...snippet, description: `${'é'.repeat(2500)}a` }, status }, {}, 'invalidDescription'],
    ['tags of 500', { snippet: { ...snippet, tags: ['a'.repeat(250), 'b'.repeat(249)] }, status }, {}, null],
    ['tags of 501', { snippet: { ...snippet, tags: ['a'.repeat(250), `b ${'b'.repeat(246)}`] }, status }, {}, 'invalidTags'],
    ['a category that cannot be assigned', { snippet: { ...snippet, categoryId: '30' }, status }, {}, 'invalidCategoryId'],
    ['a category as a number', { snippet: { ...snippet, categoryId: 22 }, status }, {}, 'badRequest'],
    ['a time for a public video', { snippet, status: { ...status, publishAt: '2026-12-01T10:00:00Z' } }, {}, 'invalidPublishAt'],
    ['a time in no zone', { snippet, status: { ...status, privacyStatus: 'private', publishAt: '2026-12-01T10:00:00' } }, {}, 'badRequest'],
    ['another privacy', { snippet, status: { ...status, privacyStatus: 'friends' } }, {}, 'badRequest'],
    ['nothing about kids', { snippet, status: { privacyStatus: 'public' } }, {}, 'invalidVideoMetadata'],
    ['an unknown property', { snippet: { ...snippet, mood: 'good' }, status }, {}, 'badRequest'],
    ['a part that was not announced', { snippet, status }, { url: `${api}/upload/youtube/v3/videos?uploadType=resumable&part=snippet` }, 'unexpectedPart'],
    ['no part', { snippet, status }, { url: `${api}/upload/youtube/v3/videos?uploadType=resumable` }, 'missingRequiredParameter'],
    ['an unknown parameter', { snippet, status }, { url: `${insert}&publish=now` }, 'unexpectedParameter'],
    ['a flag that is none', { snippet, status }, { url: `${insert}&notifySubscribers=maybe` }, 'invalidParameter'],
    ['another way to upload', { snippet, status }, { url: insert.replace('resumable', 'multipart') }, 'badRequest'],
    ['no length', { snippet, status }, { size: '' }, 'badRequest'],
    ['no video', { snippet, status }, { size: '0' }, 'mediaBodyRequired'],
    ['a picture', { snippet, status }, { type: 'image/png' }, 'badContent'],
  ])('%s', async (_name, resource, how, reason) => {
    const answer = await begin(resource, how);
    expect(answer.reason).toBe(reason);
    expect(answer.status).toBe(reason === null ? 200 : 400);
    expect(answer.location === null).toBe(reason !== null);
    expect(fake.ledger).toEqual([]);
  });

  it('with pieces: their size, their place, their type, and who sends them', async () => {
    const location = (await begin({ snippet, status })).location ?? '';
    const piece = (range: string, body: Buffer | null, more: Record<string, string> = {}, token = bearer) =>
      call('PUT', location, { headers: { 'content-type': 'video/mp4', 'content-range': range, ...more }, body, token });
    const bytes = Buffer.alloc(600_000);
    expect(await piece('bytes */600000', null)).toMatchObject({ status: 308, range: null });
    expect(await piece('bytes */700000', null)).toMatchObject({ status: 400 });
    expect(await piece('bytes 0-299999/600000', bytes.subarray(0, 300_000))).toMatchObject({ status: 400 });
    expect(await piece('bytes 0-262143/600000', bytes.subarray(0, 100))).toMatchObject({ status: 400 });
    expect(await piece('bytes 0-262143/600000', bytes.subarray(0, 262_144), { 'content-type': 'video/webm' })).toMatchObject({ status: 400, reason: 'badContent' });
    expect(await piece('bytes 0-262143/600000', bytes.subarray(0, 262_144), {}, 'stolen')).toMatchObject({ status: 401, reason: 'authError' });
    expect(await piece('bytes 262144-599999/600000', bytes.subarray(262_144))).toMatchObject({ status: 400 });
    expect(await piece('bytes 0-262143/600000', bytes.subarray(0, 262_144))).toMatchObject({ status: 308, range: 'bytes=0-262143' });
    expect(await piece('bytes 0-262143/600000', bytes.subarray(0, 262_144))).toMatchObject({ status: 400 });
    expect(await piece('bytes 262144-599999/600000', bytes.subarray(262_144))).toMatchObject({ status: 201 });
    expect(await piece('bytes */600000', null)).toMatchObject({ status: 200 });
    expect(fake.ledger).toHaveLength(1);
    fake.uploads.drop();
    expect(await piece('bytes */600000', null)).toMatchObject({ status: 404 });
  });

  it('with scopes, methods and hosts', async () => {
    const upload = fake.oauth.issue(['https://www.googleapis.com/auth/youtube.upload']).access;
    const read = fake.oauth.issue(['https://www.googleapis.com/auth/youtube.readonly']).access;
    expect(await call('GET', `${api}/youtube/v3/channels?part=snippet&mine=true`, { token: upload })).toMatchObject({ status: 403, reason: 'insufficientPermissions' });
    expect(await call('GET', `${api}/youtube/v3/channels?part=snippet&mine=true`, { token: read })).toMatchObject({ status: 200 });
    expect(await call('GET', `${api}/youtube/v3/channels?part=snippet&mine=true&id=UC1`, { token: read })).toMatchObject({ status: 400 });
    expect(await call('GET', `${api}/oauth2/v2/userinfo`, { token: read })).toMatchObject({ status: 403 });
    expect(await call('GET', `${api}/youtube/v3/playlistItems?part=snippet&playlistId=UUx&maxResults=51`)).toMatchObject({ status: 400, reason: 'invalidParameter' });
    expect(await call('GET', `${api}/youtube/v3/search?part=snippet`)).toMatchObject({ status: 404 });
    expect(await call('GET', 'https://oauth2.googleapis.com/youtube/v3/channels?part=snippet&mine=true')).toMatchObject({ status: 404 });
    expect(await call('POST', insert, { token: read })).toMatchObject({ status: 403, reason: 'insufficientPermissions' });
  });

  it('knows answers that YouTube would not give', () => {
    const list = methodAt('GET', '/youtube/v3/videos')?.method;
    if (!list) throw new Error('no such method');
    expect(answerProblem(list, { kind: 'youtube#videoListResponse', items: [{ id: 'a', status: { uploadStatus: 'done' } }] })).toContain('is none of uploaded, processed');
    expect(answerProblem(list, { items: [{ id: 1 }] })).toBe('answer.items[0].id is not of type string');
    expect(answerProblem(list, { items: [{ id: 'a', mood: 'good' }] })).toBe('answer.items[0].mood is not known');
    expect(answerProblem(list, { items: [] })).toBeNull();
  });
});

const folder = join(import.meta.dirname, '../../../../shared/specs/google');
const there = existsSync(folder);
if (!there) process.stdout.write('youtube: the discovery documents are not at hand, so what is cut down from them is not compared\n');

/** The first path at which the copy says something that the whole does not. */
function difference(copy: unknown, whole: unknown, at: string): string | null {
  if (typeof copy !== 'object' || copy === null) return copy === whole ? null : at;
  if (typeof whole !== 'object' || whole === null || Array.isArray(copy) !== Array.isArray(whole)) return at;
  if (Array.isArray(copy) && copy.length !== (whole as unknown[]).length) return at;
  for (const [key, value] of Object.entries(copy)) {
    const found = difference(value, (whole as Record<string, unknown>)[key], `${at}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

describe('the discovery documents beside the fake', () => {
  it.skipIf(!there)('say what the whole ones say', () => {
    const whole = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
    expect(difference(discovery.youtube, whole('youtube.v3.discovery.trimmed.json'), 'youtube')).toBeNull();
    expect(difference(discovery.oauth2, whole('oauth2.v2.discovery.json'), 'oauth2')).toBeNull();
    expect(difference({ ...discovery.oauth2, rootUrl: 'https://elsewhere.example/' }, whole('oauth2.v2.discovery.json'), 'oauth2')).toBe('oauth2/rootUrl');
  });
});
