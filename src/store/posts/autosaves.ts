import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import { kept, type Db } from '../db.ts';
import { autosaves } from '../schema/autosaves.ts';
import { users } from '../schema/people.ts';

export type Autosave = typeof autosaves.$inferSelect;

/** What is typed and not saved: everybody sees their own alone. */
export function autosavesStore(db: Db) {
  const own = (workspaceId: string, userId: string, id: string) =>
    and(eq(autosaves.id, id), eq(autosaves.workspaceId, workspaceId), eq(autosaves.userId, userId));
  const latest = kept(() => db.select().from(autosaves).where(and(
    eq(autosaves.userId, sql.placeholder('userId')), eq(autosaves.workspaceId, sql.placeholder('workspaceId')), sql`${autosaves.postId} is ${sql.placeholder('postId')}`,
  )).orderBy(desc(autosaves.changedAt)).limit(sql.placeholder('limit')).prepare());

  return {
    /** Nothing happens when the row is somebody else's, or was begun for another post. */
    async put(workspaceId: string, { userId, ...row }: Omit<Autosave, 'workspaceId'>): Promise<void> {
      const { entries, excerpt, changedAt } = row;
      db.insert(autosaves).values({ ...row, workspaceId, userId }).onConflictDoUpdate({
        target: autosaves.id, set: { entries, excerpt, changedAt },
        setWhere: sql`${autosaves.workspaceId} = ${workspaceId} and ${autosaves.userId} = ${userId} and ${autosaves.postId} is ${row.postId}`,
      }).run();
    },

    async get(workspaceId: string, userId: string, id: string): Promise<Autosave | undefined> {
      return db.select().from(autosaves).where(own(workspaceId, userId, id)).get();
    },

    /** The latest changed first; those of new posts when `postId` is null. */
    async latest(workspaceId: string, userId: string, postId: string | null, limit: number): Promise<Autosave[]> {
      return latest().all({ workspaceId, userId, postId, limit });
    },

    async remove(workspaceId: string, userId: string, id: string): Promise<void> {
      db.delete(autosaves).where(own(workspaceId, userId, id)).run();
    },

    /** The names of others who have typed into this post since then. */
    async othersAt(workspaceId: string, userId: string, postId: string, since: number): Promise<string[]> {
      return db.selectDistinct({ name: users.name }).from(autosaves).innerJoin(users, eq(users.id, autosaves.userId))
        .where(and(eq(autosaves.workspaceId, workspaceId), eq(autosaves.postId, postId), ne(autosaves.userId, userId), gte(autosaves.changedAt, since)))
        .all().map(({ name }) => name);
    },
  };
}
