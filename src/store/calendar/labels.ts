import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { labelKey, mostLabels, type Label, type LabelColor } from '../../domain/posts/label.ts';
import { atomic, kept, type Db, type Tx } from '../db.ts';
import { labels, postLabels } from '../schema/labels.ts';
import { posts } from '../schema/posts.ts';

export type LabelSaved = 'saved' | 'taken' | 'gone' | 'too_many';

export function labelsStore(db: Db) {
  const mine = (workspaceId: string, id: string) => and(eq(labels.workspaceId, workspaceId), eq(labels.id, id));
  const listed = kept(() => db.select({ id: labels.id, name: labels.name, color: labels.color }).from(labels)
    .where(eq(labels.workspaceId, sql.placeholder('workspaceId'))).orderBy(asc(labels.key)).prepare());

  return {
    /** By name. */
    async list(workspaceId: string): Promise<Label[]> {
      return listed().all({ workspaceId });
    },

    /** How many posts bear each label, deleted ones left out. */
    async counts(workspaceId: string): Promise<Map<string, number>> {
      const rows = db.select({ id: postLabels.labelId, n: count() }).from(postLabels).innerJoin(posts, eq(posts.id, postLabels.postId))
        .where(and(eq(postLabels.workspaceId, workspaceId), notDeleted)).groupBy(postLabels.labelId).all();
      return new Map(rows.map(({ id, n }) => [id, n]));
    },

    async add(workspaceId: string, label: Label & { createdAt: number }): Promise<LabelSaved> {
      return atomic(db, (tx) => {
        const all = tx.select({ n: count() }).from(labels).where(eq(labels.workspaceId, workspaceId)).get()?.n ?? 0;
        if (all >= mostLabels) return 'too_many';
        return tx.insert(labels).values({ ...label, workspaceId, key: labelKey(label.name) }).onConflictDoNothing().run().changes > 0 ? 'saved' : 'taken';
      });
    },

    async change(workspaceId: string, id: string, { name, color }: { name: string; color: LabelColor }): Promise<LabelSaved> {
      return atomic(db, (tx) => {
        const key = labelKey(name);
        const other = tx.select({ id: labels.id }).from(labels).where(and(eq(labels.workspaceId, workspaceId), eq(labels.key, key))).get();
        if (other && other.id !== id) return 'taken';
        return tx.update(labels).set({ name, key, color }).where(mine(workspaceId, id)).run().changes > 0 ? 'saved' : 'gone';
      });
    },

    /** The posts that bore it stay. */
    async remove(workspaceId: string, id: string): Promise<boolean> {
      return db.delete(labels).where(mine(workspaceId, id)).run().changes > 0;
    },

    async ofPost(workspaceId: string, postId: string): Promise<string[]> {
      return db.select({ id: postLabels.labelId }).from(postLabels).where(and(eq(postLabels.workspaceId, workspaceId), eq(postLabels.postId, postId))).all().map(({ id }) => id);
    },

    /**
     * Gives posts exactly these labels each. Gives what they bore before, for those that are there; labels and posts that
     * are not this workspace's are passed over.
     */
    async put(workspaceId: string, wanted: readonly { id: string; labelIds: readonly string[] }[]): Promise<{ id: string; labelIds: string[] }[]> {
      return atomic(db, (tx) => wanted.flatMap(({ id, labelIds }) => {
        if (!isThere(tx, workspaceId, id)) return [];
        const before = borneBy(tx, id);
        putLabels(tx, workspaceId, id, labelIds);
        return [{ id, labelIds: before }];
      }));
    },

    /** Puts one label on posts, or takes it off. Gives what those that it changed bore before. */
    async mark(workspaceId: string, postIds: readonly string[], labelId: string, on: boolean): Promise<{ id: string; labelIds: string[] }[]> {
      return atomic(db, (tx) => postIds.flatMap((id) => {
        if (!isThere(tx, workspaceId, id)) return [];
        const before = borneBy(tx, id);
        if (before.includes(labelId) === on) return [];
        putLabels(tx, workspaceId, id, on ? [...before, labelId] : before.filter((one) => one !== labelId));
        return [{ id, labelIds: before }];
      }));
    },
  };
}

const notDeleted = isNull(posts.deletedAt);

function isThere(tx: Tx, workspaceId: string, id: string): boolean {
  return tx.select({ id: posts.id }).from(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.id, id), notDeleted)).get() !== undefined;
}

function borneBy(tx: Tx, postId: string): string[] {
  return tx.select({ id: postLabels.labelId }).from(postLabels).where(eq(postLabels.postId, postId)).all().map(({ id }) => id);
}

/** What a post bears from now on: those of these that are the workspace's own. */
export function putLabels(tx: Tx, workspaceId: string, postId: string, labelIds: readonly string[]) {
  tx.delete(postLabels).where(eq(postLabels.postId, postId)).run();
  if (labelIds.length === 0) return;
  const own = tx.select({ id: labels.id }).from(labels).where(and(eq(labels.workspaceId, workspaceId), inArray(labels.id, [...labelIds]))).all();
  for (const { id } of own) tx.insert(postLabels).values({ postId, labelId: id, workspaceId }).run();
}
