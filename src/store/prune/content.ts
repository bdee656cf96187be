import { and, asc, count, exists, inArray, isNull, lte, notExists, sql } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Content } from '../../domain/post.ts';
import { publishingRefusals as t } from '../../domain/texts/refusals/publishing.ts';
import type { Db } from '../db.ts';
import { workspaces } from '../schema/people.ts';
import { media, postMedia, posts, variants } from '../schema/posts.ts';
import { attempts, localEntries, publications, steps } from '../schema/publications.ts';
import type { PruneRule } from './rule.ts';

/** What is left of what was written. */
const hollow: Content = { parts: [{ text: '', media: [] }] };
const hollowJson = JSON.stringify(hollow.parts);
const told = t.evidenceDeleted;

/** The words and files of posts that are over. What stays is the record: when, where, how it ended. */
export function contentRules(db: Db): readonly PruneRule[] {
  return [contentOfPosts(db), files(db), entriesOfPages(db)];
}

/**
 * Posts all of whose publications came to an end, the last one long enough ago. What waits, is being sent or is in doubt
 * needs its content, and what a person froze stays as it is.
 */
function contentOfPosts(db: Db): PruneRule {
  const own = sql`${publications.postId} = ${posts.id}`;
  // By its plain name: among the selected columns drizzle writes `id` alone, which would be the publication's.
  const endedAt = sql<number>`(select max(coalesce(p.published_at, p.updated_at)) from publications p where p.post_id = posts.id)`;
  const over = (cutoff: number) => and(
    // In the words of the index `posts_whole`; a post cannot have ended before it was last written.
    sql`posts.content_deleted_at is null and posts.state <> 'draft'`, lte(posts.updatedAt, cutoff),
    exists(db.select({ one: sql`1` }).from(publications).where(own)),
    notExists(db.select({ one: sql`1` }).from(publications).where(and(own, inArray(publications.status, ['scheduled', 'publishing', 'unconfirmed'])))),
    notFrozen(db, posts.workspaceId),
    lte(endedAt, cutoff),
  );
  const cutoff = (at: number) => cutoffOf('content', 'published', at);

  return {
    class: 'content', rule: 'words, options, journals and evidence of posts that are over',
    count: (at) => db.select({ n: count() }).from(posts).where(over(cutoff(at))).get()?.n ?? 0,
    prune(at, limit) {
      const ended = db.select({ id: posts.id, endedAt }).from(posts).where(over(cutoff(at))).orderBy(asc(posts.updatedAt)).limit(limit).all();
      const ids = ended.map(({ id }) => id);
      if (ids.length === 0) return { rows: 0, files: [] };
      for (const { id, endedAt: end } of ended) {
        const used = db.select({ id: postMedia.mediaId }).from(postMedia).where(sql`${postMedia.postId} = ${id}`);
        db.update(media).set({ spentAt: sql`max(coalesce(${media.spentAt}, 0), ${end})` }).where(inArray(media.id, used)).run();
      }
      db.delete(postMedia).where(inArray(postMedia.postId, ids)).run();
      db.update(variants).set({ content: null, options: {} }).where(inArray(variants.postId, ids)).run();
      const theirs = db.select({ id: publications.id }).from(publications).where(inArray(publications.postId, ids));
      db.update(steps).set({ result: null }).where(inArray(steps.publicationId, theirs)).run();
      db.update(attempts).set({ failure: sql`${bare(attempts.failure)}` }).where(and(inArray(attempts.publicationId, theirs), sql`${attempts.failure} is not null`)).run();
      db.update(publications).set({
        snapshot: sql`json_set(${publications.snapshot}, '$.parts', json(${hollowJson}), '$.options', json('{}'))`, failure: sql`${bare(publications.failure)}`,
      }).where(inArray(publications.postId, ids)).run();
      db.update(posts).set({ content: hollow, words: '', contentDeletedAt: at }).where(inArray(posts.id, ids)).run();
      return { rows: ids.length, files: [] };
    },
  };
}

/** Files whose last post is over; one that no post has ever used stays until its people delete it. */
function files(db: Db): PruneRule {
  const over = (at: number) => and(
    lte(media.spentAt, cutoffOf('content', 'published', at)),
    notExists(db.select({ one: sql`1` }).from(postMedia).where(sql`${postMedia.mediaId} = ${media.id}`)),
    notFrozen(db, media.workspaceId),
  );
  return {
    class: 'content', rule: 'media of posts that are over, with their files',
    count: (at) => db.select({ n: count() }).from(media).where(over(at)).get()?.n ?? 0,
    prune(at, limit) {
      const gone = db.delete(media).where(inArray(media.id, db.select({ id: media.id }).from(media).where(over(at)).limit(limit))).returning({ id: media.id }).all();
      return { rows: gone.length, files: gone.map(({ id }) => id) };
    },
  };
}

function entriesOfPages(db: Db): PruneRule {
  const over = (at: number) => and(lte(localEntries.at, cutoffOf('content', 'published', at)), notFrozen(db, localEntries.workspaceId));
  return {
    class: 'content', rule: 'what was published on pages of this instance',
    count: (at) => db.select({ n: count() }).from(localEntries).where(over(at)).get()?.n ?? 0,
    prune(at, limit) {
      const due = db.select({ key: localEntries.key }).from(localEntries).where(over(at)).limit(limit);
      return { rows: db.delete(localEntries).where(inArray(localEntries.key, due)).run().changes, files: [] };
    },
  };
}

/** What a person froze stays as it is. */
export function notFrozen(db: Db, workspaceId: typeof posts.workspaceId | typeof media.workspaceId | typeof localEntries.workspaceId) {
  return exists(db.select({ one: sql`1` }).from(workspaces).where(and(sql`${workspaces.id} = ${workspaceId}`, isNull(workspaces.frozenAt))));
}

/** A failure with its kind and code, without what was asked, what came back and what was said of it. */
function bare(failure: typeof attempts.failure | typeof publications.failure) {
  return sql`json_replace(json_remove(${failure}, '$.evidence'), '$.message', ${told}, '$.fix', 'Write it as a new post.')`;
}
