import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../domain/channels/platform-event.ts';
import type { Failure } from '../domain/failure.ts';
import { day, keepDays } from '../domain/promise/retention.ts';
import { newId } from '../lib/ids.ts';
import { testStore, type TestStore } from '../testing/store.ts';
import { seedChannel, seedPost, type World } from '../testing/world.ts';
import { LostLeaseError } from './journal.ts';
import type { Claimed } from './queue.ts';

let test: TestStore;
beforeEach(() => { test = testStore(); });
afterEach(() => test.close());

const erased: Failure = { kind: 'rejected', code: 'erased', message: 'The owner asked for it.', fix: 'Connect again.' };
const post = { parts: [{ text: 'What a person wrote', media: [] }] } as const;
const traces = ['acc-771', 'Ada of the Trace', 'page-991', 'Trace Page', '@tracehandle', 'trace.example'];

/** A channel whose account and page leave traces everywhere. */
const traced = (provider: string, person?: World) => seedChannel(test.store, provider, {
  grant: { token: 'trace-token' },
  target: { remoteId: 'page-991', name: 'Trace Page', handle: '@tracehandle', url: 'https://trace.example/page-991', avatarUrl: 'https://trace.example/a.png' },
}, person);

async function account(world: World, id = 'acc-771', name = 'Ada of the Trace') {
  const raw = new Database(test.file);
  raw.prepare('update connections set account_id = ?, account_name = ? where id = ?').run(id, name, world.connectionId);
  raw.close();
}

const heed = (events: PlatformEvent[], digest = 'd1', family = ['plain', 'plain-two'], now = 100) =>
  test.store.everywhere.heed({ digest, provider: 'plain', family, events, code: `code-${digest}`, erased, now });

const of = (kind: PlatformEvent['kind'], accountId = 'acc-771'): PlatformEvent[] => [{ kind, accountId }];
const status = async ({ workspaceId, channelId }: World) => (await test.store.channels.get(workspaceId, channelId))?.connectionStatus;

async function claim(limit = 10): Promise<Claimed[]> {
  return test.store.queue.claimDue({ boot: 'b', now: 50, until: 99_999, limit, attemptId: () => newId(50) });
}

describe('access that was taken away', () => {
  it('ends every connection of that account, in every workspace and network of the family, and no other', async () => {
    const [one, two, other, stranger] = [await traced('plain'), await traced('plain-two'), await traced('elsewhere'), await traced('plain')];
    for (const world of [one, two, other]) await account(world);
    await account(stranger, 'acc-772');
    expect(await heed(of('deauthorized'))).toEqual({ again: false, code: null });
    expect(await Promise.all([one, two, other, stranger].map(status))).toEqual(['needs_reconnect', 'needs_reconnect', 'active', 'active']);
    expect(await test.store.connections.grant(one.workspaceId, one.connectionId)).toBeUndefined();
    expect(await test.store.connections.grant(stranger.workspaceId, stranger.connectionId)).toBeDefined();
  });

  it('does not end what was connected again before a late repeat', async () => {
    const world = await traced('plain');
    await account(world);
    await heed(of('deauthorized'));
    await test.store.connections.connect(world.workspaceId, { id: 'x', provider: 'plain', accountId: 'acc-771', accountName: 'Ada', grant: { token: 'new' }, expiresAt: null, now: 200 });
    expect(await heed(of('deauthorized'))).toEqual({ again: true, code: null });
    expect(await status(world)).toBe('active');
    await heed(of('deauthorized'), 'd2');
    expect(await status(world)).toBe('needs_reconnect');
  });

  it('leaves what a person has disconnected as it is', async () => {
    const world = await traced('plain');
    await account(world);
    await test.store.connections.disconnect(world.workspaceId, world.connectionId, 10);
    await heed(of('deauthorized'));
    expect(await status(world)).toBe('revoked');
  });
});

