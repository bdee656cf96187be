import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { libraryRefusals as r } from '../../domain/texts/refusals/library.ts';
import type { Deps } from '../../deps.ts';
import { keepUndo } from '../posts/undo.ts';
import { deleteMedia } from './media.ts';

type LabelDeps = Pick<Deps, 'store' | 'now'>;

/** What became of several files. */
export interface FilesDone {
  done: number;
  /** How many stayed as they were. */
  stayed: number;
}

/** Gives one file exactly these labels. */
export async function labelFile(deps: LabelDeps, actor: Actor, id: string, labelIds: readonly string[]): Promise<Result<{ undo: string | null }>> {
  const before = await deps.store.mediaLabels.put(actor.workspaceId, [{ id, labelIds }]);
  if (before.length === 0) return refused('', r.gone);
  return { ok: true, undo: await keepUndo(deps, actor, { kind: 'label_files', posts: before }) };
}

/** Puts a label on several files or takes it off, as one thing to undo. */
export async function labelFiles(deps: LabelDeps, actor: Actor, ids: readonly string[], labelId: string, on: boolean): Promise<Result<FilesDone & { undo: string | null }>> {
  if (!(await deps.store.labels.list(actor.workspaceId)).some(({ id }) => id === labelId)) return refused('label', r.chooseLabel);
  const before = await deps.store.mediaLabels.mark(actor.workspaceId, ids, labelId, on);
  return { ok: true, done: before.length, stayed: ids.length - before.length, undo: await keepUndo(deps, actor, { kind: 'label_files', posts: before }) };
}

/** Deletes files for good, those that no post uses. */
export async function deleteFiles(deps: Pick<Deps, 'store' | 'storage' | 'now'>, actor: Actor, ids: readonly string[]): Promise<FilesDone> {
  let done = 0;
  for (const id of ids) if ((await deleteMedia(deps, actor, id)).ok) done += 1;
  return { done, stayed: ids.length - done };
}
