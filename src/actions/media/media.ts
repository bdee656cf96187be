import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { ingest, type Ingested } from '../../media/ingest.ts';
import { replaceThumbnail } from '../../media/poster.ts';
import { isProblem, type MediaProblem } from '../../media/problem.ts';
import type { TempFile } from '../../media/receive.ts';
import type { Media } from '../../store/media.ts';

type MediaDeps = Pick<Deps, 'store' | 'storage' | 'now'>;

/**
 * Takes in a picture or a video that was streamed to disk: known by its content, freed of metadata. `name` is for people
 * only; `id` for whoever must know it beforehand. The row comes last, so that a file without a row is all that a death can leave (and the sweep finds it).
 */
export async function addMedia(
  deps: MediaDeps & Pick<Deps, 'settings'>, { workspaceId }: Pick<Actor, 'workspaceId'>, upload: { name: string; file: TempFile; id?: string },
): Promise<Result<{ media: Media }>> {
  const full = await allows(deps, workspaceId, { what: 'storage', bytes: upload.file.bytes });
  if (full) return { ok: false, problems: [{ ...full, field: 'media' }] };
  const media = await addMediaAs(deps, workspaceId, { id: newId(deps.now()), ...upload, alt: '' });
  return isProblem(media) ? refused('media', media.message) : { ok: true, media };
}

/** The same for what has its id and description already, and may have labels and, for a video, the picture that stands for it. */
export async function addMediaAs(
  { store, storage, now }: MediaDeps, workspaceId: string,
  { id, name, alt, file, still, labelIds }: { id: string; name: string; alt: string; file: TempFile; still?: TempFile | null; labelIds?: readonly string[] },
): Promise<Media | MediaProblem> {
  const taken = await ingest(storage, file.path, id);
  if (isProblem(taken)) return taken;
  // One that is no picture leaves the still that was made here.
  const stands = taken.kind === 'video' && ((still && (await replaceThumbnail(storage, still.path, id)) === null) || taken.still);
  const media: Media = { id, workspaceId, ...columnsOf(taken), posterAt: stands ? now() : null, name: fileName(name, taken.kind), alt, createdAt: now() };
  await store.media.add(media, labelIds);
  return media;
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
export async function deleteMedia({ store, storage, now }: MediaDeps, { workspaceId, userId }: Actor, id: string): Promise<Result> {
  const removed = await store.media.remove(workspaceId, id, { userId, now: now() });
  if (removed === 'used') return refused('', t.fileUsed);
  if (removed === 'gone') return refused('', t.fileGone);
  await storage.remove(id);
  return { ok: true };
}

/** The last part of a path, without control characters or marks that turn the reading direction. */
function fileName(name: string, kind: Ingested['kind']): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  return last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 120) || (kind === 'image' ? 'picture' : 'video');
}
