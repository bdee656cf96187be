import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenRoles, roles, type Role } from '../domain/role.ts';
import { providers } from '../providers/all.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../testing/app.ts';
import { joined } from '../testing/team.ts';

// The least role for every route, and each role before every route.

let app: TestApp;
const people = {} as Record<Role, Visitor>;

beforeAll(async () => {
  app = await testApp({ REGISTRATION: 'first' }, Date.now, providers);
  people.owner = await signedUp(app, 'owner@example.org');
  for (const role of givenRoles) people[role] = await joined(app, people.owner, `${role}@example.org`, role);
});
afterAll(() => app.close());

/** Where a workspace's own data is: whoever is not listed with a role here has one of the other policies. */
const least: Record<Role, readonly string[]> = {
  viewer: [
    'GET /calendar', 'GET /channels', 'GET /channels/:id/failed', 'GET /channels/:id/picture', 'GET /labels', 'GET /live', 'GET /media', 'GET /media/:id',
    'GET /media/:id/about', 'GET /find',
    'GET /media/:id/thumb', 'GET /posts', 'GET /posts/:id', 'GET /sandbox/:channel', 'GET /settings', 'GET /settings/billing', 'GET /settings/delete-account',
    'GET /settings/intake', 'GET /settings/members', 'GET /settings/new-email', 'GET /settings/privacy', 'GET /settings/profile', 'GET /unconfirmed',
    'POST /settings/delete-account', 'POST /settings/intake/:provider/unlink', 'POST /settings/members/leave', 'POST /settings/new-email', 'POST /settings/profile/email',
    'POST /settings/profile/name', 'POST /setup/checklist/put-away', 'POST /setup/checklist/undo',
  ],
  editor: [
    'GET /media/:id/crop', 'GET /posts/:id/edit', 'GET /posts/:id/move', 'GET /posts/composing/:channel', 'GET /posts/days', 'GET /posts/hashtags', 'GET /posts/library', 'GET /posts/links',
    'GET /posts/links/:key/picture', 'GET /posts/mentions/:channel', 'GET /posts/moment', 'GET /posts/new', 'GET /posts/next-free', 'GET /setup/post', 'POST /labels',
    'POST /labels/:id', 'POST /labels/:id/delete', 'POST /media', 'POST /media/:id/crop', 'POST /media/:id/delete', 'POST /media/:id/describe', 'POST /media/:id/poster', 'POST /media/import', 'POST /channels/:id/retry',
    'POST /media/:id/labels', 'POST /media/bulk',
    'POST /media/:id/shrink', 'POST /media/uploads', 'POST /media/uploads/:upload/take', 'POST /posts', 'POST /posts/:id', 'POST /posts/:id/cancel',
    'POST /posts/:id/delete', 'POST /posts/:id/empty-out', 'POST /posts/:id/labels', 'POST /posts/:id/move', 'POST /posts/:id/restore', 'POST /posts/autosaves',
    'POST /posts/autosaves/:id/drop', 'POST /posts/bulk', 'POST /posts/hashtags', 'POST /posts/hashtags/:id/remove', 'POST /posts/undo', 'POST /publications/:id/again', 'POST /publications/:id/confirm',
    'POST /publications/:id/drop', 'POST /publications/:id/retry', 'POST /settings/intake/:provider/channels', 'POST /settings/intake/:provider/link',
  ],
  admin: [
    'GET /channels/connect/:provider', 'GET /channels/pick/:id', 'GET /integrations/social/:provider', 'GET /settings/import', 'GET /settings/import/:id',
    'GET /settings/keys', 'GET /settings/log', 'GET /setup/networks', 'GET /setup/workspace', 'POST /setup/workspace', 'POST /channels/:id/disconnect',
    'POST /channels/:id/remove', 'POST /channels/connect/:provider', 'GET /channels/groups', 'POST /channels/:id', 'POST /channels/:id/pause', 'POST /channels/:id/resume',
    'POST /channels/connect/:provider/said', 'POST /channels/groups', 'POST /channels/groups/:id', 'POST /channels/groups/:id/delete', 'POST /channels/groups/:id/move',
    'POST /channels/groups/sort', 'POST /channels/groups/undo',
    'POST /channels/pick/:id', 'POST /channels/unused/:id/disconnect', 'POST /settings/import', 'POST /settings/import/:id', 'POST /settings/keys',
    'POST /settings/keys/:id/revoke', 'POST /settings/members/:id/remove', 'POST /settings/members/:id/role', 'POST /settings/members/invitations/:id/renew',
    'POST /settings/members/invitations/:id/revoke', 'POST /settings/members/invite', 'POST /settings/privacy/disconnect', 'POST /settings/workspace',
  ],
  owner: [
    'GET /settings/billing/change', 'GET /settings/billing/done', 'GET /settings/delete-workspace', 'POST /settings/billing/cancel', 'POST /settings/billing/change',
    'POST /settings/billing/checkout', 'POST /settings/billing/keep', 'POST /settings/billing/portal', 'POST /settings/billing/resume', 'POST /settings/delete-workspace',
    'POST /settings/members/hand-over',
  ],
};

