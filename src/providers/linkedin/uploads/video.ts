import { ProviderError, type Io, type PostVideo, type Steps } from '../../contract.ts';
import { call } from '../api.ts';
import { videoUpload } from '../wire.ts';
import { begin, bring, statusOf, untilProcessed, type Bytes, type Owner } from './upload.ts';

/** What LinkedIn gave for an upload, kept before the first byte goes. Bytes from 0, both ends included; `endsAt` epoch ms or null. */
type Session = { video: string; token: string; endsAt: number | null; parts: { url: string; first: number; last: number }[] };

/** The addresses of an upload no longer work: it must begin anew. */
class SessionOver extends Error {
  override name = 'SessionOver';
}

const mostSessions = 3;

/**
 * Uploads a video part by part and waits until LinkedIn has processed it; gives its URN. Each part's ETag is journaled, so a
 * run that was cut off goes on with the part it was at.
 */
export async function uploadVideo({ mediaId }: PostVideo, owner: Owner, step: Steps, io: Io): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? 'video' : `video-again-${n}`;
    try {
      const video = await uploadOnce(mediaId, name, owner, step, io);
      await untilProcessed(`${name}-processed`, 'videos', video, owner, step, io);
      return video;
    } catch (error) {
      if (!(error instanceof SessionOver)) throw error;
      if (n === mostSessions) throw new ProviderError(givenUp);
    }
  }
}

async function uploadOnce(mediaId: string, name: string, owner: Owner, step: Steps, io: Io): Promise<string> {
  const file = await io.video(mediaId);
  const session = await step.run(`${name}-session`, async (): Promise<Session> => {
    const answer = await begin(io, owner, 'videos', { fileSizeBytes: file.size, uploadCaptions: false, uploadThumbnail: false });
    const { video, uploadToken: token, uploadUrlsExpireAt: endsAt, uploadInstructions: given } = answer.read(videoUpload).value;
    return { video, token, endsAt: endsAt ?? null, parts: given.map(({ uploadUrl: url, firstByte: first, lastByte: last }) => ({ url, first, last })) };
  });
  const etags: string[] = [];
  for (const [part, { url, first, last }] of session.parts.entries()) {
    etags.push(await step.run(`${name}-part-${part + 1}`, () => {
      if (session.endsAt !== null && session.endsAt <= io.now()) throw new SessionOver();
      return sendPart(url, { stream: () => file.read(first, last + 1), type: 'application/octet-stream', size: last + 1 - first }, io);
    }));
  }
  await step.run(`${name}-sent`, async () => {
    await finish(session, etags, owner, io);
    return null;
  });
  return session.video;
}

/** The address of a part is signed: it takes no token, and what it refuses it will refuse again. */
async function sendPart(url: string, body: Bytes, io: Io): Promise<string> {
  try {
    const etag = (await bring(io, url, body)).header('etag')?.replaceAll(/^(?:W\/)?"|"$/gu, '');
    if (etag) return etag;
  } catch (error) {
    if (error instanceof ProviderError && (error.failure.kind === 'rejected' || error.failure.kind === 'auth')) throw new SessionOver();
    throw error;
  }
  throw new ProviderError({ kind: 'transient', reached: true, code: 'no_etag', message: 'LinkedIn did not confirm a part of the video.' });
}

/** Tells that all parts are there. A refusal may come of an earlier call whose answer was lost: then the video tells. */
async function finish({ video, token }: Session, etags: readonly string[], owner: Owner, io: Io): Promise<void> {
  try {
    await call(io, owner.grant, {
      method: 'POST', path: 'videos', query: { action: 'finalizeUpload' },
      json: { finalizeUploadRequest: { video, uploadToken: token, uploadedPartIds: etags } },
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
    const status = await statusOf('videos', video, owner, io);
    if (status === 'WAITING_UPLOAD') throw new SessionOver();
    if (status === null) throw error;
  }
}

const givenUp = {
  kind: 'rejected', code: 'upload_refused', message: 'LinkedIn refused parts of the video several times.', fix: 'Try again. If it stays so, export the video anew.', act: 'retry',
} as const;
