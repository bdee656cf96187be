import { and, asc, count, eq, sql } from 'drizzle-orm';
import { mostSets, tagKey, tagsIn, type HashtagSet, type UsedTag } from '../../domain/posts/hashtag.ts';
import { statementsOf } from '../calendar/statements.ts';
import { atomic, kept, type Db } from '../db.ts';
import { hashtagSets } from '../schema/hashtags.ts';

export type SetSaved = 'saved' | 'taken' | 'too_many';

/** As many posts are looked into; what was used before them is no longer suggested. */
const mostPosts = 5_000;

export function hashtagsStore(db: Db) {
  const run = statementsOf(db);
  const listed = kept(() => db.select({ id: hashtagSets.id, name: hashtagSets.name, tags: hashtagSets.tags }).from(hashtagSets)
    .where(eq(hashtagSets.workspaceId, sql.placeholder('workspaceId'))).orderBy(asc(hashtagSets.key)).prepare());

  return {
    /** The tags of the workspace's posts and of their versions for single channels, the latest used first, each counted once a post. */
    async used(workspaceId: string, limit: number): Promise<UsedTag[]> {
      const rows = run<{ id: string; text: string }>(`
        select x.id id, json_extract(p.value, '$.text') text
        from (
          select p.id id, p.updated_at at, p.content content from posts p
          where p.workspace_id = @workspace and p.deleted_at is null and instr(p.content, '#') > 0
          union all
          select p.id id, p.updated_at at, v.content content from variants v join posts p on p.id = v.post_id
          where v.workspace_id = @workspace and p.deleted_at is null and v.content is not null and instr(v.content, '#') > 0
          order by at desc limit @most
        ) x, json_each(x.content, '$.parts') p order by x.at desc, x.id desc`).all({ workspace: workspaceId, most: mostPosts });
      const found = new Map<string, { tag: string; posts: number; last: string }>();
      // Rows of one post stand together; a writing that was met before needs no folding.
      const asWritten = new Map<string, { tag: string; posts: number; last: string }>();
      for (const { id, text } of rows) {
        for (const tag of tagsIn(text)) {
          const known = asWritten.get(tag) ?? found.get(tagKey(tag)) ?? { tag, posts: 0, last: '' };
          if (known.posts === 0) found.set(tagKey(tag), known);
          asWritten.set(tag, known);
          if (known.last !== id) known.posts += 1;
          known.last = id;
        }
      }
      return [...found.values()].slice(0, limit).map(({ tag, posts }) => ({ tag, posts }));
    },

    /** By name. */
    async sets(workspaceId: string): Promise<HashtagSet[]> {
      return listed().all({ workspaceId });
    },

    async addSet(workspaceId: string, { id, name, tags, createdAt }: HashtagSet & { createdAt: number }): Promise<SetSaved> {
      return atomic(db, (tx) => {
        const all = tx.select({ n: count() }).from(hashtagSets).where(eq(hashtagSets.workspaceId, workspaceId)).get()?.n ?? 0;
        if (all >= mostSets) return 'too_many';
        return tx.insert(hashtagSets).values({ id, workspaceId, name, key: tagKey(name), tags, createdAt }).onConflictDoNothing().run().changes > 0 ? 'saved' : 'taken';
      });
    },

    async removeSet(workspaceId: string, id: string): Promise<boolean> {
      return db.delete(hashtagSets).where(and(eq(hashtagSets.workspaceId, workspaceId), eq(hashtagSets.id, id))).run().changes > 0;
    },
  };
}
