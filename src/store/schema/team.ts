import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { roles } from '../../domain/role.ts';
import { id, instant, isOneOf, oneOf } from '../columns.ts';
import { users, workspaces } from './people.ts';

/** An invitation: into a workspace, or to the instance with a workspace of one's own. Good for one person, once. */
export const invitations = sqliteTable('invitations', {
  id: id().primaryKey(),
  /** Null: to the instance. */
  workspaceId: id().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Lower case. */
  email: text().notNull(),
  role: oneOf(roles).notNull(),
  /** SHA-256 of the token in the mail: whoever has it reads that mailbox. */
  mailHash: text().notNull(),
  /** SHA-256 of the token in the link that the inviter hands over: it proves no address. */
  linkHash: text().notNull(),
  invitedBy: id().references(() => users.id, { onDelete: 'set null' }),
  /** When it was made or last renewed. */
  madeAt: instant().notNull(),
  expiresAt: instant().notNull(),
  acceptedAt: instant(),
  acceptedBy: id().references(() => users.id, { onDelete: 'cascade' }),
  revokedAt: instant(),
}, (t) => [
  uniqueIndex('invitations_mail').on(t.mailHash), uniqueIndex('invitations_link').on(t.linkHash),
  index('invitations_workspace').on(t.workspaceId, t.email), index('invitations_made').on(t.madeAt), isOneOf('invitations_role', t.role),
  index('invitations_invited_by').on(t.invitedBy), index('invitations_accepted_by').on(t.acceptedBy),
]);

/** A browser that a person has logged in with, known again by a cookie of its own. */
export const devices = sqliteTable('devices', {
  /** SHA-256 of the cookie and the person's id: two people at one computer have one each. */
  id: text().primaryKey(),
  userId: id().notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** "Firefox on Linux". */
  name: text().notNull(),
  seenAt: instant().notNull(),
}, (t) => [index('devices_user').on(t.userId), index('devices_seen').on(t.seenAt)]);
