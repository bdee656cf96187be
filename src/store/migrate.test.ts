import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyRing } from '../lib/secrets/seal.ts';
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
    await seedPost(store, world, 'plain', { parts: [{ text: 'x', media: [] }] });
    const counts = () => (sqlite.prepare(`select name from sqlite_master where type = 'table' and name <> 'migrations' order by name`).pluck().all() as string[])
      .map((name) => [name, sqlite.prepare(`select count(*) from "${name}"`).pluck().get()]);
    const before = counts();
    expect(before).toContainEqual(['members', 1]);
    expect(migrate(sqlite, [...migrations, rebuild], 1, () => {})).toEqual(['9999_rebuild']);
    expect(counts()).toEqual(before);
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    sqlite.close();
  });

  it('carries what was written before over to parts with media of both kinds', async () => {
    const sqlite = openSqlite(join(dir, 'x.db'));
    const [first, second, ...rest] = migrations;
    if (!first || !second) throw new Error('no migrations');
    migrate(sqlite, [first], 0, () => {});
    const said = 'He said "images":[ and {"mediaId": too';
    const old = { parts: [{ text: said, images: [{ mediaId: 'm', alt: said }] }] };
    sqlite.exec(`insert into workspaces values ('w', 'W', 'UTC', 0)`);
    sqlite.prepare(`insert into posts (id, workspace_id, state, content, version, created_at, updated_at) values ('p', 'w', 'draft', ?, 1, 0, 0)`).run(JSON.stringify(old));
    sqlite.exec(`insert into media (id, workspace_id, type, bytes, width, height, animated, name, alt, created_at) values ('m', 'w', 'image/png', 1, 2, 3, 0, 'n', 'a', 0);
      insert into post_media values ('p', 'm', 'w');
      insert into connections (id, workspace_id, provider, account_id, account_name, grant_version, status, created_at, updated_at) values ('c', 'w', 'plain', 'a', 'a', 1, 'active', 0, 0);
      insert into channels (id, workspace_id, connection_id, provider, remote_id, name, handle, limits, created_at) values ('h', 'w', 'c', 'plain', 'r', 'n', 'h', '{}', 0)`);
    sqlite.prepare(`insert into publications (id, workspace_id, post_id, channel_id, provider, status, scheduled_for, due_at, failures, snapshot, created_at, updated_at)
      values ('u', 'w', 'p', 'h', 'plain', 'published', 0, 0, 0, ?, 0, 0)`).run(JSON.stringify({ ...old, options: {} }));
    migrate(sqlite, [first, second, ...rest], 1, () => {});
    const store = storeOver(sqlite, ring);
    expect((await store.posts.get('w', 'p'))?.content).toEqual({ parts: [{ text: said, media: [{ mediaId: 'm', alt: said }] }] });
    expect(await store.publications.snapshot('w', 'u')).toMatchObject({ parts: [{ text: said, media: [{ kind: 'image', mediaId: 'm', alt: said }] }] });
    expect(await store.media.get('w', 'm')).toMatchObject({ width: 2, durationMs: null });
    expect(await store.media.remove('w', 'm')).toBe('used');
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
