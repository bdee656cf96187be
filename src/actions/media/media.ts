import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { ingest, type Ingested } from '../../media/ingest.ts';
import { isProblem } from '../../media/problem.ts';
import type { TempFile } from '../../media/receive.ts';
import type { Media } from '../../store/media.ts';

type MediaDeps = Pick<Deps, 'store' | 'storage' | 'now'>;

/**
 * Takes in a picture or a video that was streamed to disk: known by its content, freed of metadata. `name` is for people
 * only; `id` for whoever must know it beforehand. The row comes last, so that a file without a row is all that a death can leave (and the sweep finds it).
 */
export async function addMedia(
  { store, storage, now }: MediaDeps, { workspaceId }: Pick<Actor, 'workspaceId'>, upload: { name: string; file: TempFile; id?: string },
): Promise<Result<{ media: Media }>> {
  const { id = newId(now()) } = upload;
  const taken = await ingest(storage, upload.file.path, id);
  if (isProblem(taken)) return refused('media', taken.message);
  const media: Media = { id, workspaceId, ...columnsOf(taken), name: fileName(upload.name, taken.kind), alt: '', createdAt: now() };
  await store.media.add(media);
  return { ok: true, media };
}

function columnsOf(taken: Ingested) {
  const { type, bytes, width, height } = taken;
  if (taken.kind === 'image') return { type, bytes, width, height, animated: taken.animated, ...silent };
  const { durationMs, videoCodec, audioCodec, frameRate } = taken;
  return { type, bytes, width, height, animated: false, durationMs, videoCodec, audioCodec, frameRate };
}

/** What a picture has of a video. */
const silent = { durationMs: null, videoCodec: null, audioCodec: null, frameRate: null };

/** Deletes a picture or a video that no post uses, file and all. */
export async function deleteMedia({ store, storage }: MediaDeps, { workspaceId }: Actor, id: string): Promise<Result> {
  const removed = await store.media.remove(workspaceId, id);
  if (removed === 'used') return refused('', 'A post uses this file. Take it out of the post first.');
  if (removed === 'gone') return refused('', 'This file is no longer there.');
  await storage.remove(id);
  return { ok: true };
}

/** The last part of a path, without control characters or marks that turn the reading direction. */
function fileName(name: string, kind: Ingested['kind']): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  return last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 120) || (kind === 'image' ? 'picture' : 'video');
}
