import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyRing } from '../../lib/secrets/seal.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedChannel, seedPerson, seedPost, start, type World } from '../../testing/world.ts';
import { openSqlite, storeOver } from '../index.ts';

let test: TestStore;
let world: World;
const target = { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null };
const account = { grant: { token: 'very-secret-token' }, target };
beforeEach(async () => {
  test = testStore();
  world = await seedChannel(test.store, 'plain', account);
});
afterEach(() => test.close());

describe('connections', () => {
  it('keep their grant sealed on disk', async () => {
    const raw = new Database(test.file, { readonly: true });
    const rows = raw.prepare('select * from connections').all();
    raw.close();
    expect(JSON.stringify(rows)).not.toContain('very-secret');
    expect(await test.store.connections.grant(world.workspaceId, world.connectionId)).toEqual({ grant: account.grant, version: 1 });
  });

  it('open only in their own row and workspace', async () => {
    const elsewhere = await seedChannel(test.store, 'plain', { ...account, target: { ...target, remoteId: 'r2' } });
    const beside = await seedChannel(test.store, 'plain', { ...account, target: { ...target, remoteId: 'r3' } }, world);
    expect(await test.store.connections.grant(elsewhere.workspaceId, world.connectionId)).toBeUndefined();
    for (const other of [elsewhere, beside]) {
      const raw = openSqlite(test.file);
      raw.prepare('update connections set grant = (select grant from connections where id = ?) where id = ?').run(world.connectionId, other.connectionId);
      raw.close();
      await expect(test.store.connections.grant(other.workspaceId, other.connectionId)).rejects.toThrow('does not open here');
    }
  });

  it('take a refreshed grant only from whoever read the version before it', async () => {
    const { connections } = test.store;
    const fresh = { grant: { token: 'two' }, expiresAt: null, now: 2 };
    expect(await connections.refreshed(world.workspaceId, world.connectionId, 1, fresh)).toBe(true);
    expect(await connections.refreshed(world.workspaceId, world.connectionId, 1, { ...fresh, grant: { token: 'stale' } })).toBe(false);
    expect(await connections.grant(world.workspaceId, world.connectionId)).toEqual({ grant: { token: 'two' }, version: 2 });
    expect(await connections.mark(world.workspaceId, world.connectionId, 1, 'needs_reconnect', 3)).toBe(false);
  });

  it('stay announced when a refresh leaves their end where it is', async () => {
    const { connections } = test.store;
    const status = async () => (await connections.get(world.workspaceId, world.connectionId))?.status;
    await connections.refreshed(world.workspaceId, world.connectionId, 1, { grant: {}, expiresAt: 50, now: 2 });
    await connections.mark(world.workspaceId, world.connectionId, 2, 'expiring', 3);
    await connections.refreshed(world.workspaceId, world.connectionId, 2, { grant: {}, expiresAt: 50, now: 4 });
    expect(await status()).toBe('expiring');
    await connections.refreshed(world.workspaceId, world.connectionId, 3, { grant: {}, expiresAt: 90, now: 5 });
    expect(await status()).toBe('active');
    await connections.mark(world.workspaceId, world.connectionId, 4, 'expiring', 6);
    await connections.refreshed(world.workspaceId, world.connectionId, 4, { grant: {}, expiresAt: null, now: 7 });
    expect(await status()).toBe('active');
  });

  it('come back as themselves when the same account is connected again', async () => {
    const { connections, channels } = test.store;
    await connections.mark(world.workspaceId, world.connectionId, 1, 'needs_reconnect', 2);
    const again = await connections.connect(world.workspaceId, { id: 'other', provider: 'plain', accountId: 'r1', accountName: 'New name', grant: { token: 'three' }, expiresAt: 9, now: 3 });
    expect(again).toMatchObject({ id: world.connectionId, status: 'active', accountName: 'New name', expiresAt: 9 });
    expect((await channels.list(world.workspaceId))[0]).toMatchObject({ id: world.channelId, connectionStatus: 'active' });
  });

  it('lose their grant at once when disconnected', async () => {
    const { connections } = test.store;
    await connections.disconnect(world.workspaceId, world.connectionId, 2);
    expect(await connections.grant(world.workspaceId, world.connectionId)).toBeUndefined();
    expect(await connections.refreshed(world.workspaceId, world.connectionId, 1, { grant: {}, expiresAt: null, now: 3 })).toBe(false);
    const raw = new Database(test.file, { readonly: true });
    expect(raw.prepare('select grant from connections where id = ?').pluck().get(world.connectionId)).toBeNull();
    raw.close();
  });

  it('are sealed anew with the newest key, after which the old one may go', async () => {
    const rotated = storeOver(openSqlite(test.file), openKeyRing('another-key-that-is-newer-now,a-key-for-tests-and-for-nothing-else'));
    await rotated.connecting.putNote('plain', 'k', { a: 1 }, 1);
    expect(await rotated.connections.reseal(10)).toBe(1);
    expect(await rotated.connections.reseal(10)).toBe(0);
    await rotated.connecting.resealNotes();
    rotated.close();
    const newest = storeOver(openSqlite(test.file), openKeyRing('another-key-that-is-newer-now'));
    expect(await newest.connections.grant(world.workspaceId, world.connectionId)).toMatchObject({ grant: account.grant });
    expect(await newest.connecting.note('plain', 'k')).toEqual({ a: 1 });
    newest.close();
    await expect(test.store.connections.grant(world.workspaceId, world.connectionId)).rejects.toThrow('key');
  });
});

