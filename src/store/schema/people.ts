import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { roles } from '../../domain/role.ts';
import { flag, id, instant, isOneOf, oneOf } from '../columns.ts';

export const workspaces = sqliteTable('workspaces', {
  id: id().primaryKey(),
  name: text().notNull(),
  /** IANA name. */
  zone: text().notNull(),
  createdAt: instant().notNull(),
  /** Since when nothing of it is sent (see `WorkspaceHold`); null while it may be. */
  frozenAt: instant(),
  unpaidAt: instant(),
  /** Since when it is being deleted: nobody sees it any more. */
  erasingAt: instant(),
  /** Since when its only owner is suspended; held as if it were frozen, and let go of without touching a freeze. */
  suspendedAt: instant(),
});

export const users = sqliteTable('users', {
  id: id().primaryKey(),
  name: text().notNull(),
  /** Lower case. */
  email: text().notNull(),
  passwordHash: text().notNull(),
  /** Runs this instance. */
  operator: flag().notNull(),
  createdAt: instant().notNull(),
  /** When it was shown that the address is theirs; null while it is not. */
  emailVerifiedAt: instant(),
  /** Since when it is being deleted: it can do nothing any more. */
  erasingAt: instant(),
  /** Since when this person objects to being counted in sums. */
  aggregatesObjected: instant(),
  /** Since when the operator lets this account in no more. */
  suspendedAt: instant(),
}, (t) => [uniqueIndex('users_email').on(t.email)]);

export const members = sqliteTable('members', {
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  role: oneOf(roles).notNull(),
  createdAt: instant().notNull(),
  /** The day (UTC, its beginning) on which this person last looked at the workspace. */
  activeAt: instant(),
}, (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('members_user').on(t.userId), isOneOf('members_role', t.role)]);

export const sessions = sqliteTable('sessions', {
  /** SHA-256 of the token in the cookie. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The workspace this session looks at. */
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  expiresAt: instant().notNull(),
  createdAt: instant().notNull(),
  /** The browser as it names itself, to recognise it in the list. */
  agent: text().notNull(),
}, (t) => [index('sessions_user').on(t.userId), index('sessions_workspace').on(t.workspaceId)]);
