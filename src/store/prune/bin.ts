import { and, count, inArray, lte, sql } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { media, postMedia, posts } from '../schema/posts.ts';
import { undos } from '../schema/undos.ts';
import { notFrozen } from './content.ts';
import type { PruneRule } from './rule.ts';

/** Posts that were deleted and not taken back, and ways back that nobody took. */
export function binRules(db: Db): readonly PruneRule[] {
  const over = (at: number) => and(lte(posts.deletedAt, cutoffOf('bin', 'deleted', at)), notFrozen(db, posts.workspaceId));
  const old = (at: number) => lte(undos.madeAt, cutoffOf('undos', 'made', at));
  return [
    {
      class: 'bin', rule: 'deleted posts that were not taken back',
      count: (at) => db.select({ n: count() }).from(posts).where(over(at)).get()?.n ?? 0,
      prune(at, limit) {
        const gone = db.select({ id: posts.id, deletedAt: posts.deletedAt }).from(posts).where(over(at)).limit(limit).all();
        if (gone.length === 0) return { rows: 0, files: [] };
        // A file whose last post this was is over with it; the rule of content takes it in its time.
        for (const { id, deletedAt } of gone) {
          const used = db.select({ id: postMedia.mediaId }).from(postMedia).where(sql`${postMedia.postId} = ${id}`);
          db.update(media).set({ spentAt: sql`max(coalesce(${media.spentAt}, 0), ${deletedAt})` }).where(inArray(media.id, used)).run();
        }
        return { rows: db.delete(posts).where(inArray(posts.id, gone.map(({ id }) => id))).run().changes, files: [] };
      },
    },
    {
      class: 'undos', rule: 'ways back that nobody took',
      count: (at) => db.select({ n: count() }).from(undos).where(old(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ rows: db.delete(undos).where(inArray(undos.id, db.select({ id: undos.id }).from(undos).where(old(at)).limit(limit))).run().changes, files: [] }),
    },
  ];
}
