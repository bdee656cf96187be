import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../actions/keys/make-key.ts';
import type { Scope } from '../domain/actor.ts';
import { joinIds, newId } from '../lib/ids.ts';
import { providers } from '../providers/all.ts';
import { openSqlite } from '../store/index.ts';
import { signedUp, testApp, visitor, type TestApp, type Visitor } from '../testing/app.ts';
import { plainFamily } from '../testing/family.ts';
import { freshTokens } from '../testing/team.ts';
import { seedMedia, seedPost } from '../testing/world.ts';
import type { Policy } from './policy.ts';

let app: TestApp;
let ada: Visitor;
let eve: Visitor;
/** What belongs to Ada's workspace, by the route it is reached through. */
let hers: Record<string, string>;

beforeAll(async () => {
  app = await testApp({ API_CALLS: '0', API_LIMIT: '0' }, Date.now, [...providers, ...plainFamily()]);
  ada = await signedUp(app, 'ada@example.org');
  eve = await signedUp(app, 'eve@example.org');
  const { store } = app.deps;
  const user = await store.people.userByEmail('ada@example.org');
  const [workspace] = await store.people.workspacesOf(user?.id ?? '');
  const workspaceId = workspace?.id ?? '';
  const [channel] = await store.channels.list(workspaceId);
  const [session] = await store.sessions.ofUser(user?.id ?? '');
  const media = await seedMedia(store, workspaceId);
  const world = { userId: user?.id ?? '', workspaceId, connectionId: channel?.connectionId ?? '', channelId: channel?.id ?? '' };
  const tokens = freshTokens(Date.now());
  const invitation = newId(Date.now());
  await store.invitations.invite(workspaceId, { userId: user?.id ?? '', now: Date.now() }, { id: invitation, email: 'friend@example.org', role: 'editor', ...tokens.hashes });
  const { postId, publicationId } = await seedPost(store, world, 'sandbox', { parts: [{ text: 'Very private words', media: [] }] }, {}, Date.now() + 3_600_000);
  const label = newId(Date.now());
  await store.labels.add(workspaceId, { id: label, name: 'Private', color: 'teal', createdAt: Date.now() });
  hers = {
    '/labels/': label,
    '/posts/': postId, '/publications/': publicationId, '/media/': media, '/channels/pick/': world.connectionId, '/channels/unused/': world.connectionId, '/channels/': world.channelId,
    '/settings/members/': user?.id ?? '', '/settings/members/invitations/': invitation, '/settings/people/': user?.id ?? '', '/settings/people/invitations/': invitation,
    '/settings/sessions/': session?.id ?? '', '/sandbox/': world.channelId, '/posts/composing/': world.channelId,
    '/settings/support/': await thread(user?.id ?? ''), '/settings/inbox/': await thread(user?.id ?? ''), '/settings/notices/': await notice(),
  };
});
afterAll(() => app.close());

/** A conversation of hers with whoever runs the instance. */
async function thread(userId: string): Promise<string> {
  const id = newId(Date.now());
  await app.deps.store.support.open(id, { userId }, { id: newId(Date.now()), text: 'Very private words' }, Date.now());
  return id;
}

async function notice(): Promise<string> {
  const id = newId(Date.now());
  await app.deps.store.policy.addNotice({ id, kind: 'breach', versionId: null, workspaceId: null, data: { happened: 'x' }, createdAt: Date.now() });
  return id;
}

/** A real address of Ada's for each route. */
function addressOf(url: string): string {
  const prefix = Object.keys(hers).sort((a, b) => b.length - a.length).find((start) => url.startsWith(start)) ?? '';
  return url.replace(/:(id|channel)\b/u, hers[prefix] ?? 'x').replace(':provider', 'sandbox').replace(':setup', 'plains').replace('*', 'x');
}

const routes = () => app.server.routeTable.filter(({ method, policy }) => (method === 'GET' || method === 'POST') && !isApi(policy));
const isMember = (policy: Policy) => typeof policy === 'object' && 'member' in policy;
/** For programs: these have a test of their own, by key. */
const isApi = (policy: Policy) => typeof policy === 'object' && 'api' in policy;

async function ask(visit: Visitor, method: string, url: string): Promise<LightMyRequestResponse> {
  return method === 'GET' ? visit.get(url) : visit.post(url);
}

