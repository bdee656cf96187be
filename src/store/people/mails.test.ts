import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyRing } from '../../lib/secrets/seal.ts';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedPerson, start } from '../../testing/world.ts';
import { drizzleOver, openSqlite } from '../db.ts';
import { eraseMailsTo, mailsStore } from './mails.ts';

let test: TestStore;
beforeEach(() => { test = testStore(); });
afterEach(() => test.close());

const secret = 'a-link-that-nobody-may-see';
const mail = (kind: string, event: string, more: { userId?: string; email?: string } = {}) => test.store.mails.add({
  id: newId(start), kind, event, userId: more.userId ?? null, email: more.email ?? 'ada@example.org', subject: kind, unverified: true, expiresAt: null, data: JSON.stringify({ secret }), now: start,
});
const states = async () => (await test.store.mails.list([], 99)).map(({ kind, state }) => `${kind} ${state}`).toSorted();

describe('the outbox', () => {
  it('holds a mail once per event and recipient', async () => {
    expect([await mail('reset', 'e:1'), await mail('reset', 'e:1'), await mail('reset', 'e:1', { email: 'eve@example.org' }), await mail('reset', 'e:2')]).toEqual([true, false, true, true]);
  });

  it('gives each mail to one boot alone, and takes no word of another', async () => {
    await mail('reset', 'e:1');
    const [first, second] = await Promise.all(['a', 'b'].map((boot) => test.store.mails.claim({ boot, now: start, until: start + 1_000 })));
    expect([first?.event, second]).toEqual(['e:1', undefined]);
    expect(await test.store.mails.settle(first?.id ?? '', 'b', { state: 'sent' }, start)).toBe(false);
    expect(await test.store.mails.settle(first?.id ?? '', 'a', { state: 'sent' }, start)).toBe(true);
    expect(await test.store.mails.retry(first?.id ?? '', start)).toBe(false);
  });

  it('is in doubt after an older copy was put back, but for what must not be missed', async () => {
    await mail('reset', 'e:1');
    await mail('failed', 'e:2');
    await mail('failed', 'e:3');
    expect(await test.store.mails.doubt(['reset'], 'restored', start)).toBe(2);
    expect(await states()).toEqual(['failed unsure', 'failed unsure', 'reset waiting']);
  });

  it('keeps no secret readable, lets keys be rotated, and forgets with the person', async () => {
    const { userId } = await seedPerson(test.store, start, 'ada@example.org');
    await mail('reset', 'e:1', { userId });
    await mail('contact_received', 'e:2');
    const sqlite = openSqlite(test.file);
    expect(sqlite.prepare('select cast(data as text) as d from mails').all().map((row) => (row as { d: string }).d).join()).not.toContain(secret);
    const both = mailsStore(drizzleOver(sqlite), openKeyRing('a-newer-key-for-tests-alone,a-key-for-tests-and-for-nothing-else'));
    expect(await both.reseal()).toBe(2);
    expect(await both.reseal()).toBe(0);
    const newer = mailsStore(drizzleOver(sqlite), openKeyRing('a-newer-key-for-tests-alone'));
    expect((await newer.claim({ boot: 'a', now: start, until: start + 1 }))?.data).toContain(secret);
    sqlite.prepare('delete from users where id = ?').run(userId);
    expect((await newer.list([], 9)).map(({ event }) => event)).toEqual(['e:2']);
    drizzleOver(sqlite).transaction((tx) => eraseMailsTo(tx, 'ada@example.org'));
    expect(await newer.list([], 9)).toEqual([]);
    sqlite.close();
  });
});
