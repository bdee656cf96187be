import { and, asc, eq, inArray } from 'drizzle-orm';
import { atomic, type Db, type Tx } from '../db.ts';
import { labels, mediaLabels } from '../schema/labels.ts';
import { media } from '../schema/posts.ts';

/** A file and what it bears. */
export interface Labelled {
  id: string;
  labelIds: string[];
}

/** Labels on files: the same as on posts. */
export function mediaLabelsStore(db: Db) {
  return {
    /** What each of these files bears, by the labels' names. */
    async of(workspaceId: string, mediaIds: readonly string[]): Promise<Map<string, string[]>> {
      if (mediaIds.length === 0) return new Map();
      const rows = db.select({ mediaId: mediaLabels.mediaId, labelId: mediaLabels.labelId }).from(mediaLabels).innerJoin(labels, eq(labels.id, mediaLabels.labelId))
        .where(and(eq(mediaLabels.workspaceId, workspaceId), inArray(mediaLabels.mediaId, [...mediaIds]))).orderBy(asc(labels.key)).all();
      return new Map([...Map.groupBy(rows, ({ mediaId }) => mediaId)].map(([id, own]) => [id, own.map(({ labelId }) => labelId)]));
    },

    /**
     * Gives files exactly these labels each. Gives what they bore before, for those that are there; labels and files that are
     * not this workspace's are passed over.
     */
    async put(workspaceId: string, wanted: readonly { id: string; labelIds: readonly string[] }[]): Promise<Labelled[]> {
      return atomic(db, (tx) => wanted.flatMap(({ id, labelIds }) => {
        if (!isThere(tx, workspaceId, id)) return [];
        const before = borneBy(tx, id);
        putFileLabels(tx, workspaceId, id, labelIds);
        return [{ id, labelIds: before }];
      }));
    },

    /** Puts one label on files, or takes it off. Gives what those that it changed bore before. */
    async mark(workspaceId: string, mediaIds: readonly string[], labelId: string, on: boolean): Promise<Labelled[]> {
      return atomic(db, (tx) => mediaIds.flatMap((id) => {
        if (!isThere(tx, workspaceId, id)) return [];
        const before = borneBy(tx, id);
        if (before.includes(labelId) === on) return [];
        putFileLabels(tx, workspaceId, id, on ? [...before, labelId] : before.filter((one) => one !== labelId));
        return [{ id, labelIds: before }];
      }));
    },
  };
}

function isThere(tx: Tx, workspaceId: string, id: string): boolean {
  return tx.select({ id: media.id }).from(media).where(and(eq(media.workspaceId, workspaceId), eq(media.id, id))).get() !== undefined;
}

function borneBy(tx: Tx, mediaId: string): string[] {
  return tx.select({ id: mediaLabels.labelId }).from(mediaLabels).where(eq(mediaLabels.mediaId, mediaId)).all().map(({ id }) => id);
}

/** What a file bears from now on: those of these that are the workspace's own. */
export function putFileLabels(tx: Tx, workspaceId: string, mediaId: string, labelIds: readonly string[]) {
  tx.delete(mediaLabels).where(eq(mediaLabels.mediaId, mediaId)).run();
  if (labelIds.length === 0) return;
  const own = tx.select({ id: labels.id }).from(labels).where(and(eq(labels.workspaceId, workspaceId), inArray(labels.id, [...labelIds]))).all();
  for (const { id } of own) tx.insert(mediaLabels).values({ mediaId, labelId: id, workspaceId }).run();
}
