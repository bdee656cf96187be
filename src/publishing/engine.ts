import { newId } from '../lib/ids.ts';
import type { Io, Provider } from '../providers/contract.ts';
import { createGrants, renewEndingGrants, withGrant } from './grants.ts';
import { publishOne, type PublishDeps } from './publish-one.ts';

/** How long a claim holds without word from its worker, and how often the word is given (ms). */
const lease = 60_000;
const renewEvery = 15_000;

export interface Engine {
  /** Gives dead leases back, then claims and starts what is due. Returns once all of it is started. */
  tick(): Promise<void>;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
  /** Claims nothing more and waits for what is in flight; false when `ms` was not enough. */
  stop(ms: number): Promise<boolean>;
  /** Renews the grants that end soon, or marks their connections where the network has no renewal. */
  renewGrants(): Promise<void>;
  /**
   * Reads something of a network with a connection's grant, which is renewed once when the network refuses it: here, because
   * a grant that rotates must be renewed in one place. Throws ProviderError.
   */
  withGrant<T>(connection: { workspaceId: string; id: string }, provider: Provider, act: (grant: unknown, io: Io) => Promise<T>): Promise<T>;
  /** When the last tick ended (epoch ms); null before the first. */
  lastTickAt(): number | null;
}

export interface EngineDeps extends Omit<PublishDeps, 'grants'> {
  /** This process's own name, never used before. */
  boot: string;
  /** No other process serves this database: leases of earlier boots are dead at once. */
  alone: boolean;
  /** Publications in flight at most. */
  concurrency: number;
}

export function createEngine(deps: EngineDeps): Engine {
  const { store, now, log, boot } = deps;
  const inFlight = new Map<string, Promise<void>>();
  const grants = createGrants(deps);
  const publishDeps: PublishDeps = { ...deps, grants };
  let stopping = false;
  let renewedAt = 0;
  let tickedAt: number | null = null;
  let claiming: Promise<void> | null = null;
  let claimAgain = false;

  /** Fills the free places; a place that becomes free is filled at once, not at the next tick. */
  function claim(): Promise<void> {
    claimAgain = true;
    claiming ??= (async () => {
      while (claimAgain) {
        claimAgain = false;
        await fill();
      }
    })().finally(() => { claiming = null; });
    return claiming;
  }

  async function fill() {
    const free = deps.concurrency - inFlight.size;
    if (stopping || free <= 0) return;
    const by = { boot, now: now(), until: now() + lease, limit: free, attemptId: () => newId(now()) };
    for (const claimed of await store.queue.claimDue(by)) {
      const { id } = claimed.publication;
      const work = publishOne(publishDeps, claimed)
        .catch((error: unknown) => log.error({ err: error, publication: id }, 'attempt could not be settled'))
        .then(() => void inFlight.delete(id));
      inFlight.set(id, work);
      void work.then(claim).catch((error: unknown) => log.error({ err: error }, 'claiming failed'));
    }
  }

  async function tick() {
    if (now() - renewedAt >= renewEvery || now() < renewedAt) {
      await store.queue.renew(boot, [...inFlight.keys()], now() + lease);
      renewedAt = now();
    }
    const back = await store.queue.recover({ boot, now: now(), alone: deps.alone });
    for (const { id, provider } of back) {
      deps.ended?.(provider, 'crashed');
      log.warn({ publication: id }, 'taken back from a run that died');
    }
    await claim();
    tickedAt = now();
  }

  async function idle() {
    for (;;) {
      const work = [...inFlight.values(), ...(claiming ? [claiming] : [])];
      if (work.length === 0) return;
      await Promise.all(work);
      // Lets the follow-up claim of the last work begin.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    tick, idle, lastTickAt: () => tickedAt,
    renewGrants: () => renewEndingGrants({ ...deps, grants }),
    withGrant: (connection, provider, act) => withGrant({ ...deps, grants }, connection, provider, act),
    async stop(ms) {
      stopping = true;
      const { promise: late, resolve } = Promise.withResolvers<false>();
      const timer = setTimeout(() => resolve(false), ms);
      const drained = await Promise.race([idle().then(() => true as const), late]);
      clearTimeout(timer);
      return drained;
    },
  };
}
