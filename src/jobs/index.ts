import { pruneIfDue } from '../actions/retention/prune.ts';
import { deliverMails } from '../actions/mails/deliver-mails.ts';
import { gather } from '../actions/intake/gather.ts';
import { createHeed } from '../actions/intake/hear.ts';
import { createListening } from '../actions/intake/listen.ts';
import { createAsk } from '../actions/posts/composing.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/ids.ts';
import type { Job } from './clock.ts';

const minute = 60 * 1000;
const hour = 60 * minute;

/** All recurring work of the house. */
export function jobsOf(deps: Deps): Job[] {
  const { engine, store, storage, now, config } = deps;
  const boot = newId(now());
  const intake = { ...deps, ask: createAsk(deps) };
  const listen = createListening(deps, createHeed(intake));
  return [
    { name: 'publish', every: config.tickMs, run: () => engine.tick() },
    { name: 'hear-bots', every: 1_000, run: listen },
    { name: 'gather-intake', every: config.tickMs, run: async (stopping) => void (await gather(intake, stopping)) },
    { name: 'deliver-mails', every: 1_000, run: () => deliverMails({ ...deps, boot }) },
    {
      name: 'sweep', every: hour,
      async run() {
        await store.connecting.sweep(now());
        await store.queue.sweepHolds(now());
        // The first of several videos lies there until the last has come, over whatever line.
        await storage.sweepTemp(now() - 24 * hour);
      },
    },
    { name: 'lapse-connections', every: minute, run: async () => void (await store.everywhere.lapse(now())) },
    { name: 'renew-grants', every: 6 * hour, run: () => engine.renewGrants() },
    { name: 'prune', every: 'nightly', catchesUp: true, run: (stopping) => pruneIfDue(deps, { stopping }) },
  ];
}
