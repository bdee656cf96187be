import type { Statement } from 'better-sqlite3';
import type { Db } from '../db.ts';

/** Prepared statements by their text: what a busy page asks forty times is parsed once. */
export interface Statements {
  all<Row>(text: string, ...values: unknown[]): Row[];
  get<Row>(text: string, ...values: unknown[]): Row | undefined;
}

type Prepared = Statement<unknown[]>;

/** `text` is ours, never what somebody typed: there are as many as there are queries in this folder. */
export function statementsOf(db: Db): Statements {
  const known = new Map<string, Prepared>();
  const prepared = (text: string) => {
    const one = known.get(text) ?? db.$client.prepare<unknown[]>(text);
    known.set(text, one);
    return one;
  };
  return {
    all: <Row>(text: string, ...values: unknown[]) => prepared(text).all(...values) as Row[],
    get: <Row>(text: string, ...values: unknown[]) => prepared(text).get(...values) as Row | undefined,
  };
}
