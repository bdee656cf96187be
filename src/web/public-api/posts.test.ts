import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitIds } from '../../lib/ids.ts';
import { providers } from '../../providers/all.ts';
import { apiClient, postBody, read, type ApiClient } from '../../testing/api.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { seedChannel } from '../../testing/world.ts';
import type { ListedPost } from './shapes.ts';

let app: TestApp;
let ada: ApiClient;
let sandbox: string;
let mastodon: string;
let bluesky: string;
type Made = { postId: string; integration: string }[];

async function channel(of: ApiClient, network: string, remoteId: string, name: string): Promise<string> {
  const userId = (await app.deps.store.people.userByEmail('ada@example.org'))?.id ?? '';
  return (await seedChannel(app.deps.store, network, { grant: {}, target: { remoteId, name, handle: `@${name}`, url: null, avatarUrl: null } }, { userId, workspaceId: of.workspaceId })).channelId;
}

beforeAll(async () => {
  app = await testApp({ API_LIMIT: '0', API_CALLS: '0' }, Date.now, providers);
  ada = await apiClient(app);
  sandbox = (await app.deps.store.channels.list(ada.workspaceId))[0]?.id ?? '';
  [mastodon, bluesky] = [await channel(ada, 'mastodon', '1', 'harbour'), await channel(ada, 'bluesky', 'did:plc:1', 'lighthouse')];
});
afterAll(() => app.close());

const stored = async (made: Made) => app.deps.store.posts.get(ada.workspaceId, splitIds(made[0]?.postId)?.[0] ?? '');
async function listed(): Promise<ListedPost[]> {
  return read<{ posts: ListedPost[] }>(await ada.call('GET', `/posts?startDate=2020-01-01T00:00:00.000Z&endDate=2100-01-01T00:00:00.000Z`)).posts;
}

