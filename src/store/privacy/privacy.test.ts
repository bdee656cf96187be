import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heedPlatform } from '../../actions/instance/heed-platform.ts';
import { beginErasure } from '../../actions/privacy/begin-erasure.ts';
import { endGrants } from '../../actions/privacy/end-grants.ts';
import { reapplyErasures } from '../../actions/privacy/reapply.ts';
import { revokeWithin } from '../../domain/promise/privacy.ts';
import { newId } from '../../lib/ids.ts';
import { openKeyRing } from '../../lib/secrets/seal.ts';
import { ProviderError, type Provider } from '../../providers/contract.ts';
import { registryOf } from '../../providers/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { plainProvider } from '../../testing/plain.ts';
import { migrations } from '../../testing/store.ts';
import { fakeClock, seedChannel, seedPost, start, type FakeClock, type World } from '../../testing/world.ts';
import { openStore } from '../open.ts';
import { referencesTo } from './wipe.ts';
import { drizzleOver } from '../db.ts';

let clock: FakeClock;
let app: TestApp;
let on: World;
const target = { remoteId: 'r1', name: 'One', handle: '', url: null, avatarUrl: null };
const words = { parts: [{ text: 'Hello', media: [] }] } as const;

beforeEach(async () => {
  clock = fakeClock();
  app = await testApp({}, clock.now, [plainProvider({ canLook: true })]);
  on = await seedChannel(app.deps.store, 'plain', { grant: { token: 'good' }, target });
});
afterEach(() => app.close());

const store = () => app.deps.store;
const logFile = () => join(dirname(app.file), 'erasures.jsonl');
const claim = () => store().queue.claimDue({ boot: 'b', now: clock.now(), until: clock.now() + 60_000, limit: 9, attemptId: () => newId(clock.now()) });

async function asked(kind: 'account' | 'workspace' = 'workspace') {
  const id = newId(clock.now());
  await store().erasures.ask({ id, kind, subjectId: kind === 'account' ? on.userId : on.workspaceId, askedBy: on.userId, askedAt: clock.now(), dueAt: clock.now(), nextAt: clock.now(), handOver: [], successor: null });
  return id;
}

/** The database as it is now, put beside the present log. */
function copied() {
  const sqlite = new Database(app.file);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
  const dir = join(app.dir, newId(clock.now()));
  mkdirSync(dir);
  copyFileSync(app.file, join(dir, 'postmaster.db'));
  return () => {
    copyFileSync(logFile(), join(dir, 'erasures.jsonl'));
    return openStore(dir, migrations, openKeyRing('a-key-for-tests-and-for-nothing-else'), clock.now()).store;
  };
}

describe('the log of deletions', () => {
  it('goes on after a line that a power cut tore, and reads all the others', async () => {
    const entry = (at: number) => ({ event: 'undone' as const, erasure: 'x', at });
    expect(await store().erasureLog.noted()).toEqual([]);
    await store().erasureLog.note([entry(1)]);
    appendFileSync(logFile(), '{"event":"undone","era');
    await store().erasureLog.note([entry(2), entry(3)]);
    appendFileSync(logFile(), 'null\n[]\n"x"\n');
    await store().erasureLog.note([]);
    expect((await store().erasureLog.noted()).map(({ at }) => at)).toEqual([1, 2, 3]);
    expect(readFileSync(logFile(), 'utf8').split('\n')).toHaveLength(8);
  });
});

describe('a publication in flight while its workspace is deleted', () => {
  it('goes on when people may see something of it; what has not begun never does', async () => {
    await seedPost(store(), on, 'plain', words);
    const [claimed] = await claim();
    if (!claimed) throw new Error('nothing was claimed');
    await store().queue.freeze(claimed.lease, { parts: [{ text: 'Hello', media: [] }], options: {}, target: { ...target, limits: {} }, frozenAt: start });
    await store().journal.intend(claimed.lease, 'post-1', 'once', start);
    await store().queue.settle(claimed.lease, { outcome: 'later', failure: null, change: { status: 'scheduled', dueAt: start, reason: 'settling', failures: 1 } }, start);
    const elsewhere = await seedChannel(store(), 'plain', { grant: { token: 'good' }, target: { ...target, remoteId: 'r2' } }, on);
    await seedPost(store(), elsewhere, 'plain', words);
    await store().people.hold(on.workspaceId, 'frozen', start);
    expect(await claim()).toEqual([]);
    await beginErasure(app.deps, await asked());
    expect(await store().inFlight.connections(on.workspaceId)).toEqual(new Set([on.connectionId]));
    // Its access waits for it; the other one's goes.
    expect(await endGrants(app.deps, on.workspaceId, { beganAt: start, patienceMs: 1_000 })).toBe(1);
    expect((await claim()).map(({ publication }) => publication.id)).toEqual([claimed.publication.id]);
  });
});

