import { and, count, desc, eq, exists, isNull, sql } from 'drizzle-orm';
import type { Role } from '../../domain/role.ts';
import { record } from '../instance/audit.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import type { NewWorkspace, Workspace } from '../people.ts';
import { members, sessions, workspaces } from '../schema/people.ts';
import { posts } from '../schema/posts.ts';

/** The workspaces of a person, and which of them a session looks at. */
export function workspacesStore(db: Db) {
  return {
    /** Another workspace, owned by whoever makes it. */
    async make(userId: string, workspace: NewWorkspace, most: number): Promise<'made' | 'too_many'> {
      return atomic(db, (tx) => {
        const owned = tx.select({ n: count() }).from(members).where(and(eq(members.userId, userId), eq(members.role, 'owner'))).get()?.n ?? 0;
        if (owned >= most) return 'too_many';
        founded(tx, workspace, userId);
        record(tx, workspace.id, { userId, now: workspace.createdAt }, 'workspace.made');
        return 'made';
      });
    },

    /** A session looks at another workspace of its person; false when they are not in it. */
    async look(sessionId: string, userId: string, workspaceId: string): Promise<boolean> {
      return db.update(sessions).set({ workspaceId }).where(and(
        eq(sessions.id, sessionId), eq(sessions.userId, userId),
        exists(db.select({ one: sql`1` }).from(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))),
      )).run().changes > 0;
    },

    /** The one a person looked at last, for a new session. */
    async latestOf(userId: string): Promise<(Workspace & { role: Role }) | undefined> {
      const row = db.select({ workspace: workspaces, role: members.role }).from(members).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(eq(members.userId, userId)).orderBy(desc(sql`coalesce(${members.activeAt}, 0)`), workspaces.createdAt, workspaces.id).limit(1).get();
      return row && { ...row.workspace, role: row.role };
    },

    /** Where a post is, for a person who is a member there. */
    async withPost(userId: string, postId: string): Promise<Workspace | undefined> {
      return db.select({ workspace: workspaces }).from(posts)
        .innerJoin(members, and(eq(members.workspaceId, posts.workspaceId), eq(members.userId, userId)))
        .innerJoin(workspaces, eq(workspaces.id, posts.workspaceId)).where(and(eq(posts.id, postId), isNull(posts.deletedAt))).get()?.workspace;
    },
  };
}

/** A workspace with its first owner, as part of a larger act. */
export function founded(tx: Tx, workspace: NewWorkspace, userId: string): void {
  tx.insert(workspaces).values(workspace).run();
  tx.insert(members).values({ workspaceId: workspace.id, userId, role: 'owner', createdAt: workspace.createdAt }).run();
}
