import { schedule } from 'node-cron';
import type { Log } from '../lib/log.ts';

export interface Job {
  name: string;
  /** Runs on the publishing tick's beat at most this often (ms); `nightly` runs at 03:17 UTC. */
  every: number | 'nightly';
  /** Of a nightly job: it also runs at the start and finds out by itself whether it missed a night. */
  catchesUp?: true;
  /** `stopping` fires when the house stops: what may take long ends then and goes on another time. */
  run(stopping: AbortSignal): Promise<void>;
}

export interface Clock {
  start(): void;
  /** Nothing starts any more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/**
 * The beat of the house. A job never runs beside itself; one that throws is logged and comes again. Timers only wake the
 * clock: whether something is due is a question for the store, so a late or a missed beat loses nothing.
 */
export function createClock(jobs: readonly Job[], { tickMs, now, log }: { tickMs: number; now: () => number; log: Log }): Clock {
  const running = new Map<string, Promise<void>>();
  const lastRun = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();

  function run(job: Job) {
    if (running.has(job.name) || stopping.signal.aborted) return;
    lastRun.set(job.name, now());
    const work = job.run(stopping.signal)
      .catch((error: unknown) => log.error({ err: error, job: job.name }, 'job failed'))
      .finally(() => running.delete(job.name));
    running.set(job.name, work);
  }

  function beat() {
    for (const job of jobs) {
      if (job.every === 'nightly') continue;
      const since = now() - (lastRun.get(job.name) ?? -Infinity);
      // A clock set back must not silence a job until it has caught up.
      if (since >= job.every || since < 0) run(job);
    }
    if (!stopping.signal.aborted) timer = setTimeout(beat, tickMs);
  }

  const nightly = schedule('17 3 * * *', () => jobs.filter(({ every }) => every === 'nightly').forEach(run), { timezone: 'UTC' });
  void nightly.stop();

  return {
    start() {
      beat();
      for (const job of jobs) if (job.catchesUp) run(job);
      void nightly.start();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      void nightly.destroy();
      await Promise.all(running.values());
    },
  };
}
