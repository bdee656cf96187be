import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isVideo, type ImageFile, type VideoFile } from '../../domain/media.ts';
import { tokenHash } from '../../lib/tokens.ts';
import { imageFor } from '../../media/convert.ts';
import { isProblem, type MediaProblem } from '../../media/problem.ts';
import type { PublicMedia } from '../../media/public-url.ts';
import { isTestPicture, testPicture } from '../../media/test-picture.ts';
import { videoFor } from '../../media/video-file.ts';
import type { WebContext } from '../context.ts';
import { rangeOf } from './range.ts';

/** A picture is sent whole, a video in whatever piece is asked for. */
type Served = Pick<ImageFile, 'size' | 'open'> & { type: string } | Pick<VideoFile, 'type' | 'size' | 'read'>;

/** `GET /m/TOKEN`: media for platforms that fetch them, by a signed address that runs out. No session, no cookie. */
export function publicMediaRoutes(server: FastifyInstance, context: WebContext) {
  server.route({
    // A wildcard, for a token is longer than a parameter may be.
    method: ['GET', 'HEAD'], url: '/m/*', config: { policy: 'public', secretAddress: true },
    async handler(request, reply) {
      const token = (request.params as { '*': string })['*'];
      const meant = context.urls.read(token);
      const served = meant && (await servedOf(context, meant));
      if (served && !isProblem(served)) return send(request, reply, served, `"${tokenHash(token).slice(0, 32)}"`);
      if (served) request.log.warn({ code: served.code }, 'a platform asked for a file that cannot be had');
      throw new NowhereError();
    },
  });
}

/** Not `callNotFound`, after which the route is forgotten, and with it that its address is kept out of the log. */
class NowhereError extends Error {
  readonly statusCode = 404;
}

async function servedOf({ store, storage }: WebContext, meant: PublicMedia): Promise<Served | MediaProblem | null> {
  if (isTestPicture(meant)) return { type: testPicture.type, size: testPicture.bytes.length, open: async function* () { yield testPicture.bytes; } };
  const { workspaceId, mediaId, rule } = meant;
  const media = await store.media.get(workspaceId, mediaId);
  if (!media) return null;
  const { id, type } = media;
  if (isVideo(type)) return videoFor(storage, { id, type });
  if (rule) return imageFor(storage, { ...media, type }, rule);
  const size = await storage.size({ id, type });
  return size === null ? null : { type, size, open: () => storage.open({ id, type }) };
}

function send(request: FastifyRequest, reply: FastifyReply, file: Served, etag: string): FastifyReply {
  const { type, size } = file;
  void reply.type(type).header('etag', etag)
    .header('cache-control', 'private, max-age=3600')
    .header('content-security-policy', "default-src 'none'; sandbox");
  const whole = { from: 0, to: size };
  const pieces = 'read' in file;
  if (pieces) void reply.header('accept-ranges', 'bytes');
  const { range: asked, 'if-range': unless } = request.headers;
  const range = pieces && (unless === undefined || unless === etag) ? rangeOf(asked, size) : null;
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send();
  const { from, to } = range ?? whole;
  if (range) void reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${size}`);
  void reply.header('content-length', to - from);
  // Node would read the whole file to throw it away.
  if (request.method === 'HEAD') return reply.send();
  return reply.send(Readable.from(pieces ? file.read(from, to) : file.open()));
}
