import { imagesOf, ProviderError, type JobPart, type PostVideo, type Published } from '../../contract.ts';
import { showOnce } from '../doubt.ts';
import { graph } from '../graph.ts';
import { errors, mayBeOut } from './errors.ts';
import { lookForStory, type Posted } from './look.ts';
import { photoOf } from './photos.ts';
import type { Doing } from './session.ts';
import { uploaded } from './session-upload.ts';
import { storySuccess } from './wire.ts';

/** A photo, uploaded unseen and then shown (Page Stories API, 2026-09-11). */
export async function publishPhotoStory(doing: Doing, part: JobPart): Promise<Published> {
  const [image] = imagesOf(part);
  if (!image) throw new ProviderError({ kind: 'rejected', code: 'no_media', message: 'A Story is a picture or a video, and this post has none.', fix: 'Add one, or choose another kind of post.' });
  const photoId = await photoOf(doing, image, 'photo');
  return showStory(doing, 'photo_stories', { photo_id: photoId }, photoId);
}

export async function publishVideoStory(doing: Doing, video: PostVideo): Promise<Published> {
  const videoId = await uploaded(doing, 'video_stories', video);
  return showStory(doing, 'video_stories', { upload_phase: 'finish', video_id: videoId }, videoId);
}

/** The Page's list of Stories names the photo or video that each was made of, and one makes one Story only. */
async function showStory(doing: Doing, edge: string, form: Record<string, string>, mediaId: string): Promise<Published> {
  const { page, step, io } = doing;
  const create = async (): Promise<Posted> => {
    const answer = await graph(io, { method: 'POST', path: `${page.id}/${edge}`, ...page, errors, body: { form } });
    return { id: answer.read(storySuccess).post_id, url: null };
  };
  const look = () => lookForStory(doing, mediaId);
  const { id, url } = await showOnce(step, io, { name: 'post', create, mayBeOut, look });
  // Only for the address: it must not cost a Story that is out.
  const found = url === null ? await look().catch((error: unknown) => {
    if (error instanceof ProviderError) return 'unknown' as const;
    throw error;
  }) : 'unknown';
  return { remoteId: id, url: url ?? (typeof found === 'object' ? found.found.url : null) };
}
