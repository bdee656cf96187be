import { imagesOf, ProviderError, type Io, type Job, type Published, type Steps } from '../contract.ts';
import { everyone } from './creator.ts';
import { statusOf, type Posted } from './delivery.ts';
import { refused } from './errors.ts';
import type { Options } from './options.ts';
import { publishPhotos } from './photos.ts';
import type { Grant } from './session.ts';
import { publishVideo } from './video.ts';

/** A video or up to 35 photos. Nothing else can be posted, and nothing can be added to a post afterwards. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const [part] = job.parts;
  const film = part.media.find((one) => one.kind === 'video');
  const images = imagesOf(part);
  if (!film && images.length === 0) throw refused('no_media', 'TikTok needs a video or photos.', 'Add some and schedule the post again.');
  const posted = film ? await publishVideo(job, film, step, io) : await publishPhotos(job, images, step, io);

  // Only a public post ever gets an id that apps are told.
  const mayGetId = posted.ids.length === 0 && job.options.privacy_level === everyone;
  const ids = mayGetId ? await step.until('link', 15_000, () => idsOf(job.grant, posted, io)) : posted.ids;
  const [id] = ids;
  const profile = `https://www.tiktok.com/@${encodeURIComponent(posted.username)}`;
  return { remoteId: id ?? posted.publishId, url: id === undefined ? profile : `${profile}/${film ? 'video' : 'photo'}/${id}` };
}

/** Moderation "usually finishes within one minute"; the address of the post is not worth waiting much longer for. */
const worthWaiting = 2 * 60 * 1000;

/** The post is out: nothing that goes wrong here changes that. */
async function idsOf(grant: Grant, { publishId, at }: Posted, io: Io): Promise<string[] | null> {
  const ids = await statusOf(grant, publishId, io).then((status) => status.publicaly_available_post_id, (error: unknown) => {
    if (error instanceof ProviderError) return [];
    throw error;
  });
  return ids.length > 0 || io.now() - at >= worthWaiting ? ids : null;
}
