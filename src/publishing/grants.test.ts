import { describe, expect, it } from 'vitest';
import { noRefresh, ProviderError } from '../providers/contract.ts';
import { bootEngine } from '../testing/drive.ts';
import { plainSubject } from '../testing/plain.ts';
import { publishOnce, trialOf, withTrial, type Trial } from '../testing/trial.ts';
import type { Subject } from '../providers/subject.ts';
import { fakeClock, seedPost } from '../testing/world.ts';

const post = { name: 'post', parts: [{ text: 'Hello' }], visible: 1 };

describe('a grant that was refused', () => {
  it('is refreshed once for everybody who waits, stored, and used', async () => {
    const subject = plainSubject({ canLook: true, refreshes: true }, 'stale');
    await withTrial(await trialOf(subject, post), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      expect(trial.fake.calls.filter(({ path }) => path === '/refresh')).toHaveLength(1);
    });
  });

  it('disconnects when the network says no, holds what else waits there, and lets it out after reconnecting', async () => {
    const subject = plainSubject({ canLook: true, refreshes: true }, 'good');
    await withTrial(await trialOf(subject, post), async (trial) => {
      const { store } = trial.test;
      trial.fake.fault({ times: 10, kind: { answer: { status: 401, body: {} } } });
      const [channel] = await store.channels.list(trial.workspaceId);
      const waiting = await seedPost(store, { userId: (await store.posts.latest(trial.workspaceId, null, null, 1))[0]?.authorId ?? '', workspaceId: trial.workspaceId, connectionId: '', channelId: channel?.id ?? '' }, 'plain', { parts: [{ text: 'Later', media: [] }] }, {}, trial.clock.now() + 1_000);
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'auth' } });
      expect((await store.channels.list(trial.workspaceId))[0]?.connectionStatus).toBe('needs_reconnect');
      trial.clock.advance(60_000);
      expect(await publishOnce({ ...trial, publicationId: waiting.publicationId })).toMatchObject({ status: 'scheduled', held: 'needs_reconnect', failures: 0 });
      trial.fake.clearFaults();
      await store.connections.connect(trial.workspaceId, { id: 'unused', provider: 'plain', accountId: '1', accountName: 'One', grant: { token: 'good' }, expiresAt: null, now: trial.clock.now() });
      expect(await publishOnce({ ...trial, publicationId: waiting.publicationId })).toMatchObject({ status: 'published' });
    });
  });

  it('stays connected when the refresh failed for the network’s sake', async () => {
    const subject = plainSubject({ canLook: true, refreshes: true }, 'stale');
    await withTrial(await trialOf(subject, post), async (trial) => {
      trial.fake.fault({ path: /refresh/u, kind: { answer: { status: 503, body: {} } } });
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      expect(await store.publications.get(trial.workspaceId, trial.publicationId)).toMatchObject({ status: 'scheduled', reason: 'backing_off', held: null });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    });
  });
});

describe('reading with a grant', () => {
  it('renews it once when it is refused, together with whoever else needs it', async () => {
    const subject = plainSubject({ canLook: true, refreshes: true }, 'stale');
    await withTrial(await trialOf(subject, post), async (trial) => {
      const { store } = trial.test;
      const [channel] = await store.channels.list(trial.workspaceId);
      const connection = { workspaceId: trial.workspaceId, id: channel?.connectionId ?? '' };
      const engine = bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock: trial.clock });
      const read = () => engine.withGrant(connection, subject.provider, async (grant, io) => {
        const { token } = grant as { token: string };
        return (await io.http({ method: 'GET', url: 'https://plain.test/posts', query: { text: 'x' }, bearer: token })).json;
      });
      expect(await Promise.all([read(), read()])).toEqual([[], []]);
      expect(trial.fake.calls.filter(({ path }) => path === '/refresh')).toHaveLength(1);
      expect((await store.connections.grant(connection.workspaceId, connection.id))?.version).toBe(2);
    });
  });

  it('says so when the network refuses for good, and when nothing is connected', async () => {
    const subject = plainSubject({ canLook: true });
    await withTrial(await trialOf(subject, post), async (trial) => {
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock: trial.clock });
      const refused = async () => { throw new ProviderError({ kind: 'auth', code: '401', message: 'no' }); };
      const [channel] = await store.channels.list(trial.workspaceId);
      await expect(engine.withGrant({ workspaceId: trial.workspaceId, id: channel?.connectionId ?? '' }, subject.provider, refused)).rejects.toMatchObject({ failure: { kind: 'auth', message: 'no' } });
      await expect(engine.withGrant({ workspaceId: trial.workspaceId, id: 'nothing' }, subject.provider, async () => 1)).rejects.toMatchObject({ failure: { kind: 'auth' } });
    });
  });
});

describe('a grant that ends soon', () => {
  async function renewed(subject: ReturnType<typeof plainSubject>, prepare: (trial: Trial) => void = () => {}, token = 'good') {
    const trial = await trialOf(subject, post);
    try {
      const { store } = trial.test;
      await store.connections.connect(trial.workspaceId, { id: 'unused', provider: 'plain', accountId: '1', accountName: 'One', grant: { token }, expiresAt: trial.clock.now() + 86_400_000, now: trial.clock.now() });
      prepare(trial);
      await bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock: trial.clock }).renewGrants();
      const [connection] = await store.connections.list(trial.workspaceId);
      return { status: connection?.status, version: connection?.grantVersion, calls: trial.fake.calls.length };
    } finally {
      await trial.close();
    }
  }
  const refreshing = plainSubject({ canLook: true, refreshes: true });

  it('is renewed ahead of time', async () => {
    expect(await renewed(refreshing)).toEqual({ status: 'active', version: 3, calls: 1 });
  });
  it('is announced where renewing moves no end, and stays announced when a post renews it', async () => {
    const end = fakeClock().now() + 86_400_000;
    const fixed: Subject = { ...refreshing, provider: { ...refreshing.provider, refresh: async () => ({ grant: { token: 'good' }, expiresAt: end }) } };
    expect(await renewed(fixed)).toEqual({ status: 'expiring', version: 3, calls: 0 });
    const longer: Subject = { ...fixed, provider: { ...fixed.provider, refresh: async () => ({ grant: { token: 'good' }, expiresAt: end + 86_400_000 }) } };
    expect(await renewed(longer)).toEqual({ status: 'active', version: 3, calls: 0 });
  });
  it('stays as it is when the network is down', async () => {
    const down = (trial: Trial) => trial.fake.fault({ kind: { answer: { status: 503, body: {} } } });
    expect(await renewed(refreshing, down)).toEqual({ status: 'active', version: 2, calls: 1 });
  });
  it('must be reconnected when the network says no', async () => {
    expect(await renewed(refreshing, () => {}, 'used already')).toMatchObject({ status: 'needs_reconnect' });
  });
  it('is announced where nothing can renew it', async () => {
    expect(await renewed(plainSubject({ canLook: true }))).toEqual({ status: 'expiring', version: 2, calls: 0 });
  });
  it('is announced where this one has no way to be renewed although others have', async () => {
    const refresh = async () => { throw new ProviderError({ kind: 'auth', code: noRefresh, message: 'No way.' }); };
    expect(await renewed({ ...refreshing, provider: { ...refreshing.provider, refresh } })).toEqual({ status: 'expiring', version: 2, calls: 0 });
  });
});
