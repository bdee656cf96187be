import type { Io, Job, JobPart, PostImage, PostVideo, Steps } from '../contract.ts';
import { firstFrame, movingGif, stills } from './limits.ts';
import { call, type Grant } from './session.ts';
import { uploadedOf, uploadInPieces, type Uploaded } from './upload.ts';
import { described, upload } from './wire.ts';

/** Ids of a part's files, each uploaded, described and ready to be in a post. */
export async function prepareMedia(job: Job<Grant>, part: JobPart, name: string, step: Steps, io: Io): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, one] of part.media.entries()) ids.push(await prepare(job, one, `${name}-media-${index + 1}`, step, io));
  return ids;
}

/** Room between uploads and the post itself (ms). */
const margin = 10 * 60_000;
/** Whatever X says of how long it keeps a file, nothing is uploaded more often than this. */
const mostUploads = 10;

/** The upload of this run or an earlier one; another when the post waited so long that X has dropped it. */
async function prepare(job: Job<Grant>, one: PostImage | PostVideo, name: string, step: Steps, io: Io): Promise<string> {
  for (let n = 1; ; n += 1) {
    const attempt = n === 1 ? name : `${name}-again-${n}`;
    const uploaded = one.kind === 'video' ? await video(job, one, attempt, step, io) : await image(job, one, attempt, step, io);
    if (uploaded === null || (io.now() > uploaded.until - margin && n < mostUploads)) continue;
    if (one.kind === 'image' && one.alt.trim() !== '') {
      await step.run(`${attempt}-alt`, () => describe(job.grant, uploaded.id, one.alt.trim(), io));
    }
    return uploaded.id;
  }
}

async function image(job: Job<Grant>, { mediaId, type, animated = false }: PostImage, name: string, step: Steps, io: Io): Promise<Uploaded | null> {
  if (!animated || type !== 'image/gif') {
    return step.run(name, () => uploadStill(job.grant, mediaId, animated ? firstFrame : stills, io));
  }
  const file = await io.image(mediaId, movingGif.rule);
  return uploadInPieces(job, { type: 'image/gif', category: 'tweet_gif', size: file.size, read: (from, to) => slice(file.open(), from, to) }, name, step, io);
}

async function video(job: Job<Grant>, { mediaId }: PostVideo, name: string, step: Steps, io: Io): Promise<Uploaded | null> {
  const file = await io.video(mediaId);
  return uploadInPieces(job, { type: file.type, category: 'tweet_video', size: file.size, read: (from, to) => file.read(from, to) }, name, step, io);
}

/** In one call: a still picture is small, and there is nothing to wait for. */
async function uploadStill(grant: Grant, mediaId: string, rule: typeof stills, io: Io): Promise<Uploaded> {
  const file = await io.image(mediaId, rule);
  const answer = await call(grant, io, {
    method: 'POST', url: '/2/media/upload', timeoutMs: 120_000,
    body: { multipart: [{ name: 'media_category', value: 'tweet_image' }, { name: 'media', filename: file.name, type: file.type, size: file.size, open: () => file.open() }] },
  });
  return uploadedOf(answer.read(upload).data, io);
}

/** Billed, and done once: the same again would change nothing. */
async function describe(grant: Grant, id: string, text: string, io: Io): Promise<true> {
  (await call(grant, io, { method: 'POST', url: '/2/media/metadata', body: { json: { id, metadata: { alt_text: { text } } } } })).read(described);
  return true;
}

async function* slice(bytes: AsyncIterable<Uint8Array>, from: number, to: number): AsyncIterable<Uint8Array> {
  let at = 0;
  for await (const chunk of bytes) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += chunk.length;
    if (piece.length > 0) yield piece;
    if (at >= to) return;
  }
}
