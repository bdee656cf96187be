import { createHash } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import type { Bill } from './bill.ts';
import { invalid, Refusal, shapeOf } from './refusal.ts';

/** A file at X: what came of it, not the bytes themselves. */
export interface KeptMedia {
  id: string;
  category: string;
  type: string;
  total: number;
  /** Length and SHA-256 of each piece by its index. */
  pieces: Map<number, { bytes: number; sha256: string }>;
  /** How often each piece was sent. */
  sent: Map<number, number>;
  state: 'begun' | 'pending' | 'in_progress' | 'succeeded' | 'failed';
  /** STATUS calls until it is ready. */
  looks: number;
  expiresAt: number;
  alt: string;
}

export interface MediaState {
  now(): number;
  /** STATUS calls that a video or GIF takes to be ready. */
  looks: number;
  checkAfter: number;
  processingFails: boolean;
}

const MiB = 1024 * 1024;
/** Seconds that a begun upload and a finished one are kept (docs.x.com, chunked upload). */
const keeps = { begun: 1_295_999, finished: 86_400 };
const most: Record<string, number> = { tweet_image: 5 * MiB, tweet_gif: 15 * MiB, tweet_video: 16 * 1024 * MiB };
const types: Record<string, RegExp> = { tweet_image: /^image\/(?:jpeg|png|webp|gif)$/u, tweet_gif: /^image\/gif$/u, tweet_video: /^video\/(?:mp4|quicktime|webm|mp2t)$/u };

export function fakeMedia(state: MediaState, newId: () => string, bill: Bill) {
  const files = new Map<string, KeptMedia>();

  function begin(category: string, type: string, total: number): KeptMedia {
    if (!types[category]?.test(type)) throw invalid('media_type', `media type unrecognized: ${type} as ${category}.`);
    if (total > (most[category] ?? 0)) throw invalid('total_bytes', `File size exceeds ${most[category]} bytes.`);
    const file: KeptMedia = {
      id: newId(), category, type, total, pieces: new Map(), sent: new Map(), state: 'begun', looks: state.looks, expiresAt: state.now() + keeps.begun * 1000, alt: '',
    };
    files.set(file.id, file);
    return file;
  }

  function kept(id: unknown): KeptMedia {
    const file = files.get(String(id));
    if (!file || file.expiresAt <= state.now()) throw invalid('media_id', 'Invalid mediaId: it does not exist, or has expired.');
    return file;
  }

  const keyOf = ({ category, id }: KeptMedia) => `${{ tweet_image: 3, tweet_gif: 16, tweet_video: 13 }[category] ?? 7}_${id}`;

  function shown(file: KeptMedia): FakeAnswer {
    const working = file.state === 'pending' || file.state === 'in_progress';
    return { status: 200, body: { data: {
      id: file.id, media_key: keyOf(file), expires_after_secs: Math.floor((file.expiresAt - state.now()) / 1000), ...(file.state !== 'begun' && { size: file.total }),
      ...(file.category !== 'tweet_image' && file.state !== 'begun' && { processing_info: { state: file.state, ...(working ? { check_after_secs: state.checkAfter } : { progress_percent: file.state === 'succeeded' ? 100 : 0 }) } }),
    } } };
  }

  /** The file and the one other part of an upload. */
  function partsOf(request: FakeRequest, beside: string): { bytes: number; sha256: string; type: string; value: string } {
    const boundary = /^multipart\/form-data; boundary=(\S+)$/u.exec(request.headers['content-type'] ?? '')?.[1];
    if (boundary === undefined) throw new Refusal(415, { title: 'Unsupported Media Type', detail: 'multipart/form-data is wanted', type: 'about:blank', status: 415 });
    if (request.partial) throw invalid('media', 'the body broke off');
    const parts = multipart(request, boundary);
    for (const { name } of parts) if (name !== 'media' && name !== beside) throw invalid(name, `unknown part ${name}`);
    const [media, other] = ['media', beside].map((wanted) => parts.find(({ name }) => name === wanted));
    if (!media || !other || parts.length > 2) throw invalid(beside, `media and ${beside} are wanted, once each`);
    if (media.type === null) throw invalid('media', 'media is not a file');
    return { bytes: media.bytes, sha256: media.content ? hashOf(media.content) : request.sha256, type: media.type, value: other.content?.toString('utf8') ?? '' };
  }

  /** A still picture in one call. */
  function whole(request: FakeRequest): FakeAnswer {
    const { bytes, sha256, type, value } = partsOf(request, 'media_category');
    if (value !== 'tweet_image') throw invalid('media_category', 'only pictures can be uploaded in one call');
    const file = begin('tweet_image', type, bytes);
    Object.assign(file, { state: 'succeeded', expiresAt: state.now() + keeps.finished * 1000 });
    file.pieces.set(0, { bytes, sha256 });
    return shown(file);
  }

  function initialize(request: FakeRequest): FakeAnswer {
    const { media_type: type, media_category: category, total_bytes: total } = shapeOf(jsonOf(request), 'body', { media_type: 'string', media_category: 'string', total_bytes: 'integer' });
    return shown(begin(String(category), String(type), Number(total)));
  }

  function append(request: FakeRequest, id: string): FakeAnswer {
    const { bytes, sha256, value } = partsOf(request, 'segment_index');
    const file = kept(id);
    const index = Number(value);
    if (!Number.isInteger(index) || index < 0 || index > 999) throw invalid('segment_index', 'segment_index must be between 0 and 999');
    if (file.state !== 'begun') throw invalid('media_id', 'the upload is finished already');
    if (bytes > Math.max(5 * MiB, Math.ceil(file.total / 1_000))) throw new Refusal(413, { title: 'Payload Too Large', detail: 'The piece is too large.', type: 'about:blank', status: 413 });
    file.pieces.set(index, { bytes, sha256 });
    file.sent.set(index, (file.sent.get(index) ?? 0) + 1);
    return { status: 200, body: { data: { expires_at: Math.floor(file.expiresAt / 1000) } } };
  }

  function finalize(request: FakeRequest, id: string): FakeAnswer {
    if (request.bytes > 0) throw invalid('body', 'finalize has no body');
    const file = kept(id);
    if (file.state !== 'begun') throw invalid('media_id', 'the upload is finished already');
    const bytes = [...file.pieces.values()].reduce((sum, piece) => sum + piece.bytes, 0);
    const inOrder = [...file.pieces.keys()].sort((a, b) => a - b).every((index, n) => index === n);
    if (bytes !== file.total || !inOrder) throw invalid('media_id', 'Segments do not add up to provided total file size.');
    Object.assign(file, { state: 'pending', expiresAt: state.now() + keeps.finished * 1000 });
    return shown(file);
  }

  function status({ query }: FakeRequest): FakeAnswer {
    shapeOf(Object.fromEntries(query), 'query', { media_id: 'id' }, { command: 'string' });
    if (query.get('command') !== 'STATUS') throw invalid('command', 'command must be STATUS');
    const file = kept(query.get('media_id'));
    if (file.state === 'pending' || file.state === 'in_progress') {
      file.looks -= 1;
      file.state = file.looks > 0 ? 'in_progress' : state.processingFails ? 'failed' : 'succeeded';
    }
    return shown(file);
  }

  function describe(request: FakeRequest): FakeAnswer {
    const { id, metadata } = shapeOf(jsonOf(request), 'body', { id: 'id', metadata: 'object' });
    const { alt_text: alt } = shapeOf(metadata, 'metadata', { alt_text: 'object' });
    const { text } = shapeOf(alt, 'alt_text', { text: 'string' });
    const file = kept(id);
    if (file.category === 'tweet_video') throw invalid('id', 'Alt text can only be added to images.');
    if (String(text) === '' || Array.from(String(text)).length > 1_000) throw invalid('text', 'alt text must have 1 to 1000 characters');
    bill.charge('description');
    file.alt = String(text);
    return { status: 200, body: { data: { id: file.id, associated_metadata: { alt_text: { text } } } } };
  }

  /** The files of a post, ready and of kinds that go together. */
  function attached(ids: readonly string[]): KeptMedia[] {
    const bad = invalid('media.media_ids', 'Your media IDs are invalid.');
    const found = ids.flatMap((id) => files.get(id) ?? []);
    if (found.length !== ids.length || found.some((file) => file.state !== 'succeeded' || file.expiresAt <= state.now())) throw bad;
    if (found.length > 1 && found.some(({ category }) => category !== 'tweet_image')) throw bad;
    if (new Set(ids).size !== ids.length) throw bad;
    return found;
  }

  return { files, keyOf, whole, initialize, append, finalize, status, describe, attached };
}

