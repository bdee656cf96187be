import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGrants, renewEndingGrants } from '../../../publishing/grants.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../../testing/app.ts';
import { fakeIo } from '../../fake/io.ts';
import { approveAt } from '../../fake/oauth.ts';
import { usualState } from '../fake/world.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import { instagram } from './index.ts';
import { options } from './options.ts';
import { accountOf as jobAccountOf, grant, grantOf, revoke, targets, without } from './session.ts';
import { settings } from './subject.ts';

let fake: FakeInstagram;
let app: TestApp;
let ada: Visitor;
const callback = 'http://localhost:3000/integrations/social/instagram';
const day = 24 * 3_600_000;

beforeEach(async () => {
  fake = await startFakeInstagram({ redirectUris: [callback] });
  app = await testApp({ ...settings, UPSTREAMS: [...fake.upstreams].map((pair) => pair.join('=')).join(',') });
  ada = await signedUp(app);
});
afterEach(async () => {
  await app.close();
  await fake.close();
});

/** Goes to the consent page and comes back from it, like a browser. */
async function connect(decision: 'allow' | 'deny' = 'allow', fields: Record<string, string> = {}) {
  const begun = await ada.post('/channels/connect/instagram', fields);
  const consent = new URL(String(begun.headers.location));
  const code = await approveAt(fake, consent.href, decision);
  const answer = decision === 'allow' ? { code } : { error: 'access_denied', error_reason: 'user_denied', error_description: 'Permissions error' };
  return { consent, back: await ada.get(`/integrations/social/instagram?${new URLSearchParams({ state: consent.searchParams.get('state') ?? '', ...answer }).toString()}`) };
}

async function connected() {
  const { deps: { store } } = app;
  const [workspaceId = ''] = (await store.people.workspacesOf((await store.people.userByEmail('ada@example.org'))?.id ?? '')).map(({ id }) => id);
  const connection = (await store.connections.list(workspaceId)).find(({ provider }) => provider === 'instagram');
  const channels = (await store.channels.list(workspaceId)).filter(({ provider }) => provider === 'instagram');
  return { store, workspaceId, connection, channels };
}

describe('connecting Instagram', () => {
  it('goes to Facebook\'s consent page with exactly the permissions of the promise, and renews data access (promise 09)', async () => {
    const { consent } = await connect();
    expect(`${consent.origin}${consent.pathname}`).toBe('https://www.facebook.com/v25.0/dialog/oauth');
    expect(consent.searchParams.get('scope')).toBe('pages_show_list,pages_read_engagement,instagram_basic,instagram_content_publish');
    expect(consent.searchParams.get('auth_type')).toBe('reauthorize');
    expect(consent.searchParams.get('redirect_uri')).toBe(callback);
    expect((await connect('allow', { business: 'on' })).consent.searchParams.get('scope')).toBe('pages_show_list,pages_read_engagement,instagram_basic,instagram_content_publish,business_management');
  });

  it('makes a channel of the one account there is, and keeps the token of its Page alone (promise 11)', async () => {
    expect((await connect()).back.statusCode).toBe(303);
    const { store, workspaceId, connection, channels } = await connected();
    expect(channels).toMatchObject([{ remoteId: '17841400000000001', name: 'Harbour', handle: '@harbour', url: 'https://www.instagram.com/harbour/' }]);
    expect(connection).toMatchObject({ accountId: '218471', accountName: 'Ada Lovelace', status: 'active' });
    const opened = JSON.stringify((await store.connections.grant(workspaceId, connection?.id ?? ''))?.grant);
    const ours = fake.tokens.filter(({ value }) => opened.includes(value));
    expect(ours).toMatchObject([{ kind: 'page', pageId: '104000000000001', expiresAt: null }]);
    const seen = ['', '-wal', '-shm'].map((end) => readFileSync(`${app.file}${end}`).toString('latin1')).join('\n') + app.logged();
    for (const secret of [usualState.app.secret, ...fake.tokens.map(({ value }) => value)]) expect(seen.includes(secret)).toBe(false);
  });

  it('reads no more of anybody than it needs (promise 10)', async () => {
    await connect();
    const asked = fake.calls.map(({ method, path }) => `${method} ${path.replace('/v25.0/', '')}`);
    expect(asked.filter((call) => !call.includes('dialog'))).toEqual(['GET oauth/access_token', 'GET oauth/access_token', 'GET me/permissions', 'GET me', 'GET me/accounts', 'GET debug_token']);
  });

  it('knows when data access ends, and warns two weeks before', async () => {
    await connect();
    const { connection } = await connected();
    expect(connection?.expiresAt).toBeGreaterThan(Date.now() + 89 * day);
    expect(connection?.expiresAt).toBeLessThan(Date.now() + 91 * day);
    const standing = async (now: number) => {
      await renewEndingGrants({ ...app.deps, grants: createGrants({ store: app.deps.store, now: () => now }), now: () => now });
      return (await connected()).connection?.status;
    };
    expect(await standing((connection?.expiresAt ?? 0) - 15 * day)).toBe('active');
    expect(await standing((connection?.expiresAt ?? 0) - 13 * day)).toBe('expiring');
    expect((await ada.get('/channels')).body).toContain('Harbour');
  });

  it('brings the same account back on reconnecting, with its channels', async () => {
    await connect();
    const before = await connected();
    const tokens = fake.tokens.length;
    await connect('allow', { reconnect: before.connection?.id ?? '' });
    const after = await connected();
    expect(after.channels.map(({ id }) => id)).toEqual(before.channels.map(({ id }) => id));
    expect(after.connection?.id).toBe(before.connection?.id);
    expect(fake.tokens.length).toBeGreaterThan(tokens);
    fake.state.user = { id: '999', name: 'Grace' };
    expect((await connect('allow', { reconnect: before.connection?.id ?? '' })).back.body).toContain('You logged in as Grace');
  });

  it('finds accounts behind Pages of a business portfolio, and lets a person choose among several', async () => {
    fake.state.pages.push({ id: '104000000000003', name: 'Shipyard', tasks: ['MANAGE'], business: '900', tokenInList: false, instagram: { id: '17841400000000003', username: 'shipyard', name: '' } });
    expect((await connect()).back.statusCode).toBe(303);
    expect((await connected()).channels).toHaveLength(1);
    const { back } = await connect('allow', { business: 'on' });
    const chosen = await ada.get(String(back.headers.location));
    expect(chosen.body).toContain('@shipyard');
    expect(chosen.body).not.toContain('Lighthouse');
  });

  it('says what to do when something was not allowed, there is no account, or the person said no', async () => {
    fake.state.denies = ['instagram_content_publish'];
    expect((await connect()).back.body).toContain('Not everything was allowed that publishing needs (instagram_content_publish)');
    fake.state.denies = [];
    for (const page of fake.state.pages) delete page.instagram;
    const { back } = await connect();
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain('None of your Pages has an Instagram professional account');
    expect((await connect('deny')).back.body).toContain('Instagram did not connect: Permissions error');
  });

  it('on disconnecting takes the app away from the account and the grant out of the database (promise 12)', async () => {
    await connect();
    const { store, workspaceId, channels: [channel] } = await connected();
    expect((await ada.post(`/channels/${channel?.id}/disconnect`)).statusCode).toBe(303);
    expect(fake.calls.filter(({ method, path }) => method === 'DELETE' && path === '/v25.0/218471/permissions')).toMatchObject([{ status: 200 }]);
    expect(fake.tokens.every(({ dead }) => dead !== null)).toBe(true);
    expect(await store.connections.grant(workspaceId, channel?.connectionId ?? '')).toBeUndefined();
  });
});