describe('a deletion', () => {
  it('leaves no trace of the account anywhere in the database, and everything that a person wrote', async () => {
    const world = await traced('plain');
    await account(world);
    const { publicationId } = await seedPost(test.store, world, 'plain', post, { board: 'page-991' }, 40);
    const [claimed] = await claim();
    if (!claimed) throw new Error('nothing was claimed');
    const { lease } = claimed;
    await test.store.queue.freeze(lease, {
      parts: [post.parts[0]], options: { board: 'page-991' }, frozenAt: 50,
      target: { remoteId: 'page-991', handle: '@tracehandle', name: 'Trace Page', url: 'https://trace.example/page-991', limits: {} },
    });
    await test.store.journal.intend(lease, 'post', 'once', 51);
    await test.store.journal.done(lease, 'post', 'once', { id: 'page-991_123456' }, 52);
    const evidence = { method: 'POST', url: 'https://trace.example/page-991', body: '{"id":"page-991_123456"}', at: 52 };
    await test.store.queue.settle(lease, {
      outcome: 'unconfirmed', failure: { kind: 'unsettled', code: 'x', message: 'Trace Page (post 123456) did not answer.', evidence }, change: { status: 'unconfirmed' },
    }, 53);
    expect(await heed(of('deletion'))).toEqual({ again: false, code: 'code-d1' });

    const raw = new Database(test.file, { readonly: true });
    const tables = raw.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[];
    const everything = tables.map((name) => JSON.stringify(raw.prepare(`select * from "${name}"`).all())).join('\n');
    raw.close();
    for (const trace of [...traces, '123456']) expect(everything, trace).not.toContain(trace);
    expect(everything).toContain('What a person wrote');
    expect(await test.store.publications.get(world.workspaceId, publicationId)).toMatchObject({
      status: 'unconfirmed', remoteId: null, url: null, failure: { message: '… (post …) did not answer.' },
    });
    expect(await test.store.channels.list(world.workspaceId)).toEqual([]);
    expect(await test.store.everywhere.deletionRequest('code-d1')).toEqual({ code: 'code-d1', provider: 'plain', askedAt: 100, connections: 1, channels: 1 });
  });

  it('is one request however often it comes, and a new one when it is asked anew', async () => {
    const world = await traced('plain');
    await account(world);
    await heed(of('deletion'));
    const again = await test.store.everywhere.heed({ digest: 'd1', provider: 'plain', family: ['plain'], events: of('deletion'), code: 'another', erased, now: 300 });
    expect(again).toEqual({ again: true, code: 'code-d1' });
    await heed(of('deletion'), 'd2');
    expect(await test.store.everywhere.deletionRequest('another')).toBeUndefined();
    expect(await test.store.everywhere.deletionRequest('code-d2')).toMatchObject({ connections: 0, channels: 0 });
  });

  it('stops what waits with the reason, ends what is being sent, and nothing writes afterwards', async () => {
    const world = await traced('plain');
    await account(world);
    const waits = await seedPost(test.store, world, 'plain', post, {}, 10_000);
    const flies = await seedPost(test.store, world, 'plain', post, {}, 40);
    const [claimed] = await claim();
    if (!claimed) throw new Error('nothing was claimed');
    await heed(of('deletion'));
    const { publications, journal, queue } = test.store;
    expect(await publications.get(world.workspaceId, waits.publicationId)).toMatchObject({ status: 'canceled', failure: { code: 'erased' } });
    expect(await publications.get(world.workspaceId, flies.publicationId)).toMatchObject({ status: 'failed', failure: { code: 'erased' } });
    await expect(journal.intend(claimed.lease, 'post', 'once', 101)).rejects.toBeInstanceOf(LostLeaseError);
    await expect(queue.settle(claimed.lease, { outcome: 'published', failure: null, change: { status: 'published', remoteId: 'r', url: null, publishedAt: 101 } }, 101)).rejects.toBeInstanceOf(LostLeaseError);
    expect((await journal.attemptsOf(world.workspaceId, flies.publicationId)).map(({ endedAt }) => endedAt)).toEqual([100]);
  });

  it('says unconfirmed of what had a visible call under way', async () => {
    const world = await traced('plain');
    await account(world);
    const { publicationId } = await seedPost(test.store, world, 'plain', post, {}, 40);
    const [claimed] = await claim();
    if (!claimed) throw new Error('nothing was claimed');
    await test.store.journal.intend(claimed.lease, 'post', 'once', 51);
    await heed(of('deletion'));
    expect(await test.store.publications.get(world.workspaceId, publicationId)).toMatchObject({ status: 'unconfirmed', failure: { code: 'erased' } });
  });

  it('lets the same account be connected afresh', async () => {
    const world = await traced('plain');
    await account(world);
    await heed(of('deletion'));
    const fresh = await traced('plain', world);
    expect(fresh.connectionId).not.toBe(world.connectionId);
    expect(await test.store.channels.list(world.workspaceId)).toMatchObject([{ id: fresh.channelId, connectionStatus: 'active' }]);
  });
});

describe('a nudge', () => {
  it('makes due what waits for the network on that account, as often as it comes, and nothing else', async () => {
    const [world, stranger] = [await traced('plain'), await traced('plain')];
    await account(world);
    await account(stranger, 'acc-772');
    const ids = await Promise.all([world, world, stranger].map((of) => seedPost(test.store, of, 'plain', post, {}, 40)));
    const raw = new Database(test.file);
    for (const [n, reason] of ['waiting_for_network', 'backing_off', 'waiting_for_network'].entries()) {
      raw.prepare('update publications set due_at = 5000, reason = ? where id = ?').run(reason, ids[n]?.publicationId);
    }
    raw.close();
    expect(await heed(of('nudge'))).toEqual({ again: false, code: null });
    expect(await heed(of('nudge'))).toEqual({ again: false, code: null });
    const due = await Promise.all([world, world, stranger].map(async ({ workspaceId }, n) => (await test.store.publications.get(workspaceId, ids[n]?.publicationId ?? ''))?.dueAt));
    expect(due).toEqual([100, 5_000, 5_000]);
  });
});

describe('across all workspaces', () => {
  it('knows whether an account is in use, counts channels, and ends what has lapsed', async () => {
    const { everywhere, connections } = test.store;
    const [one, two] = [await traced('plain'), await traced('plain-two')];
    for (const world of [one, two]) await account(world);
    expect(await everywhere.countChannels(['plain', 'plain-two'])).toBe(2);
    expect(await everywhere.isConnected(['plain'], 'acc-771')).toBe(true);
    await connections.disconnect(one.workspaceId, one.connectionId, 5);
    expect(await everywhere.isConnected(['plain'], 'acc-771')).toBe(false);
    expect(await everywhere.isConnected(['plain', 'plain-two'], 'acc-771')).toBe(true);
    expect(await everywhere.countChannels(['plain', 'plain-two'])).toBe(1);
    await connections.refreshed(two.workspaceId, two.connectionId, 1, { grant: {}, expiresAt: 70, now: 6 });
    expect(await everywhere.lapse(69)).toBe(0);
    expect(await everywhere.lapse(70)).toBe(1);
    expect(await status(two)).toBe('needs_reconnect');
  });

  it('forgets calls when no platform repeats them any more', async () => {
    await heed(of('deauthorized'));
    const calls = async (at: number) => (await test.store.prunings.counts(at)).find(({ class: of }) => of === 'calls')?.count;
    const over = 100 + keepDays('calls', 'made') * day;
    expect(await calls(over - 1)).toBe(0);
    expect(await calls(over)).toBe(1);
  });
});
