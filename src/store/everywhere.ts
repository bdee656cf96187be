import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm';
import type { Failure } from '../domain/failure.ts';
import type { PlatformEvent } from '../domain/channels/platform-event.ts';
import { atomic, type Db, type Tx } from './db.ts';
import { eraseConnection } from './erase.ts';
import { channels, connections, disconnectedChannels } from './schema/channels.ts';
import { deletionRequests, heededCalls } from './schema/instance.ts';
import { workspaces } from './schema/people.ts';
import { media } from './schema/posts.ts';
import { publications } from './schema/publications.ts';
import { sendable } from './channels/standing.ts';

export type DeletionRequest = typeof deletionRequests.$inferSelect;

/** A genuine call of a platform, about accounts in whatever workspace they are connected. */
export interface PlatformCall {
  /** The same for the same call. */
  digest: string;
  /** Whose hook it was. */
  provider: string;
  /** The networks that share its app, itself included. */
  family: readonly string[];
  events: readonly PlatformEvent[];
  /** For the request that a deletion becomes. */
  code: string;
  /** What people read at posts that a deletion stops. */
  erased: Failure;
  now: number;
}

/** The queue of all workspaces together, in numbers. */
export interface QueueTotals {
  waiting: number;
  due: number;
  late: number;
  publishing: number;
  stuck: number;
  unconfirmed: number;
  failed: number;
  held: number;
  oldestDueAt: number | null;
}

/** From when on what is due counts as late, and what is being sent without word as stuck (ms). */
const lateAfter = 60_000;

/**
 * The one room that looks across all workspaces: what a platform says of an account holds wherever that account is
 * connected. Nothing here gives one tenant's data to another.
 */
