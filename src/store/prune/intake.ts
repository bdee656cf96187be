import { and, count, inArray, isNull, lte, or } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import { atomic, type Db } from '../db.ts';
import { intakeDrafts, intakeHeard, intakeInvites } from '../schema/intake.ts';
import type { PruneRule } from './rule.ts';

/** What tells one message to a bot from another goes when nobody can send or change it again. */
export function intakeRules(db: Db): PruneRule[] {
  const end = (at: number) => cutoffOf('intake', 'made', at);
  // One that is still on its way is worked on for minutes; after twice the time it will never arrive.
  const drafts = (at: number) => or(and(lte(intakeDrafts.createdAt, end(at)), isNull(intakeDrafts.dueAt)), lte(intakeDrafts.createdAt, end(end(at))));
  const heard = (at: number) => lte(intakeHeard.at, end(at));
  const invites = (at: number) => lte(intakeInvites.expiresAt, at);
  return [
    {
      class: 'intake', rule: 'numbers of messages that became drafts',
      count: (at) => db.select({ n: count() }).from(intakeDrafts).where(drafts(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ files: [], rows: atomic(db, (tx) =>
        tx.delete(intakeDrafts).where(inArray(intakeDrafts.id, tx.select({ id: intakeDrafts.id }).from(intakeDrafts).where(drafts(at)).limit(limit))).run().changes) }),
    },
    {
      class: 'intake', rule: 'numbers of commands and buttons that were heeded',
      count: (at) => db.select({ n: count() }).from(intakeHeard).where(heard(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ files: [], rows: atomic(db, (tx) =>
        tx.delete(intakeHeard).where(inArray(intakeHeard.id, tx.select({ id: intakeHeard.id }).from(intakeHeard).where(heard(at)).limit(limit))).run().changes) }),
    },
    {
      class: 'intake', rule: 'links that nobody opened in time',
      count: (at) => db.select({ n: count() }).from(intakeInvites).where(invites(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ files: [], rows: atomic(db, (tx) =>
        tx.delete(intakeInvites).where(inArray(intakeInvites.id, tx.select({ id: intakeInvites.id }).from(intakeInvites).where(invites(at)).limit(limit))).run().changes) }),
    },
  ];
}
