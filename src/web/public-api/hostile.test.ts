import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, type ApiClient } from '../../testing/api.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { startProgram } from '../../testing/program.ts';

let app: TestApp;
let ada: ApiClient;
let channelId: string;

beforeAll(async () => {
  app = await testApp({ API_LIMIT: '0', API_CALLS: '0' });
  ada = await apiClient(app);
  channelId = (await app.deps.store.channels.list(ada.workspaceId))[0]?.id ?? '';
});
afterAll(() => app.close());

const calls = () => app.server.routeTable.filter(({ url, method, policy }) => url.startsWith('/public/v1/') && method !== 'HEAD' && typeof policy === 'object');
const addressOf = (url: string, id: string) => url.slice('/public/v1'.length).replaceAll(/:\w+/gu, encodeURIComponent(id));
/** Neither the inside of the house nor anybody's key. */
const leaks = (body: string) => /node_modules|\bat \w+.*\(|SQLITE|drizzle|\/src\/|pm_[\w-]{43}/u.test(body);

describe('whatever a program sends', () => {
  const bodies: [string, string | Buffer, Record<string, string>?][] = [
    ['nothing', ''], ['null', 'null'], ['a list', '[]'], ['a number', '7'], ['a text', '"x"'], ['half of it', '{"type":'], ['a lone surrogate', '{"type":"\\ud800"}'],
    ['the wrong types', JSON.stringify({ type: 7, date: [], posts: {}, url: {}, status: [], settings: 'x', releaseId: 1, methodName: {} })],
    ['wrong types deeper', JSON.stringify({ type: 'now', posts: [{ integration: 'x', value: [7], settings: [] }] })],
    ['a post of nothing', JSON.stringify({ type: 'now', posts: [{ integration: { id: 'x' }, value: [{}] }] })],
    ['prototypes', '{"__proto__":{"admin":true},"type":"now","posts":[{"integration":{"id":"__proto__"},"value":[{"content":"x"}],"settings":{"__proto__":{"x":1},"constructor":1,"toString":"x"}}]}'],
    ['settings of every kind', JSON.stringify({ settings: { format: { a: 1 }, ending: ['x', { label: {} }], x: true, toString: 'x', hasOwnProperty: 1 }, status: 'draft', releaseId: 'x', url: 'x' })],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['deep nesting', `{"settings":${'['.repeat(100_000)}${']'.repeat(100_000)}}`], ['deep objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['many keys', `{${Array.from({ length: 50_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['XML', '<x/>', { 'content-type': 'application/xml' }], ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }], ['plain text', 'x', { 'content-type': 'text/plain' }],
    ['a broken multipart', 'x', { 'content-type': 'multipart/form-data' }], ['a cut multipart', '--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' }],
  ];

  it.each(bodies)('%s: a JSON refusal, no 5xx, nothing leaked, nothing changed', async (_name, payload, headers = {}) => {
    for (const { method, url } of calls()) {
      if (method === 'GET' || /generate-video|video\/function/u.test(url)) continue;
      const answer = await app.server.inject({ method: method as 'POST', url: `/public/v1${addressOf(url, channelId)}`.replace('/integrations/', '/integrations/x'), headers: { authorization: ada.key, 'content-type': 'application/json', ...headers }, payload });
      const of = `${method} ${url} ${answer.statusCode} ${answer.body.slice(0, 200)}`;
      expect(answer.statusCode, of).toBeLessThan(500);
      expect(answer.statusCode, of).toBeGreaterThanOrEqual(400);
      expect(answer.headers['content-type'], of).toBe('application/json; charset=utf-8');
      expect(JSON.parse(answer.body), of).toMatchObject({ statusCode: answer.statusCode, message: expect.anything() as unknown, msg: expect.any(String) as string });
      expect(leaks(answer.body), of).toBe(false);
    }
    expect(await app.deps.store.posts.latest(ada.workspaceId, null, null, 10)).toEqual([]);
    expect((await app.deps.store.channels.list(ada.workspaceId))[0]?.connectionStatus).toBe('active');
  });

  it('odd ids, queries and addresses', async () => {
    for (const { method, url } of calls()) {
      for (const id of ['x', '..', '%', '__proto__', '\0', 'a'.repeat(64), 'f'.repeat(64), 'a'.repeat(199), '-1', '💣']) {
        const answer = await ada.call(method as 'GET', addressOf(url, id), method === 'GET' || method === 'DELETE' ? undefined : {});
        const of = `${method} ${url} ${JSON.stringify(id)}: ${answer.statusCode} ${answer.body.slice(0, 200)}`;
        expect(answer.statusCode === 501 ? 400 : answer.statusCode, of).toBeLessThan(500);
        expect(answer.headers['content-type'], of).toBe('application/json; charset=utf-8');
        expect(leaks(answer.body), of).toBe(false);
      }
    }
    for (const query of ['', '?startDate=x&endDate=y', '?startDate=2026-01-01', '?startDate[]=x&endDate=1', '?startDate=2026-01-01&startDate=2026-02-01&endDate=2026-03-01', '?startDate=9999-99-99&endDate=2026-01-01']) {
      expect((await ada.call('GET', `/posts${query}`)).statusCode, query).toBe(400);
    }
    for (const path of ['', '/', '/nothing', '/posts/', '/%ff', '/posts/%00/status', `/posts/${'x'.repeat(5_000)}`, '/integrations/a/b/c', '//', '/__proto__']) {
      for (const prefix of ['/public/v1', '/api/public/v1']) {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const) {
          const answer = await app.server.inject({ method, url: `${prefix}${path}`, headers: { authorization: ada.key, 'content-type': 'application/json' } });
          expect([404, 400, 414], `${method} ${prefix}${path.slice(0, 60)}: ${answer.statusCode}`).toContain(answer.statusCode);
          // Fastify itself answers what is too long for any address.
          if (path !== '') expect(answer.headers['content-type'], `${method} ${prefix}${path.slice(0, 60)}`).toContain('application/json');
        }
      }
    }
  });

  it('pages of other sites cannot call, our own can', async () => {
    const from = (origin: string) => app.server.inject({ method: 'OPTIONS', url: '/public/v1/posts', headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    expect((await from('http://localhost:3000')).headers['access-control-allow-origin']).toBe('http://localhost:3000');
  });
});

describe('limits', () => {
  it('say how much is left, and when to come again', async () => {
    const slow = await testApp({ API_LIMIT: '2', API_CALLS: '3' });
    const bob = await apiClient(slow, 'bob@example.org');
    const body = { type: 'draft', date: '2026-12-24T09:00:00Z', posts: [{ integration: { id: (await slow.deps.store.channels.list(bob.workspaceId))[0]?.id ?? '' }, value: [{ content: 'x', image: [] }] }] };
    const first = await bob.call('POST', '/posts', body);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
    await bob.call('POST', '/posts', body);
    const third = await bob.call('POST', '/posts', body);
    expect([third.statusCode, third.headers['content-type']]).toEqual([429, 'application/json; charset=utf-8']);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(3_500);
    expect(Number(third.headers['retry-after'])).toBeLessThanOrEqual(3_600);
    // Looking has an allowance of its own.
    for (let n = 0; n < 3; n += 1) expect((await bob.call('GET', '/integrations')).statusCode).toBe(200);
    expect((await bob.call('GET', '/integrations')).statusCode).toBe(429);
    await slow.close();
  });

  it('50 MB of JSON: refused before it is read, by the program as people run it', async () => {
    const program = await startProgram({ LOG_LEVEL: 'warn' });
    try {
      const big = await fetch(`${program.url}/public/v1/posts`, { method: 'POST', headers: { authorization: 'pm_x', 'content-type': 'application/json' }, body: 'x'.repeat(50_000_000) }).catch((error: unknown) => error);
      // The key is looked at first: whoever has none sends nothing that counts.
      if (big instanceof Response) expect([big.status, big.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
      expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    } finally {
      await program.close();
    }
    const answer = await ada.call('POST', '/posts', `{"x":"${'x'.repeat(50_000_000)}"}`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([413, 'application/json; charset=utf-8']);
  });
});
