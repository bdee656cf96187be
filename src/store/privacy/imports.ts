import { and, asc, desc, eq, inArray, lte, or } from 'drizzle-orm';
import { atomic, type Db } from '../db.ts';
import { imported, imports } from '../schema/privacy.ts';

export type Import = typeof imports.$inferSelect;

/** Archives on their way in. */
export function importsStore(db: Db) {
  const mine = (workspaceId: string, id: string) => and(eq(imports.workspaceId, workspaceId), eq(imports.id, id));
  const place = (workspaceId: string, archiveId: string, kind: 'media' | 'post') =>
    and(eq(imported.workspaceId, workspaceId), eq(imported.archiveId, archiveId), eq(imported.kind, kind));

  return {
    async add(row: Pick<Import, 'id' | 'userId' | 'workspaceId' | 'archiveId' | 'createdAt'>): Promise<void> {
      db.insert(imports).values({ ...row, state: 'shown', channels: {}, withPublished: false, done: 0, total: 0, problems: [], endedAt: null }).run();
    },

    async get(workspaceId: string, id: string): Promise<Import | undefined> {
      return db.select().from(imports).where(mine(workspaceId, id)).get();
    },

    async latest(workspaceId: string, limit: number): Promise<Import[]> {
      return db.select().from(imports).where(eq(imports.workspaceId, workspaceId)).orderBy(desc(imports.createdAt), desc(imports.id)).limit(limit).all();
    },

    /** Once: what was begun is not begun again with other choices. */
    async begin(workspaceId: string, id: string, choices: Pick<Import, 'channels' | 'withPublished' | 'total'>): Promise<boolean> {
      return db.update(imports).set({ ...choices, state: 'running' }).where(and(mine(workspaceId, id), eq(imports.state, 'shown'))).run().changes > 0;
    },

    async running(): Promise<Import[]> {
      return db.select().from(imports).where(eq(imports.state, 'running')).orderBy(asc(imports.createdAt)).all();
    },

    async progress(id: string, done: number): Promise<void> {
      db.update(imports).set({ done }).where(eq(imports.id, id)).run();
    },

    async end(id: string, how: Pick<Import, 'state' | 'problems'> & { now: number }): Promise<void> {
      db.update(imports).set({ state: how.state, problems: how.problems, endedAt: how.now }).where(eq(imports.id, id)).run();
    },

    /** What of an archive is here: its ids to ours. */
    async known(workspaceId: string, archiveId: string, kind: 'media' | 'post'): Promise<Map<string, string>> {
      return new Map(db.select().from(imported).where(place(workspaceId, archiveId, kind)).all().map(({ theirs, ours }) => [theirs, ours]));
    },

    /** Which id one of its things has here: put down before the thing itself, so that a second try gives the same. */
    async assign(workspaceId: string, archiveId: string, kind: 'media' | 'post', theirs: string, ours: string): Promise<string> {
      return atomic(db, (tx) => {
        tx.insert(imported).values({ workspaceId, archiveId, kind, theirs, ours }).onConflictDoNothing().run();
        return tx.select({ ours: imported.ours }).from(imported).where(and(place(workspaceId, archiveId, kind), eq(imported.theirs, theirs))).get()?.ours ?? ours;
      });
    },

    async about(subject: { userId?: string; workspaceId?: string }): Promise<string[]> {
      const { userId, workspaceId } = subject;
      return db.select({ id: imports.id }).from(imports)
        .where(or(userId === undefined ? undefined : eq(imports.userId, userId), workspaceId === undefined ? undefined : eq(imports.workspaceId, workspaceId))).all().map(({ id }) => id);
    },

    /** Those whose file is still needed. */
    async open(): Promise<Set<string>> {
      return new Set(db.select({ id: imports.id }).from(imports).where(inArray(imports.state, ['shown', 'running'])).all().map(({ id }) => id));
    },

    /** Forgets previews that nobody went on with, and reports of long ago. */
    async forgetBefore(at: number): Promise<string[]> {
      return db.delete(imports).where(and(lte(imports.createdAt, at), inArray(imports.state, ['shown', 'done', 'failed']))).returning().all().map(({ id }) => id);
    },
  };
}
