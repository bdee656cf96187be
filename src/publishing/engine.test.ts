import { describe, expect, it } from 'vitest';
import { conformance } from '../providers/conformance.ts';
import { registryOf } from '../providers/index.ts';
import { createHttp } from '../providers/http.ts';
import { openSqlite } from '../store/index.ts';
import { createSend } from '../lib/net-guard.ts';
import { bootEngine, drive, quiet } from '../testing/drive.ts';
import { forgetful } from '../testing/faults/forgetful.ts';
import { plainSubject } from '../testing/plain.ts';
import { crashEverywhere, publishOnce, trialOf, withTrial } from '../testing/trial.ts';
import { seedChannel, seedPost } from '../testing/world.ts';
import { createEngine } from './engine.ts';

conformance(plainSubject({ canLook: true }));
conformance({ ...plainSubject({ canLook: false }), provider: { ...plainSubject({ canLook: false }).provider, id: 'plain-blind' } });

const [post, thread] = plainSubject({ canLook: false }).cases as [ReturnType<typeof plainSubject>['cases'][0], ReturnType<typeof plainSubject>['cases'][0]];

describe('a thread whose parts wait for one another', () => {
  const waiting = { ...thread, parts: thread.parts.map((part, n) => ({ ...part, ...(n > 0 && { waitMinutes: 7 }) })) };

  it.each([true, false])('survives a death at every point, the waits included (can be asked: %s)', async (canLook) => {
    const report = await crashEverywhere(plainSubject({ canLook }), waiting);
    expect(report).toMatchObject({ astray: [], doubled: 0, ...(canLook && { unconfirmed: 0 }) });
    expect(report.deaths).toBeGreaterThan(15);
  }, 60_000);
});

describe('the intent mark', () => {
  it('is what keeps a post from going out twice: without it the crash suite finds doubles', async () => {
    const report = await crashEverywhere(plainSubject({ canLook: false }), thread, forgetful);
    expect(report.doubled).toBeGreaterThan(0);
  });

  it('is on disk before the first byte leaves', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const seen: string[] = [];
      const other = trial.test.reopen();
      const io = trial.io(trial.test.store, (http) => async (request) => {
        seen.push(...(await other.journal.stepsOf(trial.workspaceId, trial.publicationId)).map(({ name, state }) => `${name} ${state}`));
        return http(request);
      });
      await drive(bootEngine({ store: trial.test.store, providers: [trial.subject.provider], io, clock: trial.clock }), { ...trial, store: trial.test.store });
      expect(seen).toEqual(['post-1 intended']);
    });
  });
});

describe('a claim', () => {
  it('is made by one of two engines, whoever is first', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const engines = [trial.test.store, trial.test.reopen(), trial.test.reopen()].map((store) =>
        bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock }));
      await Promise.all(engines.map((engine) => engine.tick()));
      await Promise.all(engines.map((engine) => engine.idle()));
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it('keeps one publication per channel in flight, and others going', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const { provider } = trial.subject;
      const person = { workspaceId: trial.workspaceId, userId: (await store.posts.latest(trial.workspaceId, null, null, 1))[0]?.authorId ?? '' };
      const [channel] = await store.channels.list(trial.workspaceId);
      const second = await seedChannel(store, provider.id, { grant: { token: 'good' }, target: { remoteId: '2', name: 'Two', handle: '@two', url: null, avatarUrl: null } }, person);
      for (let i = 0; i < 3; i += 1) {
        await seedPost(store, { ...person, connectionId: '', channelId: channel?.id ?? '' }, provider.id, { parts: [{ text: `first ${i}`, media: [] }] });
        await seedPost(store, second, provider.id, { parts: [{ text: `second ${i}`, media: [] }] });
      }
      let inFlight = 0;
      let most = 0;
      const io = trial.io(store, (http) => async (request) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        try {
          return await http(request);
        } finally {
          inFlight -= 1;
        }
      });
      const engine = bootEngine({ store, providers: [provider], io, clock: trial.clock });
      await engine.tick();
      await engine.idle();
      expect(most).toBe(2);
      // One tick was enough for all: a free place is filled at once.
      expect(trial.fake.ledger).toHaveLength(7);
    });
  });

  it('waits while its channel or network is held, without counting as a failure', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      trial.fake.fault({ kind: { answer: { status: 429, headers: { 'retry-after': '600' }, body: {} } } });
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      const held = await store.publications.get(trial.workspaceId, trial.publicationId);
      expect(held).toMatchObject({ status: 'scheduled', reason: 'rate_limited', failures: 0, dueAt: trial.clock.now() + 600_000 });
      trial.clock.advance(599_000);
      await engine.tick();
      await engine.idle();
      expect(trial.fake.ledger).toHaveLength(0);
      trial.clock.advance(1_000);
      await engine.tick();
      await engine.idle();
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });
});

