import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * One line of `erasures.jsonl`, which lies beside the database and outlives a restore of it. Ids are random; there is no
 * name and no address in it. `asked` and `undone` are about a deletion that has not begun.
 */
export type Noted =
  | { event: 'asked'; erasure: string; kind: 'account' | 'workspace'; id: string; at: number; due: number }
  | { event: 'undone'; erasure: string; at: number }
  /** `grant`, `channel`: what was allowed until `at` is taken back; whoever allows it anew later keeps it. */
  | { event: 'erased'; kind: 'account' | 'workspace' | 'connection' | 'grant' | 'channel'; id: string; at: number };

export const logName = 'erasures.jsonl';

/** The log of deletions: appended to before each begins, read at every start and after a restore. */
export function erasureLog(file: string) {
  return {
    /** On disk for good when this returns. */
    async note(entries: readonly Noted[]): Promise<void> {
      if (entries.length === 0) return;
      const handle = await open(file, 'a+', 0o600);
      try {
        const { size } = await handle.stat();
        const last = size === 0 ? Buffer.from('\n') : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer;
        // A line that a power cut tore must not take the next one along.
        const torn = last[0] !== 0x0a;
        await handle.appendFile(`${torn ? '\n' : ''}${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
        await handle.sync();
        if (size === 0) await syncFolder(dirname(file));
      } finally {
        await handle.close();
      }
    },

    /** What could not be read was never finished, so nothing was deleted for it. */
    async noted(): Promise<Noted[]> {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      return text.split('\n').flatMap((line) => entryOf(line) ?? []);
    },
  };
}

function entryOf(line: string): Noted | undefined {
  try {
    const entry = JSON.parse(line) as Noted | null;
    return typeof entry === 'object' && entry !== null && typeof entry.event === 'string' && typeof entry.at === 'number' ? entry : undefined;
  } catch {
    return undefined;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
