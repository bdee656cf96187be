import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { atomic, type Db } from '../db.ts';
import { channels, connections } from '../schema/channels.ts';
import { attempts, publications } from '../schema/publications.ts';

/** What is being sent while its workspace is deleted, and the accesses it needs. */
export function inFlightStore(db: Db) {
  const visible = sql`exists (select 1 from steps s where s.publication_id = ${publications.id} and s.kind = 'once')`;
  /** Claimed, or begun so that people may see something of it already. */
  const flying = (workspaceId: string) => and(eq(publications.workspaceId, workspaceId), or(
    eq(publications.status, 'publishing'), and(eq(publications.status, 'scheduled'), isNotNull(publications.snapshot), visible),
  ));

  return {
    /** The connections through which something is on its way; all else of the workspace has not begun and never will. */
    async connections(workspaceId: string): Promise<Set<string>> {
      return new Set(db.selectDistinct({ id: channels.connectionId }).from(publications).innerJoin(channels, eq(channels.id, publications.channelId))
        .where(flying(workspaceId)).all().map(({ id }) => id));
    },

    /** Takes the right to write from what has not settled in time. */
    async stop(workspaceId: string, now: number): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.update(publications).set({ status: 'unconfirmed', reason: null, lockedBy: null, lockedUntil: null, updatedAt: now })
          .where(flying(workspaceId)).returning({ id: publications.id }).all();
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) tx.update(attempts).set({ endedAt: now, outcome: 'unconfirmed' }).where(and(inArray(attempts.publicationId, ids), isNull(attempts.endedAt))).run();
        return ids.length;
      });
    },

    /** The connections whose access is still here. */
    async grants(workspaceId: string): Promise<{ id: string; provider: string; accountId: string }[]> {
      return db.select({ id: connections.id, provider: connections.provider, accountId: connections.accountId }).from(connections)
        .where(and(eq(connections.workspaceId, workspaceId), isNotNull(connections.grant))).all();
    },
  };
}
