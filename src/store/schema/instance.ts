import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Finding } from '../../domain/channels/finding.ts';
import { flag, id, instant, json, sealed } from '../columns.ts';
import { users } from './people.ts';

// What belongs to the instance itself and to no workspace.

/** What the operator has set in the dashboard, by its environment name. */
export const settings = sqliteTable('settings', {
  name: text().primaryKey(),
  value: sealed().notNull(),
  setBy: id().references(() => users.id, { onDelete: 'set null' }),
  setAt: instant().notNull(),
});

/** How the last try of a network's set-up ended, each kind of check by its name. */
export const checks = sqliteTable('checks', {
  name: text().primaryKey(),
  good: flag().notNull(),
  findings: json<Finding[]>().notNull(),
  at: instant().notNull(),
});

/** Calls of platforms that were heeded, so that the same call again changes nothing. */
export const heededCalls = sqliteTable('heeded_calls', {
  /** SHA-256 of the hook's name and the body. */
  digest: text().primaryKey(),
  /** The deletion request it led to. */
  code: text(),
  at: instant().notNull(),
}, (t) => [index('heeded_calls_at').on(t.at)]);

/** What platforms asked to delete on behalf of a person. It says what was erased and not whose it was. */
export const deletionRequests = sqliteTable('deletion_requests', {
  /** Random; whoever has it may read the state of this request. */
  code: text().primaryKey(),
  provider: text().notNull(),
  askedAt: instant().notNull(),
  /** How many connections and channels were erased; 0 when nothing of this account was kept. */
  connections: integer().notNull(),
  channels: integer().notNull(),
});
