import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { localEntries } from '../schema/publications.ts';

export type LocalEntryRow = typeof localEntries.$inferSelect;

/** The pages of the network inside this instance. */
export function localStore(db: Db) {
  return {
    /** The same key again changes nothing. */
    async put(workspaceId: string, entry: Omit<LocalEntryRow, 'workspaceId'>): Promise<void> {
      db.insert(localEntries).values({ ...entry, workspaceId }).onConflictDoNothing().run();
    },
    async get(workspaceId: string, key: string): Promise<LocalEntryRow | undefined> {
      return db.select().from(localEntries).where(and(eq(localEntries.workspaceId, workspaceId), eq(localEntries.key, key))).get();
    },
    async ofChannel(workspaceId: string, channelId: string, limit: number): Promise<LocalEntryRow[]> {
      return db.select().from(localEntries).where(and(eq(localEntries.workspaceId, workspaceId), eq(localEntries.channelId, channelId)))
        .orderBy(desc(localEntries.at), desc(localEntries.key)).limit(limit).all();
    },
  };
}
