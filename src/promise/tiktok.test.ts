import { afterEach, describe, expect, it } from 'vitest';
import type { FakeTikTok } from '../providers/tiktok/fake.ts';
import { subject } from '../providers/tiktok/subject.ts';
import { expectAsked, expectForgotten, expectNowhere } from '../testing/promise/promise-checks.ts';
import { connectedWorld, pathsOf, type ConnectedWorld } from '../testing/promise/promise-network.ts';

// TikTok (sentences 20 to 22), with the real adapter against a strict fake. 22's account deletion is not in here.

let connected: ConnectedWorld | undefined;
afterEach(async () => {
  await connected?.close();
  connected = undefined;
});

const fakeOf = ({ fake }: ConnectedWorld) => fake as FakeTikTok;
async function connect() {
  connected = await connectedWorld(subject);
  return connected;
}

describe('promise 20: what TikTok is asked for', () => {
  it('promise 20: two scopes and no other, each with its reason', async () => {
    await expectAsked(await connect(), subject, ['video.publish', 'user.info.basic']);
  });
});

describe('promise 21: what is kept of TikTok', () => {
  it('promise 21: tokens, open id, display name and avatar, and nothing else of the account', async () => {
    const one = await connect();
    const { user, creator } = fakeOf(one).state;
    expect((await one.grants()).flatMap((grant) => pathsOf(grant))).toEqual(['accessEndsAt', 'accessToken', 'endsAt', 'openId', 'refreshToken']);
    expect(await one.known()).toEqual([
      { accountId: user.openId, accountName: user.name },
      { remoteId: user.openId, name: user.name, handle: '', url: null, avatarUrl: user.avatarUrl },
    ]);
    await expectNowhere(one, creator.username);
  });

  it('promise 21: nor after publishing, but with the post itself: in its address and in the journal of its sending, which goes after 90 days', async () => {
    const one = await connect();
    const { creator } = fakeOf(one).state;
    const { id, url } = await one.publish();
    expect(url).toContain(creator.username);
    const { store } = one.world.app.deps;
    const elsewhere = JSON.stringify([await one.grants(), await one.known(), await store.publications.snapshot(one.actor.workspaceId, id), await store.journal.attemptsOf(one.actor.workspaceId, id)]);
    expect(elsewhere).not.toContain(creator.username);
    expect(JSON.stringify(await store.journal.stepsOf(one.actor.workspaceId, id))).toContain(creator.username);
    one.world.days(91);
    await one.world.prune();
    expect(JSON.stringify(await store.journal.stepsOf(one.actor.workspaceId, id))).not.toContain(creator.username);
  });
});

describe('promise 22: disconnecting', () => {
  it('promise 22: takes the app off the account and leaves no token and nothing it was known by, in any byte', async () => {
    const one = await connect();
    await one.publish();
    const { creator } = fakeOf(one).state;
    await expectForgotten(one);
    await expectNowhere(one, creator.username);
    expect(fakeOf(one).oauth.tokens.every(({ revoked }) => revoked)).toBe(true);
  });
});
