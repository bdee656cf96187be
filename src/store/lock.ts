import Database from 'better-sqlite3';
import { instanceRefusals as t } from '../domain/texts/refusals/instance.ts';

/** Another process serves this data directory. */
export class LockedError extends Error {
  override name = 'LockedError';
}

/**
 * Makes this process the only one that serves a data directory: an exclusive transaction on a file of its own, which the
 * operating system ends with the process however it dies. Returns the release. Throws LockedError at once.
 */
export function lockInstance(file: string): () => void {
  const lock = new Database(file);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new LockedError(t.running, { cause: error });
    }
    throw error;
  }
  return () => lock.close();
}
