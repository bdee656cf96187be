import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { approveAt } from '../fake/oauth.ts';
import { connect, scopes } from './connect.ts';
import { client, redirectUri, startFakeYouTube, type FakeYouTube } from './fake.ts';
import { refresh, revoke, type Grant } from './session.ts';
import { setup } from './setup.ts';
import { accountOf, settings } from './subject.ts';
import { targets } from './targets.ts';

let fake: FakeYouTube;
beforeEach(async () => { fake = await startFakeYouTube(); });
afterEach(() => fake.close());

const verifier = 'a-verifier-of-at-least-forty-three-characters-long';
const ioOf = (more: Record<string, string> = {}, now = Date.now) => fakeIo({ upstreams: fake.upstreams, now, settings: { ...settings, ...more } });
const authorize = () => connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state', codeChallenge: createHash('sha256').update(verifier).digest('base64url') }, ioOf());
const exchange = (code: string, codeVerifier = verifier) => connect.exchange({ code, redirectUri, codeVerifier, memo: null }, ioOf());
const connected = async () => exchange(await approveAt(fake, (await authorize()).url));

async function failureOf(act: Promise<unknown>): Promise<Failure> {
  const error = await act.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`);
  const told = `${JSON.stringify(error.failure)}${error.stack ?? ''}`;
  for (const { access, refresh: lasting } of fake.oauth.tokens) for (const secret of [access, lasting ?? access, client.secret]) expect(told).not.toContain(secret);
  return error.failure;
}

describe('connecting', () => {
  it('asks for exactly the four scopes of the promise (15), for lasting access and a choice of channel', async () => {
    const { searchParams } = new URL((await authorize()).url);
    expect(searchParams.get('scope')?.split(' ')).toEqual([
      'https://www.googleapis.com/auth/youtube.upload', 'https://www.googleapis.com/auth/youtube.readonly',
      'https://www.googleapis.com/auth/userinfo.profile', 'https://www.googleapis.com/auth/userinfo.email',
    ]);
    expect(setup.scopes.map(({ scope }) => scope)).toEqual([...scopes]);
    expect(Object.fromEntries(searchParams)).toMatchObject({ access_type: 'offline', prompt: 'select_account consent', response_type: 'code', code_challenge_method: 'S256' });
  });

  it('keeps tokens, user and channel, and nothing else (promise 16)', async () => {
    const { account, grant, expiresAt } = await connected();
    const [token] = fake.oauth.tokens;
    expect(account).toEqual({ id: fake.state.user.id, name: 'Ada at the harbour' });
    expect(grant).toEqual({ accessToken: token?.access, refreshToken: token?.refresh, expiresAt: expect.any(Number) as number, endsAt: null, userId: fake.state.user.id, channelId: fake.state.channel.id });
    expect(expiresAt).toBeUndefined();
    expect(JSON.stringify({ account, grant })).not.toContain(fake.state.user.email);
  });

  it('gives the same account when it is done again, as a user of one channel', async () => {
    expect((await connected()).account.id).toBe((await connected()).account.id);
  });

  it('takes a code once, with its verifier', async () => {
    const code = await approveAt(fake, (await authorize()).url);
    expect(await failureOf(exchange(code, `${verifier}-other`))).toMatchObject({ kind: 'auth', code: 'invalid_grant' });
    const other = await approveAt(fake, (await authorize()).url);
    await exchange(other);
    expect(await failureOf(exchange(other))).toMatchObject({ code: 'invalid_grant' });
  });

  it.each([scopes[0], scopes[1]])('refuses a consent without %s', async (scope) => {
    fake.state.denies = [scope];
    expect(await failureOf(connected())).toMatchObject({ kind: 'rejected', code: 'missing_scopes', message: expect.stringContaining(scope) as string });
  });

  it('does without the address, where a person does not want to show it', async () => {
    fake.state.denies = [scopes[3]];
    expect(await connected()).toMatchObject({ account: { name: 'Ada at the harbour' } });
  });

  it('wants a channel', async () => {
    fake.state.hasChannel = false;
    expect(await failureOf(connected())).toMatchObject({ code: 'no_channel', message: 'This Google account has no YouTube channel.' });
    fake.fault({ path: /channels/u, kind: { answer: { status: 401, body: { error: { code: 401, message: 'Unauthorized', errors: [{ reason: 'youtubeSignupRequired' }] } } } } });
    expect(await failureOf(connected())).toMatchObject({ code: 'youtubeSignupRequired', message: expect.stringContaining('no YouTube channel') as string });
  });

  it('tells when the access ends: apps in testing get a week', async () => {
    fake.state.endsIn = 604_799;
    const before = Date.now();
    const { grant, expiresAt } = await connected();
    expect(expiresAt).toBe(grant.endsAt);
    expect(expiresAt).toBeGreaterThanOrEqual(before + 604_799_000);
  });

  it('wants lasting access', async () => {
    const url = new URL((await authorize()).url);
    url.searchParams.delete('prompt');
    expect(await failureOf(exchange(await approveAt(fake, url.href)))).toMatchObject({ code: 'no_refresh_token' });
  });
});

describe('the channel', () => {
  it('is the one that was chosen', async () => {
    const { grant } = accountOf(fake);
    expect(await targets(grant, ioOf())).toEqual([{
      remoteId: 'UCabcdefghijklmnopqrstuv', name: 'Ada at the harbour', handle: 'YouTube channel', url: 'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv',
      avatarUrl: 'https://yt3.ggpht.com/240.jpg', limits: { videos: { maxMs: 43_200_000 } },
    }]);
    fake.state.channel.longUploads = 'eligible';
    expect(await targets(grant, ioOf())).toMatchObject([{ limits: { videos: { maxMs: 900_000 } } }]);
    fake.state.hasChannel = false;
    expect(await targets(grant, ioOf())).toEqual([]);
  });

  it('is shown with an access token that has ended, too', async () => {
    const { grant } = accountOf(fake);
    for (const token of fake.oauth.tokens) token.expiresAt = 0;
    expect(await targets({ ...grant, expiresAt: 0 }, ioOf())).toHaveLength(1);
  });
});

describe('a refresh', () => {
  it('brings an access token and keeps the refresh token, the channel and the end', async () => {
    const { grant } = accountOf(fake);
    const old: Grant = { ...grant, endsAt: 5 };
    const fresh = await refresh(old, ioOf());
    expect(fresh).toEqual({ grant: { ...old, accessToken: fake.oauth.tokens[1]?.access, expiresAt: expect.any(Number) as number }, expiresAt: 5 });
    expect((await refresh(grant, ioOf())).expiresAt).toBeUndefined();
    expect(await targets(fresh.grant, ioOf())).toHaveLength(1);
  });

  it('tells an end that is counted down in seconds in the same words each time', async () => {
    const { grant } = accountOf(fake);
    const at = Date.UTC(2026, 10, 24, 9);
    const told = (left: number) => fake.fault({ path: /token/u, kind: { answer: { status: 200, body: { access_token: 'a', expires_in: 3599, refresh_token_expires_in: left } } } });
    const end = at + 600_000_000;
    told(600_001);
    expect((await refresh({ ...grant, endsAt: end }, ioOf({}, () => at))).expiresAt).toBe(end);
    told(900_000);
    expect((await refresh({ ...grant, endsAt: end }, ioOf({}, () => at))).expiresAt).toBe(at + 900_000_000);
  });

  it.each(['invalid_grant', 'invalid_client', 'unauthorized_client', 'deleted_client'])('ends the connection on %s', async (error) => {
    const { grant } = accountOf(fake);
    fake.fault({ path: /token/u, kind: { answer: { status: 400, body: { error, error_description: 'Token has been expired or revoked.' } } } });
    expect(await failureOf(refresh(grant, ioOf()))).toMatchObject({ kind: 'auth', code: error });
  });

  it.each([[500, 'oops'], [503, {}], [403, '<html>portal</html>'], [404, {}], [401, 'who are you'], [400, { error: 'invalid_request' }], [302, '']])('that is answered %i %o disconnects nobody', async (status, body) => {
    const { grant } = accountOf(fake);
    fake.fault({ path: /token/u, kind: { answer: { status, body } } });
    expect(await failureOf(refresh(grant, ioOf()))).toMatchObject({ kind: 'transient' });
  });
});

describe('disconnecting', () => {
  it('revokes at Google (promise 19), and what is over already is fine', async () => {
    const { grant } = accountOf(fake);
    await revoke(grant, ioOf());
    expect(fake.oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
    await revoke(grant, ioOf());
    expect(fake.calls.map(({ path, status }) => `${path} ${status}`)).toEqual(['/revoke 200', '/revoke 400']);
    expect(await failureOf(refresh(grant, ioOf()))).toMatchObject({ kind: 'auth' });
  });

  it('says when Google could not be told', async () => {
    fake.fault({ kind: { answer: { status: 503, body: 'down' } } });
    expect(await failureOf(revoke(accountOf(fake).grant, ioOf()))).toMatchObject({ kind: 'transient' });
  });
});

describe('the operator\'s card', () => {
  it('tests id and secret without a user', async () => {
    expect(await setup.test?.(ioOf())).toMatch(/^Google knows this client\./u);
    expect(await failureOf(setup.test?.(ioOf({ GOOGLE_CLIENT_SECRET: 'wrong' })) ?? Promise.resolve())).toMatchObject({
      kind: 'rejected', code: 'invalid_client', fix: expect.stringContaining('GOOGLE_CLIENT_SECRET') as string,
    });
  });

  it('names every setting that the network reads, and where to go', () => {
    expect(setup.settings.map(({ env, optional }) => [env, optional ?? false])).toEqual([
      ['GOOGLE_CLIENT_ID', false], ['GOOGLE_CLIENT_SECRET', false], ['YOUTUBE_PROJECT_AUDITED', true], ['YOUTUBE_UPLOADS_PER_DAY', true],
    ]);
    expect(setup.steps.join(' ')).toContain('{callback:youtube}');
    for (const text of [setup.cost, ...setup.steps, ...setup.settings.map(({ help }) => help), ...(setup.review?.asks ?? [])]) expect(text).not.toMatch(/!/u);
  });
});
