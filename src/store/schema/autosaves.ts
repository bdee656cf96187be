import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant, json } from '../columns.ts';
import { users, workspaces } from './people.ts';
import { posts } from './posts.ts';

/** What somebody has typed and not saved yet: one row for each page of the composer that is open or was lost. */
export const autosaves = sqliteTable('autosaves', {
  /** Made for the page. */
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** Null while it is a new post. */
  postId: id().references(() => posts.id, { onDelete: 'cascade' }),
  /** The composer's form: names with their values, in order. */
  entries: json<[name: string, value: string][]>().notNull(),
  /** The first words, for the line that offers it again. */
  excerpt: text().notNull(),
  changedAt: instant().notNull(),
}, (t) => [index('autosaves_user').on(t.userId, t.workspaceId, t.changedAt), index('autosaves_post').on(t.postId)]);
