import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, id, instant, sealed } from '../columns.ts';
import { users } from './people.ts';

/**
 * What somebody and whoever runs the instance wrote to each other. It outlives the account (see `domain/promise/retention.ts`), so
 * of a member name and address are read from the account and go with it; only of others they stand here.
 */
export const supportThreads = sqliteTable('support_threads', {
  id: id().primaryKey(),
  userId: id().references(() => users.id, { onDelete: 'set null' }),
  name: text(),
  email: text(),
  /** SHA-256 of the secret in the address with which somebody without an account reads and answers. */
  secretHash: text().unique(),
  /** The secret itself, sealed, for the mails that have the address in them. */
  secret: sealed(),
  /** Who wrote last. */
  answered: flag().notNull(),
  createdAt: instant().notNull(),
  lastAt: instant().notNull(),
}, (t) => [index('support_threads_last').on(t.lastAt), index('support_threads_user').on(t.userId)]);

export const supportMessages = sqliteTable('support_messages', {
  id: id().primaryKey(),
  threadId: id().notNull().references(() => supportThreads.id, { onDelete: 'cascade' }),
  /** Written by whoever runs the instance. */
  byOperator: flag().notNull(),
  text: text().notNull(),
  at: instant().notNull(),
}, (t) => [index('support_messages_thread').on(t.threadId, t.at)]);
