import { and, asc, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { users, workspaces } from '../schema/people.ts';
import { requests } from '../schema/privacy.ts';

export type PrivacyRequest = typeof requests.$inferSelect;

/** With whom it is from, while that is known. */
export interface KnownRequest extends PrivacyRequest {
  userName: string | null;
  userEmail: string | null;
  workspaceName: string | null;
}

/** What people asked for by right. */
export function requestsStore(db: Db) {
  return {
    async add(request: Pick<PrivacyRequest, 'id' | 'userId' | 'workspaceId' | 'kind' | 'subjectId' | 'message' | 'askedAt' | 'dueAt'> & Partial<Pick<PrivacyRequest, 'answeredAt' | 'answer'>>): Promise<void> {
      db.insert(requests).values({ answeredAt: null, answer: '', answeredBy: null, canceledAt: null, ...request }).run();
    },

    async ofUser(userId: string, limit: number): Promise<PrivacyRequest[]> {
      return db.select().from(requests).where(eq(requests.userId, userId)).orderBy(desc(requests.askedAt), desc(requests.id)).limit(limit).all();
    },

    /** Of all people on the instance: the open ones, the most urgent first, then the latest of the others. */
    async all(limit: number): Promise<KnownRequest[]> {
      const closed = or(isNotNull(requests.answeredAt), isNotNull(requests.canceledAt));
      return db.select({ row: requests, userName: users.name, userEmail: users.email, workspaceName: workspaces.name }).from(requests)
        .leftJoin(users, eq(users.id, requests.userId)).leftJoin(workspaces, eq(workspaces.id, requests.workspaceId))
        .orderBy(sql`${closed}`, asc(sql`case when ${closed} then -${requests.askedAt} else ${requests.dueAt} end`)).limit(limit).all()
        .map(({ row, ...who }) => ({ ...row, ...who }));
    },

    /** How many wait for a person's answer. */
    async waiting(): Promise<number> {
      return db.select({ n: sql<number>`count(*)` }).from(requests)
        .where(and(eq(requests.kind, 'other'), isNull(requests.answeredAt), isNull(requests.canceledAt))).get()?.n ?? 0;
    },

    async get(id: string): Promise<PrivacyRequest | undefined> {
      return db.select().from(requests).where(eq(requests.id, id)).get();
    },

    /** Once; false when it was answered before or taken back. */
    async answer(id: string, by: { answer: string; answeredBy: string | null; now: number }): Promise<boolean> {
      return db.update(requests).set({ answeredAt: by.now, answer: by.answer, answeredBy: by.answeredBy })
        .where(and(eq(requests.id, id), isNull(requests.answeredAt), isNull(requests.canceledAt))).run().changes > 0;
    },

    /** What the program itself has done, by what it did it with. */
    async answerSubject(subjectId: string, answer: string, now: number): Promise<void> {
      db.update(requests).set({ answeredAt: now, answer }).where(and(eq(requests.subjectId, subjectId), isNull(requests.answeredAt), isNull(requests.canceledAt))).run();
    },
  };
}
