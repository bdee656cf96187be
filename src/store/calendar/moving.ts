import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { record, type By } from '../instance/audit.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { hasBegun } from '../posts.ts';
import { channels } from '../schema/channels.ts';
import { posts, variants } from '../schema/posts.ts';
import { publications } from '../schema/publications.ts';

export interface Move {
  id: string;
  /** The version that was seen; null where whatever is there now is meant. */
  version: number | null;
  /** Null takes a draft’s time away. */
  moment: { at: number; zone: string; wall: string } | null;
}

/** Why a post stays where it is. */
export type Stayed = 'gone' | 'changed_meanwhile' | 'already_begun' | 'nothing_waits';
export type Moved = { id: string; to: 'moved'; version: number; from: { at: number; zone: string; wall: string } | null } | { id: string; to: Stayed };

export type Unscheduled = { to: 'draft'; version: number } | { to: Stayed };
export type Binned = { id: string; to: 'bin' } | { id: string; to: 'gone' | 'already_begun' };
/** `unscheduled`: it waited for its time and is a draft now. */
export type Restored = 'draft' | 'unscheduled' | 'scheduled' | 'canceled' | 'gone';

/** Posts as they change their place: to another time, back to a draft, into the bin and out of it. */
export function movingStore(db: Db) {
  const inPlace = (workspaceId: string, id: string) => and(eq(posts.workspaceId, workspaceId), eq(posts.id, id), isNull(posts.deletedAt));
  const touched = (now: number) => ({ version: sql`${posts.version} + 1`, updatedAt: now });

  return {
    /** Moves drafts and what is scheduled and has not begun, each by itself: what may not move stays and says why. */
    async move(workspaceId: string, moves: readonly Move[], by: By): Promise<Moved[]> {
      const { now } = by;
      return atomic(db, (tx) => moves.map(({ id, version, moment }): Moved => {
        const post = tx.select().from(posts).where(inPlace(workspaceId, id)).get();
        if (!post) return { id, to: 'gone' };
        if (begun(tx, id)) return { id, to: 'already_begun' };
        if (version !== null && post.version !== version) return { id, to: 'changed_meanwhile' };
        const waiting = moment !== null && post.state === 'scheduled'
          && tx.update(publications).set({ scheduledFor: moment.at, dueAt: moment.at, reason: null, updatedAt: now })
            .where(and(eq(publications.postId, id), eq(publications.status, 'scheduled'))).run().changes > 0;
        if (!waiting && post.state !== 'draft') return { id, to: 'nothing_waits' };
        const { at, zone, wall } = moment ?? { at: null, zone: null, wall: null };
        tx.update(posts).set({ at, zone, wall, ...touched(now) }).where(inPlace(workspaceId, id)).run();
        if (at !== null) record(tx, workspaceId, by, 'post.moved', id, { at });
        const from = post.at === null || post.zone === null || post.wall === null ? null : { at: post.at, zone: post.zone, wall: post.wall };
        return { id, to: 'moved', version: post.version + 1, from };
      }));
    },

    /** A scheduled post becomes a draft again, its time kept; what waited for it leaves no trace. */
    async unschedule(workspaceId: string, id: string, version: number, by: By): Promise<Unscheduled> {
      return atomic(db, (tx) => {
        const post = tx.select().from(posts).where(inPlace(workspaceId, id)).get();
        if (!post) return { to: 'gone' };
        if (begun(tx, id)) return { to: 'already_begun' };
        if (post.version !== version) return { to: 'changed_meanwhile' };
        if (post.state !== 'scheduled') return { to: 'nothing_waits' };
        tx.delete(publications).where(eq(publications.postId, id)).run();
        tx.update(posts).set({ state: 'draft', ...touched(by.now) }).where(inPlace(workspaceId, id)).run();
        record(tx, workspaceId, by, 'post.unscheduled', id);
        return { to: 'draft', version: post.version + 1 };
      });
    },

    /** Puts posts into the bin, nothing of which has begun: nothing of them goes out from there. What was canceled before stays noted. */
    async bin(workspaceId: string, ids: readonly string[], by: By): Promise<Binned[]> {
      const { now } = by;
      return atomic(db, (tx) => ids.map((id): Binned => {
        if (!tx.select({ id: posts.id }).from(posts).where(inPlace(workspaceId, id)).get()) return { id, to: 'gone' };
        if (begun(tx, id)) return { id, to: 'already_begun' };
        tx.delete(publications).where(and(eq(publications.postId, id), eq(publications.status, 'scheduled'))).run();
        tx.update(posts).set({ deletedAt: now, ...touched(now) }).where(inPlace(workspaceId, id)).run();
        record(tx, workspaceId, by, 'post.deleted', id);
        return { id, to: 'bin' };
      }));
    },

    /** Deletes what lies in the bin for good. */
    async emptyOut(workspaceId: string, id: string): Promise<boolean> {
      return db.delete(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.id, id), isNotNull(posts.deletedAt))).run().changes > 0;
    },

    /**
     * Takes a post out of the bin. What waited is scheduled again where a channel for it is left and its time is to come
     * (after `now` less `grace`, ms), unless the post shall be a draft (`asDraft`); else it is a draft.
     */
    async restore(workspaceId: string, id: string, by: By & { grace: number; asDraft: boolean; publicationId: () => string }): Promise<Restored> {
      return atomic(db, (tx) => {
        const post = tx.select().from(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.id, id))).get();
        if (!post || post.deletedAt === null) return 'gone';
        const waited = tx.select({ channelId: variants.channelId, provider: channels.provider, removedAt: channels.removedAt }).from(variants)
          .innerJoin(channels, eq(channels.id, variants.channelId))
          .leftJoin(publications, and(eq(publications.postId, id), eq(publications.channelId, variants.channelId)))
          .where(and(eq(variants.postId, id), isNull(publications.id))).all();
        const places = waited.filter(({ removedAt }) => removedAt === null);
        const { at } = post;
        const again = post.state === 'scheduled' && !by.asDraft && places.length > 0 && at !== null && at >= by.now - by.grace;
        const unscheduled = post.state === 'scheduled' && waited.length > 0 && !again;
        if (unscheduled) tx.delete(publications).where(eq(publications.postId, id)).run();
        if (again) {
          for (const { channelId, provider } of places) {
            tx.insert(publications).values({
              channelId, provider, id: by.publicationId(), workspaceId, postId: id, status: 'scheduled', scheduledFor: at, dueAt: at, failures: 0, createdAt: by.now, updatedAt: by.now,
            }).run();
          }
        }
        tx.update(posts).set({ state: unscheduled ? 'draft' : post.state, deletedAt: null, ...touched(by.now) }).where(eq(posts.id, id)).run();
        record(tx, workspaceId, by, 'post.restored', id);
        if (unscheduled) return 'unscheduled';
        // Nothing of it waited: all was canceled before.
        return post.state === 'scheduled' && !again ? 'canceled' : post.state;
      });
    },
  };
}

function begun(tx: Tx, postId: string): boolean {
  return tx.select({ id: publications.id }).from(publications).where(and(eq(publications.postId, postId), hasBegun())).get() !== undefined;
}
