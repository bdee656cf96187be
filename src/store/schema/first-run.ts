import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant, json } from '../columns.ts';
import { users, workspaces } from './people.ts';

/** How far a person is with setting a workspace up. */
export const firstRuns = sqliteTable('first_runs', {
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The step they are at; null while they are not setting up. */
  step: text(),
  /** Steps they left out for now. */
  skipped: json<string[]>().notNull(),
  /** Since when they have put the checklist away. */
  putAwayAt: instant(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('first_runs_user').on(t.userId)]);
