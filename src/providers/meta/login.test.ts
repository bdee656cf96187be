import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fakeIo } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import { startFakeMeta, type FakeMeta } from './fake.ts';
import { usualState, type FakeMetaState } from './fake/world.ts';
import { removeApp, facebookLogin } from './login.ts';
import { pageFields, pageRow } from './pages.ts';
import { setup } from './setup.ts';

let fake: FakeMeta;
afterEach(() => fake.close());

const { app } = usualState;
const redirectUri = 'https://post.example/integrations/social/facebook';
const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
const login = facebookLogin({
  app: ['FACEBOOK'], scopes, authType: 'rerequest', pages: { fields: pageFields, row: pageRow }, dataAccess: true,
  grantOf: ({ pages, dataAccessEndsAt }) => ({ grant: pages, ...(dataAccessEndsAt !== undefined && { expiresAt: dataAccessEndsAt }) }),
});

async function start(options: Partial<FakeMetaState> = {}, settings: Record<string, string> = {}) {
  fake = await startFakeMeta([], options);
  const io = fakeIo({ upstreams: fake.upstreams, settings: { FACEBOOK_CLIENT_ID: app.id, FACEBOOK_CLIENT_SECRET: app.secret, ...settings } });
  const authorize = (input: Record<string, string> = {}) => login.authorizeUrl({ input, redirectUri, state: 'the-state', codeChallenge: 'unused' }, io);
  const connect = async (input: Record<string, string> = {}) => {
    const { url } = await authorize(input);
    const code = await approveAt(fake, url);
    return login.exchange({ code, redirectUri, codeVerifier: 'unused', memo: null }, io);
  };
  return { io, authorize, connect };
}

