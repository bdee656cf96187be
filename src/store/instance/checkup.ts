import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SealError, type KeyRing } from '../../lib/secrets/seal.ts';
import { openSqlite } from '../db.ts';
import { storeOver, type Store } from '../index.ts';
import type { Migration } from '../migrate.ts';
import { databaseName } from '../open.ts';

export interface Checkup {
  store: Store;
  /** What SQLite finds wrong with the file, and rows without their parents; empty when all is well. */
  damage: string[];
  /** Migrations that the next start will apply. */
  pending: string[];
  /** Migrations that this program does not know. */
  unknown: string[];
  /** Claims that nobody has given word of for this long. */
  stuck: number;
  /** The latest moment that anything was written down (epoch ms). */
  latest: number;
  keyFits: boolean;
}

/** How long after its end a claim counts as stuck (ms): a running server gives it back within seconds. */
const patience = 5 * 60 * 1000;

/** Looks at the database of a data directory and changes nothing. Null when there is none. */
export async function checkup(dataDir: string, migrations: readonly Migration[], ring: KeyRing | null, now: number): Promise<Checkup | null> {
  const file = join(dataDir, databaseName);
  if (!existsSync(file)) return null;
  const sqlite = openSqlite(file, { readonly: true });
  const column = <T>(sql: string, ...values: unknown[]): T[] => sqlite.prepare(sql).pluck().all(...values) as T[];
  const has = (table: string) => column('select name from sqlite_master where type = \'table\' and name = ?', table).length > 0;
  const applied = has('migrations') ? column<string>('select name from migrations') : [];
  const orphans = (sqlite.pragma('foreign_key_check') as { table: string }[]).map(({ table }) => `a row of ${table} has lost what it belongs to`);
  const store = storeOver(sqlite, ring ?? nothing);
  return {
    store,
    damage: [...column<string>('pragma quick_check(5)').filter((line) => line !== 'ok'), ...new Set(orphans)].slice(0, 5),
    pending: migrations.filter(({ name }) => !applied.includes(name)).map(({ name }) => name),
    unknown: applied.filter((name) => !migrations.some((migration) => migration.name === name)),
    stuck: has('publications') ? (column<number>('select count(*) from publications where status = \'publishing\' and locked_until < ?', now - patience)[0] ?? 0) : 0,
    latest: Math.max(0, ...(has('publications') ? column<number | null>('select max(updated_at) from publications') : []).map((at) => at ?? 0), ...(has('migrations') ? column<number>('select max(applied_at) from migrations') : [])),
    keyFits: ring !== null && has('notes') && (await opens(store)),
  };
}

async function opens(store: Store): Promise<boolean> {
  try {
    await store.connecting.note('', 'key-check');
    return true;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** Where there is no key, nothing is opened. */
const nothing: KeyRing = { newest() { throw new SealError('unknown_key'); }, find: () => undefined, all: () => [] };
