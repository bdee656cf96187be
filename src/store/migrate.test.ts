import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyRing } from '../lib/seal.ts';
import { migrations } from '../testing/store.ts';
import { seedChannel, seedPost } from '../testing/world.ts';
import { openSqlite, storeOver } from './index.ts';
import { lockInstance } from './lock.ts';
import { migrate, type Migration } from './migrate.ts';
import { openStore } from './open.ts';

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'postmaster-')); });
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ring = openKeyRing('a-key-for-tests-and-for-nothing-else');
const rebuild: Migration = {
  name: '9999_rebuild',
  sql: `create table new_users (id text primary key not null, name text not null, email text not null,
          password_hash text not null, operator integer not null, created_at integer not null);
        insert into new_users select id, name, email, password_hash, operator, created_at from users;
        drop table users;
        alter table new_users rename to users;
        create unique index users_email on users (email);`,
};

describe('migrate', () => {
  it('sets what a power cut must not undo', () => {
    const sqlite = openSqlite(join(dir, 'x.db'));
    expect(['journal_mode', 'synchronous', 'foreign_keys'].map((name) => sqlite.pragma(name, { simple: true }))).toEqual(['wal', 2, 1]);
    sqlite.close();
  });

  it('keeps every row of every table, also when a table that others refer to is rebuilt', async () => {
    const sqlite = openSqlite(join(dir, 'x.db'));
    migrate(sqlite, migrations, 0, () => {});
    const store = storeOver(sqlite, ring);
    const world = await seedChannel(store, 'plain', { grant: {}, target: { remoteId: 'r', name: 'n', handle: 'h', url: null, avatarUrl: null } });
    await seedPost(store, world, 'plain', { parts: [{ text: 'x', images: [] }] });
    const counts = () => (sqlite.prepare(`select name from sqlite_master where type = 'table' and name <> 'migrations' order by name`).pluck().all() as string[])
      .map((name) => [name, sqlite.prepare(`select count(*) from "${name}"`).pluck().get()]);
    const before = counts();
    expect(before).toContainEqual(['members', 1]);
    expect(migrate(sqlite, [...migrations, rebuild], 1, () => {})).toEqual(['9999_rebuild']);
    expect(counts()).toEqual(before);
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    sqlite.close();
  });

  it('leaves the file as it was when a migration fails', () => {
    const sqlite = openSqlite(join(dir, 'x.db'));
    migrate(sqlite, migrations, 0, () => {});
    const broken = { name: '9999_broken', sql: 'create table t (a); insert into nowhere values (1);' };
    expect(() => migrate(sqlite, [...migrations, broken], 1, () => {})).toThrow('nowhere');
    expect(sqlite.prepare(`select count(*) from sqlite_master where name = 't'`).pluck().get()).toBe(0);
    sqlite.close();
  });

  it('refuses a database of a newer version, and one made with another text', () => {
    const sqlite = openSqlite(join(dir, 'x.db'));
    migrate(sqlite, [...migrations, rebuild], 0, () => {});
    expect(() => migrate(sqlite, migrations, 1, () => {})).toThrow('newer Post Master');
    const [first, ...rest] = migrations;
    expect(() => migrate(sqlite, [{ name: first?.name ?? '', sql: 'select 1' }, ...rest, rebuild], 1, () => {})).toThrow('not the one');
    sqlite.close();
  });

  it('copies a database with something in it before the first change', () => {
    openStore(dir, migrations, ring, 0).store.close();
    const { store, applied, copy } = openStore(dir, [...migrations, rebuild], ring, 1);
    store.close();
    expect(applied).toEqual(['9999_rebuild']);
    const kept = new Database(copy ?? '', { readonly: true });
    expect(kept.prepare('select count(*) from migrations').pluck().get()).toBe(migrations.length);
    kept.close();
  });
});

describe('lockInstance', () => {
  it('lets one process serve a data directory', () => {
    const release = lockInstance(join(dir, 'serve.lock'));
    expect(() => lockInstance(join(dir, 'serve.lock'))).toThrow('Another Post Master is running');
    release();
    lockInstance(join(dir, 'serve.lock'))();
  });
});