describe('Facebook Login', () => {
  it('asks for exactly what the promise names, and for the businesses only where a person says so', async () => {
    const { authorize } = await start();
    const asked = async (input: Record<string, string>) => new URL((await authorize(input)).url).searchParams;
    expect((await asked({})).get('scope')).toBe('pages_show_list,pages_read_engagement,pages_manage_posts');
    expect((await asked({ business: 'on' })).get('scope')).toBe('pages_show_list,pages_read_engagement,pages_manage_posts,business_management');
    expect(Object.fromEntries(await asked({}))).toMatchObject({ client_id: app.id, redirect_uri: redirectUri, state: 'the-state', response_type: 'code', auth_type: 'rerequest' });
    await expect(authorize({ business: 'perhaps' })).rejects.toMatchObject({ failure: { code: 'business' } });
  });

  it('goes to the Graph version that is set, and to no other', async () => {
    const { authorize, connect } = await start({ versions: ['v26.0'] }, { META_GRAPH_VERSION: 'v26.0' });
    expect((await authorize()).url).toContain('https://www.facebook.com/v26.0/dialog/oauth?');
    await connect();
    expect(fake.calls.every(({ path }) => path.startsWith('/v26.0/'))).toBe(true);
    const wrong = fakeIo({ settings: { FACEBOOK_CLIENT_ID: app.id, FACEBOOK_CLIENT_SECRET: app.secret, META_GRAPH_VERSION: '25' } });
    await expect(login.authorizeUrl({ input: {}, redirectUri, state: 's', codeChallenge: '' }, wrong)).rejects.toMatchObject({ failure: { code: 'bad_version' } });
  });

  it('sends a login configuration in place of permissions where one is set', async () => {
    const { authorize, connect } = await start({ configuration: { id: '778899', scopes } }, { META_LOGIN_CONFIG_ID: '778899' });
    const { searchParams } = new URL((await authorize({ business: 'on' })).url);
    expect(searchParams.get('config_id')).toBe('778899');
    expect(searchParams.has('scope')).toBe(false);
    expect((await connect()).grant).toHaveLength(2);
    // The configuration of one app is none of another's.
    const own = fakeIo({ settings: { FACEBOOK_CLIENT_ID: '555', FACEBOOK_CLIENT_SECRET: 'x', INSTAGRAM_CLIENT_ID: app.id, INSTAGRAM_CLIENT_SECRET: app.secret, META_LOGIN_CONFIG_ID: '778899' } });
    const other = facebookLogin({ app: ['INSTAGRAM', 'FACEBOOK'], scopes, authType: 'reauthorize', pages: { fields: pageFields, row: pageRow }, grantOf: ({ pages }) => ({ grant: pages }) });
    const { url } = await other.authorizeUrl({ input: {}, redirectUri, state: 's', codeChallenge: '' }, own);
    expect(new URL(url).searchParams.get('client_id')).toBe(app.id);
    expect(new URL(url).searchParams.has('config_id')).toBe(false);
  });

  it('keeps Page tokens that do not end, and nothing of the person but the id', async () => {
    const { connect } = await start();
    const { account, grant, expiresAt } = await connect();
    expect(account).toEqual({ id: '218471', name: 'Ada Lovelace' });
    const kept = fake.tokens.filter(({ value }) => JSON.stringify(grant).includes(value));
    expect(kept.map(({ kind, expiresAt: end }) => [kind, end])).toEqual([['page', null], ['page', null]]);
    expect(expiresAt).toBeGreaterThan(Date.now() + 89 * 24 * 3_600_000);
  });

  it('refuses a consent that left something out, naming it', async () => {
    const { connect } = await start({ denies: ['pages_manage_posts'] });
    await expect(connect()).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'missing_scopes', message: expect.stringContaining('pages_manage_posts') as string } });
  });

  it('takes a code once, for its own address', async () => {
    const { io, authorize } = await start();
    const code = await approveAt(fake, (await authorize()).url);
    const answer = { code, redirectUri, codeVerifier: '', memo: null };
    await login.exchange(answer, io);
    await expect(login.exchange(answer, io)).rejects.toMatchObject({ failure: { kind: 'rejected' } });
  });

  it('walks through every page of the list without an address that holds a token', async () => {
    const pages = Array.from({ length: 7 }, (_, n) => ({ id: `10${n}`, name: `Page ${n}`, tasks: ['CREATE_CONTENT'] }));
    const { connect } = await start({ pages, pageSize: 3 });
    expect((await connect()).grant.map(({ id }) => id)).toEqual(pages.map(({ id }) => id));
    expect(fake.calls.filter(({ path }) => path.endsWith('/me/accounts'))).toHaveLength(3);
  });

  it('finds Pages of businesses, with a token asked for by itself where the list has none, and leaves out what may not be published to', async () => {
    const pages = [
      { id: '1', name: 'Own', tasks: ['CREATE_CONTENT'] },
      { id: '2', name: 'Business', tasks: ['MANAGE'], business: '900', tokenInList: false },
      { id: '3', name: 'Only ads', tasks: ['ADVERTISE'] },
      { id: '4', name: 'Not ticked', tasks: ['MANAGE'], ticked: false },
    ];
    const { connect } = await start({ pages });
    expect((await connect()).grant.map(({ id }) => id)).toEqual(['1']);
    expect(fake.calls.some(({ path }) => path.includes('businesses'))).toBe(false);
    expect((await connect({ business: 'on' })).grant.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('does not lose Pages to a business that refuses, and does not hide a network that fails', async () => {
    const { connect } = await start({ pages: [{ id: '1', name: 'Own', tasks: ['CREATE_CONTENT'] }, { id: '2', name: 'B', tasks: ['MANAGE'], business: '900' }] });
    fake.fault({ path: /client_pages/u, kind: { answer: { status: 403, body: { error: { message: 'no', type: 'OAuthException', code: 200 } } } } });
    expect((await connect({ business: 'on' })).grant).toHaveLength(2);
    fake.fault({ path: /owned_pages/u, kind: { answer: { status: 500, body: 'down' } } });
    await expect(connect({ business: 'on' })).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('removes the app from the account with the app\'s own token', async () => {
    const { io, connect } = await start();
    await connect();
    await removeApp(io, app, '218471');
    expect(fake.tokens.every(({ dead }) => dead?.subcode === 458)).toBe(true);
  });

  it('never shows a code, a token or the secret in what went wrong', async () => {
    const { connect } = await start();
    const seen: string[] = [];
    for (const path of ['oauth/access_token', 'fb_exchange_token', 'me/permissions', '/me\\?', 'me/accounts', 'debug_token']) {
      fake.clearFaults();
      fake.fault({ path: new RegExp(path, 'u'), times: 9, kind: { answer: { status: 400, body: { error: { message: `echo ${app.secret}`, code: 100, type: 'OAuthException' } } } } });
      await connect().catch((error: unknown) => seen.push(JSON.stringify((error as { failure: unknown }).failure)));
    }
    expect(seen).toHaveLength(6);
    for (const secret of [app.secret, ...fake.tokens.map(({ value }) => value)]) expect(seen.join('\n').includes(secret)).toBe(false);
  });
});

describe('the operator\'s card', () => {
  it('tells whether id and secret work, without a person', async () => {
    const { io } = await start();
    await expect(setup.test?.(io)).resolves.toContain('Post Master Test');
    const wrong = fakeIo({ upstreams: fake.upstreams, settings: { FACEBOOK_CLIENT_ID: app.id, FACEBOOK_CLIENT_SECRET: 'wrong' } });
    await expect(setup.test?.(wrong)).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'not_accepted' } });
    const own = fakeIo({ upstreams: fake.upstreams, settings: { FACEBOOK_CLIENT_ID: app.id, FACEBOOK_CLIENT_SECRET: app.secret, INSTAGRAM_CLIENT_ID: '777', INSTAGRAM_CLIENT_SECRET: 'wrong' } });
    await expect(setup.test?.(own)).rejects.toMatchObject({ failure: { code: 'not_accepted', message: expect.stringContaining('777') as string } });
    const old = fakeIo({ upstreams: fake.upstreams, settings: { FACEBOOK_CLIENT_ID: app.id, FACEBOOK_CLIENT_SECRET: app.secret, META_GRAPH_VERSION: 'v20.0' } });
    await expect(setup.test?.(old)).rejects.toMatchObject({ failure: { kind: 'rejected', message: expect.stringContaining('version') as string } });
    fake.fault({ path: /debug_token/u, kind: { answer: { status: 503, body: 'down' } } });
    await expect(setup.test?.(io)).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });

  it('asks for no permission without a reason and a text for the reviewers', () => {
    const asked = setup.scopes.map(({ scope }) => scope);
    expect(asked).toEqual(['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'instagram_basic', 'instagram_content_publish', 'business_management']);
    expect(setup.review?.texts.map(({ title }) => title)).toEqual(expect.arrayContaining(asked));
    expect(z.array(z.object({ why: z.string().min(20) })).safeParse(setup.scopes).success).toBe(true);
  });
});
