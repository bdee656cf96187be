import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, id, instant, isOneOf, oneOf } from '../columns.ts';
import { users } from './people.ts';

/** Links that a person is given and that work once. */
export const links = sqliteTable('links', {
  /** SHA-256 of the token; the token itself is in the mail, or was shown once. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  purpose: oneOf(['reset', 'verify']).notNull(),
  /** The address it went to: what it proves holds for this one only. */
  email: text().notNull(),
  /** Made by whoever runs the instance, to be handed over: it proves nothing of the address. */
  handed: flag().notNull().default(false),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
}, (t) => [index('links_user').on(t.userId, t.purpose), index('links_expires').on(t.expiresAt), isOneOf('links_purpose', t.purpose)]);
