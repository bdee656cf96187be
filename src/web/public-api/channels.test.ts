import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { providers } from '../../providers/all.ts';
import { apiClient, postBody, read, type ApiClient } from '../../testing/api.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { plainFamily } from '../../testing/family.ts';
import { seedChannel, seedPost } from '../../testing/world.ts';
import { documentOf } from './describe.ts';

let app: TestApp;
let ada: ApiClient;
let userId: string;
const seed = (network: string, remoteId: string) => seedChannel(app.deps.store, network, { grant: { token: 'good' }, target: { remoteId, name: `${network} ${remoteId}`, handle: `@${remoteId}`, url: null, avatarUrl: null } }, { userId, workspaceId: ada.workspaceId });

beforeAll(async () => {
  app = await testApp({ API_LIMIT: '0', API_CALLS: '0', PLAINS_CLIENT_ID: 'id', PLAINS_CLIENT_SECRET: 'secret' }, Date.now, [...providers, ...plainFamily()]);
  ada = await apiClient(app);
  userId = (await app.deps.store.people.userByEmail('ada@example.org'))?.id ?? '';
});
afterAll(() => app.close());

describe('channels', () => {
  it('are the same under both addresses, with the key bare or as a bearer token', async () => {
    const { key } = ada;
    for (const prefix of ['/public/v1', '/api/public/v1']) {
      for (const authorization of [key, `Bearer ${key}`, `bearer ${key}`]) {
        const answer = await app.server.inject({ url: `${prefix}/is-connected`, headers: { authorization } });
        expect([answer.statusCode, read(answer)]).toEqual([200, { connected: true }]);
      }
    }
    const [first] = read<Record<string, unknown>[]>(await ada.call('GET', '/integrations'));
    expect(first).toEqual({ id: expect.any(String) as string, name: 'Sandbox', identifier: 'sandbox', picture: 'http://localhost:3000/assets/networks/sandbox.svg', disabled: false, profile: 'this instance' });
    expect(read(await ada.call('GET', '/groups'))).toEqual([]);
    expect(read(await ada.call('GET', '/integrations?group=x'))).toEqual([]);
  });

  it('are told by their groups, which Postiz calls customers', async () => {
    const { store } = app.deps;
    const [own] = await store.channels.list(ada.workspaceId);
    const id = newId(Date.now());
    const by = { userId, now: Date.now() };
    await store.groups.add(ada.workspaceId, { id, name: 'Client Müller', createdAt: Date.now() }, by);
    await store.groups.put(ada.workspaceId, [{ channelId: own?.id ?? '', groupId: id }], by);
    expect(read(await ada.call('GET', '/groups'))).toEqual([{ id, name: 'Client Müller' }]);
    expect(read(await ada.call('GET', `/integrations?group=${id}`))).toMatchObject([{ id: own?.id, customer: { id, name: 'Client Müller' } }]);
    await ada.call('POST', '/posts', postBody([own?.id ?? ''], 'For the client'));
    const listed = async (customer: string) => read<{ posts: unknown[] }>(await ada.call('GET', `/posts?startDate=2020-01-01T00:00:00Z&endDate=2100-01-01T00:00:00Z&customer=${customer}`)).posts.length;
    expect([await listed(id), await listed('x')]).toEqual([1, 0]);
    await store.groups.remove(ada.workspaceId, id, by);
  });

  it('say what they take and what can be asked of them', async () => {
    const { channelId } = await seed('pinterest', '7');
    const { output } = read<{ output: { rules: string; maxLength: number; settings: { properties: Record<string, unknown>; required: string[] }; tools: { methodName: string }[] } }>(await ada.call('GET', `/integration-settings/${channelId}`));
    expect(output.rules).toContain('Pinterest takes text up to 800 characters');
    expect(output.maxLength).toBe(800);
    expect(Object.keys(output.settings.properties)).toEqual(expect.arrayContaining(['board', 'title', 'dominant_color']));
    expect(output.settings.required).toEqual(['board']);
    expect(output.tools.map(({ methodName }) => methodName)).toEqual(['boards', 'board']);
    const unknown = await ada.call('POST', `/integration-trigger/${channelId}`, { methodName: 'music', data: {} });
    expect([unknown.statusCode, unknown.body]).toEqual([404, expect.stringContaining('It has: boards, board.') as string]);
    // Nothing answers there in this test: a failure of the network is told as one.
    expect((await ada.call('POST', `/integration-trigger/${channelId}`, { methodName: 'boards', data: {} })).statusCode).toBe(424);
  });

  it('are connected where the network asks, or where there is a form to fill', async () => {
    const consent = read<{ url: string }>(await ada.call('GET', '/social/plain-two'));
    expect(consent.url).toMatch(/^https:\/\/plain\.test\/authorize\?state=[\w-]{43}/u);
    expect(read(await ada.call('GET', '/social/bluesky'))).toEqual({ url: 'http://localhost:3000/channels/connect/bluesky' });
    expect((await ada.call('GET', '/social/nowhere')).statusCode).toBe(400);
    expect((await ada.call('GET', '/social/bluesky?refresh=nothing')).statusCode).toBe(404);
    // Whoever may connect channels here ends what the program began; nobody else does.
    const state = new URL(consent.url).searchParams.get('state') ?? '';
    const eve = await apiClient(app, 'eve@example.org');
    expect((await eve.person.get(`/integrations/social/plain-two?state=${state}&code=1`)).body).toContain('begun elsewhere');
    const again = new URL(read<{ url: string }>(await ada.call('GET', '/social/plain-two')).url).searchParams.get('state') ?? '';
    expect((await ada.person.get(`/integrations/social/plain-two?state=${again}&code=1`)).body).not.toContain('begun elsewhere');
    expect((await app.deps.store.connections.list(ada.workspaceId)).some(({ provider }) => provider === 'plain-two')).toBe(true);
  });

  it('are deleted with what waits for them, and never with others unasked', async () => {
    const world = await seed('plain', '1');
    const { publicationId } = await seedPost(app.deps.store, world, 'plain', { parts: [{ text: 'waits', media: [] }] }, {}, Date.now() + 3_600_000);
    expect(read(await ada.call('DELETE', `/integrations/${world.channelId}`))).toEqual({ id: world.channelId });
    expect(await app.deps.store.publications.get(ada.workspaceId, publicationId)).toMatchObject({ status: 'canceled' });
    expect((await ada.call('DELETE', `/integrations/${world.channelId}`)).statusCode).toBe(404);
    const [one, two] = [await seed('plain', '2'), await seed('plain', '3')];
    const connection = await app.deps.store.channels.get(ada.workspaceId, one.channelId);
    await app.deps.store.channels.put(ada.workspaceId, [{ id: two.channelId, connectionId: connection?.connectionId ?? '', provider: 'plain', remoteId: '3', name: 'plain 3', handle: '', url: null, avatarUrl: null, limits: {}, createdAt: 1 }]);
    const shared = await ada.call('DELETE', `/integrations/${one.channelId}`);
    expect([shared.statusCode, shared.body]).toEqual([409, expect.stringContaining('shares its access with plain 3') as string]);
  });

  it('give the next free minute in UTC, without a zone, as Postiz does', async () => {
    const sandbox = (await app.deps.store.channels.list(ada.workspaceId)).find(({ provider }) => provider === 'sandbox');
    const { date } = read<{ date: string }>(await ada.call('GET', `/find-slot/${sandbox?.id}`));
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00$/u);
    expect(Math.abs(Date.parse(`${date}Z`) - Date.now())).toBeLessThan(4 * 60_000);
    expect(read(await ada.call('GET', '/find-slot'))).toEqual({ date: expect.any(String) as string });
    expect((await ada.call('GET', '/find-slot/x')).statusCode).toBe(404);
  });

  it('count what went out, and nothing else', async () => {
    const sandbox = (await app.deps.store.channels.list(ada.workspaceId)).find(({ provider }) => provider === 'sandbox');
    await ada.call('POST', '/posts', postBody([sandbox?.id ?? ''], 'counted', { type: 'now' }));
    await app.deps.engine.tick();
    await app.deps.engine.idle();
    const [series, ...more] = read<{ label: string; data: { total: string; date: string }[]; percentageChange?: number }[]>(await ada.call('GET', `/analytics/${sandbox?.id}?date=7`));
    expect(more).toEqual([]);
    expect(series?.data).toHaveLength(7);
    expect(series?.data.at(-1)).toEqual({ total: '1', date: new Date().toISOString().slice(0, 10) });
    expect(series?.data.slice(0, 6).every(({ total }) => total === '0')).toBe(true);
    expect(series?.percentageChange).toBeUndefined();
    expect((await ada.call('GET', `/analytics/${sandbox?.id}?date=a%20week`)).statusCode).toBe(400);
  });
});

