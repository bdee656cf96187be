import { randomBytes } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { Refusal, shapeOf } from './refusal.ts';
import type { TikTokState } from './state.ts';

export interface UploadTask {
  token: string;
  publishId: string;
  size: number;
  chunk: number;
  count: number;
  stored: number;
  at: number;
  /** Of each piece that was stored, in order. */
  pieces: { bytes: number; sha256: string }[];
}

const hour = 60 * 60 * 1000;
/** What is between MB and MiB is refused: who keeps to both is right whichever is meant. */
const [least, most, mostLast] = [5 * 1024 * 1024, 64_000_000, 128_000_000];

/** Media Transfer Guide, "Work with chunks" (copy of 2026-05-01). `complete` hears when all of a video is there. */
export function fakeUploads(state: TikTokState, complete: (publishId: string) => void) {
  const tasks = new Map<string, UploadTask>();

  /** The upload that `source_info` asks for. */
  function begin(source: unknown, publishId: string): { task: UploadTask; url: string } {
    const asked = shapeOf(source, { source: 'string', video_size: 'number', chunk_size: 'number', total_chunk_count: 'number' });
    if (asked['source'] !== 'FILE_UPLOAD') throw new Refusal(400, 'invalid_params', 'source is not FILE_UPLOAD');
    const [size, chunk, count] = [Number(asked['video_size']), Number(asked['chunk_size']), Number(asked['total_chunk_count'])];
    if (size < 1 || size > 4_000_000_000) throw new Refusal(400, 'invalid_params', 'The video size is invalid');
    const whole = count === 1 && chunk === size && size <= most;
    if (!whole && (size < least || chunk < least || chunk > most)) throw new Refusal(400, 'invalid_params', 'The chunk size is invalid');
    if (!whole && (count < 2 || count > 1000 || count !== Math.floor(size / chunk))) throw new Refusal(400, 'invalid_params', 'The total chunk count is invalid');
    if (size - (count - 1) * chunk > mostLast) throw new Refusal(400, 'invalid_params', 'The chunk size is invalid');
    const [id, token] = [`${7_600_000_000_000_000_000n + BigInt(tasks.size)}`, randomBytes(16).toString('hex')];
    const task: UploadTask = { token, publishId, size, chunk, count, stored: 0, at: state.now(), pieces: [] };
    tasks.set(id, task);
    return { task, url: `https://open-upload.tiktokapis.com/video/?upload_id=${id}&upload_token=${token}` };
  }

  function put(request: FakeRequest): FakeAnswer {
    const task = tasks.get(request.query.get('upload_id') ?? '');
    const unknown = !task || task.token !== request.query.get('upload_token') || (state.forgetsUploads && task.stored >= task.size);
    if (unknown) return { status: 404, body: '' };
    const range = { 'content-range': `bytes 0-${task.stored}/${task.size}` };
    if (state.now() - task.at > hour) return { status: 403, body: '' };
    const [, first = '', last = '', total = ''] = /^bytes (\d+)-(\d+)\/(\d+)$/u.exec(request.headers['content-range'] ?? '') ?? [];
    const length = Number(last) - Number(first) + 1;
    const typed = ['video/mp4', 'video/quicktime', 'video/webm'].includes(request.headers['content-type'] ?? '');
    // The address is all the permission that is needed: a token has no business here.
    const sane = typed && first !== '' && Number(total) === task.size && request.headers['authorization'] === undefined && Number(request.headers['content-length']) === length;
    if (!sane) return { status: 400, body: '' };
    if (Number(first) !== task.stored) return { status: 416, headers: range, body: '' };
    const lastAt = (task.count - 1) * task.chunk;
    if (length !== (task.stored < lastAt ? task.chunk : task.size - lastAt)) return { status: 400, body: '' };
    // A piece is stored whole or not at all.
    if (request.partial || request.bytes !== length) return { status: 400, body: '' };
    task.stored += length;
    task.pieces.push({ bytes: length, sha256: request.sha256 });
    if (task.stored === task.size) complete(task.publishId);
    return { status: task.stored === task.size ? 201 : 206, headers: { 'content-range': `bytes 0-${task.stored}/${task.size}` }, body: '' };
  }

  return { tasks, begin, put, of: (publishId: string) => [...tasks.values()].find((task) => task.publishId === publishId) };
}
