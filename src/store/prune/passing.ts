import { count, inArray, lte, sql, type SQL } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { autosaves } from '../schema/autosaves.ts';
import { connecting } from '../schema/channels.ts';
import { heededCalls } from '../schema/instance.ts';
import { promisedPosts } from '../schema/keys.ts';
import { sessions } from '../schema/people.ts';
import { pruneRuns } from '../schema/prune.ts';
import { budgets, holds } from '../schema/publications.ts';
import type { PruneRule } from './rule.ts';

/** What serves for a while and carries its own end, or is left lying. */
export function passingRules(db: Db): readonly PruneRule[] {
  return [
    {
      class: 'sessions', rule: 'sessions that have ended',
      ...rowsOf((at) => lte(sessions.expiresAt, cutoffOf('sessions', 'expired', at)), {
        count: (where) => db.select({ n: count() }).from(sessions).where(where).get()?.n,
        prune: (where, limit) => db.delete(sessions).where(inArray(sessions.id, db.select({ id: sessions.id }).from(sessions).where(where).limit(limit))).run().changes,
      }),
    },
    {
      class: 'unsaved', rule: 'what was typed and not saved',
      ...rowsOf((at) => lte(autosaves.changedAt, cutoffOf('unsaved', 'made', at)), {
        count: (where) => db.select({ n: count() }).from(autosaves).where(where).get()?.n,
        prune: (where, limit) => db.delete(autosaves).where(inArray(autosaves.id, db.select({ id: autosaves.id }).from(autosaves).where(where).limit(limit))).run().changes,
      }),
    },
    {
      class: 'passing', rule: 'connections begun and not made in their time',
      ...rowsOf((at) => lte(connecting.expiresAt, cutoffOf('passing', 'expired', at)), {
        count: (where) => db.select({ n: count() }).from(connecting).where(where).get()?.n,
        prune: (where, limit) => db.delete(connecting).where(inArray(connecting.id, db.select({ id: connecting.id }).from(connecting).where(where).limit(limit))).run().changes,
      }),
    },
    {
      class: 'passing', rule: 'names that programs gave to what they made',
      ...rowsOf((at) => lte(promisedPosts.expiresAt, cutoffOf('passing', 'expired', at)), {
        count: (where) => db.select({ n: count() }).from(promisedPosts).where(where).get()?.n,
        prune: (where, limit) => db.delete(promisedPosts).where(inArray(sql`rowid`, db.select({ id: sql`rowid` }).from(promisedPosts).where(where).limit(limit))).run().changes,
      }),
    },
    {
      class: 'passing', rule: 'waits that are over',
      ...rowsOf((at) => lte(holds.until, cutoffOf('passing', 'expired', at)), {
        count: (where) => db.select({ n: count() }).from(holds).where(where).get()?.n,
        prune: (where, limit) => db.delete(holds).where(inArray(holds.key, db.select({ key: holds.key }).from(holds).where(where).limit(limit))).run().changes,
      }),
    },
    {
      // A handful of rows, one per network and allowance.
      class: 'passing', rule: 'allowances of networks that have lapsed',
      ...rowsOf((at) => lte(budgets.until, cutoffOf('passing', 'expired', at)), {
        count: (where) => db.select({ n: count() }).from(budgets).where(where).get()?.n,
        prune: (where) => db.delete(budgets).where(where).run().changes,
      }),
    },
    {
      class: 'calls', rule: 'what tells a repeated call of a network',
      ...rowsOf((at) => lte(heededCalls.at, cutoffOf('calls', 'made', at)), {
        count: (where) => db.select({ n: count() }).from(heededCalls).where(where).get()?.n,
        prune: (where, limit) => db.delete(heededCalls).where(inArray(heededCalls.digest, db.select({ digest: heededCalls.digest }).from(heededCalls).where(where).limit(limit))).run().changes,
      }),
    },
    {
      class: 'prunings', rule: 'the journal of nightly prunes',
      ...rowsOf((at) => lte(pruneRuns.at, cutoffOf('prunings', 'made', at)), {
        count: (where) => db.select({ n: count() }).from(pruneRuns).where(where).get()?.n,
        prune: (where, limit) => db.delete(pruneRuns).where(inArray(pruneRuns.id, db.select({ id: pruneRuns.id }).from(pruneRuns).where(where).limit(limit))).run().changes,
      }),
    },
  ];
}

/** The two halves of a rule over one table, from the condition that both share. */
function rowsOf(
  where: (at: number) => SQL, of: { count(where: SQL): number | undefined; prune(where: SQL, limit: number): number },
): Pick<PruneRule, 'count' | 'prune'> {
  return {
    count: (at) => of.count(where(at)) ?? 0,
    prune: (at, limit) => ({ rows: of.prune(where(at), limit), files: [] }),
  };
}
