import type { Job } from '../../contract.ts';
import type { Parameters } from './containers.ts';
import { tallPictures } from './limits.ts';
import { namesIn, tagsIn, type Options } from './options.ts';
import type { Doing, Grant } from './session.ts';

// The options of a post as `ig-user/media` has them (read 2026-09-11).

type Chosen = Pick<Job<Grant, Options>, 'options' | 'parts'>;

/** What stands on a container that will be seen; never on a part of a carousel. */
export function optionsOf({ options }: Chosen): Parameters {
  const { format, collaborators, location, sound, reelsTabOnly, trial, madeWithAi } = options;
  const names = namesIn(collaborators);
  return {
    ...(format !== 'story' && names.length > 0 && { collaborators: names }),
    ...(format !== 'story' && location !== '' && { location_id: location }),
    ...(format === 'reel' && { share_to_feed: !reelsTabOnly }),
    ...(format === 'reel' && sound !== '' && { audio_name: sound }),
    ...(format === 'reel' && trial !== '' && { trial_params: { graduation_strategy: trial } }),
    ...(madeWithAi && { is_ai_generated: true }),
  };
}

/** Where on a picture in the feed a tag without a place goes: in a row near the bottom. */
const row = 0.85;

/** A place is a must on pictures in the feed, may be on those in Stories, and is not on videos. */
export function tagsOf({ options: { tags: typed, format }, parts: [{ media }] }: Chosen): Parameters {
  const tags = tagsIn(typed).filter((tag) => tag !== null);
  const isPicture = media[0]?.kind === 'image';
  if (tags.length === 0) return {};
  return { user_tags: tags.map(({ username, place }, n) => {
    const spread = { x: Math.round(((n + 1) / (tags.length + 1)) * 1000) / 1000, y: row };
    return { username, ...(isPicture && (place ?? (format === 'post' ? spread : {}))) };
  }) };
}

/** A picture counts before a frame of the video. */
export async function coverOf({ job: { options: { cover, coverAt } }, io }: Doing): Promise<Parameters> {
  if (cover !== '') {
    await io.image(cover, tallPictures);
    return { cover_url: await io.mediaUrl(cover, tallPictures) };
  }
  return coverAt === null ? {} : { thumb_offset: Math.round(coverAt * 1000) };
}