describe('telling the networks', () => {
  const network = (revoke: () => Promise<void>): Provider => ({ ...plainProvider({ canLook: true }), revoke });
  const down = new ProviderError({ kind: 'transient', code: 'down', message: 'down', reached: false });
  const no = new ProviderError({ kind: 'rejected', code: 'no', message: 'no', fix: '' });

  it.each<[string, () => Promise<void>, number[]]>([
    ['answers', async () => undefined, [0]],
    ['says no', async () => { throw no; }, [0]],
    ['does not answer', () => new Promise(() => {}), [1, 1, 0]],
    ['is down', async () => { throw down; }, [1, 1, 0]],
  ])('which %s: deleted at once, or after being told again for a while', async (_how, revoke, left) => {
    const deps = { ...app.deps, providers: registryOf([network(revoke)]) };
    for (const [n, expected] of left.entries()) {
      expect(await endGrants(deps, on.workspaceId, { beganAt: clock.now() - (n === 2 ? revokeWithin : 0), patienceMs: 20 })).toBe(expected);
    }
  });
});

describe('what a platform had deleted', () => {
  const hooked = (kind: 'deletion' | 'deauthorized'): Provider => ({ ...plainProvider({ canLook: true }), hooks: { x: async () => ({ events: [{ kind, accountId: 'r1' }] }) } });
  const call = (kind: 'deletion' | 'deauthorized', body = 'one') => heedPlatform({ ...app.deps, providers: registryOf([hooked(kind)]) }, hooked(kind), 'x', { headers: {}, body: Buffer.from(body), contentType: '' }, async () => undefined);

  it.each(['deletion', 'deauthorized'] as const)('%s: is deleted again after a restore, and a late repeat undoes no reconnection', async (kind) => {
    const putBack = copied();
    await call(kind);
    const old = putBack();
    expect(await old.connections.grant(on.workspaceId, on.connectionId)).toBeDefined();
    await reapplyErasures({ ...app.deps, store: old });
    expect(await old.connections.grant(on.workspaceId, on.connectionId)).toBeUndefined();
    expect((await old.connections.get(on.workspaceId, on.connectionId))?.accountId).toBe(kind === 'deletion' ? `erased:${on.connectionId}` : 'r1');
    old.close();

    clock.advance(1_000);
    const again = await store().connections.connect(on.workspaceId, { id: newId(clock.now()), provider: 'plain', accountId: 'r1', accountName: 'One', grant: { token: 'new' }, expiresAt: null, now: clock.now() });
    await call(kind);
    await reapplyErasures(app.deps);
    expect(await store().connections.grant(on.workspaceId, again.id)).toBeDefined();
  });
});

describe('the schema', () => {
  it('has no reference that would keep a person or a workspace from being deleted', () => {
    const sqlite = new Database(app.file);
    const db = drizzleOver(sqlite);
    for (const table of ['users', 'workspaces']) expect(referencesTo(db, table).length).toBeGreaterThan(5);
    // Each has an index to find its rows by, but for tables that never have many: a deletion must not read whole tables.
    for (const parent of ['users', 'workspaces']) {
      for (const { table, column } of referencesTo(db, parent).filter((one) => !['settings', 'erasures', 'connecting', 'autosaves'].includes(one.table))) {
        const plan = sqlite.prepare(`explain query plan select rowid from "${table}" where "${column}" = 'x'`).all() as { detail: string }[];
        expect(plan.map(({ detail }) => detail).join(), `${table}.${column}`).toMatch(/USING/u);
      }
    }
    sqlite.close();
  });
});
