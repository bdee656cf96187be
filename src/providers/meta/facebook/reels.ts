import { ProviderError, type JobPart, type PostVideo, type Published } from '../../contract.ts';
import { graph } from '../graph.ts';
import { errors } from './errors.ts';
import { cover as coverRule } from './limits.ts';
import type { Doing } from './session.ts';
import { uploaded } from './session-upload.ts';
import { showVideo } from './show.ts';
import { success } from './wire.ts';

/** Start, upload, finish (Reels Publishing API, 2026-09-11). */
export async function publishReel(doing: Doing, part: JobPart, video: PostVideo | undefined): Promise<Published> {
  if (!video) throw new ProviderError({ kind: 'rejected', code: 'no_video', message: 'A Reel is a video, and this post has none.', fix: 'Add a video, or choose another kind of post.' });
  const { job, page, step, io } = doing;
  const { title, cover } = job.options;
  const videoId = await uploaded(doing, 'video_reels', video);
  if (cover !== '') await step.run(`cover-${videoId}`, () => setCover(doing, videoId, cover));
  return showVideo(doing, videoId, async () => {
    const form = {
      upload_phase: 'finish', video_id: videoId, video_state: 'PUBLISHED',
      ...(part.text !== '' && { description: part.text }), ...(title !== '' && { title }),
    };
    (await graph(io, { method: 'POST', path: `${page.id}/video_reels`, ...page, errors, body: { form } })).read(success);
  });
}

async function setCover({ page, io }: Doing, videoId: string, mediaId: string): Promise<true> {
  const file = await io.image(mediaId, coverRule);
  const answer = await graph(io, {
    method: 'POST', path: `${videoId}/thumbnails`, ...page, errors,
    body: { multipart: [{ name: 'is_preferred', value: 'true' }, { name: 'source', filename: file.name, type: file.type, size: file.size, open: () => file.open() }] },
  });
  answer.read(success);
  return true;
}
