import { and, asc, desc, eq, inArray, lte, or, sql } from 'drizzle-orm';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import { atomic, type Db } from '../db.ts';
import { copies, requests } from '../schema/privacy.ts';

export type Copy = typeof copies.$inferSelect;

/** Copies of everything, from the asking until the file is removed. */
export function copiesStore(db: Db) {
  return {
    /** One at a time per person: undefined while another is being made. */
    async ask(copy: Pick<Copy, 'id' | 'userId' | 'workspaceId' | 'createdAt'>): Promise<Copy | undefined> {
      return atomic(db, (tx) => {
        if (tx.select({ id: copies.id }).from(copies).where(and(eq(copies.userId, copy.userId), inArray(copies.state, ['waiting', 'making']))).get()) return undefined;
        return tx.insert(copies).values({
          ...copy, reference: newReference(), state: 'waiting', done: 0, total: 0, bytes: null, tries: 0, readyAt: null, expiresAt: null,
        }).returning().get();
      });
    },

    async ofUser(userId: string, limit: number): Promise<Copy[]> {
      return db.select().from(copies).where(eq(copies.userId, userId)).orderBy(desc(copies.createdAt), desc(copies.id)).limit(limit).all();
    },

    async byReference(reference: string): Promise<Copy | undefined> {
      return db.select().from(copies).where(eq(copies.reference, reference)).get();
    },

    async get(id: string): Promise<Copy | undefined> {
      return db.select().from(copies).where(eq(copies.id, id)).get();
    },

    /** What is to be made, also what a death has left half-made; the longest waiting first. */
    async unmade(): Promise<Copy[]> {
      return db.select().from(copies).where(inArray(copies.state, ['waiting', 'making'])).orderBy(asc(copies.createdAt)).all();
    },

    async begin(id: string, total: number): Promise<void> {
      db.update(copies).set({ state: 'making', total, done: 0, tries: sql`${copies.tries} + 1` }).where(eq(copies.id, id)).run();
    },

    async progress(id: string, done: number): Promise<void> {
      db.update(copies).set({ done }).where(eq(copies.id, id)).run();
    },

    /** Ready, and the request that led to it answered. */
    async ready(id: string, { bytes, now, expiresAt }: { bytes: number; now: number; expiresAt: number }): Promise<boolean> {
      return atomic(db, (tx) => {
        const done = tx.update(copies).set({ state: 'ready', bytes, readyAt: now, expiresAt, done: copies.total }).where(and(eq(copies.id, id), eq(copies.state, 'making'))).run().changes > 0;
        if (done) tx.update(requests).set({ answeredAt: now, answer: t.copyReady }).where(eq(requests.subjectId, id)).run();
        return done;
      });
    },

    async fail(id: string): Promise<void> {
      db.update(copies).set({ state: 'failed' }).where(eq(copies.id, id)).run();
    },

    /** Those whose time is over: their files go first. */
    async over(now: number): Promise<Copy[]> {
      return db.select().from(copies).where(and(eq(copies.state, 'ready'), lte(copies.expiresAt, now))).all();
    },

    async gone(id: string): Promise<void> {
      db.update(copies).set({ state: 'gone', reference: newReference() }).where(eq(copies.id, id)).run();
    },

    /** Copies with files, by whose they are or what they are about. */
    async about(subject: { userId?: string; workspaceId?: string }): Promise<string[]> {
      const { userId, workspaceId } = subject;
      return db.select({ id: copies.id }).from(copies)
        .where(or(userId === undefined ? undefined : eq(copies.userId, userId), workspaceId === undefined ? undefined : eq(copies.workspaceId, workspaceId))).all().map(({ id }) => id);
    },

    /** Every id there is, to tell a file without a row. */
    async ids(): Promise<Set<string>> {
      return new Set(db.select({ id: copies.id }).from(copies).where(inArray(copies.state, ['waiting', 'making', 'ready'])).all().map(({ id }) => id));
    },
  };
}
