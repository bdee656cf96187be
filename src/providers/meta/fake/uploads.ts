import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { UploadRefusal } from './refusal.ts';

/** A file on its way to the upload host. */
export interface FakeUpload {
  /** Bytes as announced; null before the first call. */
  size: number | null;
  received: number;
  /** Of each call, what came and its hash. */
  pieces: { offset: number; bytes: number; sha256: string }[];
}

export const newUpload = (): FakeUpload => ({ size: null, received: 0, pieces: [] });

/** Takes the rest of a file, from where it broke off ("Reels Publishing API", "Resumable upload"). */
export function take(upload: FakeUpload, { method, headers, bytes, partial, sha256 }: FakeRequest): FakeAnswer {
  if (method !== 'POST') throw new UploadRefusal('ProcessingFailedError', 'Unsupported method', false, 405);
  const offset = header(headers['offset'], 'offset');
  const size = header(headers['file_size'], 'file_size');
  if (upload.size !== null && upload.size !== size) throw new UploadRefusal('PartialRequestError', 'file_size is not that of the first request', true);
  if (offset !== upload.received) throw new UploadRefusal('OffsetInvalidError', `offset must be ${upload.received}`, true);
  upload.size = size;
  upload.received += bytes;
  upload.pieces.push({ offset, bytes, sha256 });
  if (!partial && upload.received !== size) throw new UploadRefusal('PartialRequestError', 'the body is not the rest of the file', true);
  return { status: 200, body: { success: true, message: 'Upload successful.' } };
}

function header(value: string | undefined, name: string): number {
  if (value === undefined || !/^\d+$/u.test(value)) throw new UploadRefusal('ProcessingFailedError', `header ${name} is missing or no number`, false);
  return Number(value);
}
