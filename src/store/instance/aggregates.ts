import { asc, inArray, sql } from 'drizzle-orm';
import { atomic, type Db } from '../db.ts';
import { aggregates } from '../schema/aggregates.ts';
import { publications } from '../schema/publications.ts';

export type Aggregate = typeof aggregates.$inferSelect;

/** As the post's page tells it. */
const lateMs = 60_000;

/** Sums over the whole instance that identify nobody: what is in them cannot be taken out again, nor led back to anybody. */
export function aggregatesStore(db: Db) {
  return {
    /**
     * Adds up to `limit` ends that are not in the sums yet and gives how many those were; each is counted once, however
     * often and wherever this stops. What failed and was published after all is counted as both. Of the workspaces in
     * `excluded`, whose people objected, nothing is counted, then or later.
     */
    async count(limit: number, excluded: readonly string[] = []): Promise<number> {
      return atomic(db, (tx) => {
        const { id, workspaceId, provider, status, publishedAt, updatedAt, scheduledFor } = publications;
        const open = tx.select({ id, workspaceId, provider, status, publishedAt, updatedAt, scheduledFor }).from(publications)
          // In the words of the index `publications_uncounted`.
          .where(sql`status in ('published', 'failed', 'canceled') and (counted is null or counted <> status)`)
          .orderBy(asc(publications.id)).limit(limit).all();
        const left = new Set(excluded);
        const counted = open.filter((one) => !left.has(one.workspaceId)).flatMap((one) => {
          const at = one.publishedAt ?? one.updatedAt;
          const late = one.status === 'published' && at - one.scheduledFor > lateMs;
          return (late ? [one.status, 'late'] : [one.status]).map((what) => ({ month: new Date(at).toISOString().slice(0, 7), provider: one.provider, what }));
        });
        for (const [first, ...more] of Map.groupBy(counted, ({ month, provider: of, what }) => `${month} ${of} ${what}`).values()) {
          if (!first) continue;
          const count = more.length + 1;
          tx.insert(aggregates).values({ ...first, count })
            .onConflictDoUpdate({ target: [aggregates.month, aggregates.provider, aggregates.what], set: { count: sql`${aggregates.count} + ${count}` } }).run();
        }
        if (open.length > 0) tx.update(publications).set({ counted: sql`${publications.status}` }).where(inArray(publications.id, open.map((one) => one.id))).run();
        return open.length;
      });
    },

    async all(): Promise<Aggregate[]> {
      return db.select().from(aggregates).orderBy(asc(aggregates.month), asc(aggregates.provider), asc(aggregates.what)).all();
    },
  };
}
