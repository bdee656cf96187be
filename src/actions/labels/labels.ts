import type { Actor } from '../../domain/actor.ts';
import { isLabelColor, labelName, longestLabel, mostLabels, type LabelColor } from '../../domain/posts/label.ts';
import { refused, type Result } from '../../domain/result.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { BulkDone } from '../posts/move-post.ts';
import { keepUndo } from '../posts/undo.ts';
import type { LabelSaved } from '../../store/calendar/labels.ts';

type LabelDeps = Pick<Deps, 'store' | 'now'>;

export interface LabelInput {
  name: string;
  color: string;
}

export async function addLabel({ store, now }: LabelDeps, actor: Actor, input: LabelInput): Promise<Result> {
  const read = readLabel(input);
  return read.ok ? answered(await store.labels.add(actor.workspaceId, { id: newId(now()), name: read.name, color: read.color, createdAt: now() })) : read;
}

export async function changeLabel({ store }: LabelDeps, actor: Actor, id: string, input: LabelInput): Promise<Result> {
  const read = readLabel(input);
  return read.ok ? answered(await store.labels.change(actor.workspaceId, id, read)) : read;
}

export async function deleteLabel({ store }: LabelDeps, actor: Actor, id: string): Promise<Result> {
  return (await store.labels.remove(actor.workspaceId, id)) ? { ok: true } : answered('gone');
}

/** Gives one post exactly these labels. */
export async function labelPost(deps: LabelDeps, actor: Actor, postId: string, labelIds: readonly string[]): Promise<Result<{ undo: string | null }>> {
  const before = await deps.store.labels.put(actor.workspaceId, [{ id: postId, labelIds }]);
  if (before.length === 0) return refused('', t.deletedMeanwhile);
  return { ok: true, undo: await keepUndo(deps, actor, { kind: 'label', posts: before }) };
}

/** Puts a label on several posts or takes it off, as one thing to undo. */
export async function labelPosts(deps: LabelDeps, actor: Actor, ids: readonly string[], labelId: string, on: boolean): Promise<Result<BulkDone>> {
  if (!(await deps.store.labels.list(actor.workspaceId)).some(({ id }) => id === labelId)) return refused('label', t.labelMissing);
  const before = await deps.store.labels.mark(actor.workspaceId, ids, labelId, on);
  const stayed = ids.length - before.length;
  return {
    ok: true, done: before.length, stayed: new Map(stayed > 0 ? [[on ? t.hadLabel : t.hadNoLabel, stayed]] : []),
    undo: await keepUndo(deps, actor, { kind: 'label', posts: before }),
  };
}

function readLabel({ name: typed, color }: LabelInput): { ok: true; name: string; color: LabelColor } | ReturnType<typeof refused> {
  const name = labelName(typed);
  if (name === '') return refused('name', t.labelNameMissing);
  if (Array.from(name).length > longestLabel) return refused('name', t.labelNameTooLong(longestLabel));
  return isLabelColor(color) ? { ok: true, name, color } : refused('color', t.colorUnknown);
}

function answered(saved: LabelSaved): Result {
  switch (saved) {
    case 'saved': return { ok: true };
    case 'taken': return refused('name', t.labelNameTaken);
    case 'gone': return refused('', t.labelGone);
    case 'too_many': return refused('name', t.tooManyLabels(mostLabels));
  }
}
