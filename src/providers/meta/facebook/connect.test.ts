import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUp, testApp, type TestApp, type Visitor } from '../../../testing/app.ts';
import { fakeIo } from '../../fake/io.ts';
import { approveAt } from '../../fake/oauth.ts';
import { usualState } from '../fake/world.ts';
import { startFakeFacebook, type FakeFacebook } from './fake.ts';
import { facebook } from './index.ts';
import { grant, grantOf, revoke, targets, without } from './session.ts';
import { settings } from './subject.ts';

let fake: FakeFacebook;
let app: TestApp;
let ada: Visitor;
const callback = 'http://localhost:3000/integrations/social/facebook';

beforeEach(async () => {
  fake = await startFakeFacebook({ redirectUris: [callback] });
  app = await testApp({ ...settings, UPSTREAMS: [...fake.upstreams].map((pair) => pair.join('=')).join(',') });
  ada = await signedUp(app);
});
afterEach(async () => {
  await app.close();
  await fake.close();
});

/** Goes to the consent page and comes back from it, like a browser. */
async function connect(decision: 'allow' | 'deny' = 'allow', fields: Record<string, string> = {}) {
  const begun = await ada.post('/channels/connect/facebook', fields);
  const consent = new URL(String(begun.headers.location));
  const code = await approveAt(fake, consent.href, decision);
  const answer = decision === 'allow' ? { code } : { error: 'access_denied', error_reason: 'user_denied', error_description: 'Permissions error' };
  return { consent, back: await ada.get(`/integrations/social/facebook?${new URLSearchParams({ state: consent.searchParams.get('state') ?? '', ...answer }).toString()}`) };
}

async function pick(back: { headers: Record<string, unknown> }, ...pages: string[]) {
  return ada.post(String(back.headers['location']), { target: pages });
}

/** Everything that is on disk or was logged. */
function everywhere(): string {
  const files = ['', '-wal', '-shm'].map((end) => readFileSync(`${app.file}${end}`).toString('latin1'));
  return [...files, app.logged(), JSON.stringify(fake.calls)].join('\n');
}

describe('connecting Facebook', () => {
  it('goes straight to the consent page with exactly the permissions of the promise (promise 09)', async () => {
    const { consent } = await connect();
    expect(`${consent.origin}${consent.pathname}`).toBe('https://www.facebook.com/v25.0/dialog/oauth');
    expect(consent.searchParams.get('scope')).toBe('pages_show_list,pages_read_engagement,pages_manage_posts');
    expect(consent.searchParams.get('redirect_uri')).toBe(callback);
  });

  it('asks for the businesses where a person says that the Pages are there', async () => {
    expect((await ada.get('/channels')).body).toContain('href="/channels/connect/facebook"');
    expect((await ada.get('/channels/connect/facebook')).body).toMatch(/<input type="checkbox" name="business"/u);
    const { consent } = await connect('allow', { business: 'on' });
    expect(consent.searchParams.get('scope')).toBe('pages_show_list,pages_read_engagement,pages_manage_posts,business_management');
  });

  it('lets a person choose among the Pages, and keeps the token of the person nowhere (promise 11)', async () => {
    const { back } = await connect();
    expect(back.statusCode).toBe(303);
    const [one, two] = fake.state.pages.map(({ id }) => id) as [string, string];
    expect((await ada.get(String(back.headers.location))).body).toContain('Lighthouse');
    expect((await pick(back, one, two)).statusCode).toBe(303);
    expect((await ada.get('/channels')).body).toContain('Harbour News');

    const users = fake.tokens.filter(({ kind }) => kind === 'user');
    const pages = fake.tokens.filter(({ kind }) => kind === 'page');
    expect(users.length).toBe(2);
    expect(pages.length).toBe(2);
    const seen = everywhere();
    expect(seen).toContain('Harbour News');
    for (const { value } of [...users, ...pages]) expect(seen.includes(value)).toBe(false);
    expect(seen.includes(usualState.app.secret)).toBe(false);

    // The Pages' tokens are there, sealed; the person's are not in what the seal holds either.
    const { deps: { store } } = app;
    const [workspaceId = ''] = (await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '')).map(({ id }) => id);
    const connection = (await store.connections.list(workspaceId)).find(({ provider }) => provider === 'facebook');
    const opened = JSON.stringify((await store.connections.grant(workspaceId, connection?.id ?? ''))?.grant);
    for (const { value } of pages) expect(opened).toContain(value);
    for (const { value } of users) expect(opened).not.toContain(value);
    expect(connection).toMatchObject({ accountId: '218471', accountName: 'Ada Lovelace', expiresAt: null });
    expect(pages.every(({ expiresAt }) => expiresAt === null)).toBe(true);
  });

  it('reads no more of anybody than it needs (promise 10)', async () => {
    await connect();
    const asked = fake.calls.map(({ method, path }) => `${method} ${path.replace('/v25.0/', '')}`);
    expect(asked.filter((call) => !call.includes('dialog'))).toEqual(['GET oauth/access_token', 'GET oauth/access_token', 'GET me/permissions', 'GET me', 'GET me/accounts']);
  });

  it('brings the same account back on reconnecting, with its channels', async () => {
    const [one, two] = fake.state.pages.map(({ id }) => id) as [string, string];
    await pick((await connect()).back, one, two);
    const { deps: { store } } = app;
    const [workspaceId = ''] = (await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '')).map(({ id }) => id);
    const before = (await store.channels.list(workspaceId)).map(({ id }) => id);
    const id = (await store.connections.list(workspaceId)).find(({ provider }) => provider === 'facebook')?.id ?? '';
    await connect('allow', { reconnect: id });
    expect((await store.channels.list(workspaceId)).map((channel) => channel.id)).toEqual(before);
    fake.state.user = { id: '999', name: 'Grace' };
    expect((await connect('allow', { reconnect: id })).back.body).toContain('You logged in as Grace');
  });

  it('says what to do when something was not allowed, nothing was ticked, or the person said no', async () => {
    fake.state.denies = ['pages_manage_posts'];
    expect((await connect()).back.body).toContain('Not everything was allowed that publishing needs (pages_manage_posts)');
    fake.state.denies = [];
    for (const page of fake.state.pages) page.ticked = false;
    const { back } = await connect();
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain('There is no Page on which you may create content');
    expect((await connect('deny')).back.body).toContain('Facebook did not connect: Permissions error');
  });

  it('publishes, and on disconnecting takes the app away from the account and the grant out of the database (promise 12)', async () => {
    const [one] = fake.state.pages.map(({ id }) => id) as [string];
    await pick((await connect()).back, one);
    const { deps: { store, engine } } = app;
    const [workspaceId = ''] = (await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '')).map(({ id }) => id);
    const channel = (await store.channels.list(workspaceId)).find(({ provider }) => provider === 'facebook');
    expect(channel).toMatchObject({ name: 'Harbour News', handle: 'Page', remoteId: one });
    const saved = await ada.post('/posts', { intent: 'now', 'part.0.text': 'Hello harbour', channel: channel?.id ?? '', at: '', zone: 'Europe/Berlin' });
    expect(saved.statusCode).toBe(303);
    await engine.tick();
    await engine.idle();
    expect(fake.ledger).toMatchObject([{ text: 'Hello harbour' }]);
    expect((await ada.post(`/channels/${channel?.id}/disconnect`)).statusCode).toBe(303);
    expect(fake.calls.filter(({ method, path }) => method === 'DELETE' && path === '/v25.0/218471/permissions')).toMatchObject([{ status: 200 }]);
    expect(fake.tokens.every(({ dead }) => dead !== null)).toBe(true);
    expect(await store.connections.grant(workspaceId, channel?.connectionId ?? '')).toBeUndefined();
  });
});

