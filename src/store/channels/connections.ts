import { and, asc, eq, inArray, isNotNull, isNull, lt, notInArray, sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../../domain/connection.ts';
import type { Json } from '../../domain/json.ts';
import { needsReseal, open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { record } from '../instance/audit.ts';
import { atomic, type Db } from '../db.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { workspaces } from '../schema/people.ts';

/** A connection without its grant: what pages and lists may see. */
export type Connection = Omit<typeof connections.$inferSelect, 'grant'>;

export interface OpenGrant {
  grant: Json;
  version: number;
}

export function connectionsStore(db: Db, ring: KeyRing) {
  const aad = (workspaceId: string, rowId: string) => ({ table: 'connections', rowId, workspaceId });
  const sealGrant = (workspaceId: string, id: string, grant: Json) =>
    seal(ring, JSON.stringify(grant), aad(workspaceId, id));
  const mine = (workspaceId: string, id: string) => and(eq(connections.workspaceId, workspaceId), eq(connections.id, id));

  return {
    /** Stores a new grant for an account: a connection that is there already is renewed and keeps its id and channels. */
    async connect(
      workspaceId: string,
      made: { id: string; provider: string; accountId: string; accountName: string; grant: Json; expiresAt: number | null; now: number },
    ): Promise<Connection> {
      return atomic(db, (tx) => {
        const { provider, accountId, accountName, expiresAt, now } = made;
        const known = tx.select().from(connections).where(and(
          eq(connections.workspaceId, workspaceId), eq(connections.provider, provider), eq(connections.accountId, accountId),
        )).get();
        const id = known?.id ?? made.id;
        const fresh = {
          accountName, expiresAt, status: 'active' as const, updatedAt: now, grantedAt: now,
          grant: sealGrant(workspaceId, id, made.grant), grantVersion: (known?.grantVersion ?? 0) + 1,
        };
        if (known) tx.update(connections).set(fresh).where(mine(workspaceId, id)).run();
        else tx.insert(connections).values({ id, workspaceId, provider, accountId, createdAt: now, ...fresh }).run();
        return withoutGrant(tx.select().from(connections).where(mine(workspaceId, id)).get());
      });
    },

    async get(workspaceId: string, id: string): Promise<Connection | undefined> {
      const row = db.select().from(connections).where(mine(workspaceId, id)).get();
      return row && withoutGrant(row);
    },

    async list(workspaceId: string): Promise<Connection[]> {
      return db.select().from(connections).where(eq(connections.workspaceId, workspaceId)).orderBy(asc(connections.createdAt))
        .all().map(withoutGrant);
    },

    /** The opened grant; undefined when the connection is gone or disconnected. */
    async grant(workspaceId: string, id: string): Promise<OpenGrant | undefined> {
      const row = db.select().from(connections).where(mine(workspaceId, id)).get();
      if (!row?.grant) return undefined;
      return { grant: JSON.parse(open(ring, row.grant, aad(workspaceId, id))) as Json, version: row.grantVersion };
    },

    /** Stores a refreshed grant if nobody has stored another since `version` was read. An end that did not move stays announced. */
    async refreshed(
      workspaceId: string, id: string, version: number, fresh: { grant: Json; expiresAt: number | null; now: number },
    ): Promise<boolean> {
      return db.update(connections).set({
        grant: sealGrant(workspaceId, id, fresh.grant), grantVersion: version + 1,
        expiresAt: fresh.expiresAt, updatedAt: fresh.now,
        status: sql`case when ${connections.status} = 'expiring' and ${connections.expiresAt} is ${fresh.expiresAt} then 'expiring' else 'active' end`,
      }).where(and(mine(workspaceId, id), eq(connections.grantVersion, version), isNotNull(connections.grant))).run().changes > 0;
    },

    /** Moves the status of a connection that still holds the grant of `version`. */
    async mark(workspaceId: string, id: string, version: number, status: ConnectionStatus, now: number): Promise<boolean> {
      return db.update(connections).set({ status, updatedAt: now })
        .where(and(mine(workspaceId, id), eq(connections.grantVersion, version), isNotNull(connections.grant))).run().changes > 0;
    },

    /** Connections whose grant ends before `at` and that are in use, in no workspace that is frozen. */
    async endingBefore(at: number): Promise<Connection[]> {
      const frozen = db.select({ id: workspaces.id }).from(workspaces).where(isNotNull(workspaces.frozenAt));
      return db.select().from(connections)
        .where(and(notInArray(connections.workspaceId, frozen), lt(connections.expiresAt, at), inArray(connections.status, ['active', 'expiring']), isNotNull(connections.grant))).all().map(withoutGrant);
    },

    /** Deletes the grant at once; the row stays so that its channels keep their history. */
    async disconnect(workspaceId: string, id: string, now: number, userId?: string | null): Promise<void> {
      atomic(db, (tx) => {
        tx.update(connections).set({ grant: null, status: 'revoked', expiresAt: null, updatedAt: now }).where(mine(workspaceId, id)).run();
        if (userId === undefined) return;
        const along = tx.select({ id: channels.id }).from(channels).leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id))
          .where(and(eq(channels.workspaceId, workspaceId), eq(channels.connectionId, id), isNull(channels.removedAt), isNull(disconnectedChannels.channelId))).all();
        for (const channelId of along.length > 0 ? along.map((channel) => channel.id) : [null]) record(tx, workspaceId, { userId, now }, 'channel.disconnected', channelId);
      });
    },

    /**
     * Disconnects one channel and keeps the grant without its part, if nobody has stored another grant since `version` was
     * read.
     */
    async disconnectChannel(workspaceId: string, id: string, version: number, { channelId, grant, now, userId }: { channelId: string; grant: Json; now: number; userId?: string | null }): Promise<boolean> {
      return atomic(db, (tx) => {
        const kept = tx.update(connections).set({ grant: sealGrant(workspaceId, id, grant), grantVersion: version + 1, updatedAt: now })
          .where(and(mine(workspaceId, id), eq(connections.grantVersion, version), isNotNull(connections.grant))).run().changes > 0;
        if (kept) tx.insert(disconnectedChannels).values({ channelId, at: now }).onConflictDoNothing().run();
        if (kept && userId !== undefined) record(tx, workspaceId, { userId, now }, 'channel.disconnected', channelId);
        return kept;
      });
    },

    /** Seals up to `limit` grants anew with the newest key; returns how many it did. */
    async reseal(limit: number): Promise<number> {
      const rows = db.select().from(connections).where(isNotNull(connections.grant)).all()
        .filter((row) => row.grant && needsReseal(ring, row.grant)).slice(0, limit);
      for (const row of rows) {
        if (!row.grant) continue;
        const grant = JSON.parse(open(ring, row.grant, aad(row.workspaceId, row.id))) as Json;
        db.update(connections).set({ grant: sealGrant(row.workspaceId, row.id, grant) })
          .where(and(mine(row.workspaceId, row.id), eq(connections.grantVersion, row.grantVersion))).run();
      }
      return rows.length;
    },
  };
}

function withoutGrant(row: typeof connections.$inferSelect | undefined): Connection {
  if (!row) throw new Error('connection vanished inside its own transaction');
  const { grant: _, ...rest } = row;
  return rest;
}
