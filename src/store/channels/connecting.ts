import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Json } from '../../domain/json.ts';
import { open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { atomic, type Db } from '../db.ts';
import { connecting, cursors, notes } from '../schema/channels.ts';

export interface Connecting {
  /** Hash of the state or the code. */
  id: string;
  workspaceId: string;
  userId: string;
  sessionId: string;
  provider: string;
  memo: Json;
  expiresAt: number;
}

/** Connections being made, and what providers note down about servers and bots. */
export function connectingStore(db: Db, ring: KeyRing) {
  const aad = (row: { id: string; workspaceId: string }) => ({ table: 'connecting', rowId: row.id, workspaceId: row.workspaceId });
  const usable = (id: string, provider: string, now: number) =>
    and(eq(connecting.id, id), eq(connecting.provider, provider), isNull(connecting.usedAt), gt(connecting.expiresAt, now));
  const noteAad = (provider: string, key: string) => ({ table: 'notes', rowId: `${provider}/${key}`, workspaceId: null });

  return {
    async begin(row: Connecting): Promise<void> {
      const memo = seal(ring, JSON.stringify(row.memo), aad(row));
      db.insert(connecting).values({ ...row, memo, usedAt: null }).run();
    },

    /** Takes a state for good: it opens once, before its time is over, for the provider it was made for. */
    async take(id: string, provider: string, now: number): Promise<Connecting | undefined> {
      const row = db.update(connecting).set({ usedAt: now })
        .where(usable(id, provider, now)).returning().get();
      if (!row) return undefined;
      return { ...row, memo: JSON.parse(open(ring, row.memo, aad(row))) as Json };
    },

    /** What `take` would give, without using it up. */
    async peek(id: string, provider: string, now: number): Promise<Connecting | undefined> {
      const row = db.select().from(connecting).where(usable(id, provider, now)).get();
      return row && { ...row, memo: JSON.parse(open(ring, row.memo, aad(row))) as Json };
    },

    /** What one workspace has begun, used or not, until its time is over. */
    async begun(id: string, { provider, workspaceId }: Pick<Connecting, 'provider' | 'workspaceId'>, now: number): Promise<(Connecting & { used: boolean }) | undefined> {
      const row = db.select().from(connecting)
        .where(and(eq(connecting.id, id), eq(connecting.provider, provider), eq(connecting.workspaceId, workspaceId), gt(connecting.expiresAt, now))).get();
      return row && { ...row, memo: JSON.parse(open(ring, row.memo, aad(row))) as Json, used: row.usedAt !== null };
    },

    /** Whether anybody waits for a bot's code right now. */
    async isAwaited(provider: string, now: number): Promise<boolean> {
      return db.select({ id: connecting.id }).from(connecting)
        .where(and(eq(connecting.provider, provider), isNull(connecting.usedAt), gt(connecting.expiresAt, now))).get() !== undefined;
    },

    async sweep(now: number): Promise<number> {
      return db.delete(connecting).where(lte(connecting.expiresAt, now)).run().changes;
    },

    async note(provider: string, key: string): Promise<Json | undefined> {
      const row = db.select().from(notes).where(and(eq(notes.provider, provider), eq(notes.key, key))).get();
      return row && (JSON.parse(open(ring, row.value, noteAad(provider, key))) as Json);
    },

    /** Null forgets. */
    async putNote(provider: string, key: string, value: Json, now: number): Promise<void> {
      if (value === null) return void db.delete(notes).where(and(eq(notes.provider, provider), eq(notes.key, key))).run();
      const sealedValue = seal(ring, JSON.stringify(value), noteAad(provider, key));
      db.insert(notes).values({ provider, key, value: sealedValue, updatedAt: now })
        .onConflictDoUpdate({ target: [notes.provider, notes.key], set: { value: sealedValue, updatedAt: now } }).run();
    },

    async resealNotes(): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.select().from(notes).all();
        for (const { provider, key, value } of rows) {
          const text = open(ring, value, noteAad(provider, key));
          tx.update(notes).set({ value: seal(ring, text, noteAad(provider, key)) })
            .where(and(eq(notes.provider, provider), eq(notes.key, key))).run();
        }
        // States live for minutes: those of the old key simply end.
        tx.delete(connecting).run();
        return rows.length;
      });
    },

    async cursor(provider: string): Promise<Json | null> {
      return db.select().from(cursors).where(eq(cursors.provider, provider)).get()?.cursor ?? null;
    },

    async putCursor(provider: string, cursor: Json, now: number): Promise<void> {
      db.insert(cursors).values({ provider, cursor, updatedAt: now })
        .onConflictDoUpdate({ target: cursors.provider, set: { cursor, updatedAt: now } }).run();
    },
  };
}
