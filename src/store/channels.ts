import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../domain/connection.ts';
import { atomic, type Db } from './db.ts';
import { channels, connections } from './schema/channels.ts';
import { publications } from './schema/publications.ts';

export type ChannelRow = typeof channels.$inferSelect;

/** A channel with the state of the connection it is reached through. */
export interface Channel extends ChannelRow {
  connectionStatus: ConnectionStatus;
  expiresAt: number | null;
  accountName: string;
}

export function channelsStore(db: Db) {
  const select = () => db.select({ channel: channels, connection: connections }).from(channels)
    .innerJoin(connections, eq(connections.id, channels.connectionId));
  const joined = ({ channel, connection }: { channel: ChannelRow; connection: typeof connections.$inferSelect }): Channel =>
    ({ ...channel, connectionStatus: connection.status, expiresAt: connection.expiresAt, accountName: connection.accountName });

  return {
    async list(workspaceId: string): Promise<Channel[]> {
      return select().where(and(eq(channels.workspaceId, workspaceId), isNull(channels.removedAt))).orderBy(asc(channels.createdAt), asc(channels.id)).all().map(joined);
    },

    async get(workspaceId: string, id: string): Promise<Channel | undefined> {
      const row = select().where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, id))).get();
      return row && joined(row);
    },

    /**
     * Puts the targets of a connection up as channels. A place that is a channel already keeps its id and its posts and
     * moves to this connection; what it is called is brought up to date.
     */
    async put(workspaceId: string, rows: readonly Omit<ChannelRow, 'workspaceId' | 'removedAt'>[]): Promise<void> {
      atomic(db, (tx) => {
        for (const row of rows) {
          const { connectionId, name, handle, url, avatarUrl, limits } = row;
          tx.insert(channels).values({ ...row, workspaceId })
            .onConflictDoUpdate({
              target: [channels.workspaceId, channels.provider, channels.remoteId],
              set: { connectionId, name, handle, url, avatarUrl, limits, removedAt: null },
            }).run();
        }
      });
    },

    async ofConnection(workspaceId: string, connectionId: string): Promise<ChannelRow[]> {
      return db.select().from(channels)
        .where(and(eq(channels.workspaceId, workspaceId), eq(channels.connectionId, connectionId))).all();
    },

    /**
     * Takes a disconnected channel out of sight and cancels what still waited for it. Refused (false) while its connection
     * holds a grant or something is being sent on it.
     */
    async remove(workspaceId: string, id: string, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const onIt = eq(publications.channelId, id);
        if (tx.select({ id: publications.id }).from(publications).where(and(onIt, eq(publications.status, 'publishing'))).get()) return false;
        const gone = tx.update(channels).set({ removedAt: now }).where(and(
          eq(channels.workspaceId, workspaceId), eq(channels.id, id), isNull(channels.removedAt),
          inArray(channels.connectionId, tx.select({ id: connections.id }).from(connections).where(eq(connections.status, 'revoked'))),
        )).run().changes > 0;
        if (gone) tx.update(publications).set({ status: 'canceled', updatedAt: now }).where(and(onIt, eq(publications.status, 'scheduled'))).run();
        return gone;
      });
    },

    /** How many publications wait on a channel. */
    async waiting(workspaceId: string, id: string): Promise<number> {
      return db.select({ n: sql<number>`count(*)` }).from(publications)
        .where(and(eq(publications.workspaceId, workspaceId), eq(publications.channelId, id), eq(publications.status, 'scheduled'))).get()?.n ?? 0;
    },
  };
}
