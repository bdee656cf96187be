import { and, asc, count, desc, eq, exists, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { atLeast, mayChange, type GivenRole, type Role } from '../../domain/role.ts';
import { record, type ByPerson } from '../instance/audit.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { connecting } from '../schema/channels.ts';
import { keys } from '../schema/keys.ts';
import { members, sessions, users, workspaces } from '../schema/people.ts';
import { invitations } from '../schema/team.ts';

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: number;
  activeAt: number | null;
}

/** How a change ended: `gone` when the member is no longer there, `not_allowed` by the role that the actor has at that moment. */
export type MemberChange = 'done' | 'gone' | 'not_allowed' | 'last_owner';

/** Who is in a workspace. Each change reads the roles anew: what was true when a page was drawn may be over. */
export function membersStore(db: Db) {
  return {
    /** Owners first, then by name. */
    async list(workspaceId: string): Promise<Member[]> {
      return db.select({
        userId: users.id, name: users.name, email: users.email, role: members.role, createdAt: members.createdAt, activeAt: members.activeAt,
      }).from(members).innerJoin(users, eq(users.id, members.userId)).where(eq(members.workspaceId, workspaceId))
        .orderBy(sql`case ${members.role} when 'owner' then 0 when 'admin' then 1 when 'editor' then 2 else 3 end`, asc(users.name), asc(users.id)).all();
    },

    async count(workspaceId: string): Promise<number> {
      return db.select({ n: count() }).from(members).where(eq(members.workspaceId, workspaceId)).get()?.n ?? 0;
    },

    /** Notes that a person looked at a workspace; `day` is the beginning of one, and nothing finer is kept. */
    async seen(workspaceId: string, userId: string, day: number): Promise<void> {
      db.update(members).set({ activeAt: day })
        .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), or(isNull(members.activeAt), lt(members.activeAt, day)))).run();
    },

    /** Gives a member another role. Whoever manages no more loses the invitations and connections they had begun. */
    async setRole(workspaceId: string, by: ByPerson, userId: string, role: GivenRole): Promise<MemberChange> {
      return atomic(db, (tx) => {
        const was = roleOf(tx, workspaceId, userId);
        const refusal = refusalOf(tx, workspaceId, by, was);
        if (refusal || !was) return refusal ?? 'gone';
        if (was === 'owner' && isLastOwner(tx, workspaceId, userId)) return 'last_owner';
        if (was === role) return 'done';
        put(tx, workspaceId, userId, role, by.now);
        record(tx, workspaceId, by, 'member.role', userId, { role, was });
        return 'done';
      });
    },

    async remove(workspaceId: string, by: ByPerson, userId: string): Promise<MemberChange> {
      return atomic(db, (tx) => {
        const was = roleOf(tx, workspaceId, userId);
        const refusal = refusalOf(tx, workspaceId, by, was);
        if (refusal || !was) return refusal ?? 'gone';
        if (was === 'owner' && isLastOwner(tx, workspaceId, userId)) return 'last_owner';
        endPlace(tx, workspaceId, userId, by.now);
        record(tx, workspaceId, by, 'member.removed', userId, { was });
        return 'done';
      });
    },

    /** A member goes, whatever their role; the last owner cannot. */
    async leave(workspaceId: string, by: ByPerson): Promise<MemberChange> {
      return atomic(db, (tx) => {
        const was = roleOf(tx, workspaceId, by.userId);
        if (!was) return 'gone';
        if (was === 'owner' && isLastOwner(tx, workspaceId, by.userId)) return 'last_owner';
        endPlace(tx, workspaceId, by.userId, by.now);
        record(tx, workspaceId, by, 'member.left', null, { was });
        return 'done';
      });
    },

    /** An owner makes another member owner and becomes admin, unless they stay one as well. */
    async handOver(workspaceId: string, by: ByPerson, userId: string, stay: boolean): Promise<MemberChange> {
      return atomic(db, (tx) => {
        if (roleOf(tx, workspaceId, by.userId) !== 'owner' || userId === by.userId) return 'not_allowed';
        const was = roleOf(tx, workspaceId, userId);
        if (!was) return 'gone';
        put(tx, workspaceId, userId, 'owner', by.now);
        record(tx, workspaceId, by, 'member.handed_over', userId, { was });
        if (!stay) {
          put(tx, workspaceId, by.userId, 'admin', by.now);
          record(tx, workspaceId, by, 'member.role', by.userId, { role: 'admin', was: 'owner' });
        }
        return 'done';
      });
    },
  };
}

export function roleOf(tx: Tx, workspaceId: string, userId: string): Role | undefined {
  return tx.select({ role: members.role }).from(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).get()?.role;
}

function put(tx: Tx, workspaceId: string, userId: string, role: Role, now: number) {
  tx.update(members).set({ role }).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).run();
  if (!atLeast(role, 'admin')) endManaging(tx, workspaceId, userId, now);
}

function refusalOf(tx: Tx, workspaceId: string, by: ByPerson, was: Role | undefined): MemberChange | null {
  const own = roleOf(tx, workspaceId, by.userId);
  if (!own || !mayChange(own, was ?? 'viewer')) return 'not_allowed';
  return was ? null : 'gone';
}

function isLastOwner(tx: Tx, workspaceId: string, userId: string): boolean {
  return tx.select({ id: members.userId }).from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.role, 'owner'), ne(members.userId, userId))).get() === undefined;
}

/** Takes a person out; their sessions look at another workspace of theirs from now on, or end. */
function endPlace(tx: Tx, workspaceId: string, userId: string, now: number) {
  const place = and(eq(members.workspaceId, workspaceId), eq(members.userId, userId));
  tx.delete(members).where(place).run();
  endManaging(tx, workspaceId, userId, now);
  const here = and(eq(sessions.userId, userId), eq(sessions.workspaceId, workspaceId));
  const other = tx.select({ id: workspaces.id }).from(workspaces)
    .where(exists(tx.select({ one: sql`1` }).from(members).where(and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId)))))
    .orderBy(desc(workspaces.createdAt)).limit(1).get();
  if (other) tx.update(sessions).set({ workspaceId: other.id }).where(here).run();
  else tx.delete(sessions).where(here).run();
}

/** A link or a key that a former admin has kept, or a code they let a bot say, must open nothing. */
function endManaging(tx: Tx, workspaceId: string, userId: string, now: number) {
  tx.delete(connecting).where(and(eq(connecting.workspaceId, workspaceId), eq(connecting.userId, userId))).run();
  tx.delete(keys).where(and(eq(keys.workspaceId, workspaceId), eq(keys.createdBy, userId))).run();
  tx.update(invitations).set({ revokedAt: now })
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.invitedBy, userId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt))).run();
}