export type FakeMedia = ReturnType<typeof fakeMedia>;

export function jsonOf(request: FakeRequest): unknown {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new Refusal(415, { title: 'Unsupported Media Type', detail: 'application/json is wanted', type: 'about:blank', status: 415 });
  try {
    return request.json();
  } catch {
    throw invalid('body', 'the body is not JSON');
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * RFC 7578 without copying. Of a body that is not kept, the last part's content is known by its length alone: a gigabyte
 * comes by here in a test of memory.
 */
function multipart({ body, bytes }: FakeRequest, boundary: string): { name: string; type: string | null; bytes: number; content: Buffer | null }[] {
  const parts: ReturnType<typeof multipart> = [];
  const mark = `--${boundary}`;
  for (let at = body.indexOf(mark); at >= 0 && body.subarray(at + mark.length, at + mark.length + 2).toString('latin1') === '\r\n';) {
    const from = body.indexOf('\r\n\r\n', at) + 4;
    const next = body.indexOf(`\r\n${mark}`, from);
    const headers = body.subarray(at, from).toString('utf8');
    const content = next < 0 ? null : body.subarray(from, next);
    const length = content?.length ?? bytes - from - `\r\n${mark}--\r\n`.length;
    parts.push({ name: /name="([^"]*)"/u.exec(headers)?.[1] ?? '', type: /^content-type: (.+)$/imu.exec(headers)?.[1]?.trim() ?? null, bytes: length, content });
    at = next < 0 ? -1 : next + 2;
  }
  return parts;
}
