import { and, asc, count, eq, exists, inArray, isNotNull, isNull, like, ne, not, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Role } from '../../domain/role.ts';
import { record, type ByPerson } from '../instance/audit.ts';
import type { KeyRing } from '../../lib/secrets/seal.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { putMail, type NewMail } from '../people/mails.ts';
import { links } from '../schema/links.ts';
import { members, sessions, users, workspaces } from '../schema/people.ts';
import { loginSteps, twoFactor } from '../schema/security.ts';
import { recordEverywhere } from './security.ts';

export interface Account {
  id: string;
  name: string;
  email: string;
  operator: boolean;
  createdAt: number;
  suspendedAt: number | null;
  /** The day of the last look at any workspace. */
  activeAt: number | null;
  workspaces: { name: string; role: Role }[];
}

/** All accounts of the instance, for whoever runs it. */
export function accountsStore(db: Db, ring: KeyRing) {
  return {
    /** Oldest first; `seek` is a part of a name or address, `skip` how many were shown before. */
    async list({ seek, skip, limit }: { seek: string; skip: number; limit: number }): Promise<Account[]> {
      const pattern = `%${seek.replaceAll(/[%_\\]/gu, '\\$&')}%`;
      const matches = (column: typeof users.name | typeof users.email) => sql`${like(column, pattern)} escape '\\'`;
      const rows = db.select({
        id: users.id, name: users.name, email: users.email, operator: users.operator, createdAt: users.createdAt, suspendedAt: users.suspendedAt,
      }).from(users).where(seek === '' ? undefined : or(matches(users.name), matches(users.email)))
        .orderBy(asc(users.createdAt), asc(users.id)).limit(limit).offset(skip).all();
      if (rows.length === 0) return [];
      const places = db.select({ userId: members.userId, role: members.role, activeAt: members.activeAt, name: workspaces.name })
        .from(members).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(inArray(members.userId, rows.map(({ id }) => id))).orderBy(asc(workspaces.createdAt)).all();
      const byUser = Map.groupBy(places, ({ userId }) => userId);
      return rows.map((row) => {
        const own = byUser.get(row.id) ?? [];
        const days = own.flatMap(({ activeAt }) => activeAt ?? []);
        return { ...row, activeAt: days.length > 0 ? Math.max(...days) : null, workspaces: own.map(({ name, role }) => ({ name, role })) };
      });
    },

    async count(): Promise<number> {
      return db.select({ n: count() }).from(users).get()?.n ?? 0;
    },

    /**
     * Lets an account in no more: its sessions end, and workspaces that nobody else owns are held. Whoever runs the instance
     * cannot be suspended.
     */
    async suspend(by: ByPerson, userId: string): Promise<boolean> {
      return atomic(db, (tx) => {
        if (!runsInstance(tx, by.userId)) return false;
        const done = tx.update(users).set({ suspendedAt: by.now })
          .where(and(eq(users.id, userId), eq(users.operator, false), isNull(users.suspendedAt))).run().changes > 0;
        if (!done) return false;
        tx.delete(sessions).where(eq(sessions.userId, userId)).run();
        holdOrphans(tx, userId, by.now);
        record(tx, null, by, 'account.suspended', userId);
        return true;
      });
    },

    /** One account with where it is; undefined when it is gone. */
    async get(userId: string): Promise<(Omit<Account, 'activeAt'> & { twoFactor: boolean }) | undefined> {
      const row = db.select({
        id: users.id, name: users.name, email: users.email, operator: users.operator, createdAt: users.createdAt, suspendedAt: users.suspendedAt, secondStep: twoFactor.confirmedAt,
      }).from(users).leftJoin(twoFactor, eq(twoFactor.userId, users.id)).where(and(eq(users.id, userId), isNull(users.erasingAt))).get();
      if (!row) return undefined;
      const { secondStep, ...account } = row;
      const places = db.select({ role: members.role, name: workspaces.name }).from(members).innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
        .where(eq(members.userId, userId)).orderBy(asc(workspaces.createdAt)).all();
      return { ...account, workspaces: places, twoFactor: secondStep !== null };
    },

    /** A link with which this person sets a new password, handed over by whoever runs the instance. */
    async handReset(by: ByPerson, link: Omit<typeof links.$inferSelect, 'handed' | 'email' | 'purpose'>): Promise<boolean> {
      return atomic(db, (tx) => {
        const person = tx.select({ email: users.email }).from(users).where(and(eq(users.id, link.userId), isNull(users.erasingAt))).get();
        if (!person || !runsInstance(tx, by.userId)) return false;
        tx.insert(links).values({ ...link, email: person.email, purpose: 'reset', handed: true }).run();
        record(tx, null, by, 'account.reset_link', link.userId);
        return true;
      });
    },

    /** Switches the second step of another person off and tells them by this mail; false when it was not on. */
    async endTwoFactor(by: ByPerson, userId: string, mail: NewMail): Promise<boolean> {
      return atomic(db, (tx) => {
        if (!runsInstance(tx, by.userId)) return false;
        const row = tx.delete(twoFactor).where(and(eq(twoFactor.userId, userId), isNotNull(twoFactor.confirmedAt))).returning().get();
        if (!row) return false;
        tx.delete(loginSteps).where(eq(loginSteps.userId, userId)).run();
        record(tx, null, by, 'account.two_factor_off', userId);
        recordEverywhere(tx, by, 'account.two_factor_off', {}, userId);
        putMail(tx, ring, mail);
        return true;
      });
    },

    async unsuspend(by: ByPerson, userId: string): Promise<boolean> {
      return atomic(db, (tx) => {
        if (!runsInstance(tx, by.userId)) return false;
        const done = tx.update(users).set({ suspendedAt: null }).where(and(eq(users.id, userId), sql`${users.suspendedAt} is not null`)).run().changes > 0;
        if (!done) return false;
        tx.update(workspaces).set({ suspendedAt: null }).where(ownedBy(tx, userId)).run();
        record(tx, null, by, 'account.unsuspended', userId);
        return true;
      });
    },
  };
}

function runsInstance(tx: Tx, userId: string): boolean {
  return tx.select({ operator: users.operator }).from(users).where(eq(users.id, userId)).get()?.operator === true;
}

const ownedBy = (tx: Tx, userId: string) => exists(tx.select({ one: sql`1` }).from(members)
  .where(and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId), eq(members.role, 'owner'))));

/** Holds the workspaces of a suspended person that no owner who is let in is left to look after. */
function holdOrphans(tx: Tx, userId: string, now: number) {
  const other = alias(users, 'other');
  const inCharge = tx.select({ one: sql`1` }).from(members).innerJoin(other, eq(other.id, members.userId)).where(and(
    eq(members.workspaceId, workspaces.id), eq(members.role, 'owner'), ne(members.userId, userId), isNull(other.suspendedAt),
  ));
  tx.update(workspaces).set({ suspendedAt: now }).where(and(ownedBy(tx, userId), not(exists(inCharge)), isNull(workspaces.suspendedAt))).run();
}
