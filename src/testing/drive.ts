import { newId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { IoFor, Provider } from '../providers/contract.ts';
import { registryOf } from '../providers/index.ts';
import { createEngine, type Engine } from '../publishing/engine.ts';
import type { Publication } from '../domain/publication.ts';
import type { Store } from '../store/index.ts';
import type { FakeClock } from './world.ts';

export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** An engine as one boot of the program has it. */
export function bootEngine(
  { store, providers, io, clock, log = quiet }: { store: Store; providers: readonly Provider[]; io: IoFor; clock: FakeClock; log?: Log },
): Engine {
  return createEngine({
    store, providers: registryOf(providers), io, now: clock.now, log, boot: newId(clock.now()), alone: true, concurrency: 8,
  });
}

/**
 * Runs an engine with time passing until the publication has come to its end or waits for a person. Throws when it has not
 * after `rounds` looks, which is what "lost" would look like.
 */
export async function drive(
  engine: Engine, { store, clock, workspaceId, publicationId, rounds = 60, waits }: {
    store: Store; clock: FakeClock; workspaceId: string; publicationId: string; rounds?: number; waits?: (publication: Publication) => Promise<void>;
  },
): Promise<Publication> {
  for (let round = 0; round < rounds; round += 1) {
    await engine.tick();
    await engine.idle();
    const publication = await store.publications.get(workspaceId, publicationId);
    if (!publication) throw new Error('the publication is gone');
    if (publication.status !== 'scheduled' && publication.status !== 'publishing') return publication;
    if (publication.held) return publication;
    await waits?.(publication);
    clock.set(Math.max(publication.dueAt, clock.now() + 1_000));
  }
  throw new Error('the publication never came to an end');
}
