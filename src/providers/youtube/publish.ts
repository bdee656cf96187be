import type { Io, Job, Published, Steps } from '../contract.ts';
import { setThumbnail, watch } from './after.ts';
import { isShort, thumbnailRule } from './limits.ts';
import { notesOf } from './notes.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { upload } from './upload.ts';

type VideoJob = Job<Grant, Options>;

/** 16 MiB, a multiple of 256 KiB as the protocol has it: small enough to lose, large enough not to be held up by. */
const usualChunk = 16 * 1024 * 1024;

export const publish = publishIn(usualChunk);

/** Publishes in pieces of `chunk` bytes, a multiple of 262,144. */
export function publishIn(chunk: number): (job: VideoJob, step: Steps, io: Io) => Promise<Published> {
  return async (job, step, io) => {
    const { thumbnail } = job.options;
    // Made right while nothing is out yet: what is wrong with it a person can still mend.
    if (thumbnail !== '') await step.run('thumbnail-file', async () => (await io.image(thumbnail, thumbnailRule)).type);
    const sent = await upload(job, chunk, step, io);
    const thumbnailProblem = thumbnail === '' ? null : await setThumbnail(job, sent, step, io);
    const seen = await watch(job, sent, step, io);
    return { remoteId: sent.id, url: urlOf(job, sent.id), notes: notesOf(job.options, seen, thumbnailProblem, io) };
  };
}

function urlOf({ parts: [{ media }] }: VideoJob, id: string): string {
  const [only] = media;
  const short = only?.kind === 'video' && isShort(only);
  return short ? `https://www.youtube.com/shorts/${encodeURIComponent(id)}` : `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`;
}
