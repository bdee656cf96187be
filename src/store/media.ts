import { and, count, desc, eq, getTableColumns, inArray, lt } from 'drizzle-orm';
import { isVideo, videoTypes, type MediaFacts } from '../domain/media.ts';
import { record, type By } from './instance/audit.ts';
import { among, atomic, type Db } from './db.ts';
import { putFileLabels } from './media/media-labels.ts';
import { media, postMedia } from './schema/posts.ts';

/** As everybody but the prune sees it. */
export type Media = Omit<typeof media.$inferSelect, 'spentAt'>;

/** A file that is taken in; no still stands for it unless told. */
export type NewMedia = Omit<Media, 'posterAt'> & Partial<Pick<Media, 'posterAt'>>;

/** A stored file as checks and snapshots see it, with the description that one post gives it. */
export function factsOf(file: Media, alt: string): MediaFacts {
  const { id: mediaId, type, bytes, width, height, animated, durationMs, videoCodec, audioCodec, frameRate, posterAt } = file;
  if (isVideo(type)) {
    return { kind: 'video', mediaId, alt, type, bytes, width, height, durationMs: durationMs ?? 0, videoCodec, audioCodec, frameRate, ...(posterAt !== null && { posterAt }) };
  }
  return { kind: 'image', mediaId, alt, type, bytes, width, height, animated };
}

export function mediaStore(db: Db) {
  const { spentAt: _, ...columns } = getTableColumns(media);

  return {
    /** `labelIds` are of this workspace. */
    async add({ posterAt = null, ...row }: NewMedia, labelIds: readonly string[] = []): Promise<void> {
      atomic(db, (tx) => {
        tx.insert(media).values({ ...row, posterAt, spentAt: null }).run();
        putFileLabels(tx, row.workspaceId, row.id, labelIds);
      });
    },
    async get(workspaceId: string, id: string): Promise<Media | undefined> {
      return db.select(columns).from(media).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id))).get();
    },
    async many(workspaceId: string, ids: readonly string[]): Promise<Media[]> {
      if (ids.length === 0) return [];
      return db.select(columns).from(media).where(and(eq(media.workspaceId, workspaceId), among(media.id, ids))).all();
    },
    async count(workspaceId: string): Promise<number> {
      return db.select({ n: count() }).from(media).where(eq(media.workspaceId, workspaceId)).get()?.n ?? 0;
    },
    async latest(workspaceId: string, before: string | null, limit: number): Promise<Media[]> {
      return db.select(columns).from(media)
        .where(and(eq(media.workspaceId, workspaceId), before ? lt(media.id, before) : undefined))
        .orderBy(desc(media.id)).limit(limit).all();
    },
    async setAlt(workspaceId: string, id: string, alt: string): Promise<void> {
      db.update(media).set({ alt }).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id))).run();
    },
    /** Notes that another still stands for a video now; false when it is no longer there. */
    async setPoster(workspaceId: string, id: string, at: number): Promise<boolean> {
      return db.update(media).set({ posterAt: at }).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id), inArray(media.type, [...videoTypes]))).run().changes > 0;
    },
    /** Forgets a file that no post uses; `used` names how many posts stand in the way. */
    async remove(workspaceId: string, id: string, by?: By): Promise<'removed' | 'used' | 'gone'> {
      return atomic(db, (tx) => {
        if (tx.select({ id: postMedia.postId }).from(postMedia).where(and(eq(postMedia.mediaId, id), eq(postMedia.workspaceId, workspaceId))).get()) return 'used';
        const gone = tx.delete(media).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id))).run().changes > 0;
        if (gone && by) record(tx, workspaceId, by, 'media.deleted', id);
        return gone ? 'removed' : 'gone';
      });
    },
  };
}
