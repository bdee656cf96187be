import { and, eq, sql } from 'drizzle-orm';
import { kept, type Db } from '../db.ts';
import { firstRuns } from '../schema/first-run.ts';
import { members } from '../schema/people.ts';
import { posts } from '../schema/posts.ts';
import { publications } from '../schema/publications.ts';
import { invitations } from '../schema/team.ts';

export type FirstRun = Pick<typeof firstRuns.$inferSelect, 'step' | 'skipped' | 'putAwayAt'>;

/** What has happened in a workspace so far. */
export interface Progress {
  /** A post has been given a time. */
  scheduled: boolean;
  published: boolean;
  /** Somebody else is in it, or was asked to come. */
  invited: boolean;
}

/** How far each person is with setting up, and what is true already. */
export function firstRunStore(db: Db) {
  const { step, skipped, putAwayAt } = firstRuns;
  const of = kept(() => db.select({ step, skipped, putAwayAt }).from(firstRuns)
    .where(and(eq(firstRuns.workspaceId, sql.placeholder('workspaceId')), eq(firstRuns.userId, sql.placeholder('userId')))).prepare());
  const target = [firstRuns.workspaceId, firstRuns.userId];

  return {
    /** Undefined for whoever has not begun. */
    async of(workspaceId: string, userId: string): Promise<FirstRun | undefined> {
      return of().get({ workspaceId, userId });
    },

    /** Keeps where a person is and what they left out. */
    async keep(workspaceId: string, userId: string, { step, skipped }: { step: string | null; skipped: string[] }): Promise<void> {
      db.insert(firstRuns).values({ workspaceId, userId, step, skipped }).onConflictDoUpdate({ target, set: { step, skipped } }).run();
    },

    /** Puts the checklist away, or brings it back (null). */
    async putAway(workspaceId: string, userId: string, putAwayAt: number | null): Promise<void> {
      db.insert(firstRuns).values({ workspaceId, userId, skipped: [], putAwayAt }).onConflictDoUpdate({ target, set: { putAwayAt } }).run();
    },

    async progress(workspaceId: string): Promise<Progress> {
      const scheduled = db.select({ one: sql`1` }).from(publications).where(eq(publications.workspaceId, workspaceId)).limit(1).get()
        ?? db.select({ one: sql`1` }).from(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.state, 'scheduled'))).limit(1).get();
      const published = db.select({ one: sql`1` }).from(publications).where(and(eq(publications.workspaceId, workspaceId), eq(publications.status, 'published'))).limit(1).get();
      const others = db.select({ one: sql`1` }).from(members).where(eq(members.workspaceId, workspaceId)).limit(2).all().length > 1;
      const asked = db.select({ one: sql`1` }).from(invitations).where(eq(invitations.workspaceId, workspaceId)).limit(1).get();
      return { scheduled: scheduled !== undefined, published: published !== undefined, invited: others || asked !== undefined };
    },
  };
}
