import { ProviderError, type Io, type VideoFile } from '../contract.ts';
import type { HttpAnswer } from '../http.ts';
import { Gone, statusOf } from './delivery.ts';
import { errors, refused } from './errors.ts';
import type { Grant } from './session.ts';
import type { Status } from './wire.ts';

/** An upload that was begun, as the journal keeps it. */
export type Upload = {
  publishId: string;
  /** Good for an hour, and all that is needed to write to it. */
  url: string;
  type: VideoFile['type'];
  size: number;
  /** Bytes per piece; the last one may have more. */
  chunk: number;
  /** Where the last piece begins. */
  lastAt: number;
  /** When it was begun (epoch ms). */
  at: number;
  username: string;
};

/** Whether TikTok has every byte, or is past asking for them. Where it does not say, nothing is sent on a guess. */
export function isAllIn({ size }: Upload, { status, uploaded_bytes: uploaded }: Status): boolean {
  return status !== 'PROCESSING_UPLOAD' || (uploaded ?? size) >= size;
}

/** How far TikTok has come, as a place where a piece begins (or the end). */
export function storedOf(upload: Upload, status: Status): number {
  return isAllIn(upload, status) ? upload.size : pieceAt(upload, status.uploaded_bytes ?? 0);
}

/** The beginning of the piece at `stored`, which may be a count of bytes or the number of the last byte. */
function pieceAt({ chunk, lastAt }: Upload, stored: number): number {
  return Math.min(lastAt, Math.floor((stored + 1) / chunk) * chunk);
}

/** How often TikTok may send us elsewhere within one run. */
const mostTurns = 3;

/**
 * Brings the pieces between two places, in order (Media Transfer Guide, "Response"): 206 says that one is stored, 201 that
 * all are. 416 says where TikTok is instead; after anything else it is asked.
 */
export async function carry(
  upload: Upload, open: () => Promise<VideoFile>, { from, to, fresh }: { from: number; to: number; fresh: boolean }, grant: Grant, io: Io,
): Promise<void> {
  if (from >= to) return;
  const file = await open();
  if (file.size !== upload.size) throw refused('other_file', 'The video file has changed since its upload was begun.', 'Schedule the post again.');
  let turns = 0;
  for (let at = from; at < to;) {
    const end = at < upload.lastAt ? at + upload.chunk : upload.size;
    const answer = await put(upload, file, at, end, io);
    if (answer.status === 201) return;
    if (answer.status === 206 && end < upload.size) {
      at = end;
      continue;
    }
    const next = progressIn(answer, upload) ?? await standing(upload, grant, io);
    turns += 1;
    if (next === at || turns > mostTurns) throw refusalOf(answer, { fresh, last: end === upload.size });
    at = next;
  }
}

/** 4xx answers are decided here; a limit (429) and a time-out (408) mean the same as everywhere. */
const answers = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => status !== 408 && status !== 429);

/** The address carries its own permission: no token goes with it. */
function put({ url, type, size }: Upload, file: VideoFile, from: number, end: number, io: Io): Promise<HttpAnswer> {
  const { search, searchParams } = new URL(url);
  return io.http({
    method: 'PUT', url, errors, accept: answers, secrets: [search.slice(1), ...searchParams.values()],
    headers: { 'content-range': `bytes ${from}-${end - 1}/${size}` },
    body: { stream: () => file.read(from, end), type, size: end - from },
    // A home connection uploads 50 KB/s at worst.
    timeoutMs: 60_000 + (end - from) / 50,
  });
}

/** `Content-Range: bytes 0-{UPLOADED_BYTES}/{TOTAL}` of a 416. */
function progressIn(answer: HttpAnswer, upload: Upload): number | undefined {
  const range = answer.status === 416 ? (answer.header('content-range') ?? '') : '';
  const told = /^bytes 0-(\d{1,15})\/\d+$/u.exec(range.trim())?.[1];
  if (told === undefined) return undefined;
  return Number(told) >= upload.size - 1 ? upload.size : pieceAt(upload, Number(told));
}

/** Where the upload stands. A question that fails is no answer to the piece that was sent before it. */
async function standing(upload: Upload, grant: Grant, io: Io): Promise<number> {
  try {
    return storedOf(upload, await statusOf(grant, upload.publishId, io));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message, evidence } = error.failure;
    throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
  }
}

/**
 * What an answer means after which TikTok stands where it stood. An address that has ended means a new upload. Nothing is
 * clear of a last piece that may have been sent before: TikTok may have it all the same and not say so yet.
 */
function refusalOf({ status }: HttpAnswer, { fresh, last }: { fresh: boolean; last: boolean }): ProviderError {
  const code = `upload_${status}`;
  const ended = status === 403 || status === 404;
  const clear = fresh || !last;
  if (ended && fresh) return new Gone({ code, message: 'TikTok gives an hour for an upload, and this one was not done by then.' });
  if (ended && clear) return new Gone();
  if (status === 400 && clear) return refused(code, 'TikTok did not take the video file.', 'Export it anew as MP4 with H.264 and schedule the post again.');
  return new ProviderError({ kind: 'transient', reached: true, code, message: 'TikTok and Post Master do not agree how much of the video has arrived.' });
}
