import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveAt } from '../fake/oauth.ts';
import { fakeIo } from '../fake/io.ts';
import { userAgent } from './api.ts';
import { connect, pictureOf } from './connect.ts';
import { startFakeReddit, type FakeReddit, type FakeSubreddit } from './fake.ts';
import { refresh, revoke } from './session.ts';
import { setup } from './setup.ts';
import { accountOf, settings } from './subject.ts';
import { targets } from './targets.ts';

let fake: FakeReddit;
beforeEach(async () => { fake = await startFakeReddit(); });
afterEach(() => fake.close());

const ioOf = (more: object = {}) => fakeIo({ upstreams: fake.upstreams, settings: { ...settings, ...more } });
const redirectUri = 'https://post.example/integrations/social/reddit';
const asked = { redirectUri, state: 'the-state', codeChallenge: 'x', input: {} };
const exchange = (code: string, io = ioOf()) => connect.exchange({ code, redirectUri, codeVerifier: 'x', memo: null }, io);

describe('connecting', () => {
  it('asks for a permanent connection with the scopes of the card, and takes the code with what Reddit hangs on it', async () => {
    const { url } = await connect.authorizeUrl(asked, ioOf());
    const { searchParams } = new URL(url);
    expect(searchParams.get('duration')).toBe('permanent');
    expect(new Set(searchParams.get('scope')?.split(' '))).toEqual(new Set(setup.scopes.map(({ scope }) => scope)));
    const connected = await exchange(`${await approveAt(fake, url)}#_`);
    expect(connected).toMatchObject({ account: { id: 't2_1w72', name: 'u/harbour_news' }, grant: { name: 'harbour_news', avatarUrl: 'https://styles.redditmedia.test/icon.png' } });
    expect(connected.expiresAt).toBeUndefined();
  });

  it('refuses a consent with less, and one for an hour', async () => {
    const { url } = await connect.authorizeUrl(asked, ioOf());
    const answer = (more: object) => fake.fault({ method: 'POST', path: /access_token/u, kind: { answer: { status: 200, body: { access_token: 'a', token_type: 'bearer', expires_in: 3600, ...more } } } });
    answer({ refresh_token: 'r', scope: 'identity read' });
    await expect(exchange(await approveAt(fake, url))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'missing_scopes' } });
    answer({ scope: 'identity submit read flair mysubreddits history' });
    await expect(exchange('x')).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'no_refresh_token' } });
  });

  it('refuses a used code, said with status 200 as well, and shows nothing secret', async () => {
    fake.state.kindRefusals = true;
    const failure: unknown = await exchange('a-code-nobody-gave').catch((error: unknown) => error);
    expect(failure).toMatchObject({ failure: { kind: 'auth', code: 'invalid_grant' } });
    for (const secret of ['a-code-nobody-gave', settings.REDDIT_CLIENT_SECRET]) expect(JSON.stringify(failure)).not.toContain(secret);
  });
});

describe('the grant', () => {
  it('is renewed with the same refresh token, which lasts', async () => {
    const old = accountOf(fake);
    const { grant, expiresAt } = await refresh(old, ioOf());
    expect(grant).toEqual({ ...old, accessToken: expect.not.stringContaining(old.accessToken) as string });
    expect(expiresAt).toBeUndefined();
    expect((await refresh(old, ioOf())).grant.refreshToken).toBe(old.refreshToken);
    fake.fault({ path: /access_token/u, kind: { answer: { status: 200, body: { access_token: 'b', expires_in: 3600 } } } });
    expect((await refresh(old, ioOf())).grant).toEqual({ ...old, accessToken: 'b' });
  });

  it.each<[string, number, unknown, string]>([
    ['a clear refusal', 400, { error: 'invalid_grant' }, 'auth'],
    ['the same with status 200', 200, { error: 'invalid_grant' }, 'auth'],
    ['a bare 400', 400, { message: 'Bad Request', error: 400 }, 'auth'],
    ['a wrong secret of the operator', 401, { message: 'Unauthorized', error: 401 }, 'transient'],
    ['a stranger\'s page', 400, '<html>no</html>', 'transient'],
    ['a blocked address', 403, '<html>blocked</html>', 'transient'],
    ['a broken Reddit', 503, '', 'transient'],
    ['too many calls', 429, {}, 'rate_limited'],
  ])('that is not renewed for %s', async (_, status, body, kind) => {
    fake.fault({ path: /access_token/u, kind: { answer: { status, body } } });
    await expect(refresh(accountOf(fake), ioOf())).rejects.toMatchObject({ failure: { kind } });
  });

  it('ends at Reddit when it is revoked', async () => {
    const grant = accountOf(fake);
    await revoke(grant, ioOf());
    await expect(refresh(grant, ioOf())).rejects.toMatchObject({ failure: { kind: 'auth' } });
    await revoke(grant, ioOf());
  });
});

describe('the places', () => {
  it('are the profile, what is moderated and what is followed, each once', async () => {
    expect((await targets(accountOf(fake), ioOf())).map(({ remoteId, name, url }) => [remoteId, name, url])).toEqual([
      ['u_harbour_news', 'u/harbour_news', 'https://www.reddit.com/user/harbour_news/'],
      ['HarbourNews', 'r/HarbourNews', 'https://www.reddit.com/r/HarbourNews/'],
      ['lighthouses', 'r/lighthouses', 'https://www.reddit.com/r/lighthouses/'],
    ]);
  });

  it('are read page by page, 300 at most', async () => {
    const one = (n: number): FakeSubreddit => ({ name: `place${n}`, role: 'subscriber', type: 'public', requirements: {}, flairs: [], rules: [] });
    fake.state.subreddits = Array.from({ length: 150 }, (_, n) => one(n));
    expect(await targets(accountOf(fake), ioOf())).toHaveLength(151);
    fake.state.subreddits = Array.from({ length: 500 }, (_, n) => one(n));
    const before = fake.calls.length;
    expect(await targets(accountOf(fake), ioOf())).toHaveLength(300);
    expect(fake.calls.length - before).toBe(4);
  });
});

describe('the card', () => {
  it('tells whether Reddit knows the app, without a person', async () => {
    for (const kindRefusals of [true, false]) {
      fake.state.kindRefusals = kindRefusals;
      expect(await setup.test?.(ioOf())).toBe('Reddit knows this app.');
    }
    await expect(setup.test?.(ioOf({ REDDIT_CLIENT_SECRET: 'wrong' }))).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'unknown_app' } });
  });

  it('says that Reddit must approve', () => { expect(setup.cost).toMatch(/approve/u); });

  it.each([
    ['harbour_ops', 'ada', 'web:post-master.p-jcoLKBynTLew:v1.0 (by /u/harbour_ops)'],
    ['/u/harbour_ops', 'ada', 'web:post-master.p-jcoLKBynTLew:v1.0 (by /u/harbour_ops)'],
    ['', 'ada', 'web:post-master.p-jcoLKBynTLew:v1.0 (by /u/ada)'],
    ['no name\r\n', undefined, 'web:post-master.p-jcoLKBynTLew:v1.0 (+https://post.example)'],
  ])('names who calls: %j', (name, connected, expected) => expect(userAgent(ioOf({ REDDIT_USERNAME: name }), connected)).toBe(expected));
});

it('pictures lose their signature', () => {
  expect([pictureOf('https://x.test/a.png?s=1'), pictureOf(''), pictureOf(null), pictureOf('javascript:1')]).toEqual(['https://x.test/a.png', null, null, null]);
});
