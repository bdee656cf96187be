import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Scope } from '../../domain/actor.ts';
import { id, instant, json } from '../columns.ts';
import { users, workspaces } from './people.ts';

/** Keys with which programs act for a workspace. A revoked key is gone. */
export const keys = sqliteTable('keys', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** SHA-256 of the key; the key itself is nowhere. */
  digest: text().notNull(),
  /** Its last characters, to tell keys apart. */
  ending: text().notNull(),
  name: text().notNull(),
  scopes: json<Scope[]>().notNull(),
  /** The key outlives the account of whoever made it. */
  createdBy: id().references(() => users.id, { onDelete: 'set null' }),
  createdAt: instant().notNull(),
  /** To within minutes: not every call is written down. */
  usedAt: instant(),
}, (t) => [uniqueIndex('keys_digest').on(t.digest), index('keys_workspace').on(t.workspaceId), index('keys_created_by').on(t.createdBy)]);

/** Creations that a program named, so that the same one sent again makes nothing new. */
export const promisedPosts = sqliteTable('promised_posts', {
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** SHA-256 of the key's id and the name the program gave. */
  name: text().notNull(),
  /** SHA-256 of what was sent. */
  body: text().notNull(),
  /** The id that the post has or will have. */
  postId: id().notNull(),
  /** When it was saved; null while it has not been. */
  madeAt: instant(),
  expiresAt: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.name] }), index('promised_posts_expires').on(t.expiresAt)]);