describe('the route table', () => {
  it('has a policy for every route', () => {
    expect(routes().length).toBeGreaterThan(25);
    expect(routes().filter(({ policy }) => policy === undefined)).toEqual([]);
  });

  it('refuses a route without one at start', async () => {
    const other = await testApp();
    expect(() => other.server.get('/open', async () => 'x')).toThrow(/does not say who may use it|already/u);
    await other.close();
  });

  it('keeps the list of what is public short', () => {
    const open = routes().filter(({ policy, url }) => policy === 'public' && !url.startsWith('/assets/')).map(({ method, url }) => `${method} ${url}`);
    expect(open.sort()).toEqual([
      'GET /', 'GET /contact', 'GET /contact/:secret', 'GET /contact/sent', 'GET /data-deletion', 'GET /data-deletion/:code', 'GET /forgot',
      'GET /forgot/sent', 'GET /healthz', 'GET /invitations/:token', 'GET /login', 'GET /login/code', 'GET /m/*', 'GET /metrics', 'GET /policy',
      'GET /policy/:id', 'GET /pricing', 'GET /privacy', 'GET /processors', 'GET /readyz', 'GET /reset', 'GET /robots.txt', 'GET /setup/echo/:nonce', 'GET /signup',
      'GET /terms', 'GET /unsubscribe/:key/:list', 'GET /verified', 'GET /verify', 'POST /contact', 'POST /contact/:secret', 'POST /forgot',
      'POST /hooks/meta/data-deletion', 'POST /hooks/meta/deauthorize', 'POST /hooks/plains/all', 'POST /hooks/stripe', 'POST /hooks/telegram',
      'POST /hooks/tiktok', 'POST /invitations/:token/join', 'POST /login', 'POST /login/code', 'POST /reset', 'POST /signup',
      'POST /unsubscribe/:key/:list', 'POST /verify',
    ]);
    // Nobody's browser calls these; each call proves itself.
    expect(routes().filter(({ machines }) => machines).map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'POST /hooks/meta/data-deletion', 'POST /hooks/meta/deauthorize', 'POST /hooks/plains/all', 'POST /hooks/stripe', 'POST /hooks/telegram', 'POST /hooks/tiktok', 'POST /unsubscribe/:key/:list',
    ]);
  });

  it('sends whoever is not logged in away from everything else', async () => {
    for (const { method, url, policy } of routes()) {
      if (policy === 'public') continue;
      const answer = await ask(visitor(app), method, addressOf(url));
      expect([answer.statusCode, answer.headers.location?.startsWith('/login')], `${method} ${url}`).toEqual([303, true]);
    }
  });

  it('answers nothing of another tenant', async () => {
    for (const { method, url, policy } of routes()) {
      if (!/:(id|channel)/u.test(url)) continue;
      const answer = await ask(eve, method, addressOf(url));
      expect(answer.body, `${method} ${url}`).not.toContain('Very private words');
      if (isMember(policy)) {
        const refused = answer.statusCode === 404 || (answer.statusCode === 303 && method === 'POST');
        expect(refused, `${method} ${url} answered ${answer.statusCode}`).toBe(true);
      }
    }
    const { store } = app.deps;
    const user = await store.people.userByEmail('ada@example.org');
    const [workspace] = await store.people.workspacesOf(user?.id ?? '');
    expect(await store.posts.get(workspace?.id ?? '', hers['/posts/'] ?? '')).toMatchObject({ state: 'scheduled', version: 1 });
    expect(await store.publications.get(workspace?.id ?? '', hers['/publications/'] ?? '')).toMatchObject({ status: 'scheduled' });
    expect((await store.channels.list(workspace?.id ?? ''))[0]).toMatchObject({ connectionStatus: 'active' });
    expect(await store.sessions.ofUser(user?.id ?? '')).toHaveLength(1);
    expect(await store.media.get(workspace?.id ?? '', hers['/media/'] ?? '')).toBeDefined();
    expect(await store.invitations.list(workspace?.id ?? '')).toMatchObject([{ email: 'friend@example.org', role: 'editor' }]);
    expect(await store.members.list(workspace?.id ?? '')).toMatchObject([{ email: 'ada@example.org', role: 'owner' }]);
    expect(await store.people.userByEmail('ada@example.org')).toMatchObject({ suspendedAt: null });
  });

  it('lets programs in by a key alone, held to its scopes and its workspace', async () => {
    const { store } = app.deps;
    const workspaceOf = async (email: string) => (await store.people.workspacesOf((await store.people.userByEmail(email))?.id ?? ''))[0]?.id ?? '';
    const keyFor = async (email: string, scopes: Scope[]) => {
      const made = await makeKey(app.deps, { workspaceId: await workspaceOf(email), userId: null }, { name: 'test', scopes });
      return made.ok ? made.key : '';
    };
    const [reader, writer, stranger] = [await keyFor('ada@example.org', ['read']), await keyFor('ada@example.org', ['write']), await keyFor('eve@example.org', ['read', 'write'])];
    const api = app.server.routeTable.filter(({ policy, method }) => isApi(policy) && method !== 'HEAD');
    expect(api.length).toBeGreaterThan(50);
    const hersThere: Record<string, string> = { posts: joinIds(hers['/posts/'] ?? '', hers['/channels/'] ?? ''), group: hers['/posts/'] ?? '', post: joinIds(hers['/posts/'] ?? '', hers['/channels/'] ?? '') };
    for (const { method, url, policy } of api) {
      const address = url.replace(/\/(\w[\w-]*)\/:\w+/gu, (_all, noun: string) => `/${noun}/${hersThere[noun] ?? hers['/channels/'] ?? ''}`);
      const call = (authorization?: string) => app.server.inject({ method: method as 'GET', url: address, headers: { ...(authorization !== undefined && { authorization }), 'content-type': 'application/json' }, ...(method === 'POST' || method === 'PUT' ? { payload: '{}' } : {}) });
      const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const of = `${method} ${url}`;
      expect((await call()).statusCode, of).toBe(401);
      expect((await app.server.inject({ method: method as 'GET', url: address, headers: { cookie } })).statusCode, `${of} with a session`).toBe(401);
      for (const wrong of ['x', 'pm_', `pm_${'a'.repeat(43)}`, `Bearer ${'x'.repeat(5_000)}`, 'Basic YTpi']) expect((await call(wrong)).statusCode, of).toBe(401);
      const needs = typeof policy === 'object' && 'api' in policy ? policy.api : 'read';
      expect((await call(needs === 'read' ? writer : reader)).statusCode, `${of} without the scope`).toBe(403);
      const strange = await call(stranger);
      expect(strange.body, of).not.toContain('Very private words');
      if (/:(id|integration|group)\b/u.test(url)) expect([400, 404, 415], `${of} of another workspace`).toContain(strange.statusCode);
    }
    expect(await store.posts.get(await workspaceOf('ada@example.org'), hers['/posts/'] ?? '')).toMatchObject({ state: 'scheduled', version: 1 });
    const list = await app.server.inject({ url: '/public/v1/posts?startDate=2000-01-01&endDate=2100-01-01', headers: { authorization: `Bearer ${reader}` } });
    expect(list.body).toContain('Very private words');
  });

  it('answers its owner', async () => {
    expect((await ada.get(addressOf('/posts/:id'))).body).toContain('Very private words');
    expect((await ada.get(addressOf('/sandbox/:channel'))).statusCode).toBe(200);
  });

  it('keeps what concerns the instance to whoever runs it, owners of other workspaces included', async () => {
    const own = routes().filter(({ policy }) => policy === 'operator');
    expect(own.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'GET /settings/breach', 'GET /settings/inbox', 'GET /settings/inbox/:id', 'GET /settings/instance', 'GET /settings/log/instance',
      'GET /settings/networks', 'GET /settings/networks/:setup', 'GET /settings/notices/:id', 'GET /settings/outbox', 'GET /settings/people',
      'GET /settings/people/:id', 'GET /settings/policy', 'GET /settings/requests', 'GET /settings/subscribers', 'GET /setup/address', 'GET /setup/backup',
      'GET /setup/mail', 'GET /setup/media', 'GET /setup/operator', 'POST /settings/breach', 'POST /settings/inbox/:id',
      'POST /settings/inbox/:id/delete', 'POST /settings/instance', 'POST /settings/instance/mail', 'POST /settings/instance/mail/test',
      'POST /settings/networks/:setup', 'POST /settings/networks/:setup/check', 'POST /settings/networks/:setup/remove',
      'POST /settings/networks/:setup/reviewed', 'POST /settings/networks/:setup/test', 'POST /settings/networks/:setup/unreviewed', 'POST /settings/outbox/:id/drop', 'POST /settings/outbox/:id/retry', 'POST /settings/people/:id/reset-link',
      'POST /settings/people/:id/suspend', 'POST /settings/people/:id/two-factor-off', 'POST /settings/people/:id/unsuspend', 'POST /settings/people/invitations/:id/renew', 'POST /settings/people/invitations/:id/revoke',
      'POST /settings/people/invite', 'POST /settings/policy', 'POST /settings/policy/:id/withdraw', 'POST /settings/requests/:id',
      'POST /settings/subscribers/:id/charge', 'POST /settings/subscribers/:id/free', 'POST /settings/subscribers/remove',
      'POST /settings/subscribers/set-up', 'POST /settings/subscribers/test', 'POST /setup/address/check', 'POST /setup/mail', 'POST /setup/mail/test',
      'POST /setup/media/check', 'POST /setup/operator',
    ]);
    for (const { method, url } of own) {
      const refused = await ask(eve, method, addressOf(url));
      expect(refused.statusCode, `${method} ${url}`).toBe(403);
      expect(refused.body, `${method} ${url}`).toContain('Only whoever runs this instance');
      if (method === 'GET') expect((await ada.get(addressOf(url))).statusCode, url).toBe(200);
    }
    for (const url of ['/settings', '/channels', '/']) expect((await eve.get(url)).body, url).not.toMatch(/settings\/networks|Set up /u);
  });

  it('holds members to their role', async () => {
    const { store } = app.deps;
    const raw = await signedUp(app, 'viewer@example.org');
    const viewer = await store.people.userByEmail('viewer@example.org');
    const [own] = await store.people.workspacesOf(viewer?.id ?? '');
    // Roles are given by invitations later; here the row is enough.
    const sqlite = openSqlite(app.file);
    sqlite.prepare('update members set role = ? where workspace_id = ?').run('viewer', own?.id);
    sqlite.close();
    for (const { method, url, policy } of routes()) {
      if (typeof policy !== 'object' || !('member' in policy) || policy.member === 'viewer') continue;
      expect((await ask(raw, method, addressOf(url))).statusCode, `${method} ${url}`).toBe(403);
    }
  });
});

