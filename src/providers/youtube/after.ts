import type { Failure } from '../../domain/failure.ts';
import { ProviderError, type Io, type Job, type Steps } from '../contract.ts';
import { errors } from './errors.ts';
import { thumbnailRule } from './limits.ts';
import type { Options } from './options.ts';
import { refusalOf } from './processing.ts';
import { fresh, type Grant } from './session.ts';
import type { Sent } from './upload.ts';
import { videos, type VideoStatus } from './wire.ts';

// The video is there. Whatever goes wrong from here on can neither send it again nor make a failure of it.

/** After this long (ms) it is published as it is, whatever is still missing. */
const patience = 60 * 60 * 1000;

/** A sentence about why the thumbnail could not be set, or null when it was. Setting it twice changes nothing. */
export async function setThumbnail({ options, grant }: Job<Grant, Options>, sent: Sent, step: Steps, io: Io): Promise<string | null> {
  const { problem } = await step.until('thumbnail', nextLook(sent, io), async () => {
    try {
      const file = await io.image(options.thumbnail, thumbnailRule);
      await io.http({
        method: 'POST', url: 'https://www.googleapis.com/upload/youtube/v3/thumbnails/set', bearer: await fresh(grant, io), errors, timeoutMs: 120_000,
        query: { uploadType: 'media', videoId: sent.id }, body: { stream: () => file.open(), type: file.type, size: file.size },
      });
      return { problem: null };
    } catch (error) {
      const failure = failureIn(error);
      if (isWorthWaiting(failure, sent, io)) return null;
      return { problem: failure.code === 'forbidden' ? unverified : failure.message };
    }
  });
  return problem;
}

const unverified = 'YouTube takes thumbnails only from channels with a verified phone number. Verify it at youtube.com/verify, then set the thumbnail in YouTube Studio.';

/** What YouTube made of the video: null where it could not be asked or did not say. */
export type Seen = { processed: boolean | null; privacy: string | null; publishAt: string | null };

/** Waits until the video can be watched. Throws when YouTube could not read it or does not want it. */
export async function watch({ grant }: Job<Grant, Options>, sent: Sent, step: Steps, io: Io): Promise<Seen> {
  return step.until('processed', nextLook(sent, io), async () => {
    const status = await statusOf(sent, grant, io);
    const refusal = status && refusalOf(status);
    if (refusal) throw new ProviderError(refusal);
    const seen = { privacy: status?.privacyStatus ?? sent.privacy, publishAt: status?.publishAt ?? null };
    if (status?.uploadStatus === 'processed') return { ...seen, processed: true };
    if (io.now() - sent.at < patience) return null;
    return { ...seen, processed: status ? false : null };
  });
}

/** Undefined when YouTube could not be asked or does not list the video (yet). */
async function statusOf({ id }: Sent, grant: Grant, io: Io): Promise<VideoStatus | undefined> {
  try {
    const { items } = (await io.http({
      method: 'GET', url: 'https://www.googleapis.com/youtube/v3/videos', query: { part: 'status', id }, bearer: await fresh(grant, io), errors,
    })).read(videos);
    return items[0]?.status;
  } catch (error) {
    failureIn(error);
    return undefined;
  }
}

/** Soon at first and then less and less often: each look is a unit of a quota that all channels share. */
function nextLook(sent: Sent, io: Io): number {
  return Math.max(30_000, Math.round((io.now() - sent.at) / 2));
}

/** A mistake of ours is none of Google's. */
function failureIn(error: unknown): Failure {
  if (error instanceof ProviderError) return error.failure;
  throw error;
}

function isWorthWaiting(failure: Failure, sent: Sent, io: Io): boolean {
  const until = sent.at + patience;
  return (failure.kind === 'transient' && io.now() < until) || (failure.kind === 'rate_limited' && failure.retryAt < until);
}
