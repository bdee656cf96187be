import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError, type Io } from '../contract.ts';
import { fakeIo, type FakeIoOptions } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import { connect } from './connect.ts';
import { startFakeTikTok, type FakeTikTok } from './fake.ts';
import { heardOf, unknownPhoto } from './heard.ts';
import { noteReach } from './reach.ts';
import { grant as grantShape, refresh, revoke, type Grant } from './session.ts';
import { setup } from './setup.ts';
import { accountOf, settings } from './subject.ts';
import { targets } from './targets.ts';

const day = 24 * 60 * 60 * 1000;
const redirectUri = 'https://post.example/integrations/social/tiktok';
const asked = { input: {}, redirectUri, state: 'state-of-a-test', codeChallenge: 'challenge' };

let fake: FakeTikTok;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 25);
  fake = await startFakeTikTok({ now: () => now });
});
afterEach(() => fake.close());

const ioOf = (more: FakeIoOptions = {}): Io => fakeIo({ upstreams: fake.upstreams, settings, now: () => now, ...more });

async function connected(io = ioOf()) {
  const { url, memo } = await connect.authorizeUrl(asked, io);
  return connect.exchange({ code: await approveAt(fake, url), redirectUri, codeVerifier: 'verifier', memo }, io);
}

async function failureOf(act: Promise<unknown>): Promise<Failure> {
  const error = await act.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`);
  for (const secret of [settings.TIKTOK_CLIENT_SECRET, ...fake.oauth.tokens.flatMap(({ access, refresh: other }) => [access, other ?? access])]) {
    expect(JSON.stringify(error.failure)).not.toContain(secret);
  }
  return error.failure;
}

describe('connecting', () => {
  it('asks for two scopes, by the client key, and always shows the page', async () => {
    const { url } = await connect.authorizeUrl(asked, ioOf());
    expect(url.split('?')[0]).toBe('https://www.tiktok.com/v2/auth/authorize/');
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      client_key: settings.TIKTOK_CLIENT_ID, response_type: 'code', scope: 'user.info.basic,video.publish', redirect_uri: redirectUri, state: 'state-of-a-test', disable_auto_auth: '1',
    });
  });

  it('keeps the account\'s id and name, the tokens and their ends, and nothing else', async () => {
    const { account, grant, expiresAt } = await connected();
    expect(account).toEqual({ id: fake.state.user.openId, name: 'Harbour News' });
    const [token] = fake.oauth.tokens;
    expect(grantShape.parse(grant)).toEqual({ openId: account.id, accessToken: token?.access, refreshToken: token?.refresh, accessEndsAt: now + day, endsAt: now + 365 * day });
    expect(expiresAt).toBe(now + 365 * day);
    expect(await targets(grant, ioOf())).toEqual([{ remoteId: account.id, name: 'Harbour News', handle: '', url: null, avatarUrl: fake.state.user.avatarUrl }]);
  });

  it('refuses a consent without what publishing needs', async () => {
    fake.state.denies = ['video.publish'];
    expect(await failureOf(connected())).toMatchObject({ kind: 'rejected', code: 'missing_scopes', message: expect.stringContaining('video.publish') });
  });

  it.each([200, 400, 401])('understands a refusal with status %i', async (status) => {
    fake.state.oauthStatus = status;
    const wrong = ioOf({ settings: { ...settings, TIKTOK_CLIENT_SECRET: 'another-secret' } });
    expect(await failureOf(connected(wrong))).toMatchObject({ kind: 'rejected', code: 'invalid_client', fix: expect.stringContaining('TIKTOK_CLIENT_SECRET') });
    expect(await failureOf(connect.exchange({ code: 'used', redirectUri, codeVerifier: '', memo: null }, ioOf()))).toMatchObject({ kind: 'auth', code: 'invalid_grant' });
  });

  it('says what is missing when the instance is not set up', async () => {
    expect(await failureOf(connect.authorizeUrl(asked, ioOf({ settings: {} })))).toMatchObject({ kind: 'rejected', code: 'not_set_up' });
  });
});

describe('a grant', () => {
  it('is renewed with what TikTok gives back, and keeps its end', async () => {
    const { grant, expiresAt } = await connected();
    now += 100 * day + 321;
    const fresh = await refresh(grant, ioOf());
    expect(fresh.grant).toMatchObject({ openId: grant.openId, accessEndsAt: now + day });
    expect(fresh.grant.refreshToken).not.toBe(grant.refreshToken);
    expect(fresh.expiresAt).toBe(expiresAt);
    expect(await failureOf(refresh(grant, ioOf()))).toMatchObject({ kind: 'auth', code: 'invalid_grant' });
    now += 300 * day;
    expect(await failureOf(refresh(fresh.grant, ioOf()))).toMatchObject({ kind: 'auth' });
  });

  it.each([
    ['a gateway', { status: 502, body: 'bad gateway' }], ['a page', { status: 403, body: '<html>blocked</html>' }], ['an odd 200', { status: 200, body: {} }],
    ['TikTok itself', { status: 200, body: { error: 'server_error', error_description: 'x', log_id: 'x' } }],
    ['a defect of ours', { status: 400, body: { error: 'invalid_request', error_description: 'x', log_id: 'x' } }],
  ])('is not lost through %s', async (_, answer) => {
    const { grant } = accountOf(fake);
    fake.fault({ path: /oauth\/token/u, kind: { answer } });
    expect(await failureOf(refresh(grant, ioOf()))).toMatchObject({ kind: 'transient' });
    expect((await refresh(grant, ioOf())).grant.openId).toBe(grant.openId);
  });

  it('is taken back at TikTok, renewed before where its token has ended', async () => {
    const { grant } = await connected();
    await revoke(grant, ioOf());
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);

    const later = (await connected()).grant;
    now += 2 * day;
    await revoke(later, ioOf());
    expect(fake.calls.slice(-2).map(({ path }) => path)).toEqual(['/v2/oauth/token/', '/v2/oauth/revoke/']);
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
  });

  it('that is gone at TikTok is gone', async () => {
    const { grant } = await connected();
    for (const token of fake.oauth.tokens) token.revoked = true;
    await revoke(grant, ioOf());
    now += 2 * day;
    await revoke(grant, ioOf());
    fake.fault({ path: /oauth\/token/u, kind: { answer: { status: 503, body: '' } } });
    expect(await failureOf(revoke(grant, ioOf()))).toMatchObject({ kind: 'transient' });
  });

  it('leaves no post of its account noted', async () => {
    const { grant } = await connected();
    const io = ioOf();
    await heardOf(grant.openId, 'p_pub_url~v2.1', io);
    expect(await unknownPhoto(grant.openId, 'job', now, io)).toBe('p_pub_url~v2.1');
    await revoke(grant, io);
    expect(await unknownPhoto(grant.openId, 'job', now, io)).toBeNull();
  });

  it('tells an ended token from a missing permission', async () => {
    const { access, refresh: other } = fake.oauth.issue(['user.info.basic']);
    const grant: Grant = { openId: fake.state.user.openId, accessToken: access, refreshToken: other ?? '', accessEndsAt: now + day, endsAt: null };
    expect(await targets(grant, ioOf())).toHaveLength(1);
    now += 2 * day;
    expect(await failureOf(targets(grant, ioOf()))).toMatchObject({ kind: 'auth', code: 'access_token_invalid' });
  });
});

describe('the operator\'s card', () => {
  it('tests key and secret without a user', async () => {
    const io = ioOf();
    expect(await setup.test?.(io)).toBe('TikTok accepts the client key and secret. Counted as audited: every audience is offered. Whether this instance\'s address is verified shows with the first photo post.');
    await noteReach(false, io);
    expect(await setup.test?.(io)).toContain('not verified');
    await noteReach(true, io);
    expect(await setup.test?.(io)).toContain('It has fetched photos');
    const wrong = ioOf({ settings: { ...settings, TIKTOK_CLIENT_SECRET: 'another-secret' } });
    expect(await failureOf(Promise.resolve(setup.test?.(wrong)))).toMatchObject({ kind: 'rejected', code: 'invalid_client' });
  });

  it('takes an app that may not have a token of its own for known', async () => {
    fake.fault({ path: /oauth\/token/u, kind: { answer: { status: 400, body: { error: 'unauthorized_client', error_description: 'x', log_id: 'x' } } } });
    expect(await setup.test?.(ioOf({ settings: { ...settings, TIKTOK_AUDITED: 'no' } }))).toContain('only private posts');
  });

  it('names the callbacks and the scopes that are asked for', () => {
    const text = setup.steps.join(' ');
    for (const place of ['{callback:tiktok}', '{url:/hooks/tiktok}', '{url:/m/}']) expect(text).toContain(place);
    expect(setup.scopes.map(({ scope }) => scope)).toEqual(['user.info.basic', 'video.publish']);
    expect(setup.settings.filter(({ optional }) => !optional).map(({ env }) => env)).toEqual(['TIKTOK_CLIENT_ID', 'TIKTOK_CLIENT_SECRET']);
  });
});
