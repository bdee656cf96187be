import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { LimitOverrides } from '../../domain/capabilities.ts';
import { connectionStatuses } from '../../domain/connection.ts';
import type { Json } from '../../domain/json.ts';
import { id, instant, isOneOf, json, oneOf, sealed } from '../columns.ts';
import { users, workspaces } from './people.ts';

export const connections = sqliteTable('connections', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  provider: text().notNull(),
  accountId: text().notNull(),
  accountName: text().notNull(),
  /** Sealed; null once disconnected. */
  grant: sealed(),
  /** Grows with each stored grant: a refresh replaces only the version it read. */
  grantVersion: integer().notNull(),
  status: oneOf(connectionStatuses).notNull(),
  /** When a person last allowed it; null in rows older than this column. */
  grantedAt: instant(),
  /** When the grant ends for good. */
  expiresAt: instant(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [
  uniqueIndex('connections_account').on(t.workspaceId, t.provider, t.accountId),
  isOneOf('connections_status', t.status),
]);

export const channels = sqliteTable('channels', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  connectionId: id().notNull().references(() => connections.id, { onDelete: 'cascade' }),
  provider: text().notNull(),
  remoteId: text().notNull(),
  name: text().notNull(),
  /** What its people call it here, in place of the network's name. */
  ownName: text(),
  handle: text().notNull(),
  url: text(),
  avatarUrl: text(),
  limits: json<LimitOverrides>().notNull(),
  /** Since when nothing is sent on it, because a person said so. */
  pausedAt: instant(),
  createdAt: instant().notNull(),
  /** Out of sight; the records of what was published on it stay. */
  removedAt: instant(),
}, (t) => [
  uniqueIndex('channels_remote').on(t.workspaceId, t.provider, t.remoteId),
  index('channels_connection').on(t.connectionId),
]);

/** A channel that a person disconnected while others of its connection stay. */
export const disconnectedChannels = sqliteTable('disconnected_channels', {
  channelId: id().primaryKey().references(() => channels.id, { onDelete: 'cascade' }),
  at: instant().notNull(),
});

/** A connection being made: an OAuth state or a bot's one-time code, at most minutes old and good for once. */
export const connecting = sqliteTable('connecting', {
  /** SHA-256 of the state or code. */
  id: text().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The session that began it; no other may end it. */
  sessionId: text().notNull(),
  provider: text().notNull(),
  /** Sealed: the provider's memo and the PKCE verifier. */
  memo: sealed().notNull(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
}, (t) => [index('connecting_expires').on(t.expiresAt), index('connecting_workspace').on(t.workspaceId)]);

/** Sealed notes of a provider on this instance, e.g. its app registration per server. */
export const notes = sqliteTable('notes', {
  provider: text().notNull(),
  key: text().notNull(),
  value: sealed().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.provider, t.key] })]);

/** How far a bot has read its news. */
export const cursors = sqliteTable('cursors', {
  provider: text().primaryKey(),
  cursor: json<Json>().notNull(),
  updatedAt: instant().notNull(),
});
