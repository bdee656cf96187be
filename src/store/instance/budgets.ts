import { and, eq, lte, sql } from 'drizzle-orm';
import { atomic, type Db } from '../db.ts';
import { budgets } from '../schema/publications.ts';

/** What the whole app takes of a network's allowances, over all workspaces. */
export function budgetsStore(db: Db) {
  return {
    /** Takes one of `max` until `until`; false when they are all taken. What lapsed is forgotten on the way. */
    async take(provider: string, name: string, { max, until }: { max: number; until: number }, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const of = and(eq(budgets.provider, provider), eq(budgets.name, name));
        tx.delete(budgets).where(and(of, lte(budgets.until, now))).run();
        const taken = tx.select({ taken: budgets.taken }).from(budgets).where(and(of, eq(budgets.until, until))).get()?.taken ?? 0;
        if (taken >= max) return false;
        tx.insert(budgets).values({ provider, name, until, taken: 1 })
          .onConflictDoUpdate({ target: [budgets.provider, budgets.name, budgets.until], set: { taken: sql`${budgets.taken} + 1` } }).run();
        return true;
      });
    },
  };
}
