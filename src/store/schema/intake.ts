import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { HeldFile } from '../../domain/posts/intake.ts';
import { flag, id, instant, isOneOf, json, oneOf } from '../columns.ts';
import { members, users, workspaces } from './people.ts';

// What people send a bot, on its way to a draft. All of a person's goes with their link, and that with their place in the workspace.

/** Whose messages a bot takes in, and for which workspace. */
export const intakeLinks = sqliteTable('intake_links', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  provider: text().notNull(),
  /** The platform's number of the person. */
  remoteId: text().notNull(),
  /** Where their drafts are to go. */
  channelIds: json<string[]>().notNull(),
  createdAt: instant().notNull(),
}, (t) => [
  uniqueIndex('intake_links_remote').on(t.provider, t.remoteId),
  uniqueIndex('intake_links_person').on(t.workspaceId, t.userId, t.provider),
  index('intake_links_user').on(t.userId),
  foreignKey({ columns: [t.workspaceId, t.userId], foreignColumns: [members.workspaceId, members.userId], name: 'intake_links_member' }).onDelete('cascade'),
]);

/** A link being made: good once, for minutes. */
export const intakeInvites = sqliteTable('intake_invites', {
  /** SHA-256 of the token in the address. */
  id: text().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  provider: text().notNull(),
  expiresAt: instant().notNull(),
}, (t) => [uniqueIndex('intake_invites_person').on(t.workspaceId, t.userId, t.provider), index('intake_invites_user').on(t.userId)]);

/** A message, or the messages of an album, that becomes one draft. */
export const intakeDrafts = sqliteTable('intake_drafts', {
  /** Of the post, too, once there is one. */
  id: id().primaryKey(),
  linkId: id().notNull().references(() => intakeLinks.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** The album, or the only message. */
  key: text().notNull(),
  state: oneOf(['gathering', 'saved', 'answered']).notNull(),
  /** It is to go to the next free slot by itself. */
  goes: flag().notNull(),
  /** The post's version as it was saved from here; null before that. A person who changes the post makes it another. */
  version: integer(),
  failures: integer().notNull(),
  /** When something is to be done about it; null when nothing is. */
  dueAt: instant(),
  createdAt: instant().notNull(),
}, (t) => [
  uniqueIndex('intake_drafts_key').on(t.linkId, t.key), index('intake_drafts_due').on(t.dueAt), index('intake_drafts_workspace').on(t.workspaceId),
  index('intake_drafts_created').on(t.createdAt), isOneOf('intake_drafts_state', t.state),
]);

/** One message of a draft. What it said is here only until the draft has it. */
export const intakeParts = sqliteTable('intake_parts', {
  draftId: id().notNull().references(() => intakeDrafts.id, { onDelete: 'cascade' }),
  messageId: text().notNull(),
  /** Among the messages of the chat. */
  order: integer().notNull(),
  /** When it was written or last changed, as the platform says. */
  at: instant().notNull(),
  /** Null once the draft has it. */
  text: text(),
  /** Its text is the draft's. */
  leads: flag().notNull(),
  /** Null when there is none. */
  file: json<HeldFile>(),
}, (t) => [primaryKey({ columns: [t.draftId, t.messageId] })]);

/** News that was heeded, so that the same news again changes nothing. */
export const intakeHeard = sqliteTable('intake_heard', {
  id: text().primaryKey(),
  linkId: id().notNull().references(() => intakeLinks.id, { onDelete: 'cascade' }),
  at: instant().notNull(),
}, (t) => [index('intake_heard_at').on(t.at), index('intake_heard_link').on(t.linkId)]);
