import { createHash } from 'node:crypto';
import { instanceRefusals as t } from '../domain/texts/refusals/instance.ts';
import type { Sqlite } from './db.ts';

export interface Migration {
  name: string;
  sql: string;
}

/** The database belongs to another version of the program than this one. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/**
 * Applies what is missing, each file in one transaction, and returns the names. Not drizzle's `migrate()`: that one leaves
 * foreign keys on inside its transaction, so a rebuilt parent table takes its child rows with it (drizzle-orm 0.45.4).
 * `backup` is called once before the first change of a database that already has something in it.
 */
export function migrate(sqlite: Sqlite, migrations: readonly Migration[], now: number, backup: (name: string) => void): string[] {
  sqlite.exec('create table if not exists migrations (name text primary key, sha256 text not null, applied_at integer not null) strict');
  const applied = new Map(
    (sqlite.prepare('select name, sha256 from migrations').all() as { name: string; sha256: string }[]).map((row) => [row.name, row.sha256]),
  );
  for (const name of applied.keys()) {
    if (!migrations.some((migration) => migration.name === name)) {
      throw new MigrationError(t.newerDatabase(name));
    }
  }
  for (const { name, sql } of migrations) {
    const known = applied.get(name);
    if (known !== undefined && known !== sha256(sql)) {
      throw new MigrationError(t.otherMigration(name));
    }
  }
  const missing = migrations.filter(({ name }) => !applied.has(name));
  if (missing[0] && applied.size > 0) backup(missing[0].name);
  for (const migration of missing) apply(sqlite, migration, now);
  return missing.map(({ name }) => name);
}

function apply(sqlite: Sqlite, { name, sql }: Migration, now: number) {
  // Has no effect inside a transaction, hence here.
  sqlite.pragma('foreign_keys = OFF');
  try {
    sqlite.transaction(() => {
      sqlite.exec(sql);
      const broken = sqlite.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new MigrationError(t.brokenMigration(name, broken.length));
      sqlite.prepare('insert into migrations (name, sha256, applied_at) values (?, ?, ?)').run(name, sha256(sql), now);
    }).immediate();
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
