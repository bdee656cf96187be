import { ProviderError, type Found, type Published } from '../../contract.ts';
import { showOnce } from '../doubt.ts';
import { graph } from '../graph.ts';
import { errorOf, type VideoStatus } from '../upload.ts';
import { errors, mayBeOut, mayNotRead } from './errors.ts';
import type { Doing } from './session.ts';
import { video as videoShape, type Video } from './wire.ts';

/**
 * Where a video stands. `hidden`: nothing says that it shall be shown. `unclear`: it is being prepared, which some begin
 * before they are told to show it. `coming`: it will be shown, or is.
 */
type Standing = 'hidden' | 'unclear' | 'coming' | 'shown' | 'failed';

/** Facebook is given this long to prepare a video that it has taken, before the post counts as published without it (ms). */
const patience = 60 * 60 * 1000;

/**
 * The call that shows a video, and the wait until it is shown. One video can be shown once only, so asking for it again is
 * harmless; what a refusal of that means depends on where the video stands.
 */
export async function showVideo(doing: Doing, videoId: string, finish: () => Promise<void>): Promise<Published> {
  const { step, io } = doing;
  const look = async (_since: number, refused: boolean): Promise<Found<{ at: number }>> => {
    const seen = await videoAt(doing, videoId);
    if (seen === null) return 'unknown';
    const standing = standingOf(seen);
    if (standing === 'unclear') return refused ? 'unknown' : 'absent';
    return standing === 'coming' || standing === 'shown' ? { found: { at: io.now() } } : 'absent';
  };
  const show = async () => {
    await finish();
    return { at: io.now() };
  };
  const { at } = await showOnce(step, io, { name: 'post', create: show, mayBeOut, look });
  // Soon at first, then ever more seldom.
  const every = Math.max(10_000, Math.floor((io.now() - at) / 4));
  const { url } = await step.until('shown', every, async () => {
    // It is Facebook's by now: whatever goes wrong with asking, it must not look like a failure.
    const seen = await videoAt(doing, videoId).catch((error: unknown) => {
      if (error instanceof ProviderError) return null;
      throw error;
    });
    const failure = seen && errorOf(seen.status);
    if (failure) throw processingFailed(failure);
    if (seen && (standingOf(seen) === 'shown' || isPlainlyReady(seen))) return { url: urlOf(seen, videoId) };
    return io.now() - at > patience ? { url: urlOf(seen, videoId) } : null;
  });
  return { remoteId: videoId, url };
}

/** Null where the connection may not read it. */
async function videoAt({ page, io }: Doing, videoId: string): Promise<Video | null> {
  try {
    const answer = await graph(io, { method: 'GET', path: videoId, ...page, errors: errors.reading, query: { fields: 'status,permalink_url' } });
    return answer.read(videoShape);
  } catch (error) {
    if (error instanceof ProviderError && mayNotRead(error)) return null;
    throw error;
  }
}

/** `published` of the video itself says only what was meant to become of it. */
function standingOf({ status }: Video): Standing {
  const { publishing_phase: publishing, processing_phase: processing } = status;
  if (publishing?.publish_status === 'published' || isDone(publishing?.status)) return 'shown';
  if (errorOf(status)) return 'failed';
  if (publishing?.status === 'in_progress') return 'coming';
  const prepared = processing?.status === 'in_progress' || isDone(processing?.status) || status.video_status === 'ready';
  return prepared ? 'unclear' : 'hidden';
}

/** Of a video that was told to be shown, where Facebook names no phase for that. */
function isPlainlyReady({ status }: Video): boolean {
  return !status.publishing_phase && status.video_status === 'ready';
}

/** Written in both ways in Meta's pages. */
export function isDone(status: VideoStatus['video_status']): boolean {
  return status === 'complete' || status === 'completed';
}

/** Addresses of videos come without a host. */
function urlOf(seen: Video | null, videoId: string): string {
  return new URL(seen?.permalink_url ?? `/${videoId}`, 'https://www.facebook.com').href;
}

export function processingFailed({ code, message }: { code: string; message: string }): ProviderError {
  const told = errors.rules.find((rule) => rule.code === `/${code}` && rule.kind === 'rejected');
  const text = told?.message ?? (message === '' ? 'Facebook could not prepare this video.' : `Facebook could not prepare this video: ${message.slice(0, 300)}`);
  return new ProviderError({ kind: 'rejected', code: code === '' ? 'processing_failed' : code, message: text, fix: told?.fix ?? 'Export the video anew and post it again.' });
}
