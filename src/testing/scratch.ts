import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const memory = '/dev/shm';
/** What must be free there (bytes), for it also holds what tests upload; the usual 64 MB of a container are too few. */
const room = 4 * 1024 ** 3;

/**
 * Where tests write. In memory where there is room: a database that says "on disk" a thousand times a second waits for the disk
 * most of the time, and what a test shows (a process may die anywhere) is the same, for files outlive their process in both.
 */
export const scratchRoot = hasRoom() ? memory : tmpdir();

/** A new folder of a test's own. */
export const scratch = () => mkdtempSync(join(scratchRoot, 'postmaster-'));

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= room;
  } catch {
    return false;
  }
}
