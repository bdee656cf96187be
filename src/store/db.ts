import Database from 'better-sqlite3';
import { sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

export type Sqlite = Database.Database;
export type Db = ReturnType<typeof drizzleOver>;
/** What a transaction's callback gets: the same queries, one atomic act. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export function openSqlite(file: string, options: { readonly?: boolean } = {}): Sqlite {
  const sqlite = new Database(file, options);
  if (!options.readonly) sqlite.pragma('journal_mode = WAL');
  // A reopened WAL file is NORMAL by itself: a power cut could then drop an intent mark that was already acted on.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  // What is deleted is overwritten with zeros; see `prunings.compact` for what else that takes.
  sqlite.pragma('secure_delete = ON');
  return sqlite;
}

export function drizzleOver(sqlite: Sqlite) {
  return drizzle(sqlite, { casing: 'snake_case' });
}

/** Like `inArray`, for however many: they come as one value, and a statement takes no more than 32,766. */
export function among(column: SQLiteColumn, values: readonly string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}

/** A query that pages ask all the time: built and prepared when it is first asked for, then kept. To build one takes longer than to ask it. */
export function kept<Query>(prepared: () => Query): () => Query {
  let query: Query | undefined;
  return () => (query ??= prepared());
}

/** One atomic write; takes the writer's lock at once so that it cannot fail half-way for want of it. */
export function atomic<T>(db: Db, act: (tx: Tx) => T): T {
  return db.transaction(act, { behavior: 'immediate' });
}
