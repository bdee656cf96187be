import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { labelColors } from '../../domain/posts/label.ts';
import { id, instant, isOneOf, oneOf } from '../columns.ts';
import { workspaces } from './people.ts';
import { media, posts } from './posts.ts';

/** A word that a workspace puts on its posts to find them by. */
export const labels = sqliteTable('labels', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** The name as it is compared: no two of a workspace differ in capitals alone. */
  key: text().notNull(),
  color: oneOf(labelColors).notNull(),
  createdAt: instant().notNull(),
}, (t) => [uniqueIndex('labels_key').on(t.workspaceId, t.key), isOneOf('labels_color', t.color)]);

export const postLabels = sqliteTable('post_labels', {
  postId: id().notNull().references(() => posts.id, { onDelete: 'cascade' }),
  labelId: id().notNull().references(() => labels.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
}, (t) => [primaryKey({ columns: [t.postId, t.labelId] }), index('post_labels_label').on(t.labelId), index('post_labels_workspace').on(t.workspaceId)]);

/** The same words on files. */
export const mediaLabels = sqliteTable('media_labels', {
  mediaId: id().notNull().references(() => media.id, { onDelete: 'cascade' }),
  labelId: id().notNull().references(() => labels.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
}, (t) => [primaryKey({ columns: [t.mediaId, t.labelId] }), index('media_labels_label').on(t.labelId), index('media_labels_workspace').on(t.workspaceId)]);