describe('forged requests', () => {
  it('are refused on every mutating route without the token, with a foreign one, and from another site', async () => {
    const foreign = await eve.token();
    for (const { method, url, machines } of routes()) {
      if (method !== 'POST' || machines) continue;
      const address = addressOf(url);
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const bare = await app.server.inject({ method: 'POST', url: address, headers: { cookie, ...form }, payload: 'a=b' });
      expect(bare.statusCode, `bare ${url}`).toBe(403);
      const stolen = await app.server.inject({ method: 'POST', url: address, headers: { cookie, ...form }, payload: `_csrf=${foreign}` });
      expect(stolen.statusCode, `foreign ${url}`).toBe(403);
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
        expect((await ada.post(address, {}, headers)).statusCode, `${JSON.stringify(headers)} ${url}`).toBe(403);
      }
    }
  });

  it('are let through when they are not forged', async () => {
    const answer = await ada.post('/settings/workspace', { name: 'Ours', zone: 'Europe/Berlin' }, { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' });
    expect(answer.statusCode).toBe(303);
  });

  it('cannot be made by GET: nothing changes anything', async () => {
    for (const { method, url } of app.server.routeTable) {
      if (method === 'GET') expect(url, url).not.toMatch(/\/(cancel|delete|switch|leave|invite|suspend|unsuspend|renew|revoke|end|disconnect|remove|retry|drop|confirm|again|test|check)$/u);
    }
  });
});

describe('headers', () => {
  it('stand on every answer, errors included', async () => {
    for (const url of ['/login', '/healthz', '/nowhere', '/posts', '/assets/nothing.css', '/%ff', '/privacy', '/m/x', '/hooks/plains/all', addressOf('/posts/:id')]) {
      const { headers } = await ada.get(url);
      expect(headers['content-security-policy'], url).toContain("default-src 'none'");
      expect(headers['content-security-policy'], url).not.toContain('unsafe');
      expect(headers['x-content-type-options'], url).toBe('nosniff');
      expect(headers['x-frame-options'], url).toBe('DENY');
      expect(headers['referrer-policy'], url).toBe('same-origin');
      expect(headers['permissions-policy'], url).toContain('camera=()');
      expect(headers['cross-origin-opener-policy'], url).toBe('same-origin');
      expect(headers['cache-control'], url).toBeTruthy();
    }
  });

  it('ask for https for two years where the public address has it', async () => {
    const secure = await testApp({ PUBLIC_URL: 'https://post.example' });
    const visit = visitor(secure);
    const answer = await visit.get('/signup');
    expect(answer.headers['strict-transport-security']).toBe('max-age=63072000');
    expect(String(answer.headers['set-cookie'])).toMatch(/__Host-csrf=.*HttpOnly; Secure; SameSite=Lax/u);
    await secure.close();
  });

  it('give pages no inline script or style to allow', async () => {
    for (const url of ['/', '/posts/new', '/channels', '/calendar', '/calendar?view=week', '/calendar?view=list', '/posts', '/labels', '/settings', '/settings/networks', '/settings/networks/plains', '/settings/instance', '/settings/members', '/settings/security', '/settings/people', '/settings/log', '/workspaces/new', '/privacy', '/terms', '/data-deletion', '/media', '/settings/mails', '/settings/intake', '/settings/support', '/settings/inbox', '/settings/outbox', '/settings/policy', '/settings/breach', '/setup/workspace', '/setup/address', '/setup/operator', '/setup/mail', '/setup/networks', '/setup/media', '/setup/backup', '/setup/post', '/processors', '/policy', '/contact', addressOf('/posts/:id')]) {
      const { body } = await ada.get(url);
      expect(body, url).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style/u);
    }
  });
});
