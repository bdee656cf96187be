import { and, inArray, lte, sql } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { requests } from '../schema/privacy.ts';
import type { PruneRule } from './rule.ts';

/** Records of requests that were answered or taken back long ago. */
export function requestRules(db: Db): readonly PruneRule[] {
  const over = (at: number) => and(lte(sql`coalesce(${requests.answeredAt}, ${requests.canceledAt})`, cutoffOf('requests', 'last_contact', at)));
  return [{
    class: 'requests', rule: 'requests about data 3 years after the answer',
    count: (at) => db.select({ n: sql<number>`count(*)` }).from(requests).where(over(at)).get()?.n ?? 0,
    prune: (at, limit) => {
      const ids = db.select({ id: requests.id }).from(requests).where(over(at)).limit(limit);
      return { rows: db.delete(requests).where(inArray(requests.id, ids)).run().changes, files: [] };
    },
  }];
}
