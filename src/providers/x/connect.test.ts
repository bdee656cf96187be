import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveAt } from '../fake/oauth.ts';
import { connect } from './connect.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { callsTo, clockOf, ioOf } from './samples.ts';
import { grant as shape } from './session.ts';
import { setup } from './setup.ts';
import { targets } from './targets.ts';
import { composing } from './prices.ts';

let fake: FakeX;
let clock: ReturnType<typeof clockOf>;
beforeEach(async () => {
  clock = clockOf();
  fake = await startFakeX({ now: clock.now });
});
afterEach(() => fake.close());

const redirectUri = 'https://post.example/integrations/social/x';
const codeVerifier = 'a-verifier-of-at-least-forty-three-characters-long';
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');

async function consented(): Promise<string> {
  const { url } = await connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state-of-it', codeChallenge }, ioOf(fake));
  return approveAt(fake, url);
}
const exchange = (code: string) => connect.exchange({ code, redirectUri, codeVerifier, memo: null }, ioOf(fake));

describe('connecting', () => {
  it('asks for exactly what it needs', async () => {
    const { url } = await connect.authorizeUrl({ input: {}, redirectUri, state: 'the-state-of-it', codeChallenge }, ioOf(fake));
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: 'code', client_id: 'the-client-id', redirect_uri: redirectUri, state: 'the-state-of-it', code_challenge: codeChallenge, code_challenge_method: 'S256',
      scope: 'tweet.read tweet.write users.read media.write offline.access',
    });
    expect(new URL(url).origin + new URL(url).pathname).toBe('https://x.com/i/oauth2/authorize');
  });

  it('exchanges the code before anything else, and reads the account once', async () => {
    const { account, grant, expiresAt } = await exchange(await consented());
    expect(account).toEqual({ id: '2244994945', name: '@harbour' });
    expect(expiresAt).toBeUndefined();
    expect(grant).toMatchObject({ issuedAt: clock.at, expiresAt: clock.at + 7_200_000, refreshToken: expect.any(String) as string });
    expect(await targets(shape.parse(JSON.parse(JSON.stringify(grant))))).toEqual([{
      remoteId: '2244994945', name: 'Harbour News', handle: '@harbour', url: 'https://x.com/harbour', avatarUrl: expect.stringContaining('pbs.twimg.com') as string, limits: {},
    }]);
    await composing(grant, { remoteId: account.id }, ioOf(fake));
    expect(callsTo(fake, /api|\/2\//u).map(({ path }) => path)).toEqual(['/2/oauth2/token', '/2/users/me']);
    expect(fake.bill.items).toEqual(['userRead']);
  });

  it.each([['Basic', 25_000], ['Premium', 25_000], ['PremiumPlus', 25_000], ['None', undefined]] as const)('knows what %s may write', async (subscription, max) => {
    fake.state.user.subscription = subscription;
    const { grant } = await exchange(await consented());
    const [target] = await targets(grant);
    expect(target?.limits?.text?.max).toBe(max);
    expect(target?.limits?.videos?.maxMs).toBe(max && 125 * 60_000);
  });

  it('has thirty seconds for it', async () => {
    const code = await consented();
    clock.pass(31_000);
    await expect(exchange(code)).rejects.toMatchObject({ failure: { kind: 'rejected', message: expect.stringContaining('30 seconds') as string, fix: 'Connect again.' } });
  });

  it('takes a code once, and only with its verifier and address', async () => {
    const code = await consented();
    await exchange(code);
    await expect(exchange(code)).rejects.toMatchObject({ failure: { kind: 'rejected' } });
    const other = await consented();
    await expect(connect.exchange({ code: other, redirectUri: `${redirectUri}/`, codeVerifier, memo: null }, ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'rejected' } });
    const third = await consented();
    await expect(connect.exchange({ code: third, redirectUri, codeVerifier: `${codeVerifier}x`, memo: null }, ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'rejected' } });
  });

  it.each(['media.write', 'offline.access', 'tweet.write'])('refuses a consent without %s', async (scope) => {
    fake.state.denies = [scope];
    await expect(exchange(await consented())).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'missing_scopes', message: expect.stringContaining(scope) as string } });
    expect(callsTo(fake, /users\/me/u)).toEqual([]);
  });

  it('says when this instance has no app, or X does not know it', async () => {
    await expect(connect.authorizeUrl({ input: {}, redirectUri, state: 's', codeChallenge }, ioOf(fake, { settings: {} }))).rejects.toMatchObject({ failure: { code: 'not_set_up' } });
    const code = await consented();
    const wrong = ioOf(fake, { settings: { X_CLIENT_ID: 'the-client-id', X_CLIENT_SECRET: 'wrong' } });
    await expect(connect.exchange({ code, redirectUri, codeVerifier, memo: null }, wrong)).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'unauthorized_client', fix: expect.stringContaining('X_CLIENT_SECRET') as string } });
  });
});

describe('the settings', () => {
  it('can be tested without an account', async () => {
    expect(await setup.test?.(ioOf(fake))).toContain('X knows this app');
    await expect(setup.test?.(ioOf(fake, { settings: { X_CLIENT_ID: 'the-client-id', X_CLIENT_SECRET: 'wrong' } }))).rejects.toMatchObject({ failure: { code: 'unauthorized_client' } });
    fake.fault({ kind: { answer: { status: 503, body: '' } } });
    await expect(setup.test?.(ioOf(fake))).rejects.toMatchObject({ failure: { kind: 'transient' } });
    expect(fake.bill.items).toEqual([]);
  });
});
