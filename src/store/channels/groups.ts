import { and, asc, count, eq, max, sql } from 'drizzle-orm';
import { mostGroups, type Group } from '../../domain/channels/group.ts';
import { labelKey } from '../../domain/posts/label.ts';
import { record, type By } from '../instance/audit.ts';
import { among, atomic, kept, type Db } from '../db.ts';
import { channels } from '../schema/channels.ts';
import { channelGroups, groupedChannels } from '../schema/groups.ts';

export type GroupSaved = 'saved' | 'taken' | 'gone' | 'too_many';

/** A channel and the group it is in, if it is in one. */
export interface Placed {
  channelId: string;
  groupId: string | null;
}

/** Groups of channels, in the order that their people gave them. */
export function groupsStore(db: Db) {
  const mine = (workspaceId: string, id: string) => and(eq(channelGroups.workspaceId, workspaceId), eq(channelGroups.id, id));
  const inOrder = kept(() => db.select({ id: channelGroups.id, name: channelGroups.name }).from(channelGroups)
    .where(eq(channelGroups.workspaceId, sql.placeholder('workspaceId'))).orderBy(asc(channelGroups.position), asc(channelGroups.id)).prepare());
  // In a transaction as well: there is one connection.
  const ordered = (workspaceId: string) => inOrder().all({ workspaceId });

  return {
    async list(workspaceId: string): Promise<Group[]> {
      return ordered(workspaceId);
    },

    /** Behind all the others. */
    async add(workspaceId: string, { id, name, createdAt }: Group & { createdAt: number }, by: By): Promise<GroupSaved> {
      return atomic(db, (tx) => {
        const { all, last } = tx.select({ all: count(), last: max(channelGroups.position) }).from(channelGroups).where(eq(channelGroups.workspaceId, workspaceId)).get() ?? { all: 0, last: null };
        if (all >= mostGroups) return 'too_many';
        const added = tx.insert(channelGroups).values({ id, workspaceId, name, key: labelKey(name), position: (last ?? -1) + 1, createdAt }).onConflictDoNothing().run().changes > 0;
        if (!added) return 'taken';
        record(tx, workspaceId, by, 'group.made', id, { name });
        return 'saved';
      });
    },

    async rename(workspaceId: string, id: string, name: string, by: By): Promise<GroupSaved> {
      return atomic(db, (tx) => {
        const key = labelKey(name);
        const other = tx.select({ id: channelGroups.id }).from(channelGroups).where(and(eq(channelGroups.workspaceId, workspaceId), eq(channelGroups.key, key))).get();
        if (other && other.id !== id) return 'taken';
        if (tx.update(channelGroups).set({ name, key }).where(mine(workspaceId, id)).run().changes === 0) return 'gone';
        record(tx, workspaceId, by, 'group.renamed', id, { name });
        return 'saved';
      });
    },

    /** One step towards the beginning (-1) or the end (1); at the very end of the list nothing happens. */
    async move(workspaceId: string, id: string, step: -1 | 1): Promise<boolean> {
      return atomic(db, (tx) => {
        const ids = ordered(workspaceId).map((group) => group.id);
        const from = ids.indexOf(id);
        if (from < 0) return false;
        const to = Math.min(ids.length - 1, Math.max(0, from + step));
        ids.splice(to, 0, ...ids.splice(from, 1));
        for (const [position, one] of ids.entries()) tx.update(channelGroups).set({ position }).where(eq(channelGroups.id, one)).run();
        return true;
      });
    },

    /** The channels that were in it stay. */
    async remove(workspaceId: string, id: string, by: By): Promise<boolean> {
      return atomic(db, (tx) => {
        const gone = tx.delete(channelGroups).where(mine(workspaceId, id)).returning({ name: channelGroups.name }).get();
        if (gone) record(tx, workspaceId, by, 'group.deleted', id, { name: gone.name });
        return gone !== undefined;
      });
    },

    /** Puts each of these channels into a group, or into none. Channels and groups that are not this workspace's are passed over. Gives those that moved, with where they were. */
    async put(workspaceId: string, wanted: readonly Placed[], by: By): Promise<Placed[]> {
      return atomic(db, (tx) => {
        const own = new Set(tx.select({ id: channels.id }).from(channels)
          .where(and(eq(channels.workspaceId, workspaceId), among(channels.id, wanted.map(({ channelId }) => channelId)))).all().map(({ id }) => id));
        const names = new Map(ordered(workspaceId).map(({ id, name }) => [id, name]));
        return wanted.flatMap(({ channelId, groupId }) => {
          if (!own.has(channelId) || (groupId !== null && !names.has(groupId))) return [];
          const before = tx.select({ groupId: groupedChannels.groupId }).from(groupedChannels).where(eq(groupedChannels.channelId, channelId)).get()?.groupId ?? null;
          if (before === groupId) return [];
          tx.delete(groupedChannels).where(eq(groupedChannels.channelId, channelId)).run();
          if (groupId !== null) tx.insert(groupedChannels).values({ channelId, groupId }).run();
          const name = names.get(groupId ?? before ?? '');
          record(tx, workspaceId, by, groupId === null ? 'channel.ungrouped' : 'channel.grouped', channelId, { ...(name !== undefined && { name }) });
          return [{ channelId, groupId: before }];
        });
      });
    },
  };
}
