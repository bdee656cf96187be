import { index, sqliteTable } from 'drizzle-orm/sqlite-core';
import type { UndoNote } from '../../domain/posts/undo.ts';
import { id, instant, json } from '../columns.ts';
import { users, workspaces } from './people.ts';

/** What a person did a moment ago, as far as it takes to take it back. */
export const undos = sqliteTable('undos', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  note: json<UndoNote>().notNull(),
  madeAt: instant().notNull(),
}, (t) => [index('undos_made').on(t.madeAt), index('undos_user').on(t.userId), index('undos_workspace').on(t.workspaceId)]);
