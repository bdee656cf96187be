import * as z from 'zod';
import type { Io, VideoFile } from '../contract.ts';
import type { ErrorTable } from '../http.ts';
import { uploadOrigin } from './graph.ts';

/** Where to send a file. The token goes there, so an address elsewhere is taken for an unreadable answer. */
export const uploadAddress = z.string().refine((url) => url.startsWith(`${uploadOrigin}/`));

/**
 * Sends a file from `offset` (bytes) to its end, as it comes from the disk ("Reels Publishing API", "Resumable upload",
 * read 2026-09-11). What breaks off is gone on with by asking how much has come, and sending the rest.
 */
export async function sendFile(io: Io, { url, token, file, offset }: { url: string; token: string; file: VideoFile; offset: number }): Promise<void> {
  await io.http({
    method: 'POST', url, errors: uploadErrors, secrets: [token], timeoutMs: timeFor(file.size - offset),
    headers: { authorization: `OAuth ${token}`, offset: String(offset), file_size: String(file.size) },
    body: { stream: () => file.read(offset), type: 'application/octet-stream', size: file.size - offset },
  });
}

/** A minute, and what a line of 50 kB a second takes (ms). */
export function timeFor(bytes: number): number {
  return 60_000 + Math.ceil(bytes / 50);
}

/** How far an upload has come. The guides and Meta's own SDK spell it differently. */
const uploadingPhase = z.object({
  status: z.string().nullish(),
  bytes_transfered: z.coerce.number().int().nonnegative().nullish(),
  bytes_transferred: z.coerce.number().int().nonnegative().nullish(),
});

const phaseError = z.object({ code: z.union([z.number(), z.string()]).nullish(), message: z.string().nullish() });
const phase = z.object({ status: z.string().nullish(), error: phaseError.nullish(), errors: z.array(phaseError).nullish() });

/** What becomes of a file, phase by phase; as the guides show it and as the SDK's specification has it. */
export const videoStatus = z.object({
  video_status: z.string().nullish(),
  uploading_phase: uploadingPhase.extend(phase.pick({ error: true, errors: true }).shape).nullish(),
  processing_phase: phase.nullish(),
  publishing_phase: phase.extend({ publish_status: z.string().nullish() }).nullish(),
});
export type VideoStatus = z.infer<typeof videoStatus>;

/** Bytes that have arrived. */
export function arrived({ uploading_phase: uploading }: Pick<VideoStatus, 'uploading_phase'>): number {
  return uploading?.bytes_transferred ?? uploading?.bytes_transfered ?? 0;
}

/** What a phase says went wrong; null while nothing has. `code` is a subcode where there is one. */
export function errorOf(status: VideoStatus): { code: string; message: string } | null {
  for (const one of [status.uploading_phase, status.processing_phase, status.publishing_phase]) {
    const told = one?.error ?? one?.errors?.[0];
    if (told || one?.status === 'error') return { code: String(told?.code ?? ''), message: told?.message ?? '' };
  }
  return status.video_status === 'error' ? { code: '', message: '' } : null;
}

/**
 * The upload host answers in a shape of its own and says itself whether trying again can help. Nothing can be seen yet, so
 * trying again is safe: it asks first how much has come.
 */
const uploadErrors: ErrorTable = {
  read(json) {
    const told = z.object({ debug_info: z.object({ type: z.string(), message: z.string().nullish(), retriable: z.boolean().nullish() }) }).safeParse(json).data?.debug_info;
    if (!told) return {};
    const final = told.retriable === false && told.type === 'ProcessingFailedError';
    return { code: final ? `${told.type}/final` : told.type, message: told.message ?? undefined };
  },
  rules: [
    // What the guide shows for an upload with the token of somebody else.
    { code: 'ProcessingFailedError/final', says: /unauthorized/iu, kind: 'rejected', message: 'Meta does not let this connection upload the video.', fix: 'Connect the account again and leave everything ticked. Then publish again.', act: 'reconnect' },
    { code: 'ProcessingFailedError/final', kind: 'rejected', message: 'Meta could not read this video.', fix: 'Export it anew as MP4 with H.264 and AAC, and schedule the post again.' },
    { code: 'ProcessingFailedError', kind: 'transient', reached: false, message: 'Meta could not take the video just now.' },
    { code: 'OffsetInvalidError', kind: 'transient', reached: false, message: 'The upload and Meta disagree on how much has come.' },
    { code: 'PartialRequestError', kind: 'transient', reached: false, message: 'A part of the video did not arrive.' },
  ],
};
