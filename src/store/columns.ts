import { sql, type Column } from 'drizzle-orm';
import { blob, check, integer, text } from 'drizzle-orm/sqlite-core';

/** Column kinds that mean the same on any SQL database. Names are given by the schema; SQL's own clock is never used. */

/** UUIDv7 made by us. */
export const id = () => text();

/** Epoch milliseconds. */
export const instant = () => integer({ mode: 'number' });

export const flag = () => integer({ mode: 'boolean' });

export const json = <T>() => text({ mode: 'json' }).$type<T>();

/** An enum: text, with `isOneOf` as the check that the database itself holds. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => text({ enum: values });

export const isOneOf = (name: string, column: Column) =>
  check(name, sql`${column} in (${sql.raw((column.enumValues ?? []).map((value) => `'${value}'`).join(', '))})`);

/** Ciphertext from `lib/seal`. */
export const sealed = () => blob({ mode: 'buffer' });
