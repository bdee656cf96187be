import { and, asc, eq, exists, isNull, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db, Tx } from '../db.ts';
import { members, users, workspaces } from '../schema/people.ts';
import { erasures } from '../schema/privacy.ts';

/** A deletion that was asked for and is neither undone nor done. */
export const open = and(isNull(erasures.canceledAt), isNull(erasures.doneAt));

export interface Owned {
  id: string;
  name: string;
  frozenAt: number | null;
  /** The others in it, the most senior first. */
  others: { userId: string; name: string; email: string; role: string }[];
}

/** The workspaces that would have no owner without this person; owners who are leaving themselves do not count. */
export function ownedAlone(db: Db | Tx, userId: string): Owned[] {
  const other = alias(members, 'other');
  const leaving = db.select({ one: sql`1` }).from(erasures).where(and(open, eq(erasures.kind, 'account'), eq(erasures.subjectId, other.userId)));
  const stays = db.select({ one: sql`1` }).from(other)
    .where(and(eq(other.workspaceId, members.workspaceId), ne(other.userId, userId), eq(other.role, 'owner'), notExists(leaving)));
  const rows = db.select({ id: workspaces.id, name: workspaces.name, frozenAt: workspaces.frozenAt }).from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), eq(members.role, 'owner'), notExists(stays), isNull(workspaces.erasingAt))).orderBy(asc(workspaces.createdAt)).all();
  return rows.map((row) => ({ ...row, others: othersIn(db, row.id, userId) }));
}

const seniority = sql`case ${members.role} when 'owner' then 0 when 'admin' then 1 when 'editor' then 2 else 3 end`;

export function othersIn(db: Db | Tx, workspaceId: string, userId: string): Owned['others'] {
  return db.select({ userId: users.id, name: users.name, email: users.email, role: members.role }).from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, workspaceId), ne(members.userId, userId), isNull(users.erasingAt))).orderBy(seniority, asc(members.createdAt)).all();
}

/** Whether somebody else runs this instance, or nobody else is on it. */
export function operatorIsNeeded(db: Db | Tx, userId: string): boolean {
  const me = db.select({ operator: users.operator }).from(users).where(eq(users.id, userId)).get();
  if (!me?.operator) return false;
  const others = and(ne(users.id, userId), isNull(users.erasingAt));
  if (db.select({ id: users.id }).from(users).where(and(others, eq(users.operator, true))).get()) return false;
  return db.select({ id: users.id }).from(users).where(others).get() !== undefined;
}

/** A person whose account nobody has asked to delete. */
export function stayingUser(db: Db | Tx, userId: string) {
  const leaving = db.select({ one: sql`1` }).from(erasures).where(and(open, eq(erasures.kind, 'account'), eq(erasures.subjectId, users.id)));
  return and(eq(users.id, userId), isNull(users.erasingAt), notExists(leaving));
}

/** A workspace in which this person is. */
export function isMember(tx: Tx, workspaceId: string, userId: string): boolean {
  return tx.select({ one: sql`1` }).from(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), exists(
    tx.select({ one: sql`1` }).from(users).where(stayingUser(tx, userId)),
  ))).get() !== undefined;
}
