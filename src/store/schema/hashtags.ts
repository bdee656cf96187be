import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { id, instant, json } from '../columns.ts';
import { workspaces } from './people.ts';

/** Tags that a workspace puts into posts together. */
export const hashtagSets = sqliteTable('hashtag_sets', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** The name as it is compared: no two of a workspace differ in capitals alone. */
  key: text().notNull(),
  tags: json<string[]>().notNull(),
  createdAt: instant().notNull(),
}, (t) => [uniqueIndex('hashtag_sets_key').on(t.workspaceId, t.key)]);
