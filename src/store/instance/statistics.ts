import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import { lateAfter, type Ended } from '../../domain/time/statistics.ts';
import type { Db } from '../db.ts';
import { publications } from '../schema/publications.ts';

/** Every zone's days begin on a multiple of this (ms). */
const quarter = 15 * 60_000;

export function statisticsStore(db: Db) {
  const endedAt = sql<number>`coalesce(${publications.publishedAt}, ${publications.updatedAt})`;
  const bucket = sql<number>`(${endedAt} / ${sql.raw(String(quarter))}) * ${sql.raw(String(quarter))}`;
  const how = sql<Ended['how']>`case when ${publications.status} = 'failed' then 'failed' when ${publications.publishedAt} - ${publications.scheduledFor} > ${sql.raw(String(lateAfter))} then 'late' else 'onTime' end`;

  return {
    /** What of this workspace ended since then, earliest first. What a person canceled or still has to decide did not end. */
    async ended(workspaceId: string, since: number): Promise<Ended[]> {
      return db.select({ provider: publications.provider, at: bucket, how, count: sql<number>`count(*)` }).from(publications)
        .where(and(eq(publications.workspaceId, workspaceId), inArray(publications.status, ['published', 'failed']), gte(publications.dueAt, since)))
        .groupBy(publications.provider, bucket, how).orderBy(bucket).all();
    },
  };
}
