import { createHash, randomBytes, type Hash } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { badRequest, Refusal } from './refusal.ts';
import { partsOf, type FakeVideo, type FakeVideos, type NewVideo } from './videos.ts';

export interface UploadState {
  now(): number;
  /** Uploads that the project may begin until the day ends. */
  uploadsLeft: number;
  /** True: the channel has uploaded enough for a day. */
  channelFull: boolean;
  /** How long a session is known (ms). */
  sessionMs: number;
}

interface Session {
  made: NewVideo;
  parts: string[];
  size: number;
  type: string;
  at: number;
  has: number;
  hash: Hash;
  video: FakeVideo | null;
}

/** Pieces, and what is kept of a piece that breaks off, are multiples of this. */
const granule = 262_144;

export type FakeUploads = ReturnType<typeof fakeUploads>;

/** Resumable uploads (developers.google.com/youtube/v3/guides/using_resumable_upload_protocol, read 2026-11-23). */
export function fakeUploads(state: UploadState, videos: FakeVideos) {
  const sessions = new Map<string, Session>();
  /** Every piece that came, with its first byte and how many of its bytes came. */
  const pieces: { from: number; bytes: number }[] = [];

  /** Makes no video, and counts against the day. */
  function begin(request: FakeRequest): FakeAnswer {
    if (request.query.get('uploadType') !== 'resumable') throw badRequest('badRequest', 'uploadType must be resumable');
    const { 'x-upload-content-length': length = '', 'x-upload-content-type': type = '', 'content-type': json = '' } = request.headers;
    if (!/^application\/json(?:; charset=utf-8)?$/iu.test(json)) throw badRequest('badRequest', `the metadata is of type ${json}`);
    if (!/^\d{1,15}$/u.test(length) || Number(length) > 274_877_906_944) throw badRequest('badRequest', `X-Upload-Content-Length is ${length}`);
    if (Number(length) === 0) throw badRequest('mediaBodyRequired', 'The request does not include the video content.');
    if (!/^video\/[\w.+-]+$|^application\/octet-stream$/u.test(type)) throw badRequest('badContent', `Media type '${type}' is not supported.`);
    const body = request.json() as NewVideo;
    const parts = partsOf(request.query);
    const unannounced = Object.keys(body).find((part) => !parts.includes(part));
    if (unannounced !== undefined) throw badRequest('unexpectedPart', `part ${unannounced} is not announced`);
    if (state.uploadsLeft <= 0) throw new Refusal(403, 'quotaExceeded', 'The request cannot be completed because you have exceeded your quota.', 'youtube.quota');
    state.uploadsLeft -= 1;
    if (state.channelFull) throw new Refusal(400, 'uploadLimitExceeded', 'The user has exceeded the number of videos they may upload.', 'youtube.video');
    videos.check(body);
    const id = randomBytes(24).toString('base64url');
    const made: NewVideo = { snippet: body.snippet, status: body.status, notified: request.query.get('notifySubscribers') !== 'false' };
    sessions.set(id, { made, parts, size: Number(length), type, at: state.now(), has: 0, hash: createHash('sha256'), video: null });
    const location = `https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=${parts.join(',')}&upload_id=${id}`;
    return { status: 200, headers: { location, 'x-guploader-uploadid': id }, body: '' };
  }

  /** A piece, or the question how far it is (`bytes *` with the size). */
  function put(request: FakeRequest): FakeAnswer {
    const session = sessions.get(request.query.get('upload_id') ?? '');
    if (!session || state.now() - session.at > state.sessionMs) return { status: 404, body: 'Not Found' };
    const { 'content-range': range = '', 'content-length': length, 'content-type': type = session.type } = request.headers;
    const asked = /^bytes \*\/(\d+)$/u.exec(range);
    if (asked) {
      if (length !== '0' || Number(asked[1]) !== session.size) throw badRequest('badRequest', 'a question has no content, and the size of the announced file');
      return standing(session);
    }
    const [, first = '', last = '', size = ''] = /^bytes (\d+)-(\d+)\/(\d+)$/u.exec(range) ?? [];
    const [from, to] = [Number(first), Number(last) + 1];
    if (first === '' || Number(size) !== session.size || to > session.size || to <= from) throw badRequest('badRequest', `Content-Range is ${range}`);
    if (Number(length) !== to - from) throw badRequest('badRequest', `Content-Length is ${length} for ${to - from} bytes`);
    if (type !== session.type) throw badRequest('badContent', `the piece is of type ${type}`);
    if (to < session.size && (to - from) % granule !== 0) throw badRequest('badRequest', 'a piece is no multiple of 262144 bytes');
    if (session.video) return standing(session);
    // Nothing is stored of what leaves a gap or comes again.
    if (from !== session.has) throw badRequest('badRequest', `bytes from ${from} do not follow ${session.has}`);
    pieces.push({ from, bytes: request.bytes });
    const kept = request.partial ? Math.floor(request.bytes / granule) * granule : request.bytes;
    session.hash.update(request.body.subarray(0, kept));
    session.has += kept;
    if (session.has === session.size) session.video = videos.create(session.made, { bytes: session.size, sha256: session.hash.digest('hex') });
    return standing(session, 201);
  }

  /** A finished session repeats what it said. */
  function standing({ has, video, parts }: Session, finished = 200): FakeAnswer {
    if (video) return { status: finished, body: videos.resource(video, parts) };
    return { status: 308, headers: has > 0 ? { range: `bytes=0-${has - 1}` } : {}, body: '' };
  }

  return {
    pieces, begin, put,
    /** Forgets all sessions, as YouTube does in time. */
    drop: () => sessions.clear(),
    /** A session loses what came after so many bytes. */
    lose(has: number, bytes: Uint8Array) {
      for (const session of sessions.values()) Object.assign(session, { has, hash: createHash('sha256').update(bytes.subarray(0, has)) });
    },
  };
}
