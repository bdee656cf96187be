import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How much was published, in sums over the whole instance that identify nobody. */
export const aggregates = sqliteTable('aggregates', {
  /** `YYYY-MM`, UTC. */
  month: text().notNull(),
  provider: text().notNull(),
  /** How it ended, or `late` of what was published after its time. */
  what: text().notNull(),
  count: integer().notNull(),
}, (t) => [primaryKey({ columns: [t.month, t.provider, t.what] })]);
