import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AuditData, AuditKind } from '../../domain/people/audit.ts';
import { id, instant, json } from '../columns.ts';
import { workspaces } from './people.ts';

/**
 * Who did what, and when. People and things are named by id alone, without foreign keys: an entry outlives what it is about,
 * and what it is called is looked up when it is read.
 */
export const auditLog = sqliteTable('audit_log', {
  /** In the order in which it was written: several entries may have one moment. */
  seq: integer().primaryKey({ autoIncrement: true }),
  /** Null: it concerns the instance itself. */
  workspaceId: id().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** A person's id, or the opaque word that stands for an erased one; null: a program whose key's maker is gone. */
  who: text(),
  kind: text().$type<AuditKind>().notNull(),
  /** What it was done to; for a person's id the same holds as for `who`. */
  about: text(),
  data: json<AuditData>().notNull(),
  at: instant().notNull(),
}, (t) => [index('audit_log_workspace').on(t.workspaceId, t.seq), index('audit_log_who').on(t.who), index('audit_log_about').on(t.about)]);
