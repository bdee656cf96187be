import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Failure } from '../../domain/failure.ts';
import { newId } from '../../lib/ids.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { eraseConnection } from '../erase.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { members, users, workspaces } from '../schema/people.ts';
import { erasures } from '../schema/privacy.ts';
import { publications } from '../schema/publications.ts';
import { insert, shutOut } from './erasures.ts';
import type { Noted } from './log.ts';
import { open, ownedAlone } from './owning.ts';

/** What an older copy of the database has brought back, as the log has it. */
export interface Again {
  accounts: number;
  workspaces: number;
  connections: number;
  grants: number;
  /** Deletions that were asked for after the copy was made. */
  asked: number;
  undone: number;
  /** Channels whose part of a grant is back: only their network knows how to part it. */
  channels: { workspaceId: string; id: string }[];
}

/** Deletions once more, after an older copy of the database was put back. */
export function againStore(db: Db) {
  return {
    /** Does at once what is quick; accounts and workspaces are shut out and on their way (see `due`). All or nothing. */
    async apply(noted: readonly Noted[], told: Failure, now: number): Promise<Again> {
      return atomic(db, (tx) => {
        const again: Again = { accounts: 0, workspaces: 0, connections: 0, grants: 0, asked: 0, undone: 0, channels: [] };
        const undone = new Set(noted.flatMap((entry) => (entry.event === 'undone' ? [entry.erasure] : [])));
        const erased = noted.filter((entry) => entry.event === 'erased');
        for (const entry of noted) {
          if (entry.event === 'undone') again.undone += undo(tx, entry.erasure, now);
          if (entry.event === 'asked' && !undone.has(entry.erasure)) again.asked += ask(tx, entry);
        }
        const goes = new Set(erased.map(({ id }) => id));
        for (const { kind, id, at } of erased) {
          if (kind === 'workspace') again.workspaces += erase(tx, 'workspace', id, now);
          if (kind === 'account') again.accounts += eraseAccount(tx, id, goes, now);
          if (kind === 'connection') again.connections += eraseAccess(tx, id, told, now);
          if (kind === 'grant') again.grants += dropGrant(tx, id, at, now);
          if (kind === 'channel') again.channels.push(...partedChannel(tx, id, at));
        }
        return again;
      });
    },
  };
}

function undo(tx: Tx, id: string, now: number): number {
  const rows = tx.update(erasures).set({ canceledAt: now }).where(and(open, isNull(erasures.begunAt), sql`${id} in (${erasures.id}, ${erasures.parentId})`)).returning().all();
  for (const { kind, froze, subjectId } of rows) if (kind === 'workspace' && froze) tx.update(workspaces).set({ frozenAt: null }).where(eq(workspaces.id, subjectId)).run();
  return rows.length;
}

function ask(tx: Tx, { erasure: id, kind, id: subjectId, at, due }: Extract<Noted, { event: 'asked' }>): number {
  if (!exists(tx, kind, subjectId) || tx.select({ id: erasures.id }).from(erasures).where(eq(erasures.id, id)).get()) return 0;
  const fresh = { askedBy: null, askedAt: at, dueAt: due, nextAt: due };
  insert(tx, { id, kind, subjectId, parentId: null, ...fresh });
  if (kind === 'account') for (const owned of ownedAlone(tx, subjectId)) insert(tx, { id: newId(at), kind: 'workspace', subjectId: owned.id, parentId: id, ...fresh });
  return 1;
}

function erase(tx: Tx, kind: 'account' | 'workspace', subjectId: string, now: number): number {
  const under = and(open, isNotNull(erasures.begunAt), eq(erasures.kind, kind), eq(erasures.subjectId, subjectId));
  // Broken off by a restart and not brought back: the job carries on.
  if (!exists(tx, kind, subjectId) || tx.select({ id: erasures.id }).from(erasures).where(under).get()) return 0;
  const begun = { begunAt: now, notedAt: now, nextAt: now };
  const known = tx.update(erasures).set(begun).where(and(open, eq(erasures.kind, kind), eq(erasures.subjectId, subjectId))).run().changes;
  if (known === 0) {
    const id = newId(now);
    insert(tx, { id, kind, subjectId, parentId: null, askedBy: null, askedAt: now, dueAt: now, nextAt: now });
    tx.update(erasures).set(begun).where(eq(erasures.id, id)).run();
  }
  shutOut(tx, { kind, subjectId }, now);
  // What the copy has waiting may be out long since.
  if (kind === 'workspace') tx.update(publications).set({ status: 'canceled', lockedBy: null, lockedUntil: null }).where(and(eq(publications.workspaceId, subjectId), inArray(publications.status, ['scheduled', 'publishing']))).run();
  return 1;
}

/** A workspace that was handed over after the copy was made must not go with the one who handed it over. */
function eraseAccount(tx: Tx, userId: string, goes: ReadonlySet<string>, now: number): number {
  if (!exists(tx, 'account', userId)) return 0;
  for (const { id, others } of ownedAlone(tx, userId)) {
    if (goes.has(id)) continue;
    const next = others.find((other) => !goes.has(other.userId));
    if (next) tx.update(members).set({ role: 'owner' }).where(and(eq(members.workspaceId, id), eq(members.userId, next.userId))).run();
    else erase(tx, 'workspace', id, now);
  }
  const account = tx.select({ id: erasures.id }).from(erasures).where(and(open, eq(erasures.kind, 'account'), eq(erasures.subjectId, userId))).get();
  const along = account ? tx.select().from(erasures).where(and(open, isNull(erasures.begunAt), eq(erasures.parentId, account.id))).all() : [];
  for (const child of along) if (!goes.has(child.subjectId)) undo(tx, child.id, now);
  return erase(tx, 'account', userId, now);
}

function exists(tx: Tx, kind: 'account' | 'workspace', id: string): boolean {
  const table = kind === 'account' ? users : workspaces;
  return tx.select({ id: table.id }).from(table).where(eq(table.id, id)).get() !== undefined;
}

function eraseAccess(tx: Tx, id: string, told: Failure, now: number): number {
  const row = tx.select({ accountId: connections.accountId }).from(connections).where(eq(connections.id, id)).get();
  if (!row || row.accountId.startsWith('erased:')) return 0;
  eraseConnection(tx, id, told, now);
  return 1;
}

/** Whoever allowed it anew after it was taken back has another grant. */
const allowedBefore = (at: number) => and(isNotNull(connections.grant), lte(sql`coalesce(${connections.grantedAt}, ${connections.createdAt})`, at));

function dropGrant(tx: Tx, id: string, at: number, now: number): number {
  return tx.update(connections).set({ grant: null, status: 'revoked', expiresAt: null, updatedAt: now }).where(and(eq(connections.id, id), allowedBefore(at))).run().changes;
}

function partedChannel(tx: Tx, id: string, at: number): { workspaceId: string; id: string }[] {
  return tx.select({ workspaceId: channels.workspaceId, id: channels.id }).from(channels)
    .innerJoin(connections, eq(connections.id, channels.connectionId)).leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id))
    .where(and(eq(channels.id, id), isNull(disconnectedChannels.channelId), allowedBefore(at))).all();
}