const routes = () => app.server.routeTable.filter(({ method, url }) => (method === 'GET' || method === 'POST') && !url.startsWith('/assets/'));

describe('the table of roles', () => {
  it.each(roles)('has every route that asks for a %s', (role) => {
    const asked = routes().filter(({ policy }) => typeof policy === 'object' && 'member' in policy && policy.member === role).map(({ method, url }) => `${method} ${url}`);
    expect(asked.sort()).toEqual([...least[role]].sort());
  });

  it('names no route that is not there', () => {
    const all = new Set(routes().map(({ method, url }) => `${method} ${url}`));
    expect(Object.values(least).flat().filter((route) => !all.has(route))).toEqual([]);
  });

  it.each(roles)('is what a %s meets', async (own) => {
    for (const needed of roles) {
      for (const route of least[needed]) {
        // These would end the place of whoever asks, and are asked below by whoever may not.
        if (roles.indexOf(own) >= roles.indexOf(needed) && /leave|hand-over/u.test(route)) continue;
        // A stream, which ends when whoever listens goes.
        if (route === 'GET /live' && roles.indexOf(own) >= roles.indexOf(needed)) continue;
        const [method, url = ''] = route.split(' ');
        const address = url.replaceAll(/:\w+/gu, 'x');
        const answer = await (method === 'GET' ? people[own].get(address) : people[own].post(address));
        expect(answer.statusCode === 403, `${own} at ${route}: ${answer.statusCode}`).toBe(roles.indexOf(own) < roles.indexOf(needed));
        expect(answer.statusCode, route).toBeLessThan(500);
      }
    }
  });
});

describe('pages', () => {
  const offered = async (role: Role, url: string, what: string | RegExp) => new RegExp(what, 'u').test((await people[role].get(url)).body);

  it('offer each role what it may do, and nothing else', async () => {
    for (const [url, what, needed] of [
      ['/', 'href="/posts/new"', 'editor'], ['/calendar', 'href="/posts/new', 'editor'], ['/posts', 'href="/posts/new"', 'editor'], ['/media', 'type="file"', 'editor'],
      ['/channels', 'action="/channels/connect', 'admin'], ['/channels', '>Disconnect<', 'admin'], ['/settings', 'href="/settings/log"', 'admin'],
      ['/settings', 'action="/settings/workspace"', 'admin'], ['/settings/members', 'action="/settings/members/invite"', 'admin'], ['/settings/members', '@example.org.*@example.org.*@example.org', 'admin'],
      ['/settings/members', 'action="/settings/members/hand-over"', 'owner'],
    ] as const) {
      for (const role of roles) expect(await offered(role, url, what), `${role} at ${url}: ${what}`).toBe(roles.indexOf(role) >= roles.indexOf(needed));
    }
  });

  it('open a draft where it is written for an editor, and where it is read for a viewer', async () => {
    const made = await people.editor.post('/posts', { intent: 'draft', 'part.0.text': 'A draft of ours' });
    const address = String(made.headers.location);
    expect(address).toMatch(/^\/posts\/[\w-]+\/edit$/u);
    expect((await people.editor.get('/posts')).body).toContain(`href="${address}"`);
    const read = address.replace('/edit', '');
    expect((await people.viewer.get('/posts')).body).toContain(`href="${read}"`);
    const page = await people.viewer.get(read);
    expect(page.body).toContain('A draft of ours');
    expect(page.body).not.toMatch(/>Edit<|>Delete</u);
    expect((await people.editor.get(read)).body).toMatch(/>Edit</u);
  });
});