describe('files', () => {
  it('come from public addresses, and from nowhere inside', async () => {
    const png = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#884422' } }).png().toBuffer();
    const files = createServer(({ url }, answer) => {
      if (url === '/moved') return void answer.writeHead(302, { location: 'https://files.test/harbour.png' }).end();
      if (url === '/inside') return void answer.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      if (url === '/page') return void answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>no picture</p>');
      return void answer.writeHead(200, { 'content-type': 'image/png' }).end(png);
    });
    await new Promise<void>((resolve) => { files.listen(0, '127.0.0.1', resolve); });
    const there = await testApp({ API_LIMIT: '0', UPSTREAMS: `https://files.test=http://127.0.0.1:${(files.address() as AddressInfo).port}` });
    const bob = await apiClient(there, 'bob@example.org');
    const [channel] = await there.deps.store.channels.list(bob.workspaceId);
    for (const path of ['/harbour.png', '/moved']) expect((await bob.call('POST', '/upload-from-url', { url: `https://files.test${path}` })).statusCode, path).toBe(201);
    for (const url of ['https://files.test/inside', 'https://files.test/page', 'http://127.0.0.1:3000/', 'https://127.0.0.1/', 'https://[::1]/', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'ftp://x', 'https://user:secret@files.test/harbour.png', 'x', '']) {
      const answer = await bob.call('POST', '/upload-from-url', { url });
      expect(answer.statusCode, url).toBe(400);
      expect(answer.body, url).not.toMatch(/ECONN|EBLOCKED|stack|secret@/u);
    }
    const before = (await there.deps.store.media.latest(bob.workspaceId, null, 100)).length;
    const body = (text: string) => ({ ...postBody([channel?.id ?? ''], ''), posts: [{ integration: { id: channel?.id }, value: [{ content: text, image: [{ id: 'made-up', path: 'https://files.test/harbour.png' }] }] }] });
    expect((await bob.call('POST', '/posts', body('x'.repeat(501)))).statusCode).toBe(400);
    expect(await there.deps.store.media.latest(bob.workspaceId, null, 100), 'fetched for nothing').toHaveLength(before);
    expect((await bob.call('POST', '/posts', body('fine'))).statusCode).toBe(201);
    expect(await there.deps.store.media.latest(bob.workspaceId, null, 100)).toHaveLength(before + 1);
    await there.close();
    files.close();
  });
});

describe('what is said of it', () => {
  it('names every call', async () => {
    const document = read<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(await ada.call('GET', '/openapi.json'));
    expect(document.openapi).toBe('3.1.0');
    const told = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`));
    const there = app.server.routeTable.filter(({ url, method, policy }) => url.startsWith('/public/v1/') && method !== 'HEAD' && typeof policy === 'object')
      .map(({ method, url }) => `${method} ${url.slice('/public/v1'.length)}`)
      .filter((call) => !/openapi\.json|generate-video|video\/function|users$|find-slot$/u.test(call));
    expect(told.sort()).toEqual(there.sort());
    expect(JSON.stringify(documentOf('https://x'))).toContain('"enum":["draft","schedule","now","update"]');
  });

  it('what cannot be is a clear 501', async () => {
    for (const [method, path] of [['POST', '/generate-video'], ['POST', '/video/function'], ['GET', '/users?name=x']] as const) {
      const answer = await ada.call(method, path, method === 'POST' ? {} : undefined);
      expect([answer.statusCode, answer.body]).toEqual([501, expect.stringContaining('Post Master makes no videos') as string]);
    }
  });
});
