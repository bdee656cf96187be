import { writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { openKeyRing } from './lib/secrets/seal.ts';
import { loadSettings } from './settings.ts';
import { openSqlite, storeOver } from './store/index.ts';
import { testStore, type TestStore } from './testing/store.ts';
import { seedPerson } from './testing/world.ts';

let test: TestStore;
let userId: string;
beforeEach(async () => {
  test = testStore();
  ({ userId } = await seedPerson(test.store));
});
afterEach(() => test.close());

const load = (env: Record<string, string> = {}, names: readonly string[] = []) =>
  loadSettings({ store: test.store, environment: readConfig(env).environment, names });

describe('settings', () => {
  it('count as soon as they are saved, and at the next start', async () => {
    const settings = await load();
    expect([settings.get('A_KEY'), settings.origin('A_KEY')]).toEqual([undefined, null]);
    await settings.save([{ name: 'A_KEY', value: 'one' }, { name: 'B_KEY', value: 'two' }], { userId, now: 5 });
    expect(settings.get('A_KEY')).toBe('one');
    expect(settings.origin('A_KEY')).toMatchObject({ setBy: userId, setAt: 5 });
    const next = await load();
    await next.save([{ name: 'A_KEY', value: null }], { userId, now: 6 });
    expect([next.get('A_KEY'), next.get('B_KEY')]).toEqual([undefined, 'two']);
  });

  it('give way to the environment, files included, which is read once', async () => {
    const file = join(dirname(test.file), 'key');
    writeFileSync(file, 'from the file\n');
    const settings = await load({ A_KEY: 'from the environment', B_KEY_FILE: file });
    await settings.save([{ name: 'A_KEY', value: 'saved' }, { name: 'B_KEY', value: 'saved' }, { name: 'C_KEY', value: 'saved' }], { userId, now: 5 });
    expect(['A_KEY', 'B_KEY', 'C_KEY'].map(settings.get)).toEqual(['from the environment', 'from the file', 'saved']);
    expect([settings.origin('A_KEY'), settings.origin('B_KEY')]).toEqual(['environment', 'environment']);
    writeFileSync(file, 'changed\n');
    expect(settings.get('B_KEY')).toBe('from the file');
  });

  it('name a file that cannot be read at the start, not at the first post', async () => {
    await expect(load({ A_KEY_FILE: '/nowhere/at/all' }, ['A_KEY'])).rejects.toThrow('A_KEY_FILE names');
  });

  it('lie sealed on disk, each for its own name, and are sealed anew with a new key', async () => {
    const settings = await load();
    await settings.save([{ name: 'A_KEY', value: 'very-secret-one' }, { name: 'B_KEY', value: 'very-secret-two' }], { userId, now: 5 });
    const raw = new Database(test.file);
    expect(JSON.stringify(raw.prepare('select name, cast(value as text) as value from settings').all())).not.toContain('very-secret');
    raw.prepare(`update settings set value = (select value from settings where name = 'A_KEY') where name = 'B_KEY'`).run();
    await expect(test.store.settings.all()).rejects.toThrow('does not open here');
    raw.prepare(`delete from settings where name = 'B_KEY'`).run();
    raw.close();
    const both = storeOver(openSqlite(test.file), openKeyRing('another-key-that-is-newer-now,a-key-for-tests-and-for-nothing-else'));
    expect(await both.settings.reseal()).toBe(1);
    both.close();
    const newest = storeOver(openSqlite(test.file), openKeyRing('another-key-that-is-newer-now'));
    expect(await newest.settings.all()).toMatchObject([{ name: 'A_KEY', value: 'very-secret-one' }]);
    newest.close();
  });

  it('outlive the account of whoever saved them', async () => {
    const settings = await load();
    await settings.save([{ name: 'A_KEY', value: 'one' }], { userId, now: 5 });
    const raw = openSqlite(test.file);
    raw.prepare('delete from users where id = ?').run(userId);
    raw.close();
    expect(await test.store.settings.all()).toMatchObject([{ name: 'A_KEY', value: 'one', setBy: null }]);
  });

  it('keep how the last check ended until it is worth nothing', async () => {
    const { settings } = test.store;
    await settings.putCheck('test:x', [{ label: 'a', good: true, said: 'b' }, { label: 'c', good: false, said: 'd' }], 7);
    expect((await settings.checks()).get('test:x')).toMatchObject({ good: false, at: 7, findings: [{ label: 'a' }, { label: 'c' }] });
    await settings.dropChecks(['test:x', 'test:y']);
    expect((await settings.checks()).size).toBe(0);
  });
});
