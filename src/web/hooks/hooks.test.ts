import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../../domain/channels/platform-event.ts';
import type { Provider } from '../../providers/contract.ts';
import { signedUp, testApp, visitor, type TestApp } from '../../testing/app.ts';
import { familySecret, plainFamily, signed } from '../../testing/family.ts';
import { seedChannel, seedPost, type World } from '../../testing/world.ts';

let app: TestApp;
const env = { PUBLIC_URL: 'https://post.example', PLAINS_CLIENT_ID: 'id', PLAINS_CLIENT_SECRET: familySecret };

beforeEach(async () => { app = await testApp(env, Date.now, plainFamily()); });
afterEach(() => app.close());

const call = (payload: string | Buffer, headers: Record<string, string> = signed(payload.toString())) =>
  app.server.inject({ method: 'POST', url: '/hooks/plains/all', payload, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers } });
const saying = (...events: PlatformEvent[]) => JSON.stringify({ events });

/** Two tenants with the same account, each at another network of the family. */
async function tenants(): Promise<[World, World]> {
  const target = { remoteId: 'acc-1', name: 'Ada', handle: '@ada', url: null, avatarUrl: null };
  return [await seedChannel(app.deps.store, 'plain', { grant: { token: 'a' }, target }), await seedChannel(app.deps.store, 'plain-two', { grant: { token: 'b' }, target })];
}

const statusOf = async ({ workspaceId, channelId }: World) => (await app.deps.store.channels.get(workspaceId, channelId))?.connectionStatus;

