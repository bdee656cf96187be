import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { atomic, type Db, type Tx } from '../db.ts';
import { media, posts } from '../schema/posts.ts';
import { users, workspaces } from '../schema/people.ts';
import { erasures } from '../schema/privacy.ts';
import type { pruningsStore } from '../instance/prunings.ts';
import { erasers } from './erasers.ts';

/** Up to this size (bytes) the whole file is written anew between two pages without anybody noticing. */
const quicklyWritten = 128 * 1024 * 1024;

/** A column of some table that names a workspace or a person. */
interface Reference {
  table: string;
  column: string;
  goes: 'CASCADE' | 'SET NULL';
}

/** The slow part of a deletion, in batches: each is one short act, and the next one carries on wherever the last ended. */
export function wipeStore(db: Db, prunings: Pick<ReturnType<typeof pruningsStore>, 'compact' | 'settleLog'>) {
  const count = (tx: Tx, erasureId: string, what: string, rows: number) => {
    const key = sql.raw(`'$.${what}'`);
    tx.update(erasures).set({ counts: sql`json_set(${erasures.counts}, ${key}, coalesce(json_extract(${erasures.counts}, ${key}), 0) + ${rows})` })
      .where(eq(erasures.id, erasureId)).run();
  };

  return {
    /** Deletes up to `limit` posts with all that belongs to them. */
    async posts(erasureId: string, workspaceId: string, limit: number): Promise<number> {
      return atomic(db, (tx) => {
        const ids = tx.select({ id: posts.id }).from(posts).where(eq(posts.workspaceId, workspaceId)).limit(limit).all().map(({ id }) => id);
        if (ids.length === 0) return 0;
        tx.delete(posts).where(inArray(posts.id, ids)).run();
        count(tx, erasureId, 'posts', ids.length);
        return ids.length;
      });
    },

    /** The next files to remove; their rows go after them, so that a death leaves no file that nobody knows of. */
    async files(workspaceId: string, limit: number): Promise<string[]> {
      return db.select({ id: media.id }).from(media).where(eq(media.workspaceId, workspaceId)).limit(limit).all().map(({ id }) => id);
    },

    async media(erasureId: string, workspaceId: string, ids: readonly string[]): Promise<void> {
      atomic(db, (tx) => {
        const { changes } = tx.delete(media).where(and(eq(media.workspaceId, workspaceId), inArray(media.id, [...ids]))).run();
        count(tx, erasureId, 'files', changes);
      });
    },

    /** Deletes or unnames up to `limit` of the rows that name a workspace or a person; 0 when there are none left. */
    async references(erasureId: string, kind: 'account' | 'workspace', id: string, limit: number): Promise<number> {
      return atomic(db, (tx) => {
        for (const { table, column, goes } of referencesTo(tx, kind === 'account' ? 'users' : 'workspaces')) {
          const which = sql`rowid in (select rowid from ${sql.identifier(table)} where ${sql.identifier(column)} = ${id} limit ${limit})`;
          const { changes } = goes === 'CASCADE'
            ? tx.run(sql`delete from ${sql.identifier(table)} where ${which}`)
            : tx.run(sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = null where ${which}`);
          if (changes === 0) continue;
          if (goes === 'CASCADE') count(tx, erasureId, 'rows', changes);
          return changes;
        }
        return 0;
      });
    },

    /** What no reference reaches (see `erasers`). */
    async unname(kind: 'account' | 'workspace', id: string, now: number): Promise<void> {
      atomic(db, (tx) => {
        for (const { user, workspace } of erasers) (kind === 'account' ? user : workspace)?.(tx, id, now);
      });
    },

    /** The row itself, when everything that names it is gone. */
    async subject(kind: 'account' | 'workspace', id: string): Promise<void> {
      const table: SQLiteTable & { id: typeof users.id | typeof workspaces.id } = kind === 'account' ? users : workspaces;
      db.delete(table).where(eq(table.id, id)).run();
    },

    /**
     * Leaves no bytes of what was deleted (see `prunings.compact`); a large file is written anew in the night. False when
     * another process is reading.
     */
    async scrub(): Promise<boolean> {
      const [size] = db.all<{ bytes: number }>(sql`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`);
      return (size?.bytes ?? 0) <= quicklyWritten ? prunings.compact() : prunings.settleLog();
    },
  };
}

/** Every column with a foreign key to `target`. One that would bar the deletion is a mistake in the schema. */
export function referencesTo(db: Db | Tx, target: string): Reference[] {
  const tables = db.all<{ name: string }>(sql`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`);
  return tables.flatMap(({ name }) => db.all<{ table: string; from: string; on_delete: string }>(sql`select "table", "from", on_delete from pragma_foreign_key_list(${name})`)
    .filter((key) => key.table === target)
    .map(({ from, on_delete: goes }) => {
      if (goes !== 'CASCADE' && goes !== 'SET NULL') throw new Error(`${name}.${from} would keep a row of ${target} from being deleted`);
      return { table: name, column: from, goes };
    }));
}
