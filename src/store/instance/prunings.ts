import { asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { atomic, type Db, type Sqlite, type Tx } from '../db.ts';
import { pruneRules } from '../prune/index.ts';
import { pruneRuns, prunings } from '../schema/prune.ts';

export type PruneRun = typeof pruneRuns.$inferSelect;
export type Pruning = typeof prunings.$inferSelect;

/** A rule by what people and the journal know it as. */
export interface RuleName {
  class: string;
  rule: string;
}

/** The nightly prune's rules, one batch at a time, and the journal of it. */
export function pruningsStore(db: Db, sqlite: Sqlite) {
  const rules = pruneRules(db);
  const ruleOf = (name: string) => {
    const found = rules.find(({ rule }) => rule === name);
    if (!found) throw new Error(`There is no rule "${name}".`);
    return found;
  };

  return {
    rules: (): RuleName[] => rules.map(({ class: of, rule }) => ({ class: of, rule })),

    /** What would go at `at`, rule by rule. */
    async counts(at: number): Promise<(RuleName & { count: number })[]> {
      return rules.map((one) => ({ class: one.class, rule: one.rule, count: one.count(at) }));
    },

    /** The run that is not over, or a new one for `at`. */
    async begin(id: string, at: number, now: number): Promise<PruneRun> {
      return atomic(db, (tx) => {
        const open = tx.select().from(pruneRuns).where(isNull(pruneRuns.endedAt)).orderBy(desc(pruneRuns.at)).get();
        if (open) {
          // Taken up a night later it does that night's work too.
          tx.update(pruneRuns).set({ at }).where(eq(pruneRuns.id, open.id)).run();
          return { ...open, at };
        }
        const run = { id, at, startedAt: now, endedAt: null };
        tx.insert(pruneRuns).values(run).run();
        return run;
      });
    },

    /** Applies a rule to at most `limit` rows and writes down how many that were, in one act. */
    async batch(run: Pick<PruneRun, 'id' | 'at'>, rule: string, limit: number, now: number): Promise<{ rows: number; files: readonly string[] }> {
      return atomic(db, (tx) => {
        const one = ruleOf(rule);
        const gone = one.prune(run.at, limit);
        if (gone.rows > 0) note(tx, { runId: run.id, class: one.class, rule, rows: gone.rows, files: gone.files.length, at: now });
        return gone;
      });
    },

    /** Writes down what a rule about files alone has deleted. */
    async note(pruning: Pruning): Promise<void> {
      atomic(db, (tx) => note(tx, pruning));
    },

    async end(runId: string, now: number): Promise<void> {
      db.update(pruneRuns).set({ endedAt: now }).where(eq(pruneRuns.id, runId)).run();
    },

    /** The latest run that came to its end; undefined before the first. */
    async last(): Promise<PruneRun | undefined> {
      return db.select().from(pruneRuns).where(isNotNull(pruneRuns.endedAt)).orderBy(desc(pruneRuns.endedAt)).get();
    },

    async of(runId: string): Promise<Pruning[]> {
      return db.select().from(prunings).where(eq(prunings.runId, runId)).orderBy(asc(prunings.class), asc(prunings.rule)).all();
    },

    /**
     * Leaves nothing of what was deleted in the database's files: `secure_delete` blanks what is freed, but cells that were
     * moved from page to page leave copies behind, so the file is written anew; then the log of writes is emptied into it.
     * False when another process was reading and the log could not be emptied.
     */
    async compact(): Promise<boolean> {
      sqlite.exec('vacuum');
      return emptyLog(sqlite);
    },

    /** Bytes of the database: how long it takes to write it anew is a matter of them. */
    async size(): Promise<number> {
      return Number(sqlite.pragma('page_count', { simple: true })) * Number(sqlite.pragma('page_size', { simple: true }));
    },

    /** Empties the log of writes into the file: what was just deleted is blank on disk. False when somebody was reading. */
    async settleLog(): Promise<boolean> {
      return emptyLog(sqlite);
    },
  };
}

function note(tx: Tx, pruning: Pruning) {
  tx.insert(prunings).values(pruning).onConflictDoUpdate({
    target: [prunings.runId, prunings.rule],
    set: { rows: sql`${prunings.rows} + ${pruning.rows}`, files: sql`${prunings.files} + ${pruning.files}`, at: pruning.at },
  }).run();
}

function emptyLog(sqlite: Sqlite): boolean {
  const [told] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return told?.busy === 0;
}