describe('a call from a platform', () => {
  it('is heeded in every workspace, without session, cookie or token, from wherever it comes', async () => {
    const [one, two] = await tenants();
    const body = saying({ kind: 'deauthorized', accountId: 'acc-1' });
    const answer = await call(body, { ...signed(body), origin: 'https://platform.example', 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toEqual({ url: '', confirmation_code: '', type: 'application/x-www-form-urlencoded; charset=utf-8' });
    expect([await statusOf(one), await statusOf(two)]).toEqual(['needs_reconnect', 'needs_reconnect']);
  });

  it('is read as the bytes that were signed, whatever kind they say they are', async () => {
    const body = `{"events":[],  "odd": "é\\u00e9 + &=%20"}`;
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream', 'multipart/form-data; boundary=x', 'application/x-unknown']) {
      expect((await call(body, { ...signed(body), 'content-type': type })).statusCode, type).toBe(200);
    }
  });

  it.each([
    ['without a signature', {}], ['with a wrong one', { 'x-plain-signature': 'ab'.repeat(32) }], ['with one of another body', signed('{"events":[]}')], ['with nonsense', { 'x-plain-signature': '%00' }],
  ])('is refused %s, and changes nothing', async (_how, headers) => {
    const [one] = await tenants();
    const answer = await call(saying({ kind: 'deletion', accountId: 'acc-1' }), headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual({ error: 'forged', message: 'The signature does not fit.' });
    expect(await statusOf(one)).toBe('active');
  });

  it('is refused while the network is not set up', async () => {
    const bare = await testApp({}, Date.now, plainFamily());
    const body = saying();
    const answer = await bare.server.inject({ method: 'POST', url: '/hooks/plains/all', payload: body, headers: { 'content-type': 'text/plain', ...signed(body) } });
    expect(answer.statusCode).toBe(400);
    await bare.close();
  });

  it('answers in JSON also when it is too large, empty, or cannot be handled now', async () => {
    const large = 'x'.repeat(262_145);
    const tooLarge = await call(large, signed(large));
    expect([tooLarge.statusCode, tooLarge.json<{ error: string }>().error]).toEqual([413, 'unreadable']);
    const empty = await app.server.inject({ method: 'POST', url: '/hooks/plains/all' });
    expect([empty.statusCode, empty.json<{ error: string }>().error]).toEqual([400, 'forged']);
    const busy = JSON.stringify({ events: [], busy: true });
    const later = await call(busy);
    expect([later.statusCode, later.headers['retry-after'], later.json<{ error: string }>().error]).toEqual([503, '60', 'busy']);
    const broken = 'not json';
    const bug = await call(broken);
    expect([bug.statusCode, bug.json<{ error: string }>().error]).toEqual([500, 'failed']);
    const unknown = await app.server.inject({ method: 'POST', url: '/hooks/nobody', payload: 'x', headers: { accept: 'application/json' } });
    expect(unknown.statusCode).toBe(404);
  });

  it('logs that it came and nothing of what it said', async () => {
    await call(saying({ kind: 'deauthorized', accountId: 'canary-account' }));
    expect(app.logged()).toContain('a platform called');
    expect(app.logged()).not.toContain('canary-account');
    expect(app.logged()).not.toContain(familySecret);
  });
});

describe('a deletion', () => {
  const body = saying({ kind: 'deletion', accountId: 'acc-1' });

  it('erases, gives an address where it can be followed, and is one request however often it comes', async () => {
    const [one] = await tenants();
    await seedPost(app.deps.store, one, 'plain', { parts: [{ text: 'waits', media: [] }] }, {}, Date.now() + 3_600_000);
    const first = (await call(body)).json<{ url: string; confirmation_code: string }>();
    expect(first.confirmation_code).toMatch(/^[\da-z]{32}$/u);
    expect(first.url).toBe(`https://post.example/data-deletion/${first.confirmation_code}`);
    expect((await call(body)).json()).toEqual((await call(body)).json());
    expect((await call(body)).json<{ url: string }>().url).toBe(first.url);
    expect(await app.deps.store.channels.list(one.workspaceId)).toEqual([]);

    const page = await visitor(app).get(new URL(first.url).pathname);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Your data is deleted');
    expect(page.body).toContain('2 connections with 2 channels');
    expect(page.body).not.toContain('acc-1');
  });

  it('of an account that nobody connected says so', async () => {
    const { url } = (await call(body)).json<{ url: string }>();
    expect((await visitor(app).get(new URL(url).pathname)).body).toContain('nothing was kept here');
    const none = await visitor(app).get('/data-deletion/0123456789abcdef0123456789abcdef');
    expect([none.statusCode, none.body.includes('no deletion request with this code')]).toEqual([404, true]);
  });

  it('is seen at the posts that it stopped', async () => {
    const ada = await signedUp(app);
    const user = await app.deps.store.people.userByEmail('ada@example.org');
    const [workspace] = await app.deps.store.people.workspacesOf(user?.id ?? '');
    const world = await seedChannel(app.deps.store, 'plain', { grant: { token: 'a' }, target: { remoteId: 'acc-1', name: 'Ada', handle: '', url: null, avatarUrl: null } }, { userId: user?.id ?? '', workspaceId: workspace?.id ?? '' });
    const { postId } = await seedPost(app.deps.store, world, 'plain', { parts: [{ text: 'waits', media: [] }] }, {}, Date.now() + 3_600_000);
    await call(body);
    const page = await ada.get(`/posts/${postId}`);
    expect(page.body).toContain('The owner of this account asked Plain to have its data deleted here.');
    expect(page.body).toContain('state-canceled');
  });
});

describe('a nudge', () => {
  it('has what waits for the network looked at at once', async () => {
    const [one] = await tenants();
    const { publicationId } = await seedPost(app.deps.store, one, 'plain', { parts: [{ text: 'x', media: [] }] }, {}, Date.now());
    const [claimed] = await app.deps.store.queue.claimDue({ boot: 'b', now: Date.now(), until: Date.now() + 1_000, limit: 1, attemptId: () => 'attempt' });
    if (!claimed) throw new Error('nothing was claimed');
    const far = Date.now() + 3_600_000;
    await app.deps.store.queue.settle(claimed.lease, { outcome: 'waiting', failure: null, change: { status: 'scheduled', dueAt: far, reason: 'waiting_for_network', failures: 0 } }, Date.now());
    await call(saying({ kind: 'nudge', accountId: 'acc-1' }));
    expect((await app.deps.store.publications.get(one.workspaceId, publicationId))?.dueAt).toBeLessThan(far);
  });
});

describe('two networks', () => {
  it('may name the same hook when it is the same, and stop the start when it is not', async () => {
    const [plain, two] = plainFamily();
    const same = await testApp({}, Date.now, [plain, { ...two, hooks: plain.hooks ?? {} }]);
    await same.close();
    const clash: Provider = { ...two, hooks: { 'plains/all': async () => ({ events: [] }) } };
    await expect(testApp({}, Date.now, [plain, clash])).rejects.toThrow('plain and plain-two both listen at /hooks/plains/all');
  });
});
