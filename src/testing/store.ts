import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { openSqlite, storeOver, type Store } from '../store/index.ts';
import { migrate, type Migration } from '../store/migrate.ts';
import { scratch, scratchRoot } from './scratch.ts';

export interface TestStore {
  store: Store;
  file: string;
  /** The same file opened once more, as a new process would. */
  reopen(): Store;
  close(): void;
}

const root = join(import.meta.dirname, '../../migrations');

export const migrations: Migration[] = readdirSync(root).filter((name) => name.endsWith('.sql')).sort()
  .map((name) => ({ name: name.slice(0, -4), sql: readFileSync(join(root, name), 'utf8') }));

/**
 * An empty database with all migrations in it, made once on this machine for as long as they stay the same: tests open
 * thousands, and migrating each would be most of what they do.
 */
function emptyDatabase(): string {
  const hash = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);
  const file = join(scratchRoot, `postmaster-empty-${hash}.db`);
  if (existsSync(file)) return file;
  const folder = scratch();
  const making = join(folder, 'empty.db');
  const sqlite = openSqlite(making);
  migrate(sqlite, migrations, 0, () => {});
  // The last to close takes what is in the log into the file.
  sqlite.close();
  // Several test files begin at the same time: whoever is last puts the same in the place of the same.
  renameSync(making, file);
  rmSync(folder, { recursive: true, force: true });
  return file;
}

/** A real database in a file of its own, migrated; in a folder of its own unless told. */
export function testStore(dir = scratch()): TestStore {
  const file = join(dir, 'postmaster.db');
  const ring = openKeyRing('a-key-for-tests-and-for-nothing-else');
  const opened: Store[] = [];
  if (!existsSync(file)) copyFileSync(emptyDatabase(), file);
  const open = () => {
    const sqlite = openSqlite(file);
    migrate(sqlite, migrations, 0, () => {});
    const store = storeOver(sqlite, ring);
    opened.push(store);
    return store;
  };
  return {
    store: open(), file, reopen: open,
    close: () => {
      for (const store of opened) store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
