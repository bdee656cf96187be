import { and, asc, eq, getTableColumns, isNull, lte } from 'drizzle-orm';
import { record, type By } from '../instance/audit.ts';
import { atomic, type Db } from '../db.ts';
import { keys, promisedPosts } from '../schema/keys.ts';
import { workspaces } from '../schema/people.ts';

/** A key as lists show it: the key itself cannot be had back. */
export type Key = Omit<typeof keys.$inferSelect, 'digest'>;
export type PromisedPost = typeof promisedPosts.$inferSelect;

export function keysStore(db: Db) {
  const { digest: _, ...shown } = getTableColumns(keys);

  return {
    /** Refused (false) when the workspace has `most` keys already. */
    async add(workspaceId: string, key: Omit<typeof keys.$inferSelect, 'workspaceId' | 'usedAt'>, most: number): Promise<boolean> {
      return atomic(db, (tx) => {
        if (tx.select({ id: keys.id }).from(keys).where(eq(keys.workspaceId, workspaceId)).all().length >= most) return false;
        tx.insert(keys).values({ ...key, workspaceId, usedAt: null }).run();
        record(tx, workspaceId, { userId: key.createdBy, now: key.createdAt }, 'key.made', key.id, { name: key.name });
        return true;
      });
    },

    /** Nothing while its workspace is being deleted, or held with its owner. */
    async byDigest(digest: string): Promise<Key | undefined> {
      return db.select(shown).from(keys).innerJoin(workspaces, eq(workspaces.id, keys.workspaceId))
        .where(and(eq(keys.digest, digest), isNull(workspaces.erasingAt), isNull(workspaces.suspendedAt))).get();
    },

    async list(workspaceId: string): Promise<Key[]> {
      return db.select(shown).from(keys).where(eq(keys.workspaceId, workspaceId)).orderBy(asc(keys.createdAt), asc(keys.id)).all();
    },

    async used(workspaceId: string, id: string, now: number): Promise<void> {
      db.update(keys).set({ usedAt: now }).where(and(eq(keys.workspaceId, workspaceId), eq(keys.id, id))).run();
    },

    /** From here on nobody gets in with it. */
    async revoke(workspaceId: string, id: string, by: By): Promise<boolean> {
      return atomic(db, (tx) => {
        const gone = tx.delete(keys).where(and(eq(keys.workspaceId, workspaceId), eq(keys.id, id))).returning({ name: keys.name }).get();
        if (gone) record(tx, workspaceId, by, 'key.revoked', id, { name: gone.name });
        return gone !== undefined;
      });
    },

    /** Notes down that a post by this name is to be made, or gives what was noted before. */
    async promise(workspaceId: string, promised: Pick<PromisedPost, 'name' | 'body' | 'postId' | 'expiresAt'>, now: number): Promise<PromisedPost> {
      return atomic(db, (tx) => {
        tx.delete(promisedPosts).where(and(eq(promisedPosts.workspaceId, workspaceId), eq(promisedPosts.name, promised.name), lte(promisedPosts.expiresAt, now))).run();
        tx.insert(promisedPosts).values({ ...promised, workspaceId, madeAt: null }).onConflictDoNothing().run();
        const row = tx.select().from(promisedPosts).where(and(eq(promisedPosts.workspaceId, workspaceId), eq(promisedPosts.name, promised.name))).get();
        if (!row) throw new Error('a promise vanished inside its own transaction');
        return row;
      });
    },

    async kept(workspaceId: string, name: string, now: number): Promise<void> {
      db.update(promisedPosts).set({ madeAt: now }).where(and(eq(promisedPosts.workspaceId, workspaceId), eq(promisedPosts.name, name))).run();
    },
  };
}
