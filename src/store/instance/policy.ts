import { and, desc, eq, gt, isNotNull, isNull, lte, sql, type Placeholder } from 'drizzle-orm';
import { atomic, kept, type Db } from '../db.ts';
import { members, users } from '../schema/people.ts';
import { noticeRecipients, notices, policyVersions } from '../schema/policy.ts';

export type PolicyVersion = typeof policyVersions.$inferSelect;
export type Notice = typeof notices.$inferSelect;

/** How far a notice has come. */
export interface NoticeState extends Notice {
  /** Whom it was queued for, and to whom a mail server took it. */
  queued: number;
  mailed: number;
}

/** The versions of the policy, and what people are told. */
export function policyStore(db: Db) {
  const inForce = (now: number) => and(lte(policyVersions.effectiveAt, now), isNull(policyVersions.withdrawnAt));
  const upcoming = (now: number | Placeholder) => and(gt(policyVersions.effectiveAt, now), isNull(policyVersions.withdrawnAt));
  // Every page asks it.
  const next = kept(() => db.select().from(policyVersions).where(upcoming(sql.placeholder('now'))).orderBy(policyVersions.effectiveAt).limit(1).prepare());

  return {
    async current(now: number): Promise<PolicyVersion | undefined> {
      return db.select().from(policyVersions).where(inForce(now)).orderBy(desc(policyVersions.effectiveAt), desc(policyVersions.recordedAt), desc(policyVersions.id)).limit(1).get();
    },

    async upcoming(now: number): Promise<PolicyVersion | undefined> {
      return next().get({ now });
    },

    async version(id: string): Promise<PolicyVersion | undefined> {
      return db.select().from(policyVersions).where(eq(policyVersions.id, id)).get();
    },

    /** Newest first, without those that were taken back. */
    async versions(): Promise<Pick<PolicyVersion, 'id' | 'material' | 'summary' | 'effectiveAt' | 'recordedAt'>[]> {
      const { id, material, summary, effectiveAt, recordedAt } = policyVersions;
      return db.select({ id, material, summary, effectiveAt, recordedAt }).from(policyVersions).where(isNull(policyVersions.withdrawnAt)).orderBy(desc(effectiveAt), desc(recordedAt)).all();
    },

    async record(version: Omit<PolicyVersion, 'withdrawnAt'>): Promise<void> {
      db.insert(policyVersions).values(version).run();
    },

    /** A version that takes effect later, with the notice of it; false while another one is announced. */
    async announce(version: Omit<PolicyVersion, 'withdrawnAt'>, notice: Omit<Notice, 'closedAt'>): Promise<boolean> {
      return atomic(db, (tx) => {
        if (tx.select({ id: policyVersions.id }).from(policyVersions).where(upcoming(version.recordedAt)).get()) return false;
        tx.insert(policyVersions).values(version).run();
        tx.insert(notices).values(notice).run();
        return true;
      });
    },

    /** Takes an announced version back before its day, and ends its notice. Gives the notice. */
    async withdraw(id: string, now: number): Promise<{ noticeId: string } | undefined> {
      return atomic(db, (tx) => {
        if (tx.update(policyVersions).set({ withdrawnAt: now }).where(and(eq(policyVersions.id, id), upcoming(now))).run().changes === 0) return undefined;
        const notice = tx.update(notices).set({ closedAt: now }).where(eq(notices.versionId, id)).returning().get();
        return notice && { noticeId: notice.id };
      });
    },

    /** Once, however often the form is sent. */
    async addNotice(notice: Omit<Notice, 'closedAt'>): Promise<void> {
      db.insert(notices).values(notice).onConflictDoNothing().run();
    },

    async openNotices(): Promise<Notice[]> {
      return db.select().from(notices).where(isNull(notices.closedAt)).all();
    },

    async close(id: string, now: number): Promise<void> {
      db.update(notices).set({ closedAt: now }).where(and(eq(notices.id, id), isNull(notices.closedAt))).run();
    },

    /** Accounts whom a notice concerns and that are not on its list yet. */
    async untold({ id, workspaceId }: Pick<Notice, 'id' | 'workspaceId'>, limit: number): Promise<{ userId: string; email: string }[]> {
      const listed = and(eq(noticeRecipients.userId, users.id), eq(noticeRecipients.noticeId, id));
      const concerned = workspaceId === null ? undefined : sql`exists (select 1 from ${members} where ${members.userId} = ${users.id} and ${members.workspaceId} = ${workspaceId})`;
      return db.select({ userId: users.id, email: users.email }).from(users).leftJoin(noticeRecipients, listed)
        .where(and(isNull(noticeRecipients.id), concerned)).limit(limit).all();
    },

    async addRecipient(row: Omit<typeof noticeRecipients.$inferSelect, 'mailedAt'>): Promise<void> {
      db.insert(noticeRecipients).values(row).onConflictDoNothing().run();
    },

    /** Newest first, with their progress. */
    async notices(): Promise<NoticeState[]> {
      const rows = db.select().from(notices).orderBy(desc(notices.createdAt)).all();
      const counts = db.select({ id: noticeRecipients.noticeId, queued: sql<number>`count(*)`, mailed: sql<number>`count(${noticeRecipients.mailedAt})` })
        .from(noticeRecipients).groupBy(noticeRecipients.noticeId).all();
      return rows.map((row) => ({ queued: 0, mailed: 0, ...counts.find(({ id }) => id === row.id), ...row }));
    },

    /** Who was told of it, and when; without those whose account is gone. */
    async recipients(noticeId: string, limit: number): Promise<{ email: string; queuedAt: number; mailedAt: number | null }[]> {
      return db.select({ email: users.email, queuedAt: noticeRecipients.queuedAt, mailedAt: noticeRecipients.mailedAt }).from(noticeRecipients)
        .innerJoin(users, eq(users.id, noticeRecipients.userId)).where(and(eq(noticeRecipients.noticeId, noticeId), isNotNull(noticeRecipients.userId)))
        .orderBy(noticeRecipients.queuedAt, noticeRecipients.id).limit(limit).all();
    },

    /** The workspaces there are, for the choice of whom a notice concerns. */
    async workspaces(): Promise<{ id: string; name: string; owners: string }[]> {
      return db.all<{ id: string; name: string; owners: string }>(sql`select w.id, w.name, coalesce(group_concat(u.email, ', '), '') as owners from workspaces w
        left join members m on m.workspace_id = w.id and m.role = 'owner' left join users u on u.id = m.user_id group by w.id order by w.created_at`);
    },
  };
}