describe('connecting', () => {
  it('opens once, in time, and for its own provider', async () => {
    const { connecting } = test.store;
    const person = await seedPerson(test.store);
    const row = { ...person, sessionId: 's', provider: 'plain', memo: { verifier: 'v' }, expiresAt: 100 };
    for (const id of ['a', 'b']) await connecting.begin({ id, ...row });
    expect(await connecting.take('a', 'other', 50)).toBeUndefined();
    expect(await connecting.isAwaited('plain', 50)).toBe(true);
    expect(await connecting.take('a', 'plain', 50)).toMatchObject({ memo: { verifier: 'v' }, sessionId: 's' });
    expect(await connecting.take('a', 'plain', 50)).toBeUndefined();
    expect(await connecting.take('b', 'plain', 100)).toBeUndefined();
    expect(await connecting.sweep(100)).toBe(2);
  });

  it('keeps cursors', async () => {
    expect(await test.store.connecting.cursor('bot')).toBeNull();
    await test.store.connecting.putCursor('bot', 7, 1);
    await test.store.connecting.putCursor('bot', 8, 2);
    expect(await test.store.connecting.cursor('bot')).toBe(8);
  });
});

describe('channels', () => {
  it('are seen by their own workspace only', async () => {
    const other = await seedPerson(test.store);
    expect(await test.store.channels.list(other.workspaceId)).toEqual([]);
    expect(await test.store.channels.get(other.workspaceId, world.channelId)).toBeUndefined();
  });

  it('are removed once disconnected, out of sight with their history, and come back when connected again', async () => {
    const { channels, connections } = test.store;
    expect(await channels.remove(world.workspaceId, world.channelId, 2)).toBe(false);
    await connections.disconnect(world.workspaceId, world.connectionId, 2);
    expect(await channels.remove(world.workspaceId, world.channelId, 3)).toBe(true);
    expect(await channels.list(world.workspaceId)).toEqual([]);
    await channels.put(world.workspaceId, [{ id: 'new', connectionId: world.connectionId, provider: 'plain', ...target, limits: {}, createdAt: 4 }]);
    expect(await channels.list(world.workspaceId)).toMatchObject([{ id: world.channelId }]);
  });

  it('leave what may be seen there already to a person, and cancel the rest', async () => {
    const { channels, connections, publications, queue, journal } = test.store;
    const hello = { parts: [{ text: 'Hello', media: [] }] } as const;
    const [seen, waits] = [await seedPost(test.store, world, 'plain', hello), await seedPost(test.store, world, 'plain', hello, {}, start + 1_000)];
    const [claimed] = await queue.claimDue({ boot: 'b', now: start, until: start + 9, limit: 1, attemptId: () => 'a1' });
    if (!claimed) throw new Error('nothing was due');
    await journal.intend(claimed.lease, 'post', 'once', start);
    await queue.settle(claimed.lease, { outcome: 'later', failure: null, change: { status: 'scheduled', dueAt: start + 5_000, reason: 'settling', failures: 1 } }, start);
    await connections.disconnect(world.workspaceId, world.connectionId, start + 1);
    expect(await channels.remove(world.workspaceId, world.channelId, start + 2)).toBe(true);
    expect(await publications.get(world.workspaceId, seen.publicationId)).toMatchObject({ status: 'unconfirmed', reason: null });
    expect(await journal.stepsOf(world.workspaceId, seen.publicationId)).toMatchObject([{ name: 'post', state: 'intended' }]);
    expect(await publications.get(world.workspaceId, waits.publicationId)).toMatchObject({ status: 'canceled' });
  });
});
