import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { kept, type Db } from '../db.ts';
import { sessions } from '../schema/people.ts';

/** `id` is the hash of the token; the token itself is nowhere but in the person's cookie. */
export type Session = typeof sessions.$inferSelect;

export function sessionsStore(db: Db) {
  const one = kept(() => db.select().from(sessions).where(eq(sessions.id, sql.placeholder('id'))).prepare());

  return {
    async create(session: Session): Promise<void> {
      db.insert(sessions).values(session).run();
    },
    async get(id: string): Promise<Session | undefined> {
      return one().get({ id });
    },
    async extend(id: string, expiresAt: number): Promise<void> {
      db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id)).run();
    },
    async ofUser(userId: string): Promise<Session[]> {
      return db.select().from(sessions).where(eq(sessions.userId, userId)).orderBy(desc(sessions.createdAt)).all();
    },
    async end(id: string): Promise<void> {
      db.delete(sessions).where(eq(sessions.id, id)).run();
    },
    /** Ends one of a person's own sessions; false when it is not theirs. */
    async endOf(userId: string, id: string): Promise<boolean> {
      return db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, id))).run().changes > 0;
    },
    async endAllOf(userId: string): Promise<void> {
      db.delete(sessions).where(eq(sessions.userId, userId)).run();
    },
    async endExpired(now: number): Promise<number> {
      return db.delete(sessions).where(lte(sessions.expiresAt, now)).run().changes;
    },
  };
}
