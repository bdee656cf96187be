import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { AuditKind } from '../../domain/people/audit.ts';
import { atLeast, type Role } from '../../domain/role.ts';
import { record, type ByPerson } from '../instance/audit.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import type { NewUser, NewWorkspace } from '../people.ts';
import { members, users, workspaces } from '../schema/people.ts';
import { invitations } from '../schema/team.ts';
import { roleOf } from './members.ts';
import { founded } from './workspaces.ts';

export type Invitation = Omit<typeof invitations.$inferSelect, 'mailHash' | 'linkHash'>;

/** What makes an invitation anew: two tokens' hashes and how long they are good. */
export interface Fresh {
  mailHash: string;
  linkHash: string;
  expiresAt: number;
}

/** An invitation that can be accepted, as the person who opens it may see it. */
export interface OpenInvitation extends Invitation {
  workspaceName: string | null;
  inviterName: string | null;
  /** Opened through the mail: that mailbox is this person's. */
  byMail: boolean;
}

export type Accepted = { end: 'joined'; workspaceId: string | null } | { end: 'over' | 'member_already' | 'email_taken' };

/** Invitations into a workspace, and (workspace null) to the instance with a workspace of one's own. */
export function invitationsStore(db: Db) {
  const of = (workspaceId: string | null) => (workspaceId === null ? isNull(invitations.workspaceId) : eq(invitations.workspaceId, workspaceId));
  const waiting = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));
  const opens = (hash: string, now: number) => and(or(eq(invitations.mailHash, hash), eq(invitations.linkHash, hash)), waiting, gt(invitations.expiresAt, now));
  /** At this moment, whatever the page knew: an admin of the workspace, or the operator. */
  const may = (tx: Tx, workspaceId: string | null, { userId }: ByPerson) => (workspaceId === null
    ? tx.select({ operator: users.operator }).from(users).where(eq(users.id, userId)).get()?.operator === true
    : atLeast(roleOf(tx, workspaceId, userId) ?? 'viewer', 'admin'));
  const kinds = (workspaceId: string | null) => (workspaceId === null
    ? { invited: 'account.invited', again: 'account.invited_again', back: 'account.uninvited' } as const
    : { invited: 'member.invited', again: 'member.invited_again', back: 'member.uninvited' } as const);

  return {
    /** Invites an address; one that is invited already gets a fresh invitation in the place of the old one. */
    async invite(
      workspaceId: string | null, by: ByPerson, { id, email, role, ...fresh }: Fresh & { id: string; email: string; role: Role },
    ): Promise<{ end: 'invited'; id: string } | { end: 'not_allowed' | 'member_already' }> {
      return atomic(db, (tx) => {
        if (!may(tx, workspaceId, by)) return { end: 'not_allowed' };
        const known = tx.select({ id: users.id }).from(users).where(eq(users.email, email)).get();
        if (known && (workspaceId === null || roleOf(tx, workspaceId, known.id))) return { end: 'member_already' };
        const before = tx.select().from(invitations).where(and(of(workspaceId), eq(invitations.email, email), waiting)).get();
        const row = { ...fresh, role, invitedBy: by.userId, madeAt: by.now };
        if (before) tx.update(invitations).set(row).where(eq(invitations.id, before.id)).run();
        else tx.insert(invitations).values({ ...row, id, workspaceId, email }).run();
        record(tx, workspaceId, by, kinds(workspaceId).invited, before?.id ?? id, { role });
        return { end: 'invited', id: before?.id ?? id };
      });
    },

    /** The old links open nothing any more. Undefined when there is nothing to renew. */
    async renew(workspaceId: string | null, by: ByPerson, id: string, fresh: Fresh): Promise<Invitation | undefined> {
      return atomic(db, (tx) => {
        if (!may(tx, workspaceId, by)) return undefined;
        const row = tx.update(invitations).set({ ...fresh, invitedBy: by.userId, madeAt: by.now })
          .where(and(of(workspaceId), eq(invitations.id, id), waiting)).returning().get();
        if (row) record(tx, workspaceId, by, kinds(workspaceId).again, id);
        return row && withoutHashes(row);
      });
    },

    async revoke(workspaceId: string | null, by: ByPerson, id: string): Promise<boolean> {
      return atomic(db, (tx) => {
        const done = may(tx, workspaceId, by) && tx.update(invitations).set({ revokedAt: by.now })
          .where(and(of(workspaceId), eq(invitations.id, id), waiting)).run().changes > 0;
        if (done) record(tx, workspaceId, by, kinds(workspaceId).back, id);
        return done;
      });
    },

    /** Those that wait for an answer, expired ones too: they can be renewed. The latest first. */
    async list(workspaceId: string | null): Promise<(Invitation & { inviterName: string | null })[]> {
      return db.select({ row: invitations, inviterName: users.name }).from(invitations).leftJoin(users, eq(users.id, invitations.invitedBy))
        .where(and(of(workspaceId), waiting)).orderBy(desc(invitations.madeAt), desc(invitations.id)).all()
        .map(({ row, inviterName }) => ({ ...withoutHashes(row), inviterName }));
    },

    async opened(hash: string, now: number): Promise<OpenInvitation | undefined> {
      const found = db.select({ row: invitations, workspaceName: workspaces.name, inviterName: users.name }).from(invitations)
        .leftJoin(workspaces, eq(workspaces.id, invitations.workspaceId)).leftJoin(users, eq(users.id, invitations.invitedBy))
        .where(opens(hash, now)).get();
      return found && { ...withoutHashes(found.row), workspaceName: found.workspaceName, inviterName: found.inviterName, byMail: found.row.mailHash === hash };
    },

    /** Somebody who has an account comes in. One invitation lets one person in, however many accept at once. */
    async accept(hash: string, { userId, now }: ByPerson): Promise<Accepted> {
      return atomic(db, (tx) => {
        const row = tx.select().from(invitations).where(opens(hash, now)).get();
        if (!row) return { end: 'over' };
        // To the instance: whoever has an account is there already.
        if (row.workspaceId === null || roleOf(tx, row.workspaceId, userId)) return { end: 'member_already' };
        comeIn(tx, row, userId, now);
        proveEmail(tx, row, hash, userId, now);
        return { end: 'joined', workspaceId: row.workspaceId };
      });
    },

    /** Somebody new signs up through an invitation, under the address that was invited. `own` is the workspace of an instance's invitation. */
    async join(hash: string, user: Omit<NewUser, 'email'>, own: NewWorkspace): Promise<Accepted> {
      return atomic(db, (tx) => {
        const row = tx.select().from(invitations).where(opens(hash, user.createdAt)).get();
        if (!row) return { end: 'over' };
        if (tx.select({ id: users.id }).from(users).where(eq(users.email, row.email)).get()) return { end: 'email_taken' };
        tx.insert(users).values({ ...user, email: row.email, operator: false }).run();
        if (row.workspaceId === null) founded(tx, own, user.id);
        comeIn(tx, row, user.id, user.createdAt);
        proveEmail(tx, row, hash, user.id, user.createdAt);
        return { end: 'joined', workspaceId: row.workspaceId ?? own.id };
      });
    },
  };
}

type Row = typeof invitations.$inferSelect;

function comeIn(tx: Tx, { id, workspaceId, role }: Row, userId: string, now: number) {
  const kind: AuditKind = workspaceId === null ? 'account.joined' : 'member.joined';
  if (workspaceId !== null) tx.insert(members).values({ workspaceId, userId, role, createdAt: now }).run();
  tx.update(invitations).set({ acceptedAt: now, acceptedBy: userId }).where(eq(invitations.id, id)).run();
  record(tx, workspaceId, { userId, now }, kind, id, { role });
}

/** The token of the mail shows that this person reads the mailbox; the link that the inviter saw shows nothing. */
function proveEmail(tx: Tx, { mailHash, email }: Row, hash: string, userId: string, now: number) {
  if (hash !== mailHash) return;
  tx.update(users).set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${now})` }).where(and(eq(users.id, userId), eq(users.email, email))).run();
}

function withoutHashes(row: Row): Invitation {
  const { mailHash: _, linkHash: __, ...rest } = row;
  return rest;
}
