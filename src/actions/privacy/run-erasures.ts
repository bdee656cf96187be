import { setTimeout as pause } from 'node:timers/promises';
import { settleWithin } from '../../domain/promise/privacy.ts';
import type { Deps } from '../../deps.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import { removeArchives, removeCopies } from '../portability/files.ts';
import { beginErasure } from './begin-erasure.ts';
import { endGrants } from './end-grants.ts';

export type EraseDeps = Pick<Deps, 'store' | 'storage' | 'providers' | 'io' | 'now' | 'log' | 'config'>;

/** Rows in one act, and the breath between two (ms): pages are served meanwhile. */
const batch = 25;
const breath = 10;

/** When what cannot go on now is looked at again (ms). */
const soon = 2_000;

/**
 * Does what is due of the deletions, each step a short act that can be broken off anywhere: the next run finds what is left.
 * Ends early when `stop` says so. `hurry` leaves out the breaths, where nobody is served yet.
 */
export async function runErasures(deps: EraseDeps, { stop, hurry = false }: { stop?: AbortSignal; hurry?: boolean } = {}): Promise<void> {
  const { store, now, log } = deps;
  const rest = () => (hurry ? Promise.resolve() : pause(breath));
  for (const due of await store.erasures.due(now())) {
    if (stop?.aborted) return;
    // The one before may have taken it along.
    const row = await store.erasures.get(due.id);
    if (!row || row.doneAt !== null || row.canceledAt !== null || row.nextAt > now()) continue;
    try {
      const work = row.kind === 'account' ? eraseAccount : eraseWorkspace;
      await work(deps, await begun(deps, row), { stop, rest });
    } catch (error) {
      log.error({ err: error, erasure: row.id }, 'a deletion could not go on');
      await store.erasures.lookAgain(row.id, now() + 60_000);
    }
  }
}

interface Pace {
  stop: AbortSignal | undefined;
  rest: () => Promise<void>;
}

async function begun(deps: EraseDeps, row: Erasure): Promise<Erasure> {
  if (row.begunAt === null || row.notedAt === null) await beginErasure(deps, row.id);
  return (await deps.store.erasures.get(row.id)) ?? row;
}

async function eraseWorkspace(deps: EraseDeps, row: Erasure, pace: Pace): Promise<void> {
  const { store, storage, now } = deps;
  const { id, subjectId: workspaceId } = row;
  const beganAt = row.begunAt ?? now();
  if (now() - beganAt >= settleWithin) await store.inFlight.stop(workspaceId, now());
  const flying = (await store.inFlight.connections(workspaceId)).size;
  const grants = await endGrants(deps, workspaceId, { beganAt, patienceMs: 10_000 });
  if (flying > 0 || grants > 0) return store.erasures.lookAgain(id, now() + soon);

  await removeCopies(deps, { workspaceId });
  await removeArchives(deps, { workspaceId });
  while (!pace.stop?.aborted && (await store.wipe.posts(id, workspaceId, batch)) > 0) await pace.rest();
  for (;;) {
    const files = pace.stop?.aborted ? [] : await store.wipe.files(workspaceId, batch);
    if (files.length === 0) break;
    for (const file of files) await storage.remove(file);
    await store.wipe.media(id, workspaceId, files);
    await pace.rest();
  }
  await endSubject(deps, row, pace);
}

async function eraseAccount(deps: EraseDeps, row: Erasure, pace: Pace): Promise<void> {
  const { store, now } = deps;
  if (!(await store.erasures.isAlone(row.id))) return store.erasures.lookAgain(row.id, now() + soon);
  await removeCopies(deps, { userId: row.subjectId });
  await removeArchives(deps, { userId: row.subjectId });
  await endSubject(deps, row, pace);
}

/** What is left of it: all that names it, then the row itself, then what the write-ahead log still shows. */
async function endSubject({ store, now, log }: EraseDeps, { id, kind, subjectId }: Erasure, { stop, rest }: Pace): Promise<void> {
  if (stop?.aborted) return;
  await store.wipe.unname(kind, subjectId, now());
  for (;;) {
    if (stop?.aborted) return;
    if ((await store.wipe.references(id, kind, subjectId, batch)) === 0) break;
    await rest();
  }
  await store.wipe.subject(kind, subjectId);
  if (!(await store.wipe.scrub())) return store.erasures.lookAgain(id, now() + soon);
  await store.erasures.finish(id, now());
  await store.prunings.settleLog();
  log.info({ erasure: id, kind, counts: (await store.erasures.get(id))?.counts }, 'a deletion is done');
}
