import type { Actor } from '../../domain/actor.ts';
import { isVideo } from '../../domain/media.ts';
import { refused, type Result } from '../../domain/result.ts';
import { posterRefusals as t } from '../../domain/texts/refusals/files.ts';
import type { Deps } from '../../deps.ts';
import { replaceThumbnail } from '../../media/poster.ts';
import type { TempFile } from '../../media/receive.ts';
import type { Media } from '../../store/media.ts';

/**
 * Makes a picture the still that stands for a video, here and nowhere else: what a network shows is an option of the post.
 * The file comes first, so that a death in between leaves the right picture under an old address, never a wrong one.
 */
export async function setPoster(
  { store, storage, now }: Pick<Deps, 'store' | 'storage' | 'now'>, { workspaceId }: Pick<Actor, 'workspaceId'>, id: string, file: TempFile,
): Promise<Result<{ media: Media }>> {
  const media = await store.media.get(workspaceId, id);
  if (!media) return refused('poster', t.videoGone);
  if (!isVideo(media.type)) return refused('poster', t.notVideo);
  const problem = await replaceThumbnail(storage, file.path, id);
  if (problem) return refused('poster', problem.message);
  const posterAt = now();
  if (await store.media.setPoster(workspaceId, id, posterAt)) return { ok: true, media: { ...media, posterAt } };
  // The video went meanwhile, and its files with it: nothing may stay behind.
  await storage.remove(id);
  return refused('poster', t.videoGone);
}
