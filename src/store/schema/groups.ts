import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { id, instant } from '../columns.ts';
import { channels } from './channels.ts';
import { workspaces } from './people.ts';

/** Channels that belong together, such as those of one client. */
export const channelGroups = sqliteTable('channel_groups', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** The name as it is compared: no two of a workspace differ in capitals alone. */
  key: text().notNull(),
  /** Where it stands among the others, from 0. */
  position: integer().notNull(),
  createdAt: instant().notNull(),
}, (t) => [uniqueIndex('channel_groups_key').on(t.workspaceId, t.key)]);

/** A channel that is in a group: in one at most. A table of its own, for SQLite gives a column that is added later no rule for deleting. */
export const groupedChannels = sqliteTable('grouped_channels', {
  channelId: id().primaryKey().references(() => channels.id, { onDelete: 'cascade' }),
  groupId: id().notNull().references(() => channelGroups.id, { onDelete: 'cascade' }),
}, (t) => [index('grouped_channels_group').on(t.groupId)]);
