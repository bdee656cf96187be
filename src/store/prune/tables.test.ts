import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retention } from '../../domain/promise/retention.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { tables } from './tables.ts';

let test: TestStore;
beforeEach(() => { test = testStore(); });
afterEach(() => test.close());

function query<T>(sql: string): T[] {
  const sqlite = new Database(test.file, { readonly: true });
  try {
    return sqlite.prepare(sql).all() as T[];
  } finally {
    sqlite.close();
  }
}

describe('every table of the database', () => {
  it('has its end told, and nothing is told of tables that are not there', () => {
    const there = query<{ name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").map(({ name }) => name);
    expect(Object.keys(tables).toSorted()).toEqual(there.toSorted());
  });

  it('goes by a class of the table of keep-times that there is', () => {
    const classes = retention.map(({ id }) => id);
    for (const [table, covered] of Object.entries(tables)) if ('by' in covered) expect(classes, table).toContain(covered.by);
  });

  it('goes with its parent where it says so', () => {
    for (const [table, covered] of Object.entries(tables)) {
      if (!('with' in covered)) continue;
      const keys = query<{ table: string; on_delete: string }>(`select "table", on_delete from pragma_foreign_key_list('${table}')`);
      expect(keys, table).toContainEqual({ table: covered.with, on_delete: 'CASCADE' });
    }
  });

  it('goes with its workspace or its person when it holds anything of them', () => {
    // From each of these a chain of cascades must lead to a workspace or a person.
    const owned = Object.entries(tables).filter(([table, covered]) => !('stays' in covered) && !['users', 'workspaces', 'holds', 'budgets', 'heeded_calls', 'aggregates', 'prune_runs', 'prunings',
      // These outlive their person by promise, without name and address; see eraseSupportSender and the keys that are set to null.
      'news_marks', 'billing_invoices', 'billing_events', 'support_threads', 'support_messages', 'notice_recipients'].includes(table));
    const parents = (table: string) => query<{ table: string; on_delete: string }>(`select "table", on_delete from pragma_foreign_key_list('${table}')`).filter(({ on_delete }) => on_delete === 'CASCADE').map((key) => key.table);
    const leads = (table: string, seen: readonly string[] = []): boolean => ['users', 'workspaces'].includes(table) || (!seen.includes(table) && parents(table).some((parent) => leads(parent, [...seen, table])));
    expect(owned.map(([table]) => table).filter((table) => !leads(table))).toEqual([]);
  });
});
