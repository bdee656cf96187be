import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isVideo } from '../../domain/media.ts';
import type { MediaStorage, StoredFile } from '../../media/storage.ts';

const alone = "default-src 'none'; sandbox";
/** A browser's own player fetches the video once more, with the session; it runs no scripts all the same. */
const player = `media-src 'self'; ${alone} allow-same-origin`;

/**
 * Sends a kept file, or the range of it that was asked for (RFC 9110 §14), piece by piece. Opened on its own it is a picture
 * or a video and nothing else, whatever a browser makes of it. `version` tells apart what may change under its address.
 */
export async function sendFile(
  request: FastifyRequest, reply: FastifyReply, storage: MediaStorage, file: StoredFile, cacheControl = 'private, max-age=86400, immutable', version?: number,
): Promise<FastifyReply | void> {
  const size = await storage.size(file);
  if (size === null) return reply.callNotFound();
  const tag = `"${[file.id, file.derivative, version].filter(Boolean).join('.')}"`;
  const range = rangeOf(request, size, tag);
  void reply.headers({
    'accept-ranges': 'bytes', etag: tag, 'cache-control': cacheControl, 'content-security-policy': isVideo(file.type) ? player : alone,
  });
  if (request.method === 'GET' && request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (range === 'none') return reply.code(416).headers({ 'content-range': `bytes */${size}`, 'cache-control': 'no-store' }).send();
  void reply.type(file.type);
  // Whoever asks for the headers alone would have the file read to its end.
  if (!range) return reply.header('content-length', size).send(Readable.from(request.method === 'HEAD' ? [] : storage.open(file)));
  const { start, end } = range;
  return reply.code(206)
    .headers({ 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${size}` })
    .send(Readable.from(storage.open(file, range)));
}

/**
 * The one range that is asked for; undefined for the whole file, `none` for one that lies behind its end. Several ranges at
 * once and other units may be ignored, and are.
 */
function rangeOf({ method, headers }: FastifyRequest, size: number, tag: string): { start: number; end: number } | 'none' | undefined {
  const asked = /^bytes=(\d*)-(\d*)$/iu.exec(headers.range ?? '');
  const from = asked?.[1] ?? '';
  const to = asked?.[2] ?? '';
  if (method !== 'GET' || (from === '' && to === '')) return undefined;
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== tag) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return start > end ? 'none' : { start, end };
}
