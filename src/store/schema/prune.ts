import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant } from '../columns.ts';

/** The nights on which what had reached its end was deleted. */
export const pruneRuns = sqliteTable('prune_runs', {
  id: id().primaryKey(),
  /** The instant that keep-times are counted back from. */
  at: instant().notNull(),
  startedAt: instant().notNull(),
  /** Null while it runs, and of a run that died: the next one goes on with it. */
  endedAt: instant(),
}, (t) => [index('prune_runs_at').on(t.at)]);

/** What one rule deleted in one run: counts, never whose. */
export const prunings = sqliteTable('prunings', {
  runId: id().notNull().references(() => pruneRuns.id, { onDelete: 'cascade' }),
  class: text().notNull(),
  rule: text().notNull(),
  rows: integer().notNull(),
  files: integer().notNull(),
  at: instant().notNull(),
}, (t) => [primaryKey({ columns: [t.runId, t.rule] })]);
