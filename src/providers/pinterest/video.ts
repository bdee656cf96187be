import { ProviderError, type Io, type Job, type PostVideo, type Steps, type VideoFile } from '../contract.ts';
import { parseJson } from '../http.ts';
import { call, type Bearer } from './api.ts';
import { storageErrors } from './errors.ts';
import { images, inlineBytes } from './limits.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import type { MediaSource } from './source.ts';
import { lengthRange, media, policy, registered } from './wire.ts';

/** Registers the video, sends it to Pinterest's storage, waits until Pinterest has prepared it, and gives it a cover. */
export async function videoSource(job: Job<Grant, Options>, video: PostVideo, step: Steps, io: Io): Promise<MediaSource> {
  refuseInSandbox(job.grant);
  const mediaId = await uploaded(job.grant, video, step, io);
  await step.until(`ready-${mediaId}`, 10_000, async () => ((await statusOf(mediaId, job.grant, io)) === 'succeeded' ? true : null));
  const { cover, coverAt } = job.options;
  const base = { source_type: 'video_id', media_id: mediaId };
  if (cover === '') return () => ({ ...base, cover_image_key_frame_time: coverAt });
  const picture = await io.image(cover, { ...images, maxBytes: inlineBytes });
  return (data) => ({ ...base, cover_image_content_type: picture.type, cover_image_data: data(picture) });
}

/** The ticket for a video's way into the storage is good for a while; when it has ended before the video is there, another is taken. */
async function uploaded(bearer: Bearer, { mediaId }: PostVideo, step: Steps, io: Io): Promise<string> {
  const file = await io.video(mediaId);
  for (let n = 1; n <= mostTickets; n += 1) {
    const suffix = n === 1 ? '' : `-${n}`;
    const ticket = await step.run(`media${suffix}`, () => register(bearer, io));
    let fresh = false;
    await step.run(`upload${suffix}-begun`, async () => (fresh = true));
    const outcome = await step.run(`upload${suffix}`, async () => {
      // After a break: what has arrived is not sent again.
      if (!fresh && (await statusOf(ticket.mediaId, bearer, io)) !== 'registered') return 'there';
      return send(ticket, file, io);
    });
    if (outcome === 'there') return ticket.mediaId;
  }
  throw new ProviderError({ kind: 'rejected', code: 'storage_refused', message: 'Pinterest\'s storage did not take the video.', fix: 'Try again later.', act: 'retry' });
}

const mostTickets = 3;

/** What lets one video into the storage. `endsAt` by our clock; null where the ticket does not say. */
type Ticket = { mediaId: string; url: string; fields: Record<string, string>; endsAt: number | null; most: number | null };

async function register(bearer: Bearer, io: Io): Promise<Ticket> {
  const answer = await call(bearer, { method: 'POST', path: '/media', body: { json: { media_type: 'video' } } }, io);
  const { media_id: mediaId, upload_url: url, upload_parameters: fields } = answer.read(registered);
  const { expiration, conditions } = termsIn(fields['policy'] ?? '');
  // The end is told by their clock, which the answer carries too.
  const clocksDiffer = io.now() - Date.parse(answer.header('date') ?? '') || 0;
  const endsAt = Date.parse(expiration) + clocksDiffer;
  const range = conditions.map((one) => lengthRange.safeParse(one).data).find((one) => one !== undefined);
  return { mediaId, url, fields, endsAt: Number.isNaN(endsAt) ? null : endsAt, most: range?.[2] ?? null };
}

/** S3's policy is JSON in base64. One that cannot be read says nothing. */
function termsIn(encoded: string): { expiration: string; conditions: readonly unknown[] } {
  return policy.safeParse(parseJson(Buffer.from(encoded, 'base64').toString('utf8'))).data ?? { expiration: '', conditions: [] };
}

/** A form as S3 reads it: its own fields first, the file last. It is one call: S3 has no way to go on with a part of it. */
async function send({ url, fields, endsAt, most }: Ticket, file: VideoFile, io: Io): Promise<'there' | 'ended'> {
  if (most !== null && file.size > most) {
    throw new ProviderError({ kind: 'rejected', code: 'too_large', message: 'The video is larger than Pinterest takes from this account.', fix: 'Use a smaller one and schedule the Pin again.' });
  }
  if (endsAt !== null && endsAt <= io.now()) return 'ended';
  const form = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const answer = await io.http({
    method: 'POST', url, errors: storageErrors, accept: [403], secrets: Object.values(fields),
    body: { multipart: [...form, { name: 'file', filename: file.name, type: file.type, size: file.size, open: () => file.read() }] },
    timeoutMs: 120_000 + file.size / 50,
  });
  // What S3 says when the ticket has ended.
  return answer.status === 403 ? 'ended' : 'there';
}

async function statusOf(mediaId: string, bearer: Bearer, io: Io): Promise<string> {
  const { status } = (await call(bearer, { method: 'GET', path: `/media/${mediaId}` }, io)).read(media);
  if (status !== 'failed') return status;
  throw new ProviderError({ kind: 'rejected', code: 'media_failed', message: 'Pinterest could not use this video.', fix: 'Export it anew as MP4 with H.264 and AAC, and schedule the Pin again.' });
}

function refuseInSandbox({ place }: Grant): void {
  if (place !== 'sandbox') return;
  throw new ProviderError({
    kind: 'rejected', code: 'no_video_in_sandbox', message: 'While this instance\'s app has Trial access, Pinterest takes no video Pins from it.',
    fix: 'Use a picture, or ask whoever runs the instance about Standard access.',
  });
}
