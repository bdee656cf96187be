import { and, eq, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Failure } from '../domain/failure.ts';
import type { AttemptOutcome, WaitReason } from '../domain/publication.ts';
import type { Snapshot } from '../domain/posts/snapshot.ts';
import { atomic, type Db, type Tx } from './db.ts';
import { fenced, type Lease } from './journal.ts';
import { connections } from './schema/channels.ts';
import { attempts, holds, publications } from './schema/publications.ts';

export type PublicationRow = typeof publications.$inferSelect;

export interface Claimed {
  publication: PublicationRow;
  lease: Lease;
}

/** How a run ended, as one write. */
export interface Settlement {
  outcome: AttemptOutcome;
  failure: Failure | null;
  change:
    | { status: 'published'; remoteId: string; url: string | null; publishedAt: number }
    | { status: 'failed' | 'unconfirmed' }
    | { status: 'scheduled'; dueAt: number; reason: WaitReason; failures: number };
  hold?: { key: string; until: number };
  /** The connection whose grant was refused, with the version that was. */
  reconnect?: { connectionId: string; version: number };
}

/** The queue: claims, leases and settlements. Only the engine calls it. */
export function queueStore(db: Db) {
  return {
    /**
     * Claims what is due, earliest first, at most one publication per channel and none on a channel, network, connection
     * or workspace that is held. Each claim is an attempt.
     */
    async claimDue(by: { boot: string; now: number; until: number; limit: number; attemptId: () => string }): Promise<Claimed[]> {
      return atomic(db, (tx) => tx.update(publications)
        .set({ status: 'publishing', lockedBy: by.boot, lockedUntil: by.until, updatedAt: by.now })
        .where(inArray(publications.id, dueIds(by.now, by.limit)))
        .returning().all()
        .sort((a, b) => a.dueAt - b.dueAt)
        .map((publication) => ({ publication, lease: beginAttempt(tx, publication, by) })));
    },

    /** Keeps the leases of what this boot is working on. */
    async renew(boot: string, publicationIds: readonly string[], until: number): Promise<void> {
      if (publicationIds.length === 0) return;
      db.update(publications).set({ lockedUntil: until })
        .where(and(inArray(publications.id, [...publicationIds]), eq(publications.lockedBy, boot), eq(publications.status, 'publishing'))).run();
    },

    /**
     * Gives back what nobody works on any more: leases that ran out and, when this process is known to be alone (`alone`),
     * every lease of an earlier boot. The attempt is closed as crashed and counts as a failure.
     */
    async recover(by: { boot: string; now: number; alone: boolean }): Promise<PublicationRow[]> {
      return atomic(db, (tx) => {
        const dead = or(lt(publications.lockedUntil, by.now), by.alone ? ne(publications.lockedBy, by.boot) : undefined);
        const rows = tx.update(publications).set({
          status: 'scheduled', reason: 'resumed', dueAt: by.now, lockedBy: null, lockedUntil: null, updatedAt: by.now,
          failures: sql`${publications.failures} + 1`,
        }).where(and(eq(publications.status, 'publishing'), dead)).returning().all();
        if (rows.length > 0) {
          tx.update(attempts).set({ endedAt: by.now, outcome: 'crashed' })
            .where(and(inArray(attempts.publicationId, rows.map(({ id }) => id)), isNull(attempts.endedAt))).run();
        }
        return rows;
      });
    },

    /** When the next publication of anybody is due (epoch ms), late ones included; null when nothing waits. */
    async nextDueAt(): Promise<number | null> {
      return db.select({ at: sql<number | null>`min(${publications.dueAt})` }).from(publications).where(eq(publications.status, 'scheduled')).get()?.at ?? null;
    },

    /** Freezes what is sent; the first snapshot stays. */
    async freeze(lease: Lease, snapshot: Snapshot): Promise<Snapshot> {
      return fenced(db, lease, (tx) => {
        tx.update(publications).set({ snapshot }).where(and(eq(publications.id, lease.publicationId), isNull(publications.snapshot))).run();
        return tx.select({ snapshot: publications.snapshot }).from(publications).where(eq(publications.id, lease.publicationId)).get()?.snapshot ?? snapshot;
      });
    },

    /** Ends an attempt and moves its publication; nothing happens (throws) when the lease is lost. */
    async settle(lease: Lease, { outcome, failure, change, hold, reconnect }: Settlement, now: number): Promise<void> {
      fenced(db, lease, (tx) => {
        tx.update(attempts).set({ endedAt: now, outcome, failure }).where(eq(attempts.id, lease.attemptId)).run();
        tx.update(publications).set({ reason: null, ...change, failure, lockedBy: null, lockedUntil: null, updatedAt: now })
          .where(eq(publications.id, lease.publicationId)).run();
        if (hold) {
          tx.insert(holds).values(hold).onConflictDoUpdate({ target: holds.key, set: { until: sql`max(${holds.until}, ${hold.until})` } }).run();
        }
        if (reconnect) {
          tx.update(connections).set({ status: 'needs_reconnect', updatedAt: now }).where(and(
            eq(connections.workspaceId, lease.workspaceId), eq(connections.id, reconnect.connectionId),
            eq(connections.grantVersion, reconnect.version), ne(connections.status, 'revoked'),
          )).run();
        }
      });
    },

    /**
     * After an older copy of the database was put back: what was due before now may have gone out since the copy was made,
     * so it is a person's to decide. Returns how many publications that are.
     */
    async doubtDue(failure: Failure, now: number): Promise<number> {
      return db.update(publications).set({ status: 'unconfirmed', reason: null, failure, lockedBy: null, lockedUntil: null, updatedAt: now })
        .where(and(inArray(publications.status, ['scheduled', 'publishing']), lte(publications.dueAt, now))).run().changes;
    },

    async sweepHolds(now: number): Promise<void> {
      db.delete(holds).where(lt(holds.until, now)).run();
    },
  };
}

