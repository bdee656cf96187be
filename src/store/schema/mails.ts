import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { mailStates } from '../../domain/people/mail.ts';
import { flag, id, instant, isOneOf, oneOf, sealed } from '../columns.ts';
import { users } from './people.ts';

/** The outbox. A mail is there once per event and recipient, whatever becomes of it. */
export const mails = sqliteTable('mails', {
  id: id().primaryKey(),
  kind: text().notNull(),
  /** What it tells of, e.g. `reset:ID`. */
  event: text().notNull(),
  /** Null for somebody without an account here. */
  userId: id().references(() => users.id, { onDelete: 'cascade' }),
  email: text().notNull(),
  subject: text().notNull(),
  /** What its text is made from, sealed: links in mails are secrets. Null as soon as it is sent or given up. */
  data: sealed(),
  /** Goes to an address that nobody has confirmed. */
  unverified: flag().notNull(),
  state: oneOf(mailStates).notNull(),
  /** Tries of this mail that ended; a server that cannot be reached costs none. */
  attempts: integer().notNull(),
  dueAt: instant().notNull(),
  /** Not sent any more from then on. */
  expiresAt: instant(),
  /** The boot that sends it, and until when its word counts. */
  lockedBy: text(),
  lockedUntil: instant(),
  /** What stood in the way last, in plain words. */
  error: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
  sentAt: instant(),
}, (t) => [
  uniqueIndex('mails_event').on(t.event, t.email),
  index('mails_due').on(t.state, t.dueAt),
  index('mails_user').on(t.userId),
  index('mails_created').on(t.createdAt),
  isOneOf('mails_state', t.state),
]);
