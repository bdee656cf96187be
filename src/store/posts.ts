import { and, asc, count, desc, eq, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { Json } from '../domain/json.ts';
import type { Content, PostState } from '../domain/post.ts';
import { record, type By } from './instance/audit.ts';
import { putLabels } from './calendar/labels.ts';
import { wordsSaid } from './calendar/said.ts';
import { among, atomic, type Db, type Tx } from './db.ts';
import { publications, steps } from './schema/publications.ts';
import { media, postMedia, posts, variants } from './schema/posts.ts';

/** So many posts are looked through for one's own. */
const mostRecent = 50;

export type PostRow = typeof posts.$inferSelect;
export interface VariantRow {
  channelId: string;
  content: Content | null;
  options: { [key: string]: Json };
}
export interface Post extends PostRow {
  variants: VariantRow[];
}

export interface PostToSave {
  id: string;
  /** Whoever saves it; of a new post the author. */
  authorId: string | null;
  state: PostState;
  content: Content;
  moment: { at: number; zone: string; wall: string } | null;
  /** `files` are those that options name, beside the content's own. */
  variants: (VariantRow & { provider: string; publicationId: string; files?: readonly string[] })[];
  /** Of this workspace; absent: they stay as they are. */
  labelIds?: readonly string[];
  /** The version that was edited; null for a new post. */
  version: number | null;
  now: number;
}

/** `taken`: what is new has the id of another post, maybe of one that lies in the bin. */
export type Saved = 'saved' | 'gone' | 'taken' | 'changed_meanwhile' | 'already_begun' | 'content_deleted' | 'file_gone';

export function postsStore(db: Db) {
  const mine = (workspaceId: string, id: string) => and(eq(posts.workspaceId, workspaceId), eq(posts.id, id), isNull(posts.deletedAt));

  return {
    /**
     * Saves a post with its variants and, when it is scheduled, one waiting publication per channel. All or nothing; refused
     * once any of its publications has begun, for what is being sent cannot be edited.
     */
    async save(workspaceId: string, post: PostToSave): Promise<Saved> {
      return atomic(db, (tx) => {
        const { id, now } = post;
        const known = tx.select().from(posts).where(mine(workspaceId, id)).get();
        if (!known && post.version !== null) return 'gone';
        if (!known && tx.select({ id: posts.id }).from(posts).where(eq(posts.id, id)).get()) return 'taken';
        if (known?.contentDeletedAt != null) return 'content_deleted';
        if (known && known.version !== post.version) return 'changed_meanwhile';
        if (tx.select({ id: publications.id }).from(publications).where(and(eq(publications.postId, id), hasBegun())).get()) return 'already_begun';
        const files = filesOf(post);
        if (tx.select({ n: count() }).from(media).where(and(eq(media.workspaceId, workspaceId), among(media.id, files))).get()?.n !== files.length) return 'file_gone';
        const row = {
          state: post.state, content: post.content, words: wordsSaid(post.content, post.variants.map(({ content }) => content)), updatedAt: now,
          at: post.moment?.at ?? null, zone: post.moment?.zone ?? null, wall: post.moment?.wall ?? null,
        };
        if (known) tx.update(posts).set({ ...row, version: known.version + 1 }).where(mine(workspaceId, id)).run();
        else tx.insert(posts).values({ ...row, id, workspaceId, authorId: post.authorId, version: 1, createdAt: now }).run();
        putVariants(tx, workspaceId, post, files);
        putPublications(tx, workspaceId, post);
        if (post.labelIds) putLabels(tx, workspaceId, id, post.labelIds);
        recordSaved(tx, workspaceId, post, known);
        return 'saved';
      });
    },

    async get(workspaceId: string, id: string): Promise<Post | undefined> {
      const row = db.select().from(posts).where(mine(workspaceId, id)).get();
      return row && withVariants(db, [row])[0];
    },

    /** Posts whose time lies in [from, to), earliest first. */
    async between(workspaceId: string, from: number, to: number, limit: number): Promise<Post[]> {
      return withVariants(db, db.select().from(posts)
        .where(and(eq(posts.workspaceId, workspaceId), isNull(posts.deletedAt), gte(posts.at, from), lt(posts.at, to)))
        .orderBy(asc(posts.at), asc(posts.id)).limit(limit).all());
    },

    /** The latest touched first, `state` narrowing; `before` is the cursor of the page before. */
    async latest(workspaceId: string, state: PostState | null, before: { updatedAt: number; id: string } | null, limit: number): Promise<Post[]> {
      return withVariants(db, db.select().from(posts).where(and(
        eq(posts.workspaceId, workspaceId), isNull(posts.deletedAt),
        state ? eq(posts.state, state) : undefined,
        before ? or(lt(posts.updatedAt, before.updatedAt), and(eq(posts.updatedAt, before.updatedAt), lt(posts.id, before.id))) : undefined,
      )).orderBy(desc(posts.updatedAt), desc(posts.id)).limit(limit).all());
    },

    /** Where the latest post of this author went, among those that the workspace touched last; empty where there is none. */
    async lastChannels(workspaceId: string, authorId: string): Promise<string[]> {
      const recent = db.select({ id: posts.id, authorId: posts.authorId, updatedAt: posts.updatedAt }).from(posts)
        .where(and(eq(posts.workspaceId, workspaceId), isNull(posts.deletedAt))).orderBy(desc(posts.updatedAt), desc(posts.id)).limit(mostRecent).as('recent');
      const last = db.select({ id: recent.id }).from(recent).where(eq(recent.authorId, authorId)).orderBy(desc(recent.updatedAt), desc(recent.id)).limit(1).get();
      if (!last) return [];
      return db.select({ channelId: variants.channelId }).from(variants).where(eq(variants.postId, last.id)).orderBy(asc(variants.channelId)).all().map(({ channelId }) => channelId);
    },

    /** Posts something of which failed or is in doubt, the latest touched first. */
    async troubled(workspaceId: string, limit: number): Promise<Post[]> {
      const trouble = db.select({ id: publications.postId }).from(publications)
        .where(and(eq(publications.workspaceId, workspaceId), inArray(publications.status, ['failed', 'unconfirmed'])));
      return withVariants(db, db.select().from(posts).where(and(eq(posts.workspaceId, workspaceId), isNull(posts.deletedAt), inArray(posts.id, trouble)))
        .orderBy(desc(posts.updatedAt), desc(posts.id)).limit(limit).all());
    },

    /** Takes a scheduled post back: what has not begun is canceled. Returns how many publications that were. */
    async cancel(workspaceId: string, id: string, now: number, userId?: string | null): Promise<number> {
      return atomic(db, (tx) => {
        const canceled = cancelUnseen(tx, and(eq(publications.workspaceId, workspaceId), eq(publications.postId, id)), now);
        const left = tx.select({ id: publications.id }).from(publications)
          .where(and(eq(publications.postId, id), sql`${publications.status} <> 'canceled'`)).get();
        if (canceled > 0 && !left) tx.update(posts).set({ state: 'canceled', updatedAt: now, version: sql`${posts.version} + 1` }).where(mine(workspaceId, id)).run();
        if (canceled > 0 && userId !== undefined) record(tx, workspaceId, { userId, now }, 'post.canceled', id);
        return canceled;
      });
    },

    /** Deletes a post nothing of which has begun for good, past the bin or out of it. */
    async remove(workspaceId: string, id: string, by?: By): Promise<boolean> {
      return atomic(db, (tx) => {
        if (tx.select({ id: publications.id }).from(publications).where(and(eq(publications.postId, id), hasBegun())).get()) return false;
        const gone = tx.delete(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.id, id))).run().changes > 0;
        if (gone && by) record(tx, workspaceId, by, 'post.deleted', id);
        return gone;
      });
    },
  };
}

