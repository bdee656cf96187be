import { pruneIfDue } from '../actions/retention/prune.ts';
import { deliverMails } from '../actions/mails/deliver-mails.ts';
import { tellDigests } from '../actions/mails/tell-digests.ts';
import { tellNews } from '../actions/mails/tell-news.ts';
import { sendNotices } from '../actions/policy/notices.ts';
import { endErased, readNewPrices, reconcileBilling } from '../actions/billing/recur.ts';
import { settleAll } from '../actions/billing/settle.ts';
import { gather } from '../actions/intake/gather.ts';
import { createHeed } from '../actions/intake/hear.ts';
import { createListening } from '../actions/intake/listen.ts';
import { createAsk } from '../actions/posts/composing.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../lib/ids.ts';
import { runCopies } from '../actions/portability/run-copies.ts';
import { runImports } from '../actions/portability/run-imports.ts';
import { sweepPrivacy } from '../actions/privacy/sweep.ts';
import { runErasures } from '../actions/privacy/run-erasures.ts';
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
    { name: 'tell-news', every: 5_000, run: () => tellNews(deps) },
    { name: 'send-notices', every: 5_000, run: () => sendNotices(deps) },
    { name: 'tell-digests', every: 10 * minute, run: () => tellDigests(deps) },
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
    { name: 'prune', every: 'nightly', catchesUp: true, run: async (stopping) => pruneIfDue(deps, { stopping, excluded: await store.people.objecting() }) },
    { name: 'erase', every: 1_000, run: (stop) => runErasures(deps, { stop }) },
    { name: 'make-copies', every: 1_000, run: (stop) => runCopies(deps, stop) },
    { name: 'take-archives-in', every: 1_000, run: (stop) => runImports(deps, stop) },
    { name: 'sweep-privacy', every: hour, run: () => sweepPrivacy(deps) },
    { name: 'settle-billing', every: minute, run: () => settleAll(deps) },
    { name: 'read-prices', every: 10 * minute, run: () => readNewPrices(deps) },
    { name: 'end-erased-customers', every: hour, run: () => endErased(deps) },
    { name: 'reconcile-billing', every: 'nightly', run: () => reconcileBilling(deps) },
  ];
}
