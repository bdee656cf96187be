import { open } from 'node:fs/promises';

/** A file as a prober sees it: bytes at a position, and never many at once. */
export interface Bytes {
  readonly size: number;
  /** So many bytes from a position on, at most 64 KB, good until the next read. Throws `Unreadable` where the file ends before. */
  read(position: number, length: number): Promise<Buffer>;
}

/** The file is damaged, or built to keep its reader busy. Never leaves this folder's callers. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** The most that is read at once. Headers and tables of true files are smaller or can be read in pieces. */
export const mostAtOnce = 65_536;

/** Small reads mostly follow each other, so a little more is read than was asked for. */
const windowBytes = 4096;

/**
 * More than any true film needs (a day of one-second fragments has a million boxes) and few enough to end: what a file
 * says of itself may lead round and round.
 */
const mostReads = 2_000_000;

/** Opens a file for `act`; after `timeoutMs` its next read throws. */
export async function withBytes<T>(path: string, act: (bytes: Bytes) => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const signal = AbortSignal.timeout(timeoutMs);
    const window = Buffer.alloc(mostAtOnce);
    let seen = window.subarray(0, 0);
    let start = 0;
    let reads = 0;
    return await act({
      size,
      async read(position, length) {
        reads += 1;
        if (reads > mostReads || signal.aborted) throw new Unreadable('It does not come to an end.');
        if (length > mostAtOnce || position < 0 || position + length > size) throw new Unreadable('It points to where nothing is.');
        if (position < start || position + length > start + seen.length) {
          const { bytesRead } = await handle.read(window, 0, Math.min(Math.max(length, windowBytes), size - position), position);
          start = position;
          seen = window.subarray(0, bytesRead);
          if (bytesRead < length) throw new Unreadable('It ends too early.');
        }
        return seen.subarray(position - start, position - start + length);
      },
    });
  } finally {
    await handle.close();
  }
}
