import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Failure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import { attemptOutcomes, publicationStatuses, waitReasons } from '../../domain/publication.ts';
import type { Snapshot } from '../../domain/posts/snapshot.ts';
import { id, instant, isOneOf, json, oneOf } from '../columns.ts';
import { channels } from './channels.ts';
import { workspaces } from './people.ts';
import { posts } from './posts.ts';

export const publications = sqliteTable('publications', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  postId: id().notNull().references(() => posts.id, { onDelete: 'cascade' }),
  channelId: id().notNull().references(() => channels.id, { onDelete: 'cascade' }),
  provider: text().notNull(),
  status: oneOf(publicationStatuses).notNull(),
  scheduledFor: instant().notNull(),
  dueAt: instant().notNull(),
  reason: oneOf(waitReasons),
  failures: integer().notNull(),
  /** The boot that works on it, and until when its word counts. */
  lockedBy: text(),
  lockedUntil: instant(),
  /** What is sent, frozen at the first claim. */
  snapshot: json<Snapshot>(),
  remoteId: text(),
  url: text(),
  publishedAt: instant(),
  failure: json<Failure>(),
  /** Who settled it by hand, if a person did. */
  settledBy: id(),
  /** The end that the sums over all workspaces know of (see `aggregates`). */
  counted: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [
  uniqueIndex('publications_place').on(t.postId, t.channelId),
  index('publications_due').on(t.status, t.dueAt),
  index('publications_uncounted').on(t.id).where(sql`status in ('published', 'failed', 'canceled') and (counted is null or counted <> status)`),
  index('publications_channel').on(t.channelId, t.status),
  // What went out last on a channel: a publication enters it once, when it is out.
  index('publications_out').on(t.channelId, t.publishedAt).where(sql`published_at is not null`),
  // Only what has ended: a publication enters it once, at its end.
  index('publications_settled').on(t.updatedAt).where(sql`status not in ('scheduled', 'publishing', 'canceled')`),
  index('publications_workspace').on(t.workspaceId, t.status, t.dueAt),
  index('publications_settled_by').on(t.settledBy).where(sql`${t.settledBy} is not null`),
  isOneOf('publications_status', t.status),
  isOneOf('publications_reason', t.reason),
]);

export const attempts = sqliteTable('attempts', {
  id: id().primaryKey(),
  publicationId: id().notNull().references(() => publications.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull(),
  number: integer().notNull(),
  startedAt: instant().notNull(),
  endedAt: instant(),
  outcome: oneOf(attemptOutcomes),
  failure: json<Failure>(),
}, (t) => [uniqueIndex('attempts_number').on(t.publicationId, t.number), isOneOf('attempts_outcome', t.outcome)]);

export const steps = sqliteTable('steps', {
  publicationId: id().notNull().references(() => publications.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  workspaceId: id().notNull(),
  attemptId: id().notNull().references(() => attempts.id, { onDelete: 'cascade' }),
  /** `once` is the visible kind. */
  kind: oneOf(['run', 'once', 'until']).notNull(),
  /** `intended`: begun, and no answer is known. */
  state: oneOf(['intended', 'waiting', 'done']).notNull(),
  result: json<Json>(),
  startedAt: instant().notNull(),
  /** The latest call of this step; `startedAt` is the first. */
  calledAt: instant(),
  endedAt: instant(),
}, (t) => [
  primaryKey({ columns: [t.publicationId, t.name] }),
  index('steps_attempt').on(t.attemptId),
  isOneOf('steps_kind', t.kind),
  isOneOf('steps_state', t.state),
]);

/** Until when nothing is sent on a channel (`channel:ID`) or a whole network (`app:PROVIDER`). */
export const holds = sqliteTable('holds', {
  key: text().primaryKey(),
  until: instant().notNull(),
});

/** What the whole app has taken of a network's allowance until a moment. */
export const budgets = sqliteTable('budgets', {
  provider: text().notNull(),
  name: text().notNull(),
  until: instant().notNull(),
  taken: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.provider, t.name, t.until] })]);

/** What the network inside this instance has put up. */
export const localEntries = sqliteTable('local_entries', {
  key: text().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  channelId: id().notNull().references(() => channels.id, { onDelete: 'cascade' }),
  parts: json<{ text: string; media: { mediaId: string; alt: string }[] }[]>().notNull(),
  at: instant().notNull(),
}, (t) => [index('local_entries_channel').on(t.channelId, t.at), index('local_entries_at').on(t.at), index('local_entries_workspace').on(t.workspaceId)]);
