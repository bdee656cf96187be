import { and, asc, count, eq, getTableColumns, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { WorkspaceHold } from '../domain/publication.ts';
import type { Role } from '../domain/role.ts';
import type { KeyRing } from '../lib/secrets/seal.ts';
import { record, type By } from './instance/audit.ts';
import { atomic, kept, type Db } from './db.ts';
import { putMail, type NewMail } from './people/mails.ts';
import { members, sessions, users, workspaces } from './schema/people.ts';
import { emailChanges } from './schema/privacy.ts';
import { founded } from './team/workspaces.ts';

export type User = typeof users.$inferSelect;
export type NewUser = Pick<User, 'id' | 'name' | 'email' | 'passwordHash' | 'createdAt'>;
export type Workspace = typeof workspaces.$inferSelect;
export type NewWorkspace = Pick<Workspace, 'id' | 'name' | 'zone' | 'createdAt'>;

export function peopleStore(db: Db, ring: KeyRing) {
  // Every page asks these.
  const [userId, workspaceId] = [sql.placeholder('userId'), sql.placeholder('workspaceId')];
  const userOf = kept(() => db.select().from(users).where(eq(users.id, userId)).prepare());
  const workspaceOf = kept(() => db.select().from(workspaces).where(eq(workspaces.id, workspaceId)).prepare());
  const placeOf = kept(() => db.select({ role: members.role, operator: users.operator, activeAt: members.activeAt }).from(members)
    .innerJoin(users, eq(users.id, members.userId)).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), isNull(users.erasingAt), isNull(workspaces.erasingAt))).prepare());
  const workspacesOf = kept(() => db.select({ ...getTableColumns(workspaces), role: members.role })
    .from(members).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), isNull(workspaces.erasingAt))).orderBy(asc(workspaces.createdAt), asc(workspaces.id)).prepare());

  return {
    /**
     * A person with a workspace of their own. `onlyFirst` makes it succeed for the first person of the instance alone,
     * whoever asks at the same time; the first person runs the instance.
     */
    async signUp(user: NewUser, workspace: NewWorkspace, onlyFirst: boolean): Promise<'created' | 'closed' | 'email_taken'> {
      return atomic(db, (tx) => {
        const first = (tx.select({ n: count() }).from(users).get()?.n ?? 0) === 0;
        if (onlyFirst && !first) return 'closed';
        if (tx.select().from(users).where(eq(users.email, user.email)).get()) return 'email_taken';
        tx.insert(users).values({ ...user, operator: first }).run();
        founded(tx, workspace, user.id);
        return 'created';
      });
    },

    async countUsers(): Promise<number> {
      return db.select({ n: count() }).from(users).get()?.n ?? 0;
    },

    /** Not whose account is being deleted. */
    async userByEmail(email: string): Promise<User | undefined> {
      return db.select().from(users).where(and(eq(users.email, email), isNull(users.erasingAt))).get();
    },

    async user(id: string): Promise<User | undefined> {
      return userOf().get({ userId: id });
    },

    /** Whoever runs this instance. */
    async operators(): Promise<User[]> {
      return db.select().from(users).where(eq(users.operator, true)).all();
    },

    async setPassword(userId: string, passwordHash: string): Promise<void> {
      db.update(users).set({ passwordHash }).where(eq(users.id, userId)).run();
    },

    /** A new password, with the end of every session; `mail` tells the person. */
    async changePassword(userId: string, passwordHash: string, mail: NewMail): Promise<void> {
      atomic(db, (tx) => {
        tx.update(users).set({ passwordHash }).where(eq(users.id, userId)).run();
        tx.delete(sessions).where(eq(sessions.userId, userId)).run();
        putMail(tx, ring, mail);
      });
    },

    async rename(userId: string, name: string): Promise<void> {
      db.update(users).set({ name }).where(eq(users.id, userId)).run();
    },

    async objectToAggregates(userId: string, since: number | null): Promise<void> {
      db.update(users).set({ aggregatesObjected: since }).where(eq(users.id, userId)).run();
    },

    /** The workspaces that are left out of all sums, because an owner objects to them. */
    async objecting(): Promise<string[]> {
      return db.selectDistinct({ id: members.workspaceId }).from(members).innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.role, 'owner'), isNotNull(users.aggregatesObjected))).all().map(({ id }) => id);
    },

    /** A new address that waits for its confirmation; it takes the place of an earlier one. */
    async askEmailChange(change: typeof emailChanges.$inferSelect): Promise<void> {
      atomic(db, (tx) => {
        tx.delete(emailChanges).where(eq(emailChanges.userId, change.userId)).run();
        tx.insert(emailChanges).values(change).run();
      });
    },

    async emailChange(userId: string, now: number): Promise<typeof emailChanges.$inferSelect | undefined> {
      return db.select().from(emailChanges).where(and(eq(emailChanges.userId, userId), gt(emailChanges.expiresAt, now))).get();
    },

    /** Confirms it, once, unless somebody else has the address by now; `mail` tells the old address. */
    async confirmEmail(id: string, userId: string, mail: NewMail, now: number): Promise<{ state: 'changed'; email: string } | { state: 'taken' | 'over' }> {
      return atomic(db, (tx) => {
        const change = tx.delete(emailChanges).where(and(eq(emailChanges.id, id), eq(emailChanges.userId, userId))).returning().get();
        if (!change || change.expiresAt <= now) return { state: 'over' };
        if (tx.select({ id: users.id }).from(users).where(eq(users.email, change.email)).get()) return { state: 'taken' };
        tx.update(users).set({ email: change.email, emailVerifiedAt: now }).where(eq(users.id, userId)).run();
        putMail(tx, ring, mail);
        return { state: 'changed', email: change.email };
      });
    },

    async sweepEmailChanges(now: number): Promise<void> {
      db.delete(emailChanges).where(lte(emailChanges.expiresAt, now)).run();
    },

    /** The address of this account is known to be theirs; the first moment stays. */
    async verifyEmail(userId: string, now: number): Promise<void> {
      db.update(users).set({ emailVerifiedAt: now }).where(and(eq(users.id, userId), isNull(users.emailVerifiedAt))).run();
    },

    async workspace(workspaceId: string): Promise<Workspace | undefined> {
      return workspaceOf().get({ workspaceId });
    },

    /** What is different is recorded by its name. */
    async updateWorkspace(workspaceId: string, change: { name: string; zone: string }, by: By): Promise<void> {
      atomic(db, (tx) => {
        const was = tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).get();
        if (!was) return;
        tx.update(workspaces).set(change).where(eq(workspaces.id, workspaceId)).run();
        const names = [...(was.name === change.name ? [] : ['name']), ...(was.zone === change.zone ? [] : ['time zone'])];
        if (names.length > 0) record(tx, workspaceId, by, 'workspace.changed', null, { names });
      });
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

    /** What a person is in a workspace, whether they run the instance, and the day they last looked at it. Nothing any more once either is being deleted. */
    async place(workspaceId: string, userId: string): Promise<{ role: Role; operator: boolean; activeAt: number | null } | undefined> {
      return placeOf().get({ workspaceId, userId });
    },

    /** The workspaces a person is in, oldest first; none that is being deleted. */
    async workspacesOf(userId: string): Promise<(Workspace & { role: Role })[]> {
      return workspacesOf().all({ userId });
    },

    /** Another workspace for somebody who is here already. */
    async addWorkspace(userId: string, workspace: Pick<Workspace, 'id' | 'name' | 'zone' | 'createdAt'>): Promise<void> {
      atomic(db, (tx) => {
        tx.insert(workspaces).values(workspace).run();
        tx.insert(members).values({ workspaceId: workspace.id, userId, role: 'owner', createdAt: workspace.createdAt }).run();
      });
    },

    async workspaceIds(): Promise<string[]> {
      return db.select({ id: workspaces.id }).from(workspaces).all().map(({ id }) => id);
    },
  };
}
