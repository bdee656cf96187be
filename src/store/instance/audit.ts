import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { AuditData, AuditKind } from '../../domain/people/audit.ts';
import type { Content } from '../../domain/post.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { auditLog } from '../schema/audit.ts';
import { channels } from '../schema/channels.ts';
import { users } from '../schema/people.ts';
import { posts } from '../schema/posts.ts';
import { invitations } from '../schema/team.ts';

/** Who acts, and when: what a store method needs to record its act. Without it nobody did it, and nothing is recorded. */
export interface By {
  /** Null: a program with a key whose maker has no account any more. */
  userId: string | null;
  now: number;
}

export interface AuditEntry {
  seq: number;
  /** The id of whoever did it; null for a program whose key's maker is gone. */
  who: string | null;
  /** Whoever it was, the account is deleted. */
  erased: boolean;
  whoName: string | null;
  kind: AuditKind;
  about: string | null;
  /** What `about` is called today, by what it is; all null when it is gone. */
  aboutPerson: string | null;
  aboutChannel: string | null;
  aboutInvited: string | null;
  aboutPost: Content | null;
  data: AuditData;
  at: number;
}

/** An act that only a person can do. */
export interface ByPerson extends By {
  userId: string;
}

/** Writes an entry within the act that it records: both are there, or neither. */
export function record(tx: Tx, workspaceId: string | null, { userId, now }: By, kind: AuditKind, about: string | null = null, data: AuditData = {}): void {
  tx.insert(auditLog).values({ workspaceId, who: userId, kind, about, data, at: now }).run();
}

/** Of an erased person the log keeps that one person did all this, and not who: an opaque word takes the place of the id. */
export function eraseAudit(tx: Tx, userId: string): void {
  const word = `${erasedMark}${newReference()}`;
  tx.update(auditLog).set({ who: word }).where(eq(auditLog.who, userId)).run();
  tx.update(auditLog).set({ about: word }).where(eq(auditLog.about, userId)).run();
}

const erasedMark = 'erased:';

export function auditStore(db: Db) {
  const actor = alias(users, 'actor');
  const person = alias(users, 'person');
  const of = (workspaceId: string | null) => (workspaceId === null ? isNull(auditLog.workspaceId) : eq(auditLog.workspaceId, workspaceId));

  return {
    /** For what is not a single act of the store: an export that was asked for, say. */
    async add(workspaceId: string | null, by: By, kind: AuditKind, about: string | null = null, data: AuditData = {}): Promise<void> {
      atomic(db, (tx) => record(tx, workspaceId, by, kind, about, data));
    },

    /** The latest first; `before` is the last `seq` of the page before. Null for the instance's own log. */
    async page(
      workspaceId: string | null, { who, kinds, before, limit }: { who?: string | undefined; kinds?: readonly AuditKind[] | undefined; before?: number | undefined; limit: number },
    ): Promise<AuditEntry[]> {
      return db.select({
        seq: auditLog.seq, who: auditLog.who, kind: auditLog.kind, about: auditLog.about, data: auditLog.data, at: auditLog.at, whoName: actor.name,
        aboutPerson: person.name, aboutChannel: sql<string | null>`coalesce(${channels.ownName}, ${channels.name})`, aboutInvited: invitations.email, aboutPost: posts.content,
      }).from(auditLog)
        .leftJoin(actor, eq(actor.id, auditLog.who))
        .leftJoin(person, eq(person.id, auditLog.about))
        // Nothing of another workspace is named, whatever an entry says.
        .leftJoin(channels, and(eq(channels.id, auditLog.about), eq(channels.workspaceId, auditLog.workspaceId)))
        .leftJoin(invitations, and(eq(invitations.id, auditLog.about), sql`${invitations.workspaceId} is ${auditLog.workspaceId}`))
        .leftJoin(posts, and(eq(posts.id, auditLog.about), eq(posts.workspaceId, auditLog.workspaceId)))
        .where(and(
          of(workspaceId), who === undefined ? undefined : eq(auditLog.who, who), kinds && inArray(auditLog.kind, [...kinds]),
          before === undefined ? undefined : lt(auditLog.seq, before),
        )).orderBy(desc(auditLog.seq)).limit(limit).all()
        .map((row) => ({ ...row, erased: row.who?.startsWith(erasedMark) ?? false }));
    },

    /** Everybody who is in a log and still has an account, by name. */
    async people(workspaceId: string | null): Promise<{ id: string; name: string }[]> {
      return db.selectDistinct({ id: users.id, name: users.name }).from(auditLog).innerJoin(users, eq(users.id, auditLog.who))
        .where(of(workspaceId)).orderBy(users.name, users.id).all();
    },
  };
}
