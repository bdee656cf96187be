import { imagesOf, ProviderError, type Io, type Job, type PostMedia, type PostVideo, type Published, type Steps } from '../../contract.ts';
import { create, createForPicture, createForVideo, ready, type Parameters } from './containers.ts';
import { feedPictures, tallPictures } from './limits.ts';
import { coverOf, optionsOf, tagsOf } from './parameters.ts';
import type { Options } from './options.ts';
import { roomToPublish } from './quota.ts';
import { accountOf, type Doing, type Grant } from './session.ts';
import { addressOf, show } from './show.ts';
import type { Container } from './status.ts';

/**
 * A container is made, waited for, and published; Instagram has no scheduling of its own (content-publishing, 2026-09-11).
 * Containers run out after a day: a post that had to wait longer gets another one.
 */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const doing: Doing = { job, account: accountOf(job, io), step, io };
  const prepare = preparation(doing);
  for (let round = 1; ; round += 1) {
    const name = (base: string) => (round === 1 ? base : `${base}-round-${round}`);
    await step.run(name('room'), () => roomToPublish(doing));
    const container = await prepare(name('container'));
    const shown = await show(doing, name('post'), container);
    if (shown) return addressOf(doing, container.id, shown);
  }
}

/** What is to be made of the post, and how. Refuses what no format is for. */
function preparation(doing: Doing): (name: string) => Promise<{ id: string; at: number }> {
  const { job: { options: { format }, parts: [{ text, media }] } } = doing;
  const [first] = media;
  const caption: Parameters = text.trim() === '' ? {} : { caption: text };
  if (!first) throw refused('no_media', 'Instagram publishes pictures and videos, and this post has none.', 'Add one and schedule the post again.');
  if (format === 'story') return (name) => ready(doing, name, () => createStory(doing, first), videoIn(first));
  if (format === 'reel') {
    if (first.kind !== 'video') throw refused('no_video', 'A Reel is a video, and this post has none.', 'Add a video, or choose another kind of post.');
    return (name) => ready(doing, name, () => createReel(doing, caption), first);
  }
  if (media.length > 1) return (name) => ready(doing, name, (tag) => createCarousel(doing, tag, media, caption));
  const [picture] = imagesOf(doing.job.parts[0]);
  if (!picture) throw refused('single_video', 'A single video is a Reel on Instagram.', 'Choose Reel and schedule the post again.');
  return (name) => ready(doing, name, () => createForPicture(doing, picture, feedPictures, { ...caption, ...altOf(picture), ...tagsOf(doing.job), ...optionsOf(doing.job) }));
}

function createStory(doing: Doing, one: PostMedia): Promise<Container> {
  const parameters = { media_type: 'STORIES', ...tagsOf(doing.job), ...optionsOf(doing.job) };
  return one.kind === 'video' ? createForVideo(doing, parameters) : createForPicture(doing, one, tallPictures, parameters);
}

async function createReel(doing: Doing, caption: Parameters): Promise<Container> {
  return createForVideo(doing, { media_type: 'REELS', ...caption, ...(await coverOf(doing)), ...tagsOf(doing.job), ...optionsOf(doing.job) });
}

/** Younger than this, a part of a carousel will be there when the whole is published (ms). */
const keptMs = 20 * 60 * 60 * 1000;

/** First each part, unseen, then the whole. Once the whole is made its parts are not asked for again. */
async function createCarousel(doing: Doing, tag: string, media: readonly PostMedia[], caption: Parameters): Promise<Container> {
  const children: string[] = [];
  for (const [n, one] of media.entries()) children.push(await partOf(doing, one, `${tag}-part-${n + 1}`));
  return create(doing, { media_type: 'CAROUSEL', children: children.join(','), ...caption, ...optionsOf(doing.job) });
}

async function partOf(doing: Doing, one: PostMedia, name: string): Promise<string> {
  const make = () => (one.kind === 'video'
    ? createForVideo(doing, { media_type: 'VIDEO', is_carousel_item: true })
    : createForPicture(doing, one, feedPictures, { is_carousel_item: true, ...altOf(one) }));
  for (let n = 1; ; n += 1) {
    const part = await ready(doing, n === 1 ? name : `${name}-anew-${n}`, make, videoIn(one));
    if (doing.io.now() - part.at < keptMs) return part.id;
  }
}

function videoIn(one: PostMedia): PostVideo | undefined {
  return one.kind === 'video' ? one : undefined;
}

function altOf({ alt }: PostMedia): Parameters {
  return alt.trim() === '' ? {} : { alt_text: alt.trim() };
}

function refused(code: string, message: string, fix: string): ProviderError {
  return new ProviderError({ kind: 'rejected', code, message, fix });
}
