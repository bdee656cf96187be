import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { copyStates, importStates } from '../../domain/promise/portability.ts';
import { requestKinds, type ErasureCounts } from '../../domain/promise/privacy.ts';
import { flag, id, instant, isOneOf, json, oneOf } from '../columns.ts';
import { users, workspaces } from './people.ts';

/** Deletions of accounts and workspaces: asked for, under way and done. A row outlives what it deletes and then names nobody. */
export const erasures = sqliteTable('erasures', {
  id: id().primaryKey(),
  kind: oneOf(['account', 'workspace']).notNull(),
  /** The user or workspace; emptied when it is done. No reference: the row stays. */
  subjectId: id().notNull(),
  /** The deletion of the account that takes this workspace along. */
  parentId: id(),
  /** Random; whoever has it may read how far it is. */
  code: text().notNull(),
  askedBy: id().references(() => users.id, { onDelete: 'set null' }),
  askedAt: instant().notNull(),
  /** When it begins; until then it can be undone. */
  dueAt: instant().notNull(),
  /** True when asking for it froze the workspace, so that undoing lets go of it. */
  froze: flag().notNull(),
  canceledAt: instant(),
  begunAt: instant(),
  /** When the log outside of the database had it: nothing is deleted before. */
  notedAt: instant(),
  doneAt: instant(),
  /** When the work on it is taken up next. */
  nextAt: instant().notNull(),
  counts: json<ErasureCounts>().notNull(),
}, (t) => [
  index('erasures_next').on(t.doneAt, t.nextAt), index('erasures_subject').on(t.subjectId), index('erasures_parent').on(t.parentId),
  uniqueIndex('erasures_code').on(t.code), isOneOf('erasures_kind', t.kind),
]);

/** What people asked for by right, and what came of it. It outlives its person and then names nobody. */
export const requests = sqliteTable('requests', {
  id: id().primaryKey(),
  userId: id().references(() => users.id, { onDelete: 'set null' }),
  workspaceId: id().references(() => workspaces.id, { onDelete: 'set null' }),
  kind: oneOf(requestKinds).notNull(),
  /** What answers it by itself: an erasure, a copy or nothing. */
  subjectId: id(),
  /** In the person's own words. */
  message: text().notNull(),
  askedAt: instant().notNull(),
  dueAt: instant().notNull(),
  answeredAt: instant(),
  answer: text().notNull(),
  /** Null: by the program itself. */
  answeredBy: id().references(() => users.id, { onDelete: 'set null' }),
  canceledAt: instant(),
}, (t) => [
  index('requests_user').on(t.userId, t.askedAt), index('requests_workspace').on(t.workspaceId), index('requests_open').on(t.answeredAt, t.dueAt),
  index('requests_answered_by').on(t.answeredBy), index('requests_subject').on(t.subjectId), isOneOf('requests_kind', t.kind),
]);

/** Copies of everything about a person or a workspace: made, fetched, and removed again. */
export const copies = sqliteTable('copies', {
  id: id().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The workspace it is about; null when it is about the person. */
  workspaceId: id().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Random; in the link. */
  reference: text().notNull(),
  state: oneOf(copyStates).notNull(),
  /** Rows and files written, of how many there are. */
  done: integer().notNull(),
  total: integer().notNull(),
  bytes: integer(),
  /** How often it was begun. */
  tries: integer().notNull(),
  createdAt: instant().notNull(),
  readyAt: instant(),
  expiresAt: instant(),
}, (t) => [index('copies_user').on(t.userId), index('copies_workspace').on(t.workspaceId), index('copies_state').on(t.state), uniqueIndex('copies_reference').on(t.reference), isOneOf('copies_state', t.state)]);

/** Archives of other instances on their way in. */
export const imports = sqliteTable('imports', {
  id: id().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** As the archive says. */
  archiveId: text().notNull(),
  state: oneOf(importStates).notNull(),
  /** The channels of the archive and what each becomes here (null: left open). */
  channels: json<Record<string, string | null>>().notNull(),
  /** Whether posts that are out already come along, as drafts. */
  withPublished: flag().notNull(),
  done: integer().notNull(),
  total: integer().notNull(),
  /** What could not be brought in, in sentences. */
  problems: json<string[]>().notNull(),
  createdAt: instant().notNull(),
  endedAt: instant(),
}, (t) => [index('imports_workspace').on(t.workspaceId, t.createdAt), index('imports_user').on(t.userId), index('imports_state').on(t.state), isOneOf('imports_state', t.state)]);

/** What of an archive is here already, so that bringing it in again doubles nothing. */
export const imported = sqliteTable('imported', {
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  archiveId: text().notNull(),
  kind: oneOf(['media', 'post']).notNull(),
  /** In the archive. */
  theirs: text().notNull(),
  ours: id().notNull(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.archiveId, t.kind, t.theirs] }), isOneOf('imported_kind', t.kind)]);

/** A new e-mail address that waits for its owner to confirm it. */
export const emailChanges = sqliteTable('email_changes', {
  /** SHA-256 of the token in the mail. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  email: text().notNull(),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
}, (t) => [index('email_changes_user').on(t.userId)]);