/** Drafts are everybody's own business; what is to go out, when, and what no longer is, is recorded. */
function recordSaved(tx: Tx, workspaceId: string, post: PostToSave, was: PostRow | undefined) {
  const { id, authorId: userId, state, moment, now } = post;
  const by = { userId, now };
  const before = was?.state === 'scheduled';
  if (state !== 'scheduled') {
    if (before) record(tx, workspaceId, by, 'post.unscheduled', id);
  } else if (moment) {
    const kind = !before ? 'post.scheduled' : was.at === moment.at ? 'post.changed' : 'post.moved';
    record(tx, workspaceId, by, kind, id, kind === 'post.changed' ? {} : { at: moment.at });
  }
}

/** A publication that was claimed at least once, unless it was canceled afterwards. */
export function hasBegun() {
  return sql`(${publications.snapshot} is not null or ${publications.status} in ('publishing', 'published', 'failed', 'unconfirmed'))`;
}

/**
 * Cancels what waits and of which nothing is out, and nothing may be: no visible step was as much as begun. What was only
 * prepared is forgotten, so that it can be written on, deleted or sent another time. Says how many those are.
 */
export function cancelUnseen(tx: Tx, which: SQL | undefined, now: number): number {
  const unseen = sql`not exists (select 1 from steps where steps.publication_id = ${publications.id} and steps.kind = 'once')`;
  const waits = and(which, eq(publications.status, 'scheduled'), unseen);
  tx.delete(steps).where(inArray(steps.publicationId, tx.select({ id: publications.id }).from(publications).where(waits))).run();
  return tx.update(publications).set({ status: 'canceled', reason: null, snapshot: null, updatedAt: now }).where(waits).run().changes;
}

