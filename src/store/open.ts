import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { instanceRefusals as t } from '../domain/texts/refusals/instance.ts';
import type { KeyRing } from '../lib/secrets/seal.ts';
import { openSqlite } from './db.ts';
import { storeOver, type Store } from './index.ts';
import { migrate, MigrationError, type Migration } from './migrate.ts';

export const databaseName = 'postmaster.db';
/** What a restore has unpacked and not yet put in its place. */
export const restoringName = 'restoring';
/** In there: from now on it only remains to be moved. */
export const readyName = 'ready';

export interface Opened {
  store: Store;
  /** Migrations applied just now. */
  applied: string[];
  /** The copy made before them, if the database had something in it. */
  copy: string | null;
}

/** Opens the database of a data directory, brought up to date; before the first change an existing file is copied. */
export function openStore(dataDir: string, migrations: readonly Migration[], ring: KeyRing, now: number): Opened {
  mkdirSync(dataDir, { recursive: true });
  // Between two moves there may be no database in its place: a new and empty one must not take it.
  if (existsSync(join(dataDir, restoringName, readyName))) throw new MigrationError(t.restoreInterrupted);
  const file = join(dataDir, databaseName);
  const fresh = !existsSync(file);
  const sqlite = openSqlite(file);
  if (fresh) chmodSync(file, 0o600);
  let copy: string | null = null;
  try {
    const applied = migrate(sqlite, migrations, now, (name) => {
      copy = join(dataDir, `before-${name}.db`);
      rmSync(copy, { force: true });
      sqlite.prepare('vacuum into ?').run(copy);
      chmodSync(copy, 0o600);
    });
    return { store: storeOver(sqlite, ring), applied, copy };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
