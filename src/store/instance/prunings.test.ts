import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drizzleOver, openSqlite } from '../db.ts';
import { migrate } from '../migrate.ts';
import { pruningsStore } from './prunings.ts';
import { migrations } from '../../testing/store.ts';

/** The same numbers each time, without any order in them. */
const digest = (n: number) => createHash('sha256').update(String(n)).digest();

it('leaves no copy of deleted rows in the file, though SQLite had moved them from page to page meanwhile', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'postmaster-compact-'));
  const file = join(dir, 'postmaster.db');
  const sqlite = openSqlite(file);
  sqlite.pragma('synchronous = OFF');
  migrate(sqlite, migrations, 0, () => {});
  // Rows of all sizes in no order, many of them written again: what makes SQLite shift cells about.
  sqlite.exec('create table rows (id text primary key, body text); create index rows_body on rows (body)');
  const insert = sqlite.prepare('insert into rows values (?, ?)');
  const update = sqlite.prepare('update rows set body = ? where id = ?');
  const bodyOf = (seed: Buffer, most: number) => `${seed.readUInt8(3) % 2 === 0 ? 'CANARY' : 'staying'}${'x'.repeat(seed.readUInt16LE(4) % most)}${seed.toString('hex')}`;
  for (let n = 0; n < 200; n += 1) {
    sqlite.transaction(() => {
      for (let m = 0; m < 50; m += 1) insert.run(digest(n * 50 + m).toString('hex'), bodyOf(digest(n * 50 + m + 1_000_000), 1_800));
      for (let m = 0; m < 30; m += 1) update.run(bodyOf(digest(n * 30 + m + 2_000_000), 800), digest(digest(n * 30 + m).readUInt32LE(0) % (n * 50 + 50)).toString('hex'));
    })();
  }
  while (sqlite.prepare("delete from rows where id in (select id from rows where body like 'CANARY%' limit 50)").run().changes > 0);
  expect(await pruningsStore(drizzleOver(sqlite), sqlite).compact()).toBe(true);
  expect(readFileSync(file).includes('CANARY')).toBe(false);
  expect(readFileSync(`${file}-wal`)).toHaveLength(0);
  expect(sqlite.prepare('select count(*) as n from rows').get()).not.toEqual({ n: 0 });
  sqlite.close();
  rmSync(dir, { recursive: true, force: true });
});
