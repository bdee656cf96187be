import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { PolicyTexts } from '../../domain/instance/policy.ts';
import { flag, id, instant, isOneOf, json, oneOf } from '../columns.ts';
import { users } from './people.ts';

/** Every version of the policy pages there was, as people could read it. */
export const policyVersions = sqliteTable('policy_versions', {
  id: id().primaryKey(),
  /** It changes what people agreed to, and was announced. */
  material: flag().notNull(),
  /** What changes, in the operator's words; of what the program noticed by itself, in ours. */
  summary: text().notNull(),
  /** What the operator adds to each page. */
  additions: json<PolicyTexts>().notNull(),
  /** Each page as HTML, without its frame. */
  pages: json<PolicyTexts>().notNull(),
  recordedAt: instant().notNull(),
  effectiveAt: instant().notNull(),
  /** Taken back before it took effect. */
  withdrawnAt: instant(),
}, (t) => [index('policy_versions_effective').on(t.effectiveAt)]);

/** What everybody, or everybody of one workspace, is told by mail. */
export const notices = sqliteTable('notices', {
  id: id().primaryKey(),
  kind: oneOf(['policy', 'breach']).notNull(),
  /** The version it announces. */
  versionId: id().references(() => policyVersions.id),
  /** Only this workspace's members; no key, for the record outlives it. */
  workspaceId: id(),
  /** What the mail is made from. */
  data: json<{ [name: string]: string }>().notNull(),
  createdAt: instant().notNull(),
  /** Nobody is added any more. */
  closedAt: instant(),
}, (t) => [isOneOf('notices_kind', t.kind)]);

/** Who was told, and when. Whose account is deleted stays counted and is no longer named. */
export const noticeRecipients = sqliteTable('notice_recipients', {
  id: id().primaryKey(),
  noticeId: id().notNull().references(() => notices.id, { onDelete: 'cascade' }),
  userId: id().references(() => users.id, { onDelete: 'set null' }),
  queuedAt: instant().notNull(),
  /** When the mail server took the mail. */
  mailedAt: instant(),
}, (t) => [uniqueIndex('notice_recipients_user').on(t.noticeId, t.userId), index('notice_recipients_person').on(t.userId)]);