describe('making posts', () => {
  it('makes one post of all channels, each with its own words, and lists each by itself', async () => {
    const date = new Date(Date.now() + 7_200_000).toISOString();
    const answer = await ada.call('POST', '/posts', { type: 'schedule', date, shortLink: false, tags: [], posts: [
      { integration: { id: sandbox }, value: [{ content: '<p>One <strong>way</strong></p><p>to say it</p>', image: [] }], settings: { __type: 'sandbox' } },
      { integration: { id: mastodon }, value: [{ content: 'Another &amp; plain', image: [] }, { content: 'and more', image: [], delay: 5 }], settings: { __type: 'mastodon', visibility: 'unlisted' } },
    ] });
    expect(answer.statusCode).toBe(201);
    const made = read<Made>(answer);
    expect(made.map(({ integration }) => integration)).toEqual([sandbox, mastodon]);
    const post = await stored(made);
    expect(post).toMatchObject({ state: 'scheduled', at: Date.parse(date), zone: 'Europe/Berlin', content: { parts: [{ text: 'One way\nto say it', media: [] }] } });
    expect(post?.variants.find(({ channelId }) => channelId === mastodon)).toMatchObject({ content: { parts: [{ text: 'Another &amp; plain' }, { text: 'and more', waitMinutes: 5 }] }, options: { visibility: 'unlisted' } });
    const own = (await listed()).filter(({ group }) => group === post?.id);
    expect(own.map(({ id }) => id).sort()).toEqual(made.map(({ postId }) => postId).sort());
    expect(own.find(({ integration }) => integration.id === mastodon)).toEqual({
      id: made[1]?.postId, content: 'Another &amp; plain', publishDate: date, releaseURL: null, releaseId: null, state: 'QUEUE', intervalInDays: null, group: post?.id,
      creationMethod: 'UNKNOWN', settings: expect.stringContaining('"__type":"mastodon"') as string, tags: [],
      integration: { id: mastodon, providerIdentifier: 'mastodon', name: 'harbour', picture: 'http://localhost:3000/assets/networks/mastodon.svg' },
    });
  });

  it('keeps drafts, sends now, and tells what is wrong with a date', async () => {
    const draft = read<Made>(await ada.call('POST', '/posts', postBody([sandbox], 'kept', { type: 'draft' })));
    expect(await stored(draft)).toMatchObject({ state: 'draft' });
    const now = read<Made>(await ada.call('POST', '/posts', postBody([sandbox], 'at once', { type: 'now', date: undefined })));
    await app.deps.engine.tick();
    await app.deps.engine.idle();
    expect((await listed()).find(({ id }) => id === now[0]?.postId)).toMatchObject({ state: 'PUBLISHED', releaseURL: expect.stringMatching(/^http:\/\/localhost:3000\/sandbox\/[\da-f-]+#[\da-f]+$/u) as string, releaseId: expect.any(String) as string });
    for (const [date, sentence] of [['yesterday', 'not a date'], ['2026-02-30T10:00:00Z', 'not a date'], [new Date(Date.now() - 600_000).toISOString(), 'This time is past'], ['2099-01-01T00:00:00Z', 'five years']] as const) {
      const answer = await ada.call('POST', '/posts', postBody([sandbox], 'x', { date }));
      expect([answer.statusCode, answer.body], date).toEqual([400, expect.stringContaining(sentence) as string]);
    }
    // As find-slot gives it: without a zone it is UTC.
    const at = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 17).concat('00');
    expect(await stored(read<Made>(await ada.call('POST', '/posts', postBody([sandbox], 'utc', { date: at }))))).toMatchObject({ at: Date.parse(`${at}Z`) });
  });

  it('tells what is wrong on every network at once, as clients show it', async () => {
    const answer = await ada.call('POST', '/posts', { ...postBody([bluesky, mastodon], 'x'.repeat(600)), posts: [
      { integration: { id: bluesky }, value: [{ content: 'x'.repeat(301), image: [] }] },
      { integration: { id: mastodon }, value: [{ content: 'x'.repeat(501), image: [] }], settings: { poll: 'yes' } },
      { integration: { id: 'nowhere' }, value: [{ content: 'x', image: [] }] },
    ] });
    expect(answer.statusCode).toBe(400);
    const body = read<{ statusCode: number; message: string; provider: string; problems: { name: string; field: string; message: string }[] }>(answer);
    expect(body).toMatchObject({ statusCode: 400, provider: 'mastodon' });
    expect(body.problems.map(({ name, field }) => [name, field])).toEqual(expect.arrayContaining([['lighthouse', 'value.0.content'], ['harbour', 'value.0.content'], ['harbour', 'settings.poll'], [null, 'integration']]));
    expect(body.message).toContain('lighthouse: Bluesky takes 300 characters; this has 301.');
    expect(body.message).toContain('harbour: Mastodon takes 500 characters; this has 501.');
    expect((await listed()).some(({ content }) => content.startsWith('xxx'))).toBe(false);
  });

  it('takes pictures by id and by its own address, and makes nothing twice for one Idempotency-Key', async () => {
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#225588' } }).png().toBuffer();
    const file = read<{ id: string; path: string; name: string }>(await ada.upload(png, 'harbour.png'));
    expect(file).toMatchObject({ name: 'harbour.png', path: `http://localhost:3000/media/${file.id}.png` });
    expect((await ada.person.get(`/media/${file.id}.png`)).headers['content-type']).toBe('image/png');
    // Postiz's own command line makes ids up.
    const body = { ...postBody([sandbox], ''), posts: [{ integration: { id: sandbox }, value: [{ content: 'seen', image: [{ id: 'k3x9q', path: file.path, alt: 'A harbour' }, { id: file.id, path: '' }] }] }] };
    const first = await ada.call('POST', '/posts', body, { 'idempotency-key': 'abc' });
    const again = await ada.call('POST', '/posts', body, { 'idempotency-key': 'abc' });
    expect([first.statusCode, again.statusCode, again.body]).toEqual([201, 201, first.body]);
    expect((await stored(read<Made>(first)))?.content.parts[0]?.media).toEqual([{ mediaId: file.id, alt: 'A harbour' }, { mediaId: file.id, alt: '' }]);
    expect((await listed()).filter(({ content }) => content === 'seen')).toHaveLength(1);
    const [other, wrong] = [await ada.call('POST', '/posts', postBody([sandbox], 'other'), { 'idempotency-key': 'abc' }), await ada.call('POST', '/posts', { ...body, posts: [] }, { 'idempotency-key': 'def' })];
    expect([other.statusCode, wrong.statusCode]).toEqual([422, 400]);
    // What was refused may be sent again, mended, under a name of its own; what was deleted stays deleted.
    expect((await ada.call('DELETE', `/posts/${read<Made>(first)[0]?.postId}`)).statusCode).toBe(200);
    expect((await ada.call('POST', '/posts', body, { 'idempotency-key': 'abc' })).statusCode).toBe(409);
  });

  it('makes one of ten at once under one Idempotency-Key', async () => {
    const body = postBody([sandbox], 'once and no more');
    const answers = await Promise.all(Array.from({ length: 10 }, () => ada.call('POST', '/posts', body, { 'idempotency-key': 'ten' })));
    expect((await listed()).filter(({ content }) => content === 'once and no more')).toHaveLength(1);
    expect(new Set(answers.map(({ body: told }) => told)).size, answers.map(({ body: told }) => told).join('\n')).toBe(1);
  });

  it('refuses what it cannot do instead of dropping it', async () => {
    for (const [over, sentence] of [[{ inter: 7 }, 'repeat by themselves'], [{ type: 'later' }, 'type'], [{ posts: [] }, 'posts']] as const) {
      const answer = await ada.call('POST', '/posts', postBody([sandbox], 'x', over));
      expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining(sentence) as string]);
    }
    const twice = await ada.call('POST', '/posts', postBody([sandbox, sandbox], 'x'));
    expect(twice.body).toContain('A channel is named twice');
  });
});

