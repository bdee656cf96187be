import { afterEach, describe, expect, it } from 'vitest';
import type { FakeYouTube } from '../providers/youtube/fake.ts';
import { subject } from '../providers/youtube/subject.ts';
import { expectAsked, expectForgotten, expectNowhere } from '../testing/promise/promise-checks.ts';
import { connectedWorld, pathsOf, type ConnectedWorld } from '../testing/promise/promise-network.ts';

// Google (sentences 15 to 19), with the real adapter against a strict YouTube Data API.

let connected: ConnectedWorld | undefined;
afterEach(async () => {
  await connected?.close();
  connected = undefined;
});

const fakeOf = ({ fake }: ConnectedWorld) => fake as FakeYouTube;
async function connect() {
  connected = await connectedWorld(subject);
  return connected;
}
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

describe('promise 15: what Google is asked for', () => {
  it('promise 15: the four scopes and no other, each with its reason', async () => {
    await expectAsked(await connect(), subject, ['youtube.upload', 'youtube.readonly', 'userinfo.profile', 'userinfo.email'].map(scope));
  });
});

describe('promise 16: what is kept of Google', () => {
  it('promise 16: tokens, user id, channel id, channel name and picture; no address, no name of the person', async () => {
    const one = await connect();
    await one.publish();
    const { user, channel } = fakeOf(one).state;
    expect((await one.grants()).flatMap((grant) => pathsOf(grant))).toEqual(['accessToken', 'channelId', 'endsAt', 'expiresAt', 'refreshToken', 'userId']);
    expect(await one.known()).toEqual([
      { accountId: user.id, accountName: channel.title },
      { remoteId: channel.id, name: channel.title, handle: 'YouTube channel', url: `https://www.youtube.com/channel/${channel.id}`, avatarUrl: 'https://yt3.ggpht.com/240.jpg' },
    ]);
    await expectNowhere(one, user.email, channel.handle, '2020-01-02T03:04:05Z');
  });

  it('promise 16: nothing of Drive, Gmail, Ads or Analytics is called', async () => {
    const one = await connect();
    await one.publish();
    for (const { path } of fakeOf(one).calls) expect(path).toMatch(/^\/(?:o\/oauth2|token|revoke|oauth2\/v2\/userinfo|youtube\/v3\/|upload\/youtube\/v3\/)/u);
  });
});

describe('promise 17: youtube.upload', () => {
  it('promise 17: uploads what was scheduled to the person’s own channel, once, and changes nothing else', async () => {
    const one = await connect();
    expect(await one.publish()).toMatchObject({ status: 'published' });
    const writes = fakeOf(one).calls.filter(({ method, path }) => !['GET', 'HEAD'].includes(method) && path.includes('youtube/v3'));
    expect([...new Set(writes.map(({ path }) => path.split('?')[0]))]).toEqual(['/upload/youtube/v3/videos']);
    expect(fakeOf(one).ledger).toHaveLength(1);
    const reads = fakeOf(one).calls.filter(({ method, path }) => method === 'GET' && path.startsWith('/youtube/v3/')).map(({ path }) => path.split('?')[0]);
    for (const read of reads) expect(['/youtube/v3/channels', '/youtube/v3/videos', '/youtube/v3/playlistItems', '/youtube/v3/videoCategories']).toContain(read);
  });
});

describe('promise 18: tokens', () => {
  it('promise 18: are encrypted in the database', async () => {
    const one = await connect();
    const { accessToken, refreshToken } = (await one.grants())[0] as { accessToken: string; refreshToken: string };
    for (const token of [accessToken, refreshToken]) {
      expect(one.world.scan(token)).toEqual([]);
      expect(one.world.app.logged()).not.toContain(token);
    }
  });

  it('promise 18: renew themselves, so that what is scheduled for later goes out', async () => {
    const one = await connect();
    const { oauth } = fakeOf(one);
    for (const token of oauth.tokens) token.expiresAt = 0;
    one.world.clock.advance(2 * 3_600_000);
    expect(await one.publish()).toMatchObject({ status: 'published' });
    expect(oauth.tokens.length).toBeGreaterThan(1);
  });

  it('promise 18: are given to Google alone', async () => {
    const one = await connect();
    await one.publish();
    // Every call goes through one door; this adapter knows these places and no others.
    expect([...fakeOf(one).upstreams.keys()].toSorted()).toEqual(['https://accounts.google.com', 'https://oauth2.googleapis.com', 'https://www.googleapis.com']);
    expect(fakeOf(one).calls.length).toBeGreaterThan(0);
  });
});

describe('promise 19: disconnecting', () => {
  it('promise 19: revokes at Google and deletes everything that was kept, from every byte', async () => {
    const one = await connect();
    await one.publish();
    await expectForgotten(one);
    expect(fakeOf(one).oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
  });

  it('promise 19: the Limited Use statement stands on the privacy page', async () => {
    const one = await connect();
    const page = (await one.world.app.server.inject({ url: '/privacy' })).body;
    for (const said of ['Google API Services User Data Policy', 'Limited Use', 'no advertising', 'no person reads it unless you allow it, security calls for it']) expect(page).toContain(said);
  });
});