describe('a grant', () => {
  const pages = [
    { id: '1', name: 'One', access_token: 'token-1', instagram_business_account: { id: '17841', username: 'one', name: 'First', profile_picture_url: 'https://scontent.test/1.jpg' } },
    { id: '2', name: 'Two', access_token: 'token-2', instagram_business_account: { id: '17842', username: 'two', name: '' } },
    { id: '3', name: 'Without', access_token: 'token-3' },
  ];

  it('reaches the accounts behind the Pages', async () => {
    expect(await targets(grantOf('218471', pages))).toEqual([
      { remoteId: '17841', name: 'First', handle: '@one', url: 'https://www.instagram.com/one/', avatarUrl: 'https://scontent.test/1.jpg' },
      { remoteId: '17842', name: 'two', handle: '@two', url: 'https://www.instagram.com/two/', avatarUrl: null },
    ]);
    expect(JSON.stringify(grantOf('218471', pages))).not.toContain('token-3');
  });

  it('gives one account up without the others, and is nothing without the last', () => {
    const both = grantOf('218471', pages);
    const left = without(both, '17841');
    expect(left).toEqual({ userId: '218471', accounts: { 17842: { username: 'two', name: 'two', picture: null, pageId: '2', token: 'token-2' } } });
    expect(left && without(left, '17842')).toBeNull();
    expect(Object.keys(both.accounts)).toHaveLength(2);
  });

  it('has no room for a token of the person', () => {
    expect(grant.safeParse({ ...grantOf('218471', pages), token: 'a-token-of-the-person' }).success).toBe(false);
  });

  it('is used with Instagram\'s own app where there is one', () => {
    const own = { ...settings, INSTAGRAM_CLIENT_ID: '777', INSTAGRAM_CLIENT_SECRET: 'own-secret' };
    const of = (given: Record<string, string>) => jobAccountOf({
      id: 'p', grant: grantOf('1', pages), options: options.parse({}), frozenAt: 0, parts: [{ text: '', media: [] }],
      target: { remoteId: '17841', handle: '', name: '', url: null, limits: {} },
    }, fakeIo({ settings: given }));
    expect(of(own)).toEqual({ id: '17841', token: 'token-1', app: { id: '777', secret: 'own-secret' } });
    expect(of(settings).app.id).toBe(usualState.app.id);
  });

  it('is revoked though the person has removed the app already', async () => {
    const io = fakeIo({ upstreams: fake.upstreams, settings });
    await expect(revoke(grantOf('nobody', pages), io)).resolves.toBeUndefined();
    fake.fault({ method: 'DELETE', kind: { answer: { status: 503, body: 'down' } } });
    await expect(revoke(grantOf('218471', pages), io)).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('cannot be refreshed: Page tokens have no end, and the 90 days begin anew with a login alone', () => {
    expect(instagram).not.toHaveProperty('refresh');
  });
});
