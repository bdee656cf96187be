import { and, eq } from 'drizzle-orm';
import type { UndoNote } from '../../domain/posts/undo.ts';
import type { Db } from '../db.ts';
import { undos } from '../schema/undos.ts';

/** What can be taken back, each once, by whoever did it. */
export function undosStore(db: Db) {
  return {
    async keep(workspaceId: string, undo: { id: string; userId: string; note: UndoNote; madeAt: number }): Promise<void> {
      db.insert(undos).values({ ...undo, workspaceId }).run();
    },

    async take(workspaceId: string, userId: string, id: string): Promise<UndoNote | undefined> {
      return db.delete(undos).where(and(eq(undos.workspaceId, workspaceId), eq(undos.userId, userId), eq(undos.id, id))).returning().get()?.note;
    },
  };
}
