import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where logs lie, below the data directory. The nightly prune deletes by the date in a file's name. */
export const logFolder = 'logs';

/** A log that begins a new file with each day (UTC), named by its date. */
export interface DailyLog {
  write(line: string): void;
  /** Resolves when everything that was written so far is on disk, or given up. */
  flush(): Promise<void>;
}

/** What may wait for the disk (characters); beyond it lines are dropped. */
const mostWaiting = 4_000_000;

/**
 * Lines go to `DIRECTORY/YYYY-MM-DD.log`, readable by its owner alone. Nobody waits for the disk, and nothing but the log
 * suffers from it: what cannot be written is dropped, counted, and told of in the file once it can.
 */
export function createDailyLog(directory: string, now: () => number): DailyLog {
  let waiting: { day: string; line: string }[] = [];
  let size = 0;
  let dropped = 0;
  let working: Promise<void> | null = null;

  async function work() {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      size = 0;
      for (const [day, lines] of Map.groupBy(batch, (one) => one.day)) {
        const lost = dropped > 0 ? `${JSON.stringify({ level: 40, time: new Date(now()).toISOString(), lines: dropped, msg: 'lines of the log could not be written' })}\n` : '';
        if (await append(day, `${lost}${lines.map(({ line }) => line).join('')}`)) dropped = 0;
        else dropped += lines.length;
      }
    }
  }

  async function append(day: string, text: string): Promise<boolean> {
    const file = join(directory, `${day}.log`);
    try {
      await appendFile(file, text, { mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    }
    // The folder was never made, or somebody took it away.
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await appendFile(file, text, { mode: 0o600 });
      return true;
    } catch {
      return false;
    }
  }

  function begin() {
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0) begin();
    });
  }

  return {
    write(line) {
      if (size + line.length > mostWaiting) return void (dropped += 1);
      size += line.length;
      waiting.push({ day: dayOf(now()), line });
      begin();
    },
    async flush() {
      await working;
      if (waiting.length > 0 || working) await this.flush();
    },
  };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
