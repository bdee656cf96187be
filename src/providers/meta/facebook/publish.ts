import { imagesOf, type Io, type Job, type JobPart, type PostVideo, type Published, type Steps } from '../../contract.ts';
import { graph } from '../graph.ts';
import { showOnce } from '../doubt.ts';
import { errors, mayBeOut } from './errors.ts';
import { lookForPost, type Posted } from './look.ts';
import { previewOf, type Options } from './options.ts';
import { photoOf } from './photos.ts';
import { publishReel } from './reels.ts';
import { pageOf, type Doing, type Grant } from './session.ts';
import { publishPhotoStory, publishVideoStory } from './stories.ts';
import { publishVideo } from './videos.ts';
import { posted } from './wire.ts';

/** Meta's own scheduling is not used: its windows differ from page to page of its documentation. */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const doing: Doing = { job, page: pageOf(job, io), step, io };
  const [part] = job.parts;
  const video = part.media.find((one): one is PostVideo => one.kind === 'video');
  switch (job.options.format) {
    case 'story':
      return video ? publishVideoStory(doing, video) : publishPhotoStory(doing, part);
    case 'reel':
      return publishReel(doing, part, video);
    case 'post':
      return video ? publishVideo(doing, part, video) : publishPost(doing, part);
  }
}

const halfADay = 12 * 60 * 60 * 1000;

/** Text, link or pictures. Pictures are uploaded unseen before the one call that shows them all. */
async function publishPost(doing: Doing, part: JobPart): Promise<Published> {
  const { job, page, step, io } = doing;
  const photos: string[] = [];
  for (const [n, image] of imagesOf(part).entries()) photos.push(await photoOf(doing, image, `photo-${n + 1}`));
  const link = photos.length === 0 ? previewOf(job.options, part.text) : undefined;
  const sought = { text: part.text, photos };
  const create = async (): Promise<Posted> => {
    // A block for spam holds back for a day, and may be said of a post that comes out in the end.
    if (io.now() - job.frozenAt > halfADay) {
      const seen = await lookForPost(doing, sought, job.frozenAt);
      if (typeof seen === 'object') return seen.found;
    }
    const answer = await graph(io, {
      method: 'POST', path: `${page.id}/feed`, ...page, errors, query: { fields: 'id,permalink_url' },
      body: { json: {
        ...(part.text !== '' && { message: part.text }),
        ...(link !== undefined && { link }),
        ...(photos.length > 0 && { attached_media: photos.map((id) => ({ media_fbid: id })) }),
      } },
    });
    const { id, permalink_url: url } = answer.read(posted);
    return { id, url: url ?? linkTo(id) };
  };
  const { id, url } = await showOnce(step, io, { name: 'post', create, mayBeOut, look: (since) => lookForPost(doing, sought, since) });
  return { remoteId: id, url };
}

function linkTo(id: string): string {
  return `https://www.facebook.com/${id}`;
}
