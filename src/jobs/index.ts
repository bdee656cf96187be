import { hearBot } from '../actions/channels/connect.ts';
import { pruneIfDue } from '../actions/retention/prune.ts';
import { deliverMails } from '../actions/mails/deliver-mails.ts';
import { endErased, readNewPrices, reconcileBilling } from '../actions/billing/recur.ts';
import { settleAll } from '../actions/billing/settle.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/ids.ts';
import type { Job } from './clock.ts';

const minute = 60 * 1000;
const hour = 60 * minute;

/** All recurring work of the house. */
export function jobsOf(deps: Deps): Job[] {
  const { engine, store, storage, providers, now, config } = deps;
  const boot = newId(now());
  return [
    { name: 'publish', every: config.tickMs, run: () => engine.tick() },
    {
      name: 'hear-bots', every: 3_000,
      async run() {
        for (const provider of providers.all) {
          if (provider.connect.kind === 'bot' && (await store.connecting.isAwaited(provider.id, now()))) await hearBot(deps, provider);
        }
      },
    },
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
    { name: 'settle-billing', every: minute, run: () => settleAll(deps) },
    { name: 'read-prices', every: 10 * minute, run: () => readNewPrices(deps) },
    { name: 'end-erased-customers', every: hour, run: () => endErased(deps) },
    { name: 'reconcile-billing', every: 'nightly', run: () => reconcileBilling(deps) },
  ];
}
