import type { VideoType } from '../../domain/media.ts';
import { ProviderError, type Io, type Job, type VideoFile } from '../contract.ts';
import type { HttpAnswer } from '../http.ts';
import { errors } from './errors.ts';
import type { Options } from './options.ts';
import { spendUpload } from './quota.ts';
import { resourceOf } from './resource.ts';
import { lasting, type Grant } from './session.ts';
import { video } from './wire.ts';

// developers.google.com/youtube/v3/guides/using_resumable_upload_protocol, read 2026-11-23.

/** A place to send one video to, as the journal keeps it. `at` is when it was opened, by Google's clock (epoch ms). */
export type Session = { uri: string; at: number; size: number; type: VideoType };

/** What YouTube says of a session: how many bytes it has, that it is done, or that it does not know it (any more). */
export type Standing = { is: 'open'; has: number } | { is: 'complete'; id: string; privacy: string | null } | { is: 'gone' };

type UploadJob = Job<Grant, Options>;

/** Opens a session. Nothing can be seen of it, and it counts against the day's uploads. */
export async function open(job: UploadJob, io: Io): Promise<Session> {
  const { size, type } = await videoOf(job, io);
  const accessToken = tokenOf(job, io);
  const resource = resourceOf(job);
  await spendUpload(io);
  const answer = await io.http({
    method: 'POST', url: 'https://www.googleapis.com/upload/youtube/v3/videos', bearer: accessToken, errors,
    query: { uploadType: 'resumable', part: 'snippet,status', notifySubscribers: !job.options.quiet },
    headers: { 'x-upload-content-length': String(size), 'x-upload-content-type': type },
    body: { json: resource },
  });
  const opened = Date.parse(answer.header('date') ?? '');
  return { uri: sessionUri(answer), at: Number.isNaN(opened) ? io.now() : opened, size, type };
}

/** Asks how far a session is. */
export async function ask(job: UploadJob, session: Session, io: Io): Promise<Standing> {
  return standingIn(await io.http({
    method: 'PUT', url: session.uri, bearer: tokenOf(job, io), errors, accept: answers, secrets: secretsOf(session),
    headers: { 'content-range': `bytes */${session.size}` },
  }), session);
}

/** A slow line needs minutes for a piece. */
const patience = 30 * 60 * 1000;

/** Sends the bytes from `from` to `to` (excluded), read as they go out. */
export async function send(job: UploadJob, session: Session, { from, to }: { from: number; to: number }, io: Io): Promise<Standing> {
  const file = await videoOf(job, io);
  if (file.size !== session.size) throw new ProviderError(otherFile);
  return standingIn(await io.http({
    method: 'PUT', url: session.uri, bearer: tokenOf(job, io), errors, accept: answers, secrets: secretsOf(session), timeoutMs: patience,
    headers: { 'content-range': `bytes ${from}-${to - 1}/${session.size}` },
    body: { stream: () => file.read(from, to), type: session.type, size: to - from },
  }), session);
}

/** 308 is no redirect here; 404 and 410 are said of sessions that are over. */
const answers = [308, 404, 410];

function standingIn(answer: HttpAnswer, { size }: Session): Standing {
  if (answer.status === 404 || answer.status === 410) return { is: 'gone' };
  if (answer.status === 308) return { is: 'open', has: bytesIn(answer.header('range'), size) };
  const { id, status } = answer.read(video);
  return { is: 'complete', id, privacy: status?.privacyStatus ?? null };
}

/** `bytes=0-N`: N is the last byte that is there. Without the header there is none. */
function bytesIn(range: string | undefined, size: number): number {
  if (range === undefined) return 0;
  const last = /^(?:bytes=)?0-(\d{1,15})$/u.exec(range.trim())?.[1];
  const has = last === undefined ? Number.NaN : Number(last) + 1;
  if (!(has <= size)) throw new ProviderError(unreadable);
  return has;
}

/** The address is as good as a key, and the access token goes with every piece: it must be Google's. */
function sessionUri(answer: HttpAnswer): string {
  const url = URL.parse(answer.header('location') ?? '');
  const isGoogles = url?.protocol === 'https:' && /(?:^|\.)googleapis\.com$/u.test(url.hostname);
  if (!url || !isGoogles) throw new ProviderError({ ...unreadable, reached: false });
  return url.href;
}

function secretsOf({ uri }: Session): string[] {
  const id = new URL(uri).searchParams.get('upload_id');
  return id === null ? [uri] : [uri, id];
}

/** Only as long as nothing can be seen: a grant for another channel must not put the video there. */
function tokenOf({ grant, target }: UploadJob, io: Io): string {
  if (grant.channelId !== target.remoteId) throw new ProviderError(otherChannel);
  return lasting(grant, io);
}

function videoOf({ parts: [{ media }] }: UploadJob, io: Io): Promise<VideoFile> {
  const [only] = media;
  if (only?.kind !== 'video') throw new ProviderError(noVideo);
  return io.video(only.mediaId);
}

const unreadable = { kind: 'transient', code: 'unreadable_answer', reached: true, message: 'The answer could not be understood.' } as const;

const otherChannel = {
  kind: 'rejected', code: 'other_channel', message: 'This connection was made anew for another channel of the same Google account.',
  fix: 'Connect again, choose this channel on Google\'s page, and try again.', act: 'reconnect',
} as const;

const noVideo = { kind: 'rejected', code: 'no_video', message: 'YouTube takes one video in a post, and this has none.', fix: 'Add a video and schedule it again.' } as const;

const otherFile = { kind: 'rejected', code: 'other_file', message: 'The video has changed while it was being uploaded.', fix: 'Schedule it again as a new post.' } as const;
