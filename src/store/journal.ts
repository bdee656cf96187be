import { and, asc, eq, exists, isNull, sql } from 'drizzle-orm';
import type { Json } from '../domain/json.ts';
import { atomic, type Db, type Tx } from './db.ts';
import { attempts, publications, steps } from './schema/publications.ts';

export type Step = typeof steps.$inferSelect;
export type Attempt = typeof attempts.$inferSelect;

/** The right to write for a publication: held by one boot, through one attempt. */
export interface Lease {
  publicationId: string;
  workspaceId: string;
  boot: string;
  attemptId: string;
}

/** Somebody else holds the publication now; whoever gets this must stop touching it. */
export class LostLeaseError extends Error {
  override name = 'LostLeaseError';
}

export function journalStore(db: Db) {
  const key = (lease: Lease, name: string) => and(eq(steps.publicationId, lease.publicationId), eq(steps.name, name));

  return {
    async stepsOf(workspaceId: string, publicationId: string): Promise<Step[]> {
      return db.select().from(steps).where(and(eq(steps.workspaceId, workspaceId), eq(steps.publicationId, publicationId))).orderBy(asc(steps.startedAt)).all();
    },

    /** Marks a step as begun; on disk when this returns. The time of the first unanswered call stays. */
    async intend(lease: Lease, name: string, kind: Step['kind'], now: number): Promise<void> {
      fenced(db, lease, (tx) => {
        const { publicationId, workspaceId, attemptId } = lease;
        const mark = { state: 'intended' as const, attemptId, calledAt: now };
        tx.insert(steps).values({ publicationId, workspaceId, name, kind, startedAt: now, ...mark })
          .onConflictDoUpdate({ target: [steps.publicationId, steps.name], set: mark }).run();
      });
    },

    /** Keeps the first time at which a wait was asked for. */
    async wait(lease: Lease, name: string, now: number): Promise<void> {
      fenced(db, lease, (tx) => {
        const { publicationId, workspaceId, attemptId } = lease;
        tx.insert(steps).values({ publicationId, workspaceId, attemptId, name, kind: 'until', state: 'waiting', startedAt: now })
          .onConflictDoNothing().run();
      });
    },

    async done(lease: Lease, name: string, kind: Step['kind'], result: Json, now: number): Promise<void> {
      fenced(db, lease, (tx) => {
        const { publicationId, workspaceId, attemptId } = lease;
        const end = { state: 'done' as const, result, endedAt: now };
        tx.insert(steps).values({ publicationId, workspaceId, attemptId, name, kind, startedAt: now, ...end })
          .onConflictDoUpdate({ target: [steps.publicationId, steps.name], set: end }).run();
      });
    },

    /** Takes an intent back after a clear "no". */
    async withdraw(lease: Lease, name: string): Promise<void> {
      fenced(db, lease, (tx) => tx.delete(steps).where(and(key(lease, name), eq(steps.state, 'intended'))).run());
    },

    async attemptsOf(workspaceId: string, publicationId: string): Promise<Attempt[]> {
      return db.select().from(attempts)
        .where(and(eq(attempts.workspaceId, workspaceId), eq(attempts.publicationId, publicationId))).orderBy(asc(attempts.number)).all();
    },
  };
}

/** Writes only while the lease is held, in the same transaction that checks it. */
export function fenced<T>(db: Db, lease: Lease, write: (tx: Tx) => T): T {
  return atomic(db, (tx) => {
    const held = tx.select({ one: sql`1` }).from(publications).where(and(
      eq(publications.id, lease.publicationId), eq(publications.status, 'publishing'), eq(publications.lockedBy, lease.boot),
      // Within one boot a claim may have lapsed and been made again: its attempt is ended then.
      exists(tx.select({ one: sql`1` }).from(attempts).where(and(eq(attempts.id, lease.attemptId), isNull(attempts.endedAt)))),
    )).get();
    if (!held) throw new LostLeaseError(`publication ${lease.publicationId} is no longer held by this process`);
    return write(tx);
  });
}
