import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { ConnectionStatus } from '../domain/connection.ts';
import { record, type By } from './instance/audit.ts';
import { atomic, kept, type Db } from './db.ts';
import { cancelUnseen } from './posts.ts';
import { channels, connections, disconnectedChannels } from './schema/channels.ts';
import { groupedChannels } from './schema/groups.ts';
import { publications } from './schema/publications.ts';
import { standing } from './channels/standing.ts';

export type ChannelRow = typeof channels.$inferSelect;

/** A channel with the state of the connection it is reached through. Its `name` is what its people call it. */
export interface Channel extends ChannelRow {
  /** What its network calls it. */
  networkName: string;
  groupId: string | null;
  connectionStatus: ConnectionStatus;
  /** A person disconnected it while others of its connection stay. */
  disconnectedAlone: boolean;
  expiresAt: number | null;
  accountName: string;
}

export function channelsStore(db: Db) {
  const { expiresAt, accountName } = connections;
  const select = () => db.select({ channel: channels, connectionStatus: standing, alone: disconnectedChannels.at, expiresAt, accountName, groupId: groupedChannels.groupId }).from(channels)
    .innerJoin(connections, eq(connections.id, channels.connectionId))
    .leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id))
    .leftJoin(groupedChannels, eq(groupedChannels.channelId, channels.id));
  const joined = ({ channel, alone, ...rest }: Omit<Channel, keyof ChannelRow | 'disconnectedAlone' | 'networkName'> & { channel: ChannelRow; alone: number | null }): Channel =>
    ({ ...channel, ...rest, name: channel.ownName ?? channel.name, networkName: channel.name, disconnectedAlone: alone !== null });
  const mine = (workspaceId: string, id: string) => and(eq(channels.workspaceId, workspaceId), eq(channels.id, id), isNull(channels.removedAt));

  const inSight = and(eq(channels.workspaceId, sql.placeholder('workspaceId')), isNull(channels.removedAt));
  const listed = kept(() => select().where(inSight).orderBy(asc(channels.createdAt), asc(channels.id)).prepare());
  const ending = kept(() => select().where(and(inSight, eq(standing, 'expiring'), lt(connections.expiresAt, sql.placeholder('at'))))
    .orderBy(asc(connections.expiresAt), asc(channels.createdAt)).prepare());

  return {
    async list(workspaceId: string): Promise<Channel[]> {
      return listed().all({ workspaceId }).map(joined);
    },

    async get(workspaceId: string, id: string): Promise<Channel | undefined> {
      const row = select().where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, id))).get();
      return row && joined(row);
    },

    /** Channels whose access ends before `at` and renews itself no more. */
    async ending(workspaceId: string, at: number): Promise<Channel[]> {
      return ending().all({ workspaceId, at }).map(joined);
    },

    /**
     * Puts the targets of a connection up as channels. A place that is a channel already keeps its id and its posts and
     * moves to this connection; what its network calls it is brought up to date.
     */
    async put(workspaceId: string, rows: readonly Omit<ChannelRow, 'workspaceId' | 'removedAt' | 'ownName' | 'pausedAt'>[], by?: By): Promise<void> {
      atomic(db, (tx) => {
        for (const row of rows) {
          const { connectionId, name, handle, url, avatarUrl, limits } = row;
          tx.insert(channels).values({ ...row, workspaceId })
            .onConflictDoUpdate({
              target: [channels.workspaceId, channels.provider, channels.remoteId],
              set: { connectionId, name, handle, url, avatarUrl, limits, removedAt: null },
            }).run();
          const place = and(eq(channels.workspaceId, workspaceId), eq(channels.provider, row.provider), eq(channels.remoteId, row.remoteId));
          if (by) record(tx, workspaceId, by, 'channel.connected', tx.select({ id: channels.id }).from(channels).where(place).get()?.id ?? row.id);
          tx.delete(disconnectedChannels).where(inArray(disconnectedChannels.channelId, tx.select({ id: channels.id }).from(channels).where(place))).run();
        }
      });
    },

    /** The channels of a connection that are in sight. */
    async ofConnection(workspaceId: string, connectionId: string): Promise<Channel[]> {
      return select().where(and(eq(channels.workspaceId, workspaceId), eq(channels.connectionId, connectionId), isNull(channels.removedAt)))
        .orderBy(asc(channels.createdAt), asc(channels.id)).all().map(joined);
    },

    /**
     * Takes a disconnected channel out of sight and cancels what still waited for it; of what may be seen there already a
     * person decides. Refused (false) while it is connected or something is being sent on it.
     */
    async remove(workspaceId: string, id: string, now: number, userId?: string | null): Promise<boolean> {
      return atomic(db, (tx) => {
        const onIt = eq(publications.channelId, id);
        if (tx.select({ id: publications.id }).from(publications).where(and(onIt, eq(publications.status, 'publishing'))).get()) return false;
        const gone = tx.update(channels).set({ removedAt: now }).where(and(
          eq(channels.workspaceId, workspaceId), eq(channels.id, id), isNull(channels.removedAt),
          or(
            inArray(channels.connectionId, tx.select({ id: connections.id }).from(connections).where(eq(connections.status, 'revoked'))),
            inArray(channels.id, tx.select({ id: disconnectedChannels.channelId }).from(disconnectedChannels)),
          ),
        )).run().changes > 0;
        if (gone) {
          cancelUnseen(tx, onIt, now);
          tx.update(publications).set({ status: 'unconfirmed', reason: null, updatedAt: now }).where(and(onIt, eq(publications.status, 'scheduled'))).run();
        }
        if (gone && userId !== undefined) record(tx, workspaceId, { userId, now }, 'channel.removed', id);
        return gone;
      });
    },

    /** What its people call it; null is what its network does. */
    async rename(workspaceId: string, id: string, ownName: string | null, by: By): Promise<boolean> {
      return atomic(db, (tx) => {
        const changed = tx.update(channels).set({ ownName }).where(mine(workspaceId, id)).run().changes > 0;
        if (changed) record(tx, workspaceId, by, 'channel.renamed', id);
        return changed;
      });
    },

    /** Has nothing sent on it, or what is due sent again; false when it is so already. */
    async pause(workspaceId: string, id: string, on: boolean, by: By): Promise<boolean> {
      return atomic(db, (tx) => {
        const changed = tx.update(channels).set({ pausedAt: on ? by.now : null })
          .where(and(mine(workspaceId, id), on ? isNull(channels.pausedAt) : isNotNull(channels.pausedAt))).run().changes > 0;
        if (changed) record(tx, workspaceId, by, on ? 'channel.paused' : 'channel.resumed', id);
        return changed;
      });
    },

    /** How many publications wait on a channel. */
    async waiting(workspaceId: string, id: string): Promise<number> {
      return db.select({ n: sql<number>`count(*)` }).from(publications)
        .where(and(eq(publications.workspaceId, workspaceId), eq(publications.channelId, id), eq(publications.status, 'scheduled'))).get()?.n ?? 0;
    },
  };
}
