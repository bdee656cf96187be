import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, type Sqlite } from '../db.ts';
import { databaseName } from '../open.ts';

export interface Inspected {
  /** What SQLite finds wrong; empty when it is sound. */
  problems: string[];
  /** The newest migration it was made with. */
  migration: string;
  /** How many rows of each table. */
  rows: Record<string, number>;
  /** The files that it says there are. */
  media: { id: string; type: string; bytes: number }[];
}

/**
 * A whole, consistent copy of a database that others may be writing to meanwhile. By `vacuum into`: one read that no writer
 * can make begin anew, as the step-by-step backup does; and nothing of what was deleted comes along.
 */
export function copyDatabase(dataDir: string, to: string): void {
  const sqlite = openSqlite(join(dataDir, databaseName), { readonly: true });
  try {
    sqlite.prepare('vacuum into ?').run(to);
    chmodSync(to, 0o600);
  } finally {
    sqlite.close();
  }
}

/** Under which name it is kept that a backup was made. */
export const backupMade = 'made:backup';

/** Notes in the database itself that a backup was made; false when it cannot be written. */
export function noteBackup(dataDir: string, at: number): boolean {
  try {
    const sqlite = openSqlite(join(dataDir, databaseName));
    try {
      sqlite.prepare("insert into checks (name, good, findings, at) values (?, 1, '[]', ?) on conflict (name) do update set at = excluded.at").run(backupMade, at);
    } finally {
      sqlite.close();
    }
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_')) return false;
    throw error;
  }
}

/** Looks a database over. Reads only; throws when it is none. */
export function inspectDatabase(file: string): Inspected {
  const sqlite = openSqlite(file, { readonly: true });
  try {
    const found = (pragma: string) => (sqlite.pragma(pragma) as Record<string, unknown>[]);
    return {
      problems: [
        ...found('integrity_check').map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok'),
        ...found('foreign_key_check').map((row) => `a row of ${String(row['table'])} has lost its ${String(row['parent'])}`),
      ],
      migration: (sqlite.prepare('select max(name) as name from migrations').get() as { name: string | null }).name ?? '',
      rows: Object.fromEntries(tablesOf(sqlite).map((name) => [name, (sqlite.prepare(`select count(*) as n from "${name}"`).get() as { n: number }).n])),
      media: sqlite.prepare('select id, type, bytes from media').all() as Inspected['media'],
    };
  } finally {
    sqlite.close();
  }
}

function tablesOf(sqlite: Sqlite): string[] {
  return (sqlite.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").all() as { name: string }[]).map(({ name }) => name);
}
