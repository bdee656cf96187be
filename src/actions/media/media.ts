import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { ingestImage } from '../../media/ingest.ts';
import { isProblem } from '../../media/problem.ts';
import type { TempFile } from '../../media/storage.ts';
import type { Media } from '../../store/media.ts';

type MediaDeps = Pick<Deps, 'store' | 'storage' | 'now'>;

/** Largest picture taken in, as it is sent (bytes). */
export const maxUploadBytes = 25_000_000;

/**
 * Takes in a picture that was streamed to disk: known by its content, cleaned of all metadata. `name` is for people only.
 * The row comes last, so that a file without a row is all that a death can leave (and the sweep finds it).
 */
export async function addMedia(
  { store, storage, now }: MediaDeps, { workspaceId }: Actor, upload: { name: string; file: TempFile },
): Promise<Result<{ media: Media }>> {
  const id = newId(now());
  const facts = await ingestImage(storage, upload.file.path, id);
  if (isProblem(facts)) return refused('media', facts.message);
  const { type, bytes, width, height, animated } = facts;
  const media: Media = { id, workspaceId, type, bytes, width, height, animated, ...notVideo, name: fileName(upload.name), alt: '', createdAt: now() };
  await store.media.add(media);
  return { ok: true, media };
}

/** Deletes a picture that no post uses, file and all. */
export async function deleteMedia({ store, storage }: MediaDeps, { workspaceId }: Actor, id: string): Promise<Result> {
  const removed = await store.media.remove(workspaceId, id);
  if (removed === 'used') return refused('', 'A post uses this picture. Take it out of the post first.');
  if (removed === 'gone') return refused('', 'This picture is no longer there.');
  await storage.remove(id);
  return { ok: true };
}

const notVideo = { durationMs: null, videoCodec: null, audioCodec: null, frameRate: null };

/** The last part of a path, without control characters or marks that turn the reading direction. */
function fileName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  return last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 120) || 'picture';
}
