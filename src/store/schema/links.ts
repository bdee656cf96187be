import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant, isOneOf, oneOf } from '../columns.ts';
import { users } from './people.ts';

/** Links that were mailed to a person and work once. */
export const links = sqliteTable('links', {
  /** SHA-256 of the token; the token itself is in the mail alone. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  purpose: oneOf(['reset', 'verify']).notNull(),
  /** The address it went to: what it proves holds for this one only. */
  email: text().notNull(),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
}, (t) => [index('links_user').on(t.userId, t.purpose), index('links_expires').on(t.expiresAt), isOneOf('links_purpose', t.purpose)]);