/** Something of it may be seen already: it is settled also while its workspace is being deleted. */
const seen = sql`exists (select 1 from steps s where s.publication_id = p.id and s.kind = 'once')`;

/** The first due publication of each channel that may send now. */
function dueIds(now: number, limit: number) {
  return sql`(select id from (
    select p.id as id, min(p.due_at) as due from publications p
      join channels c on c.id = p.channel_id
      join connections k on k.id = c.connection_id
      join workspaces w on w.id = p.workspace_id
    where p.status = 'scheduled' and p.due_at <= ${now}
      and k.status in ('active', 'expiring')
      and ((w.frozen_at is null and w.suspended_at is null and w.unpaid_at is null) or (w.erasing_at is not null and ${seen}))
      and (c.paused_at is null or (w.erasing_at is not null and ${seen}))
      and not exists (select 1 from disconnected_channels d where d.channel_id = p.channel_id)
      and not exists (select 1 from publications q where q.channel_id = p.channel_id and q.status = 'publishing')
      and not exists (select 1 from holds h where h.until > ${now} and h.key in ('channel:' || p.channel_id, 'app:' || p.provider))
    group by p.channel_id order by due limit ${limit}))`;
}

function beginAttempt(tx: Tx, publication: PublicationRow, by: { boot: string; now: number; attemptId: () => string }): Lease {
  const { id: publicationId, workspaceId } = publication;
  const last = tx.select({ n: sql<number | null>`max(${attempts.number})` }).from(attempts).where(eq(attempts.publicationId, publicationId)).get();
  const attemptId = by.attemptId();
  tx.insert(attempts).values({ id: attemptId, publicationId, workspaceId, number: (last?.n ?? 0) + 1, startedAt: by.now }).run();
  return { publicationId, workspaceId, boot: by.boot, attemptId };
}