describe('changing posts', () => {
  const make = async (over: object = {}, channels = [sandbox]) => read<Made>(await ada.call('POST', '/posts', postBody(channels, 'as it was', over)));

  it('updates words and time, and leaves the other channels of the post alone', async () => {
    const made = await make({}, [sandbox, mastodon]);
    const before = await stored(made);
    const date = new Date(before?.at ?? 0).toISOString();
    const one = { type: 'update', date, shortLink: false, tags: [], posts: [{ integration: { id: mastodon }, value: [{ id: made[1]?.postId, content: 'changed', image: [] }], settings: {} }] };
    expect((await ada.call('POST', '/posts', one)).statusCode).toBe(201);
    const after = await stored(made);
    const words = Object.fromEntries(after?.variants.map(({ channelId, content }) => [channelId, content?.parts[0].text]) ?? []);
    expect(words).toEqual({ [mastodon]: 'changed', [sandbox]: undefined });
    const moved = await ada.call('POST', '/posts', { ...one, date: new Date(Date.now() + 9_000_000).toISOString() });
    expect([moved.statusCode, moved.body]).toEqual([400, expect.stringContaining('Name all of them to move it') as string]);
    const nobody = await ada.call('POST', '/posts', { ...one, posts: [{ ...one.posts[0], value: [{ content: 'x' }] }] });
    expect(nobody.statusCode).toBe(404);
  });

  it('schedules a draft and takes it back, and keeps the id', async () => {
    const made = await make({ type: 'draft' });
    const id = made[0]?.postId ?? '';
    expect(read(await ada.call('PUT', `/posts/${id}/status`, { status: 'schedule' }))).toEqual({ id, state: 'QUEUE' });
    expect((await listed()).find((post) => post.id === id)).toMatchObject({ state: 'QUEUE' });
    expect(read(await ada.call('PUT', `/posts/${id}/status`, { status: 'draft' }))).toEqual({ id, state: 'DRAFT' });
    expect((await listed()).find((post) => post.id === id)).toMatchObject({ state: 'DRAFT' });
    expect((await ada.call('PUT', `/posts/${id}/status`, { status: 'published' })).statusCode).toBe(400);
  });

  it('lays settings over those of one channel', async () => {
    const made = await make({}, [mastodon, sandbox]);
    expect(read(await ada.call('PUT', `/posts/${made[0]?.postId}/settings`, { settings: { language: 'de', __type: 'mastodon' } }))).toMatchObject({ postId: made[0]?.postId });
    expect((await stored(made))?.variants.find(({ channelId }) => channelId === mastodon)?.options).toMatchObject({ language: 'de', visibility: 'account' });
    const wrong = await ada.call('PUT', `/posts/${made[0]?.postId}/settings`, { settings: { nonsense: 1 } });
    expect([wrong.statusCode, wrong.body]).toEqual([400, expect.stringContaining('Mastodon has no setting \\"nonsense\\" here') as string]);
  });

  it('deletes by the id of a channel and by the group, whatever the content type says', async () => {
    for (const path of [(made: Made) => `/posts/${made[0]?.postId}`, (made: Made) => `/posts/group/${splitIds(made[0]?.postId)?.[0]}`]) {
      const made = await make();
      const answer = await ada.call('DELETE', path(made));
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
      expect(await stored(made)).toBeUndefined();
      expect((await ada.call('DELETE', path(made))).statusCode).toBe(404);
    }
  });

  it('attaches the id of a post that nobody could tell of', async () => {
    const made = await make({ type: 'now', posts: [{ integration: { id: sandbox }, value: [{ content: 'into the silence', image: [] }], settings: { ending: 'silence' } }] });
    const id = made[0]?.postId ?? '';
    await app.deps.engine.tick();
    await app.deps.engine.idle();
    expect((await listed()).find((post) => post.id === id)).toMatchObject({ state: 'ERROR', releaseId: 'missing' });
    expect(read(await ada.call('GET', `/analytics/post/${id}?date=7`))).toEqual({ missing: true });
    const told = read<{ notifications: { content: string }[]; total: number }>(await ada.call('GET', '/notifications'));
    expect(told.total).toBe(1);
    expect(told.notifications[0]?.content).toContain('may be out, and we cannot tell');
    const candidates = read<{ id: string }[]>(await ada.call('GET', `/posts/${id}/missing`));
    expect(candidates[0]).toEqual({ id: expect.any(String) as string, url: expect.stringContaining(`http://localhost:3000/sandbox/${sandbox}#`) as string });
    expect(read(await ada.call('PUT', `/posts/${id}/release-id`, { releaseId: candidates[0]?.id }))).toMatchObject({ state: 'PUBLISHED', releaseId: candidates[0]?.id });
    expect((await ada.call('PUT', `/posts/${id}/release-id`, { releaseId: 'another' })).statusCode).toBe(400);
    expect(read(await ada.call('GET', `/analytics/post/${id}?date=7`))).toEqual([]);
    expect((await ada.call('DELETE', `/posts/${id}`)).statusCode).toBe(409);
  });
});
