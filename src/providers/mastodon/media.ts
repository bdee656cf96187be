import type { ImageRule } from '../../domain/capabilities.ts';
import type { MultipartPart } from '../body.ts';
import type { Io, Job, JobPart, PostMedia, Steps } from '../contract.ts';
import { errors, statusOf } from './errors.ts';
import { images as imageRule } from './limits.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { media as mediaShape } from './wire.ts';

/** Ids of a part's pictures, each uploaded with its description and ready to be in a post. */
export async function prepareMedia(job: Job<Grant, Options>, part: JobPart, name: string, step: Steps, io: Io): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, image] of part.media.entries()) ids.push(await prepare(job, image, `${name}-image-${index + 1}`, step, io));
  return ids;
}

type Upload = { id: string; ready: boolean; at: number };

/** A server throws away what is in no post after a day (media_attachments_vacuum.rb, v4.5). */
const keptMs = 20 * 60 * 60 * 1000;

async function prepare(job: Job<Grant, Options>, image: PostMedia, name: string, step: Steps, io: Io): Promise<string> {
  const uploaded = await freshUpload(job, image, name, step, io);
  if (!uploaded.ready) {
    await step.until(`ready-${uploaded.id}`, 3_000, async () => ((await isReady(uploaded.id, job.grant, io)) ? true : null));
  }
  return uploaded.id;
}

/** The upload of this run or an earlier one; another when the post waited so long that the server has dropped it. */
async function freshUpload(job: Job<Grant, Options>, image: PostMedia, name: string, step: Steps, io: Io): Promise<Upload> {
  for (let n = 1; ; n += 1) {
    const uploaded = await step.run(n === 1 ? name : `${name}-again-${n}`, () => upload(job, image, io));
    if (io.now() - uploaded.at < keptMs) return uploaded;
  }
}

async function upload({ grant, target }: Job<Grant, Options>, media: PostMedia, io: Io): Promise<Upload> {
  const file = await fileOf(media, target.limits.images ?? {}, io);
  const description = media.alt.trim();
  const multipart: MultipartPart[] = [
    { name: 'file', filename: file.name, type: file.type, size: file.size, open: () => file.open() },
    ...(description === '' ? [] : [{ name: 'description', value: description }]),
  ];
  const send = (version: 1 | 2) => io.http({
    method: 'POST', url: `${grant.origin}/api/v${version}/media`, bearer: grant.accessToken, errors, body: { multipart }, timeoutMs: 120_000 + file.size / 50,
  });
  // Version 2 is there since 3.1.3. Version 1 answers when all is done.
  const answer = await send(2).catch((error: unknown) => {
    if (statusOf(error) === 404) return send(1);
    throw error;
  });
  return { id: answer.read(mediaShape).id, ready: answer.status !== 202, at: io.now() };
}

async function fileOf(media: PostMedia, limits: Partial<ImageRule>, io: Io): Promise<{ name: string; type: string; size: number; open(): AsyncIterable<Uint8Array> }> {
  if (media.kind === 'image') return io.image(media.mediaId, { ...imageRule, ...limits });
  const { read, ...file } = await io.video(media.mediaId);
  return { ...file, open: () => read() };
}

/** 206 while the server is at it, 200 when it is done. */
async function isReady(id: string, { origin, accessToken }: Grant, io: Io): Promise<boolean> {
  const answer = await io.http({ method: 'GET', url: `${origin}/api/v1/media/${encodeURIComponent(id)}`, bearer: accessToken, errors });
  if (answer.status === 206) return false;
  answer.read(mediaShape);
  return true;
}
