import { and, asc, count, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { WorkspaceHold } from '../domain/publication.ts';
import type { Role } from '../domain/role.ts';
import { atomic, type Db } from './db.ts';
import { members, users, workspaces } from './schema/people.ts';

export type User = typeof users.$inferSelect;
export type Workspace = typeof workspaces.$inferSelect;

export function peopleStore(db: Db) {
  // Every page asks it.
  const workspaceOf = db.select().from(workspaces).where(eq(workspaces.id, sql.placeholder('workspaceId'))).prepare();

  return {
    /**
     * A person with a workspace of their own. `onlyFirst` makes it succeed for the first person of the instance alone,
     * whoever asks at the same time; the first person runs the instance.
     */
    async signUp(
      user: Omit<User, 'operator' | 'emailVerifiedAt'>, workspace: Omit<Workspace, 'frozenAt' | 'unpaidAt'>, onlyFirst: boolean,
    ): Promise<'created' | 'closed' | 'email_taken'> {
      return atomic(db, (tx) => {
        const first = (tx.select({ n: count() }).from(users).get()?.n ?? 0) === 0;
        if (onlyFirst && !first) return 'closed';
        if (tx.select().from(users).where(eq(users.email, user.email)).get()) return 'email_taken';
        tx.insert(users).values({ ...user, operator: first }).run();
        tx.insert(workspaces).values(workspace).run();
        tx.insert(members).values({ workspaceId: workspace.id, userId: user.id, role: 'owner', createdAt: user.createdAt }).run();
        return 'created';
      });
    },

    async countUsers(): Promise<number> {
      return db.select({ n: count() }).from(users).get()?.n ?? 0;
    },

    async userByEmail(email: string): Promise<User | undefined> {
      return db.select().from(users).where(eq(users.email, email)).get();
    },

    async user(id: string): Promise<User | undefined> {
      return db.select().from(users).where(eq(users.id, id)).get();
    },

    async setPassword(userId: string, passwordHash: string): Promise<void> {
      db.update(users).set({ passwordHash }).where(eq(users.id, userId)).run();
    },

    async workspace(workspaceId: string): Promise<Workspace | undefined> {
      return workspaceOf.get({ workspaceId });
    },

    async updateWorkspace(workspaceId: string, change: { name: string; zone: string }): Promise<void> {
      db.update(workspaces).set(change).where(eq(workspaces.id, workspaceId)).run();
    },

    /** Holds everything of a workspace back, or lets go of it; a hold that stands keeps its first moment. */
    async hold(workspaceId: string, why: WorkspaceHold, since: number | null): Promise<void> {
      const column = why === 'frozen' ? 'frozenAt' : 'unpaidAt';
      db.update(workspaces).set({ [column]: since })
        .where(and(eq(workspaces.id, workspaceId), since === null ? undefined : isNull(workspaces[column]))).run();
    },

    async role(workspaceId: string, userId: string): Promise<Role | undefined> {
      return db.select({ role: members.role }).from(members)
        .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).get()?.role;
    },

    /** What a person is in a workspace, and whether they run the instance. */
    async place(workspaceId: string, userId: string): Promise<{ role: Role; operator: boolean } | undefined> {
      return db.select({ role: members.role, operator: users.operator }).from(members).innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).get();
    },

    /** The workspaces a person is in, oldest first. */
    async workspacesOf(userId: string): Promise<(Workspace & { role: Role })[]> {
      return db.select({ ...getTableColumns(workspaces), role: members.role })
        .from(members).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(eq(members.userId, userId)).orderBy(asc(workspaces.createdAt), asc(workspaces.id)).all();
    },

    async workspaceIds(): Promise<string[]> {
      return db.select({ id: workspaces.id }).from(workspaces).all().map(({ id }) => id);
    },
  };
}
