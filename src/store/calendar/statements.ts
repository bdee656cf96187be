import type { Statement } from 'better-sqlite3';
import type { Db } from '../db.ts';

/** A query that is prepared; what a row is, its text says. */
export interface Query<Row> {
  all(...values: unknown[]): Row[];
  get(...values: unknown[]): Row | undefined;
}

/** Prepared queries by their text: what a busy page asks forty times is parsed once. */
export type Statements = <Row>(text: string) => Query<Row>;

/** `text` is ours, never what somebody typed: there are as many as there are queries in this folder. */
export function statementsOf(db: Db): Statements {
  const known = new Map<string, Statement>();
  return <Row>(text: string) => {
    const one = known.get(text) ?? db.$client.prepare(text);
    known.set(text, one);
    return one as Query<Row>;
  };
}