describe('a hold', () => {
  it.each([
    ['a channel: others of the network go on', {}, 2],
    ['a whole network: nothing of it goes on', { message: 'too many calls of this app' }, 1],
  ])('stops %s', async (_name, body, reached) => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const { provider } = trial.subject;
      const [channel] = await store.channels.list(trial.workspaceId);
      const person = { workspaceId: trial.workspaceId, userId: (await store.posts.latest(trial.workspaceId, null, null, 1))[0]?.authorId ?? '' };
      const second = await seedChannel(store, provider.id, { grant: { token: 'good' }, target: { remoteId: '2', name: 'Two', handle: '@two', url: null, avatarUrl: null } }, person);
      const later = trial.clock.now() + 1_000;
      await seedPost(store, { ...person, connectionId: '', channelId: channel?.id ?? '' }, provider.id, { parts: [{ text: 'same channel', media: [] }] }, {}, later);
      await seedPost(store, second, provider.id, { parts: [{ text: 'other channel', media: [] }] }, {}, later);
      trial.fake.fault({ kind: { answer: { status: 429, headers: { 'retry-after': '600' }, body } } });
      const engine = bootEngine({ store, providers: [provider], io: trial.io(store), clock: trial.clock });
      const pass = async (ms: number) => {
        trial.clock.advance(ms);
        await engine.tick();
        await engine.idle();
      };
      await pass(0);
      await pass(2_000);
      expect(trial.fake.calls).toHaveLength(reached);
      await pass(600_000);
      expect(trial.fake.ledger.map(({ text }) => text).sort()).toEqual(['Hello', 'other channel', 'same channel']);
    });
  });
});

describe('an unanswered call', () => {
  it('is left to settle before anybody looks: what the network is still working on is not there yet', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: true }), post), async (trial) => {
      const { store } = trial.test;
      const now = trial.clock.now();
      const [claimed] = await store.queue.claimDue({ boot: 'dead', now, until: now + 60_000, limit: 1, attemptId: () => 'attempt-1' });
      if (!claimed) throw new Error('nothing was claimed');
      await store.journal.intend(claimed.lease, 'post-1', 'once', now);
      trial.clock.advance(1_000);
      const engine = bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      expect(trial.fake.calls).toEqual([]);
      expect(await store.publications.get(trial.workspaceId, trial.publicationId)).toMatchObject({ status: 'scheduled', reason: 'settling', dueAt: now + 10_000 });
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.calls.map(({ method }) => method)).toEqual(['GET', 'POST']);
    });
  });
});

