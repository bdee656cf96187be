import type { PostVideo } from '../../contract.ts';
import { ProviderError } from '../../contract.ts';
import { graph } from '../graph.ts';
import { arrived, errorOf, sendFile, type VideoStatus } from '../upload.ts';
import { errors } from './errors.ts';
import type { Doing } from './session.ts';
import { isDone, processingFailed } from './show.ts';
import { reelSession, video as videoShape } from './wire.ts';

type Session = { videoId: string; url: string; at: number };

/** Of a session; what Facebook has dropped is begun anew (ms). */
const keptMs = 20 * 60 * 60 * 1000;

/** Sessions that may be lost before it is given up. */
const mostSessions = 3;

/**
 * A video sent to the upload host for a Reel or a Story, and taken there ("Reels Publishing API", 2026-09-11). A broken
 * upload goes on behind what has arrived.
 */
export async function uploaded(doing: Doing, edge: 'video_reels' | 'video_stories', video: PostVideo): Promise<string> {
  const { page, step, io } = doing;
  for (let n = 1; n <= mostSessions; n += 1) {
    const session: Session = await step.run(`video-start-${n}`, async () => {
      const answer = await graph(io, { method: 'POST', path: `${page.id}/${edge}`, ...page, errors, body: { json: { upload_phase: 'start' } } });
      const { video_id: videoId, upload_url: url } = answer.read(reelSession);
      return { videoId, url, at: io.now() };
    });
    const sent = await step.run(`video-sent-${n}`, () => send(doing, session, video));
    if (sent && (await step.until(`video-taken-${n}`, 5_000, () => isTaken(doing, session)))) return session.videoId;
  }
  throw new ProviderError({ kind: 'rejected', code: 'upload_failed', message: 'Facebook lost the upload three times.', fix: 'Try again later.', act: 'retry' });
}

/** False when the session is lost and another is needed. */
async function send(doing: Doing, { videoId, url, at }: Session, video: PostVideo): Promise<boolean> {
  const { page, io } = doing;
  if (io.now() - at >= keptMs) return false;
  const file = await io.video(video.mediaId);
  const status = await statusOf(doing, videoId);
  if (status && isLost(status)) return false;
  const offset = status ? Math.min(arrived(status), file.size) : 0;
  if (offset < file.size) await sendFile(io, { url, token: page.token, file, offset });
  return true;
}

/** Null while Facebook is still taking it in; false when it lost it. */
async function isTaken(doing: Doing, { videoId }: Session): Promise<boolean | null> {
  const status = await statusOf(doing, videoId);
  if (!status) return null;
  if (isLost(status)) return false;
  const failure = errorOf(status);
  if (failure) throw processingFailed(failure);
  return isDone(status.uploading_phase?.status) || ['upload_complete', 'ready'].includes(status.video_status ?? '') ? true : null;
}

function isLost({ video_status: status }: VideoStatus): boolean {
  return status === 'expired' || status === 'upload_failed';
}

/** Null where Facebook does not show it yet, as may happen for a moment. */
async function statusOf({ page, io }: Doing, videoId: string): Promise<VideoStatus | null> {
  try {
    return (await graph(io, { method: 'GET', path: videoId, ...page, errors, query: { fields: 'status' } })).read(videoShape).status;
  } catch (error) {
    if (error instanceof ProviderError && error.failure.code === '100/33') return null;
    throw error;
  }
}
