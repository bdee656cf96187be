import { day } from '../../domain/promise/retention.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { PruneRun, RuleName } from '../../store/instance/prunings.ts';
import { fileRules, type FileRule } from './files.ts';
import { missingFiles } from './orphans.ts';

type PruneDeps = Pick<Deps, 'store' | 'storage' | 'config' | 'now' | 'log'>;

/** When in the night, UTC. */
const hour = { hours: 3, minutes: 17 };
/** Rows in a batch: as many as fit into `batchMs`, within these bounds. However slow the disk is, it must come to an end. */
const smallestBatch = 50;
const largestBatch = 500;
/** How long one batch should hold the writer's lock, and how long everybody else has the database afterwards (ms). */
const batchMs = 15;
const restMs = 25;
const filesAtOnce = 50;
/** How long the database takes to be written anew, on a slow disk: 30 ms for a megabyte. */
const msPerByte = 30 / 1_000_000;
/** How long it waits for a gap between posts, and how often it looks for one (ms). */
const longestWait = 2 * 60 * 60_000;
const lookAgainMs = 500;
const overdue = 10 * 60_000;

export interface PruneOptions {
  /** Ends it after the batch at hand; the next prune goes on from there. */
  stopping?: AbortSignal;
  /** Workspaces that nothing is to be counted of. */
  excluded?: readonly string[];
}

export interface PruneEnd {
  /** False when it was stopped on the way; the next one goes on from there. */
  ended: boolean;
  rows: number;
  files: number;
}

/**
 * Deletes everything that has reached its end at `at`: rule after rule, in small batches with rests, so that publishing and
 * pages go on. Rows go before their files: a death in between leaves a file without a row, which the rule about such files
 * takes. Each batch is journaled with its rows, so a run that died is taken up where it stopped.
 */
export async function prune(deps: PruneDeps, at: number, { stopping = new AbortController().signal, excluded = [] }: PruneOptions = {}): Promise<PruneEnd> {
  const { store, storage, now, log } = deps;
  const run = await store.prunings.begin(newId(now()), at, now());
  const sum: PruneEnd = { ended: false, rows: 0, files: 0 };
  // The sums are made from records that may be gone afterwards.
  for await (const _ of batches(async (limit) => ({ rows: await store.aggregates.count(limit, excluded) }), stopping));
  for (const { rule } of store.prunings.rules()) {
    for await (const gone of batches((limit) => store.prunings.batch(run, rule, limit, now()), stopping)) {
      await removeAll(storage, gone.files);
      sum.rows += gone.rows;
      sum.files += gone.files.length;
    }
  }
  for (const rule of fileRules(deps)) sum.files += await pruneFiles(deps, run, rule, stopping);
  const missing = await missingFiles(deps, stopping);
  if (stopping.aborted) return sum;
  if (missing > 0) log.warn({ missing }, 'media whose files are not on disk: look whether a disk or a backup lacks them');
  await quietMoment(deps, stopping);
  if (stopping.aborted) return sum;
  await compact(deps);
  await store.prunings.end(run.id, now());
  log.info({ rows: sum.rows, files: sum.files }, 'what had reached its end is deleted');
  return { ...sum, ended: true };
}

/** What would go at `at`, rule by rule. Deletes nothing. */
export async function pruneCounts(deps: PruneDeps, at: number): Promise<(RuleName & { count: number })[]> {
  const ofFiles = await Promise.all(fileRules(deps).map(async ({ class: of, rule, due }) => ({ class: of, rule, count: (await due(at)).length })));
  return [...(await deps.store.prunings.counts(at)), ...ofFiles];
}

/** The prune of the last night, if it has not been done: missed nights are caught up, a run that died is gone on with. */
export async function pruneIfDue(deps: PruneDeps, options: PruneOptions = {}): Promise<void> {
  const last = await deps.store.prunings.last();
  if (last?.endedAt != null && last.endedAt >= lastNight(deps.now())) return;
  await prune(deps, deps.now(), options);
}

/** The latest 03:17 UTC at or before `now`. */
function lastNight(now: number): number {
  const tonight = new Date(now).setUTCHours(hour.hours, hour.minutes, 0, 0);
  return tonight <= now ? tonight : tonight - day;
}

/** Several at a time: one by one each would wait for its turn behind everything else that the process does. */
async function removeAll(storage: PruneDeps['storage'], ids: readonly string[]) {
  for (let n = 0; n < ids.length; n += filesAtOnce) await Promise.all(ids.slice(n, n + filesAtOnce).map((id) => storage.remove(id)));
}

/**
 * Writing the file anew stops everything else for as long as it takes, so it waits for a gap between two posts that is wide
 * enough for it. A night that has none gets it all the same, in the end.
 */
async function quietMoment({ store, now }: PruneDeps, stopping: AbortSignal) {
  const needs = 2_000 + 2 * (await store.prunings.size()) * msPerByte;
  const until = now() + longestWait;
  while (!stopping.aborted && now() < until) {
    const next = await store.queue.nextDueAt();
    // What is long overdue waits for a person or a network, and nobody knows for how long.
    if (next === null || next < now() - overdue || next > now() + needs) return;
    await rest(lookAgainMs);
  }
}

/** Also for what people deleted themselves since the night before. Where it fails the next night does it. */
async function compact({ store, log }: PruneDeps) {
  try {
    if (!(await store.prunings.compact())) log.warn({}, 'the log of writes could not be emptied, for another process reads the database');
  } catch (error) {
    log.error({ err: error }, 'the database could not be written anew; is the disk full?');
  }
}

/** Batches until nothing is left or the house stops; each as large as fits its time, with a rest in proportion after it. */
async function* batches<T extends { rows: number }>(batch: (limit: number) => Promise<T>, stopping: AbortSignal): AsyncGenerator<T> {
  for (let limit = smallestBatch; !stopping.aborted;) {
    const began = performance.now();
    const gone = await batch(limit);
    const took = performance.now() - began;
    if (gone.rows > 0) yield gone;
    if (gone.rows < limit) return;
    limit = Math.max(smallestBatch, Math.min(largestBatch, took > batchMs ? limit >> 1 : limit * 2));
    await rest(restMs);
  }
}

async function pruneFiles({ store, now }: PruneDeps, run: PruneRun, { class: of, rule, due, remove }: FileRule, stopping: AbortSignal): Promise<number> {
  let files = 0;
  for (const name of stopping.aborted ? [] : await due(run.at)) {
    if (stopping.aborted) break;
    await remove(name);
    files += 1;
  }
  if (files > 0) await store.prunings.note({ runId: run.id, class: of, rule, rows: 0, files, at: now() });
  return files;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
