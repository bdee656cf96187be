import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { freshTokens, seedMember } from '../../testing/team.ts';
import { seedPerson, start } from '../../testing/world.ts';

let test: TestStore;
let workspaceId: string;
let ada: string;
const by = (userId: string, now = start + 10) => ({ userId, now });
const kinds = async (of = workspaceId) => (await test.store.audit.page(of, { limit: 50 })).map(({ kind }) => kind);

beforeEach(async () => {
  test = testStore();
  ({ workspaceId, userId: ada } = await seedPerson(test.store));
});
afterEach(() => test.close());

describe('members', () => {
  it('are listed with their role, owners first, and with the day they were last there', async () => {
    const eve = await seedMember(test.store, workspaceId, ada, 'viewer');
    const day = Date.UTC(2026, 10, 24);
    await test.store.members.seen(workspaceId, eve, day);
    await test.store.members.seen(workspaceId, eve, day - 86_400_000);
    expect(await test.store.members.list(workspaceId)).toMatchObject([{ userId: ada, role: 'owner', activeAt: null }, { userId: eve, role: 'viewer', activeAt: day }]);
    expect(await test.store.members.count(workspaceId)).toBe(2);
  });

  it.each([
    // by, of whom, may it
    ['viewer', 'viewer', false], ['editor', 'viewer', false], ['admin', 'viewer', true], ['admin', 'admin', true], ['admin', 'owner', false], ['owner', 'admin', true], ['owner', 'owner', true],
  ] as const)('%s changes and removes %s: %s', async (own, whose, may) => {
    const one = await seedMember(test.store, workspaceId, ada, own);
    const other = await seedMember(test.store, workspaceId, ada, whose);
    expect(await test.store.members.setRole(workspaceId, by(one), other, 'editor')).toBe(may ? 'done' : 'not_allowed');
    expect(await test.store.people.role(workspaceId, other)).toBe(may ? 'editor' : whose);
    expect(await test.store.members.remove(workspaceId, by(one), other)).toBe(may ? 'done' : 'not_allowed');
    expect(await test.store.people.role(workspaceId, other)).toBe(may ? undefined : whose);
  });

  it('are out of reach from another workspace, whatever one is there', async () => {
    const other = await seedPerson(test.store);
    const eve = await seedMember(test.store, workspaceId, ada, 'editor');
    expect(await test.store.members.setRole(workspaceId, by(other.userId), eve, 'admin')).toBe('not_allowed');
    expect(await test.store.members.remove(workspaceId, by(other.userId), eve)).toBe('not_allowed');
    expect(await test.store.members.handOver(workspaceId, by(other.userId), eve, false)).toBe('not_allowed');
    expect(await test.store.members.leave(workspaceId, by(other.userId))).toBe('gone');
    expect(await test.store.members.setRole(other.workspaceId, by(other.userId), eve, 'admin')).toBe('gone');
    expect(await test.store.members.remove(other.workspaceId, by(other.userId), eve)).toBe('gone');
    expect(await test.store.people.role(workspaceId, eve)).toBe('editor');
  });

  it('never lose their last owner, by any way', async () => {
    const { members } = test.store;
    expect(await members.leave(workspaceId, by(ada))).toBe('last_owner');
    expect(await members.setRole(workspaceId, by(ada), ada, 'viewer')).toBe('last_owner');
    expect(await members.remove(workspaceId, by(ada), ada)).toBe('last_owner');
    const eve = await seedMember(test.store, workspaceId, ada, 'owner');
    // Two owners lower each other at once: one of them stays.
    const second = test.reopen();
    const ends = await Promise.all([members.setRole(workspaceId, by(ada), eve, 'viewer'), second.members.setRole(workspaceId, by(eve), ada, 'viewer')]);
    expect(ends).toEqual(['done', 'not_allowed']);
    const both = await Promise.all([members.leave(workspaceId, by(ada)), second.members.leave(workspaceId, by(eve))]);
    expect(both).toEqual(['last_owner', 'done']);
  });

  it('who remove each other at once: the first word counts', async () => {
    const one = await seedMember(test.store, workspaceId, ada, 'admin');
    const two = await seedMember(test.store, workspaceId, ada, 'admin');
    const ends = await Promise.all([test.store.members.remove(workspaceId, by(one), two), test.reopen().members.remove(workspaceId, by(two), one)]);
    expect(ends).toEqual(['done', 'not_allowed']);
    expect((await test.store.members.list(workspaceId)).map(({ userId }) => userId)).toEqual([ada, one]);
  });

  it('hand ownership over and become admin, or stay owner', async () => {
    const eve = await seedMember(test.store, workspaceId, ada, 'viewer');
    expect(await test.store.members.handOver(workspaceId, by(eve), eve, false)).toBe('not_allowed');
    expect(await test.store.members.handOver(workspaceId, by(ada), ada, false)).toBe('not_allowed');
    expect(await test.store.members.handOver(workspaceId, by(ada), eve, false)).toBe('done');
    expect([await test.store.people.role(workspaceId, ada), await test.store.people.role(workspaceId, eve)]).toEqual(['admin', 'owner']);
    expect(await test.store.members.handOver(workspaceId, by(ada), eve, false)).toBe('not_allowed');
  });

  it('who go take nothing along: their sessions look elsewhere or end, their invitations and begun connections are void', async () => {
    const eve = await seedMember(test.store, workspaceId, ada, 'admin');
    const own = (await test.store.people.workspacesOf(eve)).find(({ id }) => id !== workspaceId)?.id ?? '';
    const session = (id: string, of: string) => test.store.sessions.create({ id, userId: eve, workspaceId: of, expiresAt: start * 2, createdAt: start, agent: '' });
    await session('here', workspaceId);
    await session('there', own);
    const { hashes, link } = freshTokens();
    await test.store.invitations.invite(workspaceId, by(eve), { id: newId(start), email: 'friend@example.org', role: 'admin', ...hashes });
    await test.store.connecting.begin({ id: 'code', workspaceId, userId: eve, sessionId: 'here', provider: 'plain', memo: null, expiresAt: start * 2 });
    await test.store.keys.add(workspaceId, { id: newId(start), digest: 'd', ending: 'x', name: 'Script', scopes: ['read'], createdBy: eve, createdAt: start }, 9);
    expect((await test.store.keys.byDigest('d'))?.name).toBe('Script');
    expect(await test.store.members.remove(workspaceId, by(ada), eve)).toBe('done');
    expect(await test.store.keys.byDigest('d')).toBeUndefined();
    expect((await test.store.sessions.get('here'))?.workspaceId).toBe(own);
    expect((await test.store.sessions.get('there'))?.workspaceId).toBe(own);
    expect(await test.store.invitations.opened(tokenHash(link), start)).toBeUndefined();
    expect(await test.store.connecting.peek('code', 'plain', start)).toBeUndefined();
  });

  it('who are lowered keep no open invitation of theirs', async () => {
    const eve = await seedMember(test.store, workspaceId, ada, 'admin');
    const { hashes, link } = freshTokens();
    await test.store.invitations.invite(workspaceId, by(eve), { id: newId(start), email: 'friend@example.org', role: 'admin', ...hashes });
    await test.store.members.setRole(workspaceId, by(ada), eve, 'editor');
    expect(await test.store.invitations.opened(tokenHash(link), start)).toBeUndefined();
  });

  it('are recorded within the act, and a refused act leaves no entry', async () => {
    const eve = await seedMember(test.store, workspaceId, ada, 'editor');
    await test.store.members.setRole(workspaceId, by(ada), eve, 'viewer');
    await test.store.members.setRole(workspaceId, by(eve), ada, 'viewer');
    await test.store.members.leave(workspaceId, by(ada));
    await test.store.members.leave(workspaceId, by(eve));
    expect(await kinds()).toEqual(['member.left', 'member.role', 'member.joined', 'member.invited']);
  });
});

describe('workspaces', () => {
  it('are made by anybody up to a number, and looked at by members alone', async () => {
    const { workspaces, sessions } = test.store;
    const other = await seedPerson(test.store);
    await sessions.create({ id: 's', userId: ada, workspaceId, expiresAt: start * 2, createdAt: start, agent: '' });
    expect(await workspaces.look('s', ada, other.workspaceId)).toBe(false);
    expect(await workspaces.look('s', other.userId, other.workspaceId)).toBe(false);
    expect(await workspaces.make(ada, { id: 'second', name: 'Second', zone: 'UTC', createdAt: start + 1 }, 2)).toBe('made');
    expect(await workspaces.make(ada, { id: 'third', name: 'Third', zone: 'UTC', createdAt: start }, 2)).toBe('too_many');
    expect(await workspaces.look('s', ada, 'second')).toBe(true);
    expect((await sessions.get('s'))?.workspaceId).toBe('second');
    expect(await kinds('second')).toEqual(['workspace.made']);
    await test.store.members.seen('second', ada, start);
    expect((await workspaces.latestOf(ada))?.id).toBe('second');
  });
});
