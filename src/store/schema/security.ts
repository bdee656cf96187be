import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant, sealed } from '../columns.ts';
import { users } from './people.ts';

/** The second step at log-in of a person: a secret shared with their app, and codes for when the app is lost. */
export const twoFactor = sqliteTable('two_factor', {
  userId: id().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  secret: sealed().notNull(),
  /** Sealed: the recovery codes that are left. */
  codes: sealed(),
  madeAt: instant().notNull(),
  /** Since when it counts; null while the person has not shown that their app has the secret. */
  confirmedAt: instant(),
  /** The last time step whose code was used: no code works twice. */
  lastStep: integer(),
});

/** A log-in whose password was right and whose code is awaited: minutes old. */
export const loginSteps = sqliteTable('login_steps', {
  /** SHA-256 of the token in the cookie. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: instant().notNull(),
}, (t) => [index('login_steps_expires').on(t.expiresAt), index('login_steps_user').on(t.userId)]);
