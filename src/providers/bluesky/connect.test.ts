import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../contract.ts';
import { fakeIo } from '../fake/io.ts';
import { connect } from './connect.ts';
import { alice, entryway, home, startFakeBluesky, type FakeBluesky } from './fake.ts';
import { refreshExpiry } from './fake-sessions.ts';
import { bluesky } from './index.ts';
import { grant, refresh, revoke } from './session.ts';
import { aliceGrant, subject } from './subject.ts';
import { targets } from './targets.ts';

let fake: FakeBluesky;
beforeEach(async () => { fake = await startFakeBluesky(); });
afterEach(() => fake.close());

const io = () => fakeIo({ upstreams: fake.upstreams });
const good = { identifier: alice.handle, password: alice.password, service: '' };
const verify = (input: Input) => connect.verify({ ...good, ...input }, io());

describe('connecting', () => {
  it('logs in and keeps the session and the account\'s own server, not the password', async () => {
    const connected = await connect.verify(subject.connecting?.good ?? {}, io());
    expect(connected.account).toEqual({ id: alice.did, name: '@alice.bsky.social' });
    expect(connected.grant).toMatchObject({ pds: home, did: alice.did, handle: alice.handle });
    expect(grant.parse(JSON.parse(JSON.stringify(connected.grant)))).toEqual(connected.grant);
    expect(JSON.stringify(connected)).not.toContain(alice.password);
    expect(connected.expiresAt).toBe(refreshExpiry * 1_000);
  });

  it.each<[string, Input]>([
    ['an e-mail address', { identifier: alice.email }],
    ['an @ in front', { identifier: ' @alice.bsky.social ' }],
    ['capitals and hidden marks', { identifier: '\u202AAlice.bsky.Social\u202C' }],
    ['a DID', { identifier: alice.did }],
    ['spaces around the password', { password: ` ${alice.password} ` }],
    ['a server by name', { service: 'BSKY.social' }],
    ['a server by address', { service: `${entryway}/` }],
    ['the account\'s own server', { service: new URL(home).host }],
  ])('takes %s', async (_name, input) => {
    expect((await verify(input)).account.id).toBe(alice.did);
  });

  it.each<[string, Input, string]>([
    ['a wrong password', subject.connecting?.bad?.input ?? {}, 'password'],
    ['no password', { password: ' ' }, 'password'],
    ['an unknown handle', { identifier: 'eve.bsky.social' }, 'password'],
    ['half a handle', { identifier: 'alice' }, 'identifier'],
    ['no handle', { identifier: '@' }, 'identifier'],
    ['a server with a path', { service: 'https://bsky.app/profile/alice' }, 'service'],
    ['a server without https', { service: 'http://bsky.social' }, 'service'],
    ['a server that is no name', { service: 'my server' }, 'service'],
    ['a server on this machine', { service: '127.0.0.1' }, 'service'],
    ['a server in this house', { service: 'https://192.168.1.1:8080' }, 'service'],
    ['a server that does not exist', { service: 'nowhere.invalid' }, 'service'],
  ])('refuses %s and says which field', async (_name, input, field) => {
    await expect(verify(input)).rejects.toMatchObject({ failure: { kind: 'rejected', code: field } });
  });

  it('blames the server when it is not one of Bluesky\'s', async () => {
    fake.fault({ kind: { answer: { status: 200, body: '<html>welcome</html>' } } });
    await expect(verify({})).rejects.toMatchObject({ failure: { code: 'service', message: 'bsky.social is not a Bluesky server.' } });
    fake.fault({ kind: { answer: { status: 404, body: 'not found' } } });
    await expect(verify({})).rejects.toMatchObject({ failure: { code: 'service' } });
  });

  it.each([
    [401, 'AuthFactorTokenRequired', 'password'],
    [401, 'AccountTakedown', 'identifier'],
    [401, 'AccountSuspended', 'identifier'],
  ])('explains %i %s', async (status, error, field) => {
    fake.fault({ kind: { answer: { status, body: { error, message: 'no' } } } });
    await expect(verify({})).rejects.toMatchObject({ failure: { kind: 'rejected', code: field } });
  });

  it('leaves trouble on the way what it is', async () => {
    fake.fault({ kind: { answer: { status: 502, body: 'bad gateway' } } });
    await expect(verify({})).rejects.toMatchObject({ failure: { kind: 'transient' } });
    fake.fault({ kind: { answer: { status: 429, headers: { 'ratelimit-reset': '1900000000' }, body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' } } } });
    await expect(verify({})).rejects.toMatchObject({ failure: { kind: 'rate_limited', retryAt: 1_900_000_000_000 } });
  });

  it('shows no password in the evidence', async () => {
    const secret = 'zzzz-yyyy-xxxx-wwww';
    fake.fault({ kind: { answer: { status: 400, body: { error: 'InvalidRequest', message: `bad ${secret}` } } } });
    const error: unknown = await verify({ password: secret }).catch((thrown: unknown) => thrown);
    expect(JSON.stringify((error as { failure: { evidence: unknown } }).failure.evidence)).not.toContain(secret);
  });

  it('refuses an account that is switched off', async () => {
    fake.state.status = 'deactivated';
    await expect(verify({})).rejects.toMatchObject({ failure: { code: 'identifier', message: expect.stringContaining('deactivated') as string } });
  });

  it.each([['no DID document', null], ['one that leads to http', 'http://pds.example'], ['one that leads nowhere', 'pds']])(
    'stays with the server it asked when the session has %s', async (_name, pds) => {
      fake.state.home = pds;
      expect((await verify({})).grant.pds).toBe(entryway);
    });
});

describe('a session', () => {
  it('is refreshed with both tokens new, and a lost answer costs nothing', async () => {
    const first = await refresh(aliceGrant, io());
    expect(first.grant.accessJwt).not.toBe(aliceGrant.accessJwt);
    expect(first.grant.refreshJwt).not.toBe(aliceGrant.refreshJwt);
    expect(first.expiresAt).toBe(refreshExpiry * 1_000);
    expect(await refresh(aliceGrant, io())).toEqual(first);
    expect((await refresh(first.grant, io())).grant.refreshJwt).not.toBe(first.grant.refreshJwt);
  });

  it('follows the account to a new server', async () => {
    fake.state.home = 'https://new.example';
    expect((await refresh(aliceGrant, io())).grant.pds).toBe('https://new.example');
  });

  it.each([
    ['expired', () => fake.sessions.expireRefresh(), aliceGrant],
    ['unknown', () => undefined, { ...aliceGrant, refreshJwt: 'made.up.token' }],
    ['an access token', () => undefined, { ...aliceGrant, refreshJwt: aliceGrant.accessJwt }],
  ])('is void when the refresh token is %s', async (_name, prepare, of) => {
    prepare();
    await expect(refresh(of, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
  });

  it.each([
    [{ status: 400, body: { error: 'InvalidRequest', message: 'Could not find user info for account' } }, 'auth'],
    [{ status: 401, body: { error: 'AccountTakedown', message: 'Account has been taken down' } }, 'auth'],
    [{ status: 404, body: '<html>not found</html>' }, 'transient'],
    [{ status: 500, body: 'oops' }, 'transient'],
    [{ status: 200, body: '<html>welcome</html>' }, 'transient'],
  ])('is void only when the server itself says so: %j', async (answer, kind) => {
    fake.fault({ kind: { answer } });
    await expect(refresh(aliceGrant, io())).rejects.toMatchObject({ failure: { kind } });
  });

  it('is ended, once or twice', async () => {
    await revoke(aliceGrant, io());
    expect(fake.sessions.counts.closed).toBe(1);
    await revoke(aliceGrant, io());
    await expect(refresh(aliceGrant, io())).rejects.toMatchObject({ failure: { kind: 'auth' } });
    fake.fault({ kind: { answer: { status: 503, body: 'down' } } });
    await expect(revoke(aliceGrant, io())).rejects.toMatchObject({ failure: { kind: 'transient' } });
  });
});

describe('the target', () => {
  it('is the account', async () => {
    expect(await targets(aliceGrant, io())).toEqual([{
      remoteId: alice.did, handle: '@alice.bsky.social', name: 'Alice', url: `https://bsky.app/profile/${alice.did}`, avatarUrl: alice.avatar,
    }]);
  });

  it('is there without its ornaments', async () => {
    fake.state.profiles = false;
    fake.state.blobUploadLimit = undefined;
    expect(await targets(aliceGrant, io())).toEqual([expect.objectContaining({ name: '@alice.bsky.social', avatarUrl: null })]);
  });

  it('takes pictures only as large as its server does', async () => {
    fake.state.blobUploadLimit = 500_000;
    expect((await targets(aliceGrant, io()))[0]?.limits).toEqual({ images: { maxBytes: 500_000 }, videos: { maxBytes: 500_000 } });
  });

  it('takes the older limit on a server that Bluesky does not run', async () => {
    const own = 'https://pds.example.org';
    const upstreams = new Map([[own, fake.upstreams.get(home) ?? '']]);
    const [target] = await targets({ ...aliceGrant, pds: own }, fakeIo({ upstreams }));
    expect(target?.limits).toEqual({ images: { maxBytes: 1_000_000 }, videos: { maxBytes: 5 * 1024 * 1024 } });
  });

  it('is not given for a void session', async () => {
    fake.sessions.expireAccess();
    await expect(targets(aliceGrant, io())).rejects.toMatchObject({ failure: { kind: 'auth', code: 'ExpiredToken' } });
  });

  it('belongs to a provider whose options are checked', () => {
    for (const langs of ['', 'en', 'en, pt-BR', 'zh-Hant-TW,es-419 , de']) expect(bluesky.options.safeParse({ langs }).success, langs).toBe(true);
    for (const langs of ['english', 'en,', 'en de', 'a,b,c,d', 'en,de,fr,it']) expect(bluesky.options.safeParse({ langs }).success, langs).toBe(false);
  });
});
