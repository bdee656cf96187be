import { expect, it } from 'vitest';
import { quiet } from '../testing/drive.ts';
import { createClock, type Job } from './clock.ts';

it('runs what catches up at the start, other nightly work not, and tells what runs when the house stops', async () => {
  const ran: string[] = [];
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const jobs: Job[] = [
    { name: 'nightly', every: 'nightly', run: async () => void ran.push('nightly') },
    {
      name: 'catching up', every: 'nightly', catchesUp: true,
      async run(stopping) {
        ran.push('begun');
        stopping.addEventListener('abort', () => resolve());
        await told;
        ran.push('ended');
      },
    },
  ];
  const clock = createClock(jobs, { tickMs: 10_000, now: Date.now, log: quiet });
  clock.start();
  await clock.stop();
  expect(ran).toEqual(['begun', 'ended']);
});