describe('what is sent', () => {
  it('is what stood there at the first claim, through every later run', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      trial.fake.fault({ kind: { answer: { status: 429, headers: { 'retry-after': '600' }, body: {} } } });
      const engine = bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      const raw = openSqlite(trial.test.file);
      raw.prepare('update posts set content = ?').run(JSON.stringify({ parts: [{ text: 'Something else', media: [] }] }));
      raw.close();
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(trial.fake.ledger.map(({ text }) => text)).toEqual(['Hello']);
    });
  });

  it('cannot be frozen twice', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const now = trial.clock.now();
      const [claimed] = await store.queue.claimDue({ boot: 'one', now, until: now + 60_000, limit: 1, attemptId: () => 'attempt-1' });
      if (!claimed) throw new Error('nothing was claimed');
      const snapshot = { parts: [{ text: 'first', media: [] }], options: {}, target: { remoteId: '1', handle: '', name: '', url: null, limits: {} }, frozenAt: now } as const;
      await store.queue.freeze(claimed.lease, { ...snapshot, parts: [...snapshot.parts] });
      expect(await store.queue.freeze(claimed.lease, { ...snapshot, parts: [{ text: 'second', media: [] }] })).toMatchObject({ parts: [{ text: 'first' }] });
    });
  });
});

describe('a stale worker', () => {
  it('can neither write a step nor settle', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const now = trial.clock.now();
      const [claimed] = await store.queue.claimDue({ boot: 'old', now, until: now + 60_000, limit: 1, attemptId: () => 'attempt-1' });
      if (!claimed) throw new Error('nothing was claimed');
      await store.queue.recover({ boot: 'new', now: now + 1, alone: true });
      await expect(store.journal.intend(claimed.lease, 'post', 'once', now)).rejects.toThrow('no longer held');
      await expect(store.queue.settle(claimed.lease, { outcome: 'failed', failure: null, change: { status: 'failed' } }, now)).rejects.toThrow('no longer held');
      // The same boot claiming anew does not make the old claim good.
      const [again] = await store.queue.claimDue({ boot: 'old', now: now + 2, until: now + 60_000, limit: 1, attemptId: () => 'attempt-2' });
      expect(again?.publication.failures).toBe(1);
      await expect(store.journal.intend(claimed.lease, 'post', 'once', now)).rejects.toThrow('no longer held');
    });
  });

  it('is not taken over while its process gives word', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const now = trial.clock.now();
      await store.queue.claimDue({ boot: 'one', now, until: now + 60_000, limit: 1, attemptId: () => 'attempt-1' });
      await store.queue.renew('one', [trial.publicationId], now + 120_000);
      expect(await store.queue.recover({ boot: 'two', now: now + 90_000, alone: false })).toEqual([]);
      expect(await store.queue.recover({ boot: 'two', now: now + 121_000, alone: false })).toHaveLength(1);
    });
  });
});

describe('what kills the process', () => {
  it('stops after three times', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: true }), post), async (trial) => {
      const { store } = trial.test;
      for (let death = 0; death < 3; death += 1) {
        const now = trial.clock.now();
        await store.queue.claimDue({ boot: `boot-${death}`, now, until: now + 60_000, limit: 1, attemptId: () => `attempt-${death}` });
        await store.queue.recover({ boot: 'next', now: now + 1, alone: true });
        trial.clock.advance(1_000);
      }
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'crashed' } });
      expect(trial.fake.calls).toEqual([]);
    });
  });

  it('asks a person about what was due more than a day ago', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: true }), post), async (trial) => {
      trial.clock.advance(25 * 3600 * 1000);
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'missed' } });
      const { store } = trial.test;
      expect(await store.publications.retry(trial.workspaceId, trial.publicationId, trial.clock.now())).toBe(true);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
    });
  });
});

describe('stopping', () => {
  it('drains what is in flight and claims nothing more', async () => {
    await withTrial(await trialOf(plainSubject({ canLook: false }), post), async (trial) => {
      const { store } = trial.test;
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const http = createHttp({ send: createSend(trial.fake.upstreams), now: trial.clock.now });
      const io = trial.io(store, () => async (request) => {
        await gate;
        return http(request);
      });
      const engine = createEngine({
        store, providers: registryOf([trial.subject.provider]), io, now: trial.clock.now, log: quiet, boot: 'b', alone: true, concurrency: 2,
      });
      await engine.tick();
      expect(await engine.stop(20)).toBe(false);
      open();
      expect(await engine.stop(5_000)).toBe(true);
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });
});