/** Every file that it uses, each once. */
function filesOf({ content, variants: all }: PostToSave): string[] {
  const contents = [content, ...all.flatMap((variant) => variant.content ?? [])];
  return [...new Set([
    ...contents.flatMap(({ parts }) => parts.flatMap((part) => part.media.map(({ mediaId }) => mediaId))),
    ...all.flatMap(({ files = [] }) => files),
  ])];
}

function putVariants(tx: Tx, workspaceId: string, post: PostToSave, files: readonly string[]) {
  tx.delete(variants).where(eq(variants.postId, post.id)).run();
  tx.delete(postMedia).where(eq(postMedia.postId, post.id)).run();
  for (const { channelId, content, options } of post.variants) {
    tx.insert(variants).values({ postId: post.id, channelId, workspaceId, content, options }).run();
  }
  for (const mediaId of files) tx.insert(postMedia).values({ postId: post.id, mediaId, workspaceId }).run();
}

function putPublications(tx: Tx, workspaceId: string, post: PostToSave) {
  const { id: postId, moment, now } = post;
  const channelIds = post.state === 'scheduled' ? post.variants.map(({ channelId }) => channelId) : [];
  // Nothing of this post has begun (see `save`), so what is no longer wanted leaves no trace.
  tx.delete(publications).where(and(
    eq(publications.postId, postId),
    channelIds.length > 0 ? sql`${publications.channelId} not in ${channelIds}` : undefined,
  )).run();
  if (post.state !== 'scheduled' || !moment) return;
  for (const { channelId, provider, publicationId } of post.variants) {
    const fresh = { status: 'scheduled' as const, scheduledFor: moment.at, dueAt: moment.at, reason: null, failures: 0, failure: null, updatedAt: now };
    tx.insert(publications).values({ id: publicationId, workspaceId, postId, channelId, provider, createdAt: now, ...fresh })
      .onConflictDoUpdate({ target: [publications.postId, publications.channelId], set: fresh, setWhere: isNull(publications.snapshot) }).run();
  }
}

function withVariants(db: Db, rows: PostRow[]): Post[] {
  if (rows.length === 0) return [];
  const found = db.select().from(variants).where(inArray(variants.postId, rows.map(({ id }) => id))).all();
  const byPost = Map.groupBy(found, ({ postId }) => postId);
  return rows.map((row) => ({
    ...row,
    variants: (byPost.get(row.id) ?? []).map(({ channelId, content, options }) => ({ channelId, content, options })),
  }));
}
