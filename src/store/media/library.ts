import { and, count, desc, eq, exists, getTableColumns, inArray, isNotNull, isNull, like, lt, notExists, or, sql, sum } from 'drizzle-orm';
import { imageTypes, videoTypes } from '../../domain/media.ts';
import type { Db } from '../db.ts';
import type { Media } from '../media.ts';
import { mediaLabels } from '../schema/labels.ts';
import { media, postMedia, posts } from '../schema/posts.ts';

export interface LibraryQuery {
  /** In the file's name or its description; empty for all. */
  words: string;
  kind: 'image' | 'video' | null;
  /** Only what no post uses. */
  unused: boolean;
  /** Only what bears this label. */
  labelId: string | null;
  /** The last id of the page before. */
  before: string | null;
  limit: number;
}

/** The library as people look through it. */
export function libraryStore(db: Db) {
  const { spentAt: _, ...columns } = getTableColumns(media);
  return {
    /** The latest first. */
    async find(workspaceId: string, { words, kind, unused, labelId, before, limit }: LibraryQuery): Promise<Media[]> {
      const pattern = `%${words.replaceAll(/[\\%_]/gu, (char) => `\\${char}`)}%`;
      return db.select(columns).from(media).where(and(
        eq(media.workspaceId, workspaceId),
        before === null ? undefined : lt(media.id, before),
        words === '' ? undefined : or(sql`${like(media.name, pattern)} escape '\\'`, sql`${like(media.alt, pattern)} escape '\\'`),
        kind === null ? undefined : inArray(media.type, kind === 'video' ? [...videoTypes] : [...imageTypes]),
        unused ? notExists(db.select({ one: sql`1` }).from(postMedia).where(eq(postMedia.mediaId, media.id))) : undefined,
        labelId === null ? undefined : exists(db.select({ one: sql`1` }).from(mediaLabels).where(and(eq(mediaLabels.mediaId, media.id), eq(mediaLabels.labelId, labelId)))),
      )).orderBy(desc(media.id)).limit(limit).all();
    },

    /** How many posts use each of these. */
    async usage(workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
      if (ids.length === 0) return new Map();
      const rows = db.select({ id: postMedia.mediaId, n: count() }).from(postMedia)
        .where(and(eq(postMedia.workspaceId, workspaceId), inArray(postMedia.mediaId, [...ids]))).groupBy(postMedia.mediaId).all();
      return new Map(rows.map(({ id, n }) => [id, n]));
    },

    /** The posts that use it, the latest first. */
    async postsWith(workspaceId: string, id: string, limit: number): Promise<string[]> {
      return db.select({ id: posts.id }).from(postMedia).innerJoin(posts, eq(posts.id, postMedia.postId))
        .where(and(eq(postMedia.workspaceId, workspaceId), eq(postMedia.mediaId, id), isNull(posts.deletedAt))).orderBy(desc(posts.at), desc(posts.id)).limit(limit).all().map((row) => row.id);
    },

    /** How many posts in the bin use it. */
    async inBin(workspaceId: string, id: string): Promise<number> {
      return db.select({ n: count() }).from(postMedia).innerJoin(posts, eq(posts.id, postMedia.postId))
        .where(and(eq(postMedia.workspaceId, workspaceId), eq(postMedia.mediaId, id), isNotNull(posts.deletedAt))).get()?.n ?? 0;
    },

    /** Files and their bytes, without the copies that are made for networks. */
    async totals(workspaceId: string): Promise<{ files: number; bytes: number }> {
      const row = db.select({ files: count(), bytes: sum(media.bytes) }).from(media).where(eq(media.workspaceId, workspaceId)).get();
      return { files: row?.files ?? 0, bytes: Number(row?.bytes ?? 0) };
    },

    /** What a file is called and says to whoever cannot see it; false when it is not there. */
    async describe(workspaceId: string, id: string, { name, alt }: { name: string; alt: string }): Promise<boolean> {
      return db.update(media).set({ name, alt }).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id))).run().changes > 0;
    },
  };
}
