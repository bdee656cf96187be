import { ProviderError, type Io, type Job, type Steps } from '../contract.ts';
import { call, hasEnded, type Grant } from './session.ts';
import { appended, upload, type Upload } from './wire.ts';

/** A file at X, good for a post until then (epoch ms). */
export type Uploaded = { id: string; until: number };

/** docs.x.com, chunked upload: what is finished is kept for a day. */
const usualSeconds = 86_400;

export function uploadedOf({ id, expires_after_secs: seconds }: Upload, io: Pick<Io, 'now'>): Uploaded {
  return { id, until: io.now() + (seconds ?? usualSeconds) * 1000 };
}

/** Something that is uploaded in pieces. */
export interface Source {
  type: string;
  category: 'tweet_gif' | 'tweet_video';
  /** Bytes. */
  size: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/**
 * Below the 5 MB that X took in a piece as long as it said so. There may be 1,000 pieces (`segment_index` 0 to 999), so they
 * grow with what is larger than that.
 */
const usualPiece = 4 * 1024 * 1024;
const mostPieces = 1_000;

/**
 * Uploads in pieces, as docs.x.com has it (chunked upload, read 2026-11-25): `initialize`, `append` for each piece,
 * `finalize`, `STATUS` until it is ready. X cannot be asked which pieces it has, but each may be sent again by itself: what
 * has arrived is in the journal, and a run that was cut off goes on from there. Null when X has dropped what was begun.
 */
export async function uploadInPieces(job: Job<Grant>, source: Source, name: string, step: Steps, io: Io): Promise<Uploaded | null> {
  const { grant } = job;
  const begun: Uploaded = await step.run(`${name}-begin`, async () => {
    const json = { media_type: source.type, media_category: source.category, total_bytes: source.size };
    return uploadedOf((await call(grant, io, { method: 'POST', url: '/2/media/upload/initialize', body: { json } })).read(upload).data, io);
  });
  if (io.now() >= begun.until) return null;

  const piece = Math.max(usualPiece, Math.ceil(source.size / mostPieces));
  for (let n = 0; n * piece < source.size; n += 1) {
    await step.run(`${name}-piece-${n}`, async () => {
      await untilRenewed(grant, step, io);
      await append(grant, begun.id, n, source, { from: n * piece, to: Math.min((n + 1) * piece, source.size) }, io);
      return true;
    });
  }
  const end = await step.run(`${name}-end`, async () => endOf(await finalize(grant, begun.id, io), io));
  await untilReady(grant, end, name, step, io);
  return { id: end.id, until: end.until };
}

/** An upload may outlast the two hours of its token. The run ends then, and the next one begins with a renewed grant. */
async function untilRenewed(grant: Grant, step: Steps, io: Io): Promise<void> {
  if (hasEnded(grant, io)) await step.until(`renewed-${grant.expiresAt}`, 1_000, async () => null);
}

async function append(grant: Grant, id: string, index: number, source: Source, { from, to }: { from: number; to: number }, io: Io): Promise<void> {
  const answer = await call(grant, io, {
    method: 'POST', url: `/2/media/upload/${id}/append`, timeoutMs: 120_000,
    body: { multipart: [
      { name: 'segment_index', value: String(index) },
      { name: 'media', filename: 'piece', type: 'application/octet-stream', size: to - from, open: () => source.read(from, to) },
    ] },
  });
  // Some of X answers uploads with no body at all.
  if (answer.status !== 204) answer.read(appended);
}

/** Said twice, because the first answer was lost, X may refuse it: then what it says of the file counts. */
async function finalize(grant: Grant, id: string, io: Io): Promise<Upload> {
  try {
    return (await call(grant, io, { method: 'POST', url: `/2/media/upload/${id}/finalize` })).read(upload).data;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
    return statusOf(grant, id, io).catch(() => { throw error; });
  }
}

async function statusOf(grant: Grant, id: string, io: Io): Promise<Upload> {
  return (await call(grant, io, { method: 'GET', url: '/2/media/upload', query: { command: 'STATUS', media_id: id } })).read(upload).data;
}

/** Where the processing of a file stands; `after` is when X wants to be asked again, in seconds. */
type Standing = Uploaded & { working: boolean; after: number; at: number };

function endOf(told: Upload, io: Io): Standing {
  const { state = 'pending', check_after_secs: after = 1 } = told.processing_info ?? { state: 'succeeded' };
  // Not kept in the journal: X may be asked again.
  if (state === 'failed') throw new ProviderError(cannotBeUsed);
  return { ...uploadedOf(told, io), working: state !== 'succeeded', after: Math.max(after, 1), at: io.now() };
}

/** X takes minutes for a long video, never this long (ms). */
const longest = 90 * 60_000;

/** Asks each time when X has said it wants to be asked. */
async function untilReady(grant: Grant, end: Standing, name: string, step: Steps, io: Io): Promise<void> {
  let standing = end;
  for (let n = 1; standing.working; n += 1) {
    if (standing.at - end.at > longest) throw new ProviderError(neverReady);
    const { at, after } = standing;
    await step.until(`${name}-wait-${n}`, after * 1000, async () => (io.now() >= at + after * 1000 ? true : null));
    standing = await step.run(`${name}-status-${n}`, async () => endOf(await statusOf(grant, end.id, io), io));
  }
}

const cannotBeUsed = {
  kind: 'rejected', code: 'processing_failed', message: 'X could not process a video or GIF of this post.',
  fix: 'Export it anew (a video as MP4 with H.264 and AAC, a GIF with at most 350 frames), and publish the post again.',
} as const;

const neverReady = {
  kind: 'rejected', code: 'not_ready', message: 'X has been processing a video of this post for an hour and a half and is still not ready.', fix: 'Publish the post again, or use a shorter video.', act: 'retry',
} as const;