describe('Meta\'s callbacks', () => {
  const call = async (name: string, secret = usualState.app.secret) => {
    const content = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', issued_at: 1_291_836_800, user_id: '218471' })).toString('base64url');
    const signature = createHmac('sha256', secret).update(content).digest('base64url');
    return app.server.inject({
      method: 'POST', url: `/hooks/meta/${name}`, headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ signed_request: `${signature}.${content}` }).toString(),
    });
  };
  const connection = async () => {
    const { deps: { store } } = app;
    const [workspaceId = ''] = (await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '')).map(({ id }) => id);
    const found = (await store.connections.list(workspaceId)).find(({ provider }) => provider === 'facebook');
    return { status: found?.status, grant: found && (await store.connections.grant(workspaceId, found.id)) };
  };

  it('delete what is held of an account, and say where a person can follow it (promise 13)', async () => {
    await pick((await connect()).back, fake.state.pages[0]?.id ?? '');
    const answer = await call('data-deletion');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    const { url, confirmation_code: code } = answer.json<{ url: string; confirmation_code: string }>();
    expect(code).toMatch(/^[A-Za-z\d]+$/u);
    expect(url).toBe(`http://localhost:3000/data-deletion/${code}`);
    expect((await app.server.inject({ method: 'GET', url: `/data-deletion/${code}` })).statusCode).toBe(200);
    expect((await connection()).grant).toBeUndefined();
  });

  it('end the connections of an account that has removed the app, and believe nobody else', async () => {
    await pick((await connect()).back, fake.state.pages[0]?.id ?? '');
    expect((await call('deauthorize', 'somebody else')).statusCode).toBe(400);
    expect(await connection()).toMatchObject({ status: 'active' });
    expect((await call('deauthorize')).statusCode).toBe(200);
    const { status } = await connection();
    expect(['needs_reconnect', 'revoked']).toContain(status);
  });
});

describe('a grant', () => {
  const pages = [
    { id: '1', name: 'One', access_token: 'token-1', picture: { data: { url: 'https://scontent.test/1.jpg' } } },
    { id: '2', name: 'Two', access_token: 'token-2' },
  ];

  it('reaches what it has tokens for', async () => {
    expect(await targets(grantOf('218471', pages))).toEqual([
      { remoteId: '1', name: 'One', handle: 'Page', url: 'https://www.facebook.com/1', avatarUrl: 'https://scontent.test/1.jpg' },
      { remoteId: '2', name: 'Two', handle: 'Page', url: 'https://www.facebook.com/2', avatarUrl: null },
    ]);
  });

  it('gives one Page up without the others, and is nothing without the last', () => {
    const both = grantOf('218471', pages);
    const left = without(both, '1');
    expect(left).toEqual({ userId: '218471', pages: { 2: { name: 'Two', picture: null, token: 'token-2' } } });
    expect(JSON.stringify(left)).not.toContain('token-1');
    expect(left && without(left, '2')).toBeNull();
    expect(Object.keys(both.pages)).toHaveLength(2);
  });

  it('has no room for a token of the person', () => {
    expect(grant.safeParse({ ...grantOf('218471', pages), token: 'a-token-of-the-person' }).success).toBe(false);
  });

  it('is revoked though the person has removed the app already', async () => {
    const io = fakeIo({ upstreams: fake.upstreams, settings });
    await expect(revoke(grantOf('nobody', pages), io)).resolves.toBeUndefined();
    fake.fault({ method: 'DELETE', kind: { answer: { status: 503, body: 'down' } } });
    await expect(revoke(grantOf('218471', pages), io)).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('cannot be refreshed: Page tokens have no end, and Meta has no way', () => {
    expect('refresh' in facebook).toBe(false);
  });
});
