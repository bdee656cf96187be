import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testStore, type TestStore } from '../testing/store.ts';
import { seedPerson } from '../testing/world.ts';

let test: TestStore;
beforeEach(() => { test = testStore(); });
afterEach(() => test.close());

const user = (id: string, email: string) => ({ id, name: 'Ada', email, passwordHash: 'h', createdAt: 1 });
const workspace = (id: string) => ({ id, name: 'W', zone: 'UTC', createdAt: 1 });

describe('people', () => {
  it('sign up with a workspace they own; the first runs the instance', async () => {
    const { people } = test.store;
    expect(await people.signUp(user('u1', 'a@x'), workspace('w1'), true)).toBe('created');
    expect(await people.user('u1')).toMatchObject({ operator: true, email: 'a@x' });
    expect(await people.workspacesOf('u1')).toMatchObject([{ id: 'w1', role: 'owner' }]);
    expect(await people.role('w1', 'u1')).toBe('owner');
  });

  it('find the door closed after the first, and leave nothing behind', async () => {
    const { people } = test.store;
    await people.signUp(user('u1', 'a@x'), workspace('w1'), true);
    expect(await people.signUp(user('u2', 'b@x'), workspace('w2'), true)).toBe('closed');
    expect(await people.signUp(user('u2', 'a@x'), workspace('w2'), false)).toBe('email_taken');
    expect(await people.workspace('w2')).toBeUndefined();
    expect(await people.signUp(user('u2', 'b@x'), workspace('w2'), false)).toBe('created');
    expect(await people.user('u2')).toMatchObject({ operator: false });
  });

  it('let just one of many through the closing door', async () => {
    const others = [test.store, test.reopen(), test.reopen()];
    const came = await Promise.all(others.map(({ people }, n) => people.signUp(user(`u${n}`, `${n}@x`), workspace(`w${n}`), true)));
    expect(came.filter((end) => end === 'created')).toHaveLength(1);
  });

  it('have no role where they are not members', async () => {
    const one = await seedPerson(test.store);
    const two = await seedPerson(test.store);
    expect(await test.store.people.role(one.workspaceId, two.userId)).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are listed newest first, ended one by one by their owner only, and swept when over', async () => {
    const one = await seedPerson(test.store);
    const two = await seedPerson(test.store);
    const { sessions } = test.store;
    const session = (id: string, createdAt: number) => ({ id, ...one, expiresAt: 100, createdAt, agent: 'x' });
    await sessions.create(session('a', 1));
    await sessions.create(session('b', 2));
    expect((await sessions.ofUser(one.userId)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await sessions.endOf(two.userId, 'a')).toBe(false);
    expect(await sessions.endOf(one.userId, 'a')).toBe(true);
    expect(await sessions.endExpired(100)).toBe(1);
    expect(await sessions.get('b')).toBeUndefined();
  });
});
