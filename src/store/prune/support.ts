import { and, count, inArray, isNull, lte } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { supportThreads } from '../schema/support.ts';
import type { PruneRule } from './rule.ts';

/** Three years after the last message or until the account is deleted, whichever is later: with an account there, it stays. */
export function supportRules(db: Db): readonly PruneRule[] {
  const over = (at: number) => and(isNull(supportThreads.userId), lte(supportThreads.lastAt, cutoffOf('support', 'last_contact', at)));
  return [{
    class: 'support', rule: 'conversations 3 years after the last message, while no account is theirs',
    count: (at) => db.select({ n: count() }).from(supportThreads).where(over(at)).get()?.n ?? 0,
    prune: (at, limit) => ({ rows: db.delete(supportThreads).where(inArray(supportThreads.id, db.select({ id: supportThreads.id }).from(supportThreads).where(over(at)).limit(limit))).run().changes, files: [] }),
  }];
}
