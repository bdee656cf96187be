import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, keepDays } from '../../domain/promise/retention.ts';
import { newId } from '../../lib/ids.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { freshTokens } from '../../testing/team.ts';
import { seedPerson, start } from '../../testing/world.ts';
import { drizzleOver, type Sqlite } from '../db.ts';
import { openSqlite } from '../index.ts';
import { teamRules } from './team.ts';

let test: TestStore;
let sqlite: Sqlite;
let person: { userId: string; workspaceId: string };
beforeEach(async () => {
  test = testStore();
  sqlite = openSqlite(test.file);
  person = await seedPerson(test.store);
});
afterEach(() => {
  sqlite.close();
  test.close();
});

const rule = (of: string) => {
  const found = teamRules(drizzleOver(sqlite)).find(({ class: name }) => name === of);
  if (!found) throw new Error(`no rule for ${of}`);
  return found;
};

describe('the nightly prune', () => {
  it('takes invitations when their days are over, some at a time', async () => {
    for (let n = 0; n < 3; n += 1) {
      await test.store.invitations.invite(person.workspaceId, { userId: person.userId, now: start }, { id: newId(start), email: `${n}@example.org`, role: 'viewer', ...freshTokens().hashes });
    }
    const own = rule('invitations');
    const end = start + keepDays('invitations', 'made') * day;
    expect([own.count(end - 1), own.count(end)]).toEqual([0, 3]);
    expect(own.prune(end - 1, 9)).toEqual({ rows: 0, files: [] });
    expect([own.prune(end, 2).rows, own.prune(end, 2).rows, own.count(end)]).toEqual([2, 1, 0]);
    expect(await test.store.invitations.list(person.workspaceId)).toEqual([]);
  });

  it('takes browsers a year after the last log-in with them', async () => {
    const seen = (id: string, now: number) => test.store.devices.seen({ userId: person.userId, now }, { id, name: 'Firefox on Linux' });
    await seen('old', start);
    await seen('used', start);
    await seen('used', start + day);
    const own = rule('devices');
    const end = start + keepDays('devices', 'last_contact') * day;
    expect([own.count(end - 1), own.count(end)]).toEqual([0, 1]);
    expect(own.prune(end, 9).rows).toBe(1);
    expect([await test.store.devices.standing(person.userId, 'old'), await test.store.devices.standing(person.userId, 'used')]).toEqual(['new', 'known']);
  });

  it('takes log-ins whose code never came', async () => {
    await test.store.security.awaitCode({ id: 'x', userId: person.userId, expiresAt: start });
    const own = rule('passing');
    expect([own.count(start - 1), own.count(start), own.prune(start, 9).rows, own.count(start)]).toEqual([0, 1, 1, 0]);
  });
});
