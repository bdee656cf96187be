import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { freshTokens, seedMember } from '../../testing/team.ts';
import { seedPerson, start } from '../../testing/world.ts';

let test: TestStore;
let workspaceId: string;
let ada: string;
const by = (userId: string, now = start) => ({ userId, now });
const day = 86_400_000;
const person = (id: string, createdAt = start) => ({ id, name: 'New', passwordHash: 'h', createdAt });
const own = (id: string) => ({ id, name: 'Own', zone: 'UTC', createdAt: start });

beforeEach(async () => {
  test = testStore();
  ({ workspaceId, userId: ada } = await seedPerson(test.store));
});
afterEach(() => test.close());

async function invited(email: string, of: string | null = workspaceId, userId = ada, role: 'editor' | 'admin' = 'editor') {
  const tokens = freshTokens();
  const id = newId(start);
  const made = await test.store.invitations.invite(of, by(userId), { id, email, role, ...tokens.hashes });
  return { ...tokens, made, id };
}

describe('an invitation', () => {
  it('is made by admins of that workspace alone', async () => {
    const editor = await seedMember(test.store, workspaceId, ada, 'editor');
    const other = await seedPerson(test.store);
    for (const userId of [editor, other.userId]) expect((await invited('x@example.org', workspaceId, userId)).made.end).toBe('not_allowed');
    const admin = await seedMember(test.store, workspaceId, ada, 'admin');
    expect((await invited('x@example.org', workspaceId, admin)).made.end).toBe('invited');
    const { email } = (await test.store.people.user(editor)) ?? { email: '' };
    expect((await invited(email)).made.end).toBe('member_already');
  });

  it('lets one person in, once, however many accept at the same time', async () => {
    const { link, mail } = await invited('x@example.org');
    const people = await Promise.all([1, 2, 3].map(() => seedPerson(test.store)));
    const second = test.reopen();
    const ends = await Promise.all(people.map(({ userId }, n) => (n === 1 ? second : test.store).invitations.accept(tokenHash(n === 2 ? mail : link), by(userId))));
    expect(ends.map(({ end }) => end)).toEqual(['joined', 'over', 'over']);
    expect(await test.store.members.count(workspaceId)).toBe(2);
    expect(await test.store.invitations.list(workspaceId)).toEqual([]);
  });

  it('opens for seven days and no longer', async () => {
    const { link } = await invited('x@example.org');
    const eve = await seedPerson(test.store);
    expect(await test.store.invitations.opened(tokenHash(link), start + 7 * day - 1)).toMatchObject({ role: 'editor', workspaceName: 'Ada', inviterName: 'Ada', byMail: false });
    expect(await test.store.invitations.opened(tokenHash(link), start + 7 * day)).toBeUndefined();
    expect(await test.store.invitations.accept(tokenHash(link), by(eve.userId, start + 7 * day))).toEqual({ end: 'over' });
    expect(await test.store.invitations.join(tokenHash(link), person('u', start + 7 * day), own('w'))).toEqual({ end: 'over' });
    expect(await test.store.people.user('u')).toBeUndefined();
  });

  it('is renewed and taken back by its own workspace alone; the old links are dead then', async () => {
    const other = await seedPerson(test.store);
    const { link, id } = await invited('x@example.org');
    const fresh = freshTokens();
    expect(await test.store.invitations.renew(other.workspaceId, by(other.userId), id, fresh.hashes)).toBeUndefined();
    expect(await test.store.invitations.renew(workspaceId, by(other.userId), id, fresh.hashes)).toBeUndefined();
    expect(await test.store.invitations.revoke(other.workspaceId, by(other.userId), id)).toBe(false);
    expect(await test.store.invitations.revoke(null, by(ada), id)).toBe(false);
    expect(await test.store.invitations.renew(workspaceId, by(ada), id, fresh.hashes)).toMatchObject({ email: 'x@example.org' });
    expect(await test.store.invitations.opened(tokenHash(link), start)).toBeUndefined();
    expect(await test.store.invitations.opened(tokenHash(fresh.link), start)).toMatchObject({ id });
    expect(await test.store.invitations.revoke(workspaceId, by(ada), id)).toBe(true);
    expect(await test.store.invitations.accept(tokenHash(fresh.link), by(other.userId))).toEqual({ end: 'over' });
    expect(await test.store.invitations.renew(workspaceId, by(ada), id, freshTokens().hashes)).toBeUndefined();
  });

  it('of an address that is invited already takes the place of the first', async () => {
    const first = await invited('x@example.org');
    const second = await invited('x@example.org', workspaceId, ada, 'admin');
    expect(second.made).toEqual({ end: 'invited', id: first.id });
    expect(await test.store.invitations.list(workspaceId)).toMatchObject([{ role: 'admin' }]);
    expect(await test.store.invitations.opened(tokenHash(first.link), start)).toBeUndefined();
  });

  it('makes an account under the address it was made for, which the mail proves and the handed link does not', async () => {
    const one = await invited('one@example.org');
    const two = await invited('two@example.org');
    expect(await test.store.invitations.join(tokenHash(one.mail), person('u1'), own('w1'))).toEqual({ end: 'joined', workspaceId });
    expect(await test.store.invitations.join(tokenHash(two.link), person('u2'), own('w2'))).toEqual({ end: 'joined', workspaceId });
    expect(await test.store.people.user('u1')).toMatchObject({ email: 'one@example.org', emailVerifiedAt: start, operator: false });
    expect(await test.store.people.user('u2')).toMatchObject({ email: 'two@example.org', emailVerifiedAt: null });
    expect(await test.store.people.workspace('w1')).toBeUndefined();
  });

  it('proves nothing for another address that accepts it', async () => {
    const { mail } = await invited('x@example.org');
    const eve = await seedPerson(test.store);
    await test.store.invitations.accept(tokenHash(mail), by(eve.userId));
    expect((await test.store.people.user(eve.userId))?.emailVerifiedAt).toBeNull();
  });

  it('is not used up by who is in already, nor by an address that has an account', async () => {
    const { link } = await invited('x@example.org');
    expect(await test.store.invitations.accept(tokenHash(link), by(ada))).toEqual({ end: 'member_already' });
    await seedPerson(test.store, start, 'x@example.org');
    expect(await test.store.invitations.join(tokenHash(link), person('u'), own('w'))).toEqual({ end: 'email_taken' });
    expect(await test.store.invitations.opened(tokenHash(link), start)).toBeDefined();
  });

  it('to the instance comes from its operator and brings a workspace of one’s own', async () => {
    const eve = await seedPerson(test.store);
    expect((await invited('x@example.org', null, eve.userId)).made.end).toBe('not_allowed');
    const { link } = await invited('x@example.org', null);
    expect(await test.store.invitations.join(tokenHash(link), person('u'), own('w'))).toEqual({ end: 'joined', workspaceId: 'w' });
    expect(await test.store.people.role('w', 'u')).toBe('owner');
    expect((await test.store.audit.page(null, { limit: 9 })).map(({ kind, whoName }) => [kind, whoName])).toEqual([['account.joined', 'New'], ['account.invited', 'Ada']]);
  });
});