export function everywhereStore(db: Db) {
  const ofAccount = (family: readonly string[], accountId: string) => and(inArray(connections.provider, [...family]), eq(connections.accountId, accountId));

  function apply(tx: Tx, event: PlatformEvent, { family, erased, now }: PlatformCall): { connections: number; channels: number } {
    const found = tx.select().from(connections).where(ofAccount(family, event.accountId)).all();
    const ids = found.map(({ id }) => id);
    switch (event.kind) {
      case 'deauthorized':
        tx.update(connections).set({ grant: null, status: 'needs_reconnect', expiresAt: null, updatedAt: now })
          .where(and(inArray(connections.id, ids), ne(connections.status, 'revoked'))).run();
        break;
      case 'nudge':
        tx.update(publications).set({ dueAt: now, updatedAt: now }).where(and(
          eq(publications.status, 'scheduled'), eq(publications.reason, 'waiting_for_network'), gt(publications.dueAt, now),
          inArray(publications.channelId, tx.select({ id: channels.id }).from(channels).where(inArray(channels.connectionId, ids))),
        )).run();
        break;
      case 'deletion':
        return { connections: found.length, channels: ids.reduce((sum, id) => sum + eraseConnection(tx, id, erased, now), 0) };
    }
    return { connections: 0, channels: 0 };
  }

  return {
    /**
     * Does what a platform's call asks for, all or nothing, in every workspace. A call that was heeded before changes
     * nothing: a late repeat must not undo a reconnection. Gives the code of the deletion request, if it is one.
     */
    async heed(call: PlatformCall): Promise<{ again: boolean; code: string | null }> {
      return atomic(db, (tx) => {
        const before = tx.select().from(heededCalls).where(eq(heededCalls.digest, call.digest)).get();
        if (before) return { again: true, code: before.code };
        const counts = call.events.map((event) => apply(tx, event, call));
        const code = call.events.some(({ kind }) => kind === 'deletion') ? call.code : null;
        if (code !== null) {
          const sum = (of: 'connections' | 'channels') => counts.reduce((total, count) => total + count[of], 0);
          tx.insert(deletionRequests).values({ code, provider: call.provider, askedAt: call.now, connections: sum('connections'), channels: sum('channels') }).run();
        }
        // A nudge may come as often as it likes.
        if (call.events.some(({ kind }) => kind !== 'nudge')) tx.insert(heededCalls).values({ digest: call.digest, code, at: call.now }).run();
        return { again: false, code };
      });
    },

    /** The connections that events would reach; none when the call was heeded before. */
    async reached({ digest, family }: Pick<PlatformCall, 'digest' | 'family'>, accountIds: readonly string[]): Promise<string[]> {
      if (accountIds.length === 0 || db.select({ digest: heededCalls.digest }).from(heededCalls).where(eq(heededCalls.digest, digest)).get()) return [];
      return db.select({ id: connections.id }).from(connections)
        .where(and(inArray(connections.provider, [...family]), inArray(connections.accountId, [...accountIds]))).all().map(({ id }) => id);
    },

    async deletionRequest(code: string): Promise<DeletionRequest | undefined> {
      return db.select().from(deletionRequests).where(eq(deletionRequests.code, code)).get();
    },

    /** Which of these media there are, of whatever workspace. */
    async knownMedia(ids: readonly string[]): Promise<Set<string>> {
      return new Set(db.select({ id: media.id }).from(media).where(inArray(media.id, [...ids])).all().map(({ id }) => id));
    },

    /** Media by id, from the one after `after` on. */
    async mediaAfter(after: string, limit: number): Promise<Pick<typeof media.$inferSelect, 'id' | 'type'>[]> {
      return db.select({ id: media.id, type: media.type }).from(media).where(gt(media.id, after)).orderBy(asc(media.id)).limit(limit).all();
    },

    /** Whether any workspace has this account in use, but for one connection: then revoking it at the platform would cut others off. */
    async isConnected(family: readonly string[], accountId: string, butFor = ''): Promise<boolean> {
      return db.select({ id: connections.id }).from(connections)
        .where(and(ofAccount(family, accountId), ne(connections.id, butFor), isNotNull(connections.grant), inArray(connections.status, ['active', 'expiring']))).get() !== undefined;
    },

    /** The state of the whole queue, for whoever watches the instance. */
    async queueTotals(now: number): Promise<QueueTotals> {
      const due = sql`${publications.status} = 'scheduled' and ${publications.dueAt} <= ${now} and ${sendable}`;
      const row = db.select({
        waiting: sql<number>`coalesce(sum(${publications.status} = 'scheduled'), 0)`,
        due: sql<number>`coalesce(sum(${due}), 0)`,
        late: sql<number>`coalesce(sum(${due} and ${publications.dueAt} <= ${now - lateAfter}), 0)`,
        publishing: sql<number>`coalesce(sum(${publications.status} = 'publishing'), 0)`,
        stuck: sql<number>`coalesce(sum(${publications.status} = 'publishing' and ${publications.lockedUntil} <= ${now - lateAfter}), 0)`,
        unconfirmed: sql<number>`coalesce(sum(${publications.status} = 'unconfirmed'), 0)`,
        failed: sql<number>`coalesce(sum(${publications.status} = 'failed'), 0)`,
        held: sql<number>`coalesce(sum(${publications.status} = 'scheduled' and not ${sendable}), 0)`,
        oldestDueAt: sql<number | null>`min(case when ${due} then ${publications.dueAt} end)`,
      }).from(publications)
        .innerJoin(workspaces, eq(workspaces.id, publications.workspaceId))
        .innerJoin(channels, eq(channels.id, publications.channelId))
        .innerJoin(connections, eq(connections.id, channels.connectionId))
        .leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id))
        .where(inArray(publications.status, ['scheduled', 'publishing', 'unconfirmed', 'failed'])).get();
      if (!row) throw new Error('an aggregate gave no row');
      return row;
    },

    /** How many channels of these networks are connected, in all workspaces together. */
    async countChannels(family: readonly string[]): Promise<number> {
      return db.select({ n: sql<number>`count(*)` }).from(channels).innerJoin(connections, eq(connections.id, channels.connectionId))
        .where(and(inArray(channels.provider, [...family]), isNull(channels.removedAt), ne(connections.status, 'revoked'))).get()?.n ?? 0;
    },

    /** Connections whose access has ended for good: what waits there is held instead of being refused by the network. */
    async lapse(now: number): Promise<number> {
      return db.update(connections).set({ status: 'needs_reconnect', updatedAt: now })
        .where(and(lte(connections.expiresAt, now), inArray(connections.status, ['active', 'expiring']))).run().changes;
    },
  };
}
