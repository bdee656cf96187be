import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedMember } from '../../testing/team.ts';
import { seedChannel, seedPerson, seedPost, start } from '../../testing/world.ts';

let test: TestStore;
let operator: string;
beforeEach(async () => {
  test = testStore();
  operator = (await seedPerson(test.store, start, 'operator@example.org')).userId;
});
afterEach(() => test.close());
const by = () => ({ userId: operator, now: start + 5 });
const target = { remoteId: 'r1', name: 'One', handle: '@one', url: null, avatarUrl: null };
const claimed = async () => (await test.store.queue.claimDue({ boot: 'b', now: start, until: start + 1_000, limit: 10, attemptId: () => newId(start) })).length;

describe('accounts', () => {
  it('are listed for the operator, sought by name or address, page by page', async () => {
    const eve = await seedPerson(test.store, start + 1, 'eve_1@example.org');
    await test.store.members.seen(eve.workspaceId, eve.userId, start);
    const list = (seek: string, skip = 0, limit = 10) => test.store.accounts.list({ seek, skip, limit });
    expect(await list('')).toMatchObject([{ operator: true, activeAt: null }, { id: eve.userId, activeAt: start, workspaces: [{ name: 'Ada', role: 'owner' }] }]);
    expect((await list('', 1, 1)).map(({ id }) => id)).toEqual([eve.userId]);
    expect((await list('EVE_')).map(({ id }) => id)).toEqual([eve.userId]);
    expect(await list('%')).toEqual([]);
    expect(await list('e_e')).toEqual([]);
    expect(await test.store.accounts.count()).toBe(2);
  });

  it('are suspended: sessions end, and what nobody else owns is held and let go of', async () => {
    const world = await seedChannel(test.store, 'plain', { grant: {}, target });
    const { postId } = await seedPost(test.store, world, 'plain', { parts: [{ text: 'Hello', media: [] }] });
    const shared = await seedPerson(test.store);
    const partner = await seedMember(test.store, shared.workspaceId, shared.userId, 'owner');
    await test.store.sessions.create({ id: 's', ...world, expiresAt: start * 2, createdAt: start, agent: '' });
    expect(await test.store.accounts.suspend(by(), world.userId)).toBe(true);
    expect(await test.store.accounts.suspend(by(), world.userId)).toBe(false);
    expect(await test.store.sessions.get('s')).toBeUndefined();
    expect(await claimed()).toBe(0);
    expect((await test.store.publications.ofPosts(world.workspaceId, [postId])).get(postId)?.map(({ held }) => held)).toEqual(['frozen']);
    // One of two owners: the other looks after it.
    await test.store.accounts.suspend(by(), partner);
    expect((await test.store.people.workspace(shared.workspaceId))?.suspendedAt).toBeNull();
    await test.store.accounts.suspend(by(), shared.userId);
    expect((await test.store.people.workspace(shared.workspaceId))?.suspendedAt).toBe(start + 5);
    await test.store.accounts.unsuspend(by(), partner);
    expect((await test.store.people.workspace(shared.workspaceId))?.suspendedAt).toBeNull();
    expect(await test.store.accounts.unsuspend(by(), world.userId)).toBe(true);
    expect(await claimed()).toBe(1);
  });

  it('keep a freeze of their own when they are let in again', async () => {
    const { userId, workspaceId } = await seedPerson(test.store);
    await test.store.people.hold(workspaceId, 'frozen', start);
    await test.store.accounts.suspend(by(), userId);
    await test.store.accounts.unsuspend(by(), userId);
    expect(await test.store.people.workspace(workspaceId)).toMatchObject({ frozenAt: start, suspendedAt: null });
  });

  it('are suspended by the operator alone, who cannot be', async () => {
    const eve = await seedPerson(test.store);
    expect(await test.store.accounts.suspend({ userId: eve.userId, now: start }, operator)).toBe(false);
    expect(await test.store.accounts.suspend(by(), operator)).toBe(false);
    const other = await seedPerson(test.store);
    expect(await test.store.accounts.suspend({ userId: eve.userId, now: start }, other.userId)).toBe(false);
    await test.store.accounts.suspend(by(), other.userId);
    expect(await test.store.accounts.unsuspend({ userId: eve.userId, now: start }, other.userId)).toBe(false);
    expect((await test.store.audit.page(null, { limit: 9 })).map(({ kind, about }) => [kind, about])).toEqual([['account.suspended', other.userId]]);
  });
});

describe('devices', () => {
  it('are new once for each person, and the logs of all their workspaces say so', async () => {
    const { userId, workspaceId } = await seedPerson(test.store);
    const seen = (id: string, who = userId) => test.store.devices.seen({ userId: who, now: start }, { id, name: 'Firefox on Linux' });
    expect([await seen('a'), await seen('a'), await seen('b'), await seen('b'), await seen('c', operator)]).toEqual(['first', 'known', 'new', 'known', 'first']);
    expect(await test.store.audit.page(workspaceId, { limit: 9 })).toMatchObject([{ kind: 'access.new_device', who: userId, data: { name: 'Firefox on Linux' } }]);
  });
});
