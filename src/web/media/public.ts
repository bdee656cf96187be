import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isVideo } from '../../domain/media.ts';
import { imageFor } from '../../media/convert.ts';
import { isProblem } from '../../media/problem.ts';
import { isTestPicture, testPicture } from '../../media/samples/test-picture.ts';
import type { WebContext } from '../context.ts';
import { sendFile } from './serve.ts';

const cacheControl = 'private, max-age=3600';

/** `GET /m/TOKEN`: media for platforms that fetch them, by a signed address that runs out. No session, no cookie. */
export function publicMediaRoutes(server: FastifyInstance, { urls, store, storage }: WebContext) {
  server.route({
    // A wildcard, for a token is longer than a parameter may be.
    method: ['GET', 'HEAD'], url: '/m/*', config: { policy: 'public', secretAddress: true },
    async handler(request, reply) {
      const meant = urls.read((request.params as { '*': string })['*']);
      if (!meant) throw new NowhereError();
      if (isTestPicture(meant)) return sendBytes(request, reply, testPicture.type, testPicture.bytes.length, async function* () { yield testPicture.bytes; });
      const { workspaceId, mediaId, rule } = meant;
      const media = await store.media.get(workspaceId, mediaId);
      if (!media) throw new NowhereError();
      const { id, type } = media;
      if (isVideo(type) || !rule) {
        if ((await storage.size({ id, type })) === null) throw new NowhereError();
        return sendFile(request, reply, storage, { id, type }, cacheControl);
      }
      const made = await imageFor(storage, { ...media, type }, rule);
      if (!isProblem(made)) return sendBytes(request, reply, made.type, made.size, () => made.open());
      request.log.warn({ media: id, code: made.code }, 'a platform asked for a picture that cannot be had');
      throw new NowhereError();
    },
  });
}

/** Not `callNotFound`, after which the route is forgotten, and with it that its address is kept out of the log. */
class NowhereError extends Error {
  readonly statusCode = 404;
}

/** A picture made right for a network, whole. */
function sendBytes(request: FastifyRequest, reply: FastifyReply, type: string, size: number, open: () => AsyncIterable<Uint8Array>): FastifyReply {
  return reply.type(type)
    .headers({ 'content-length': size, 'cache-control': cacheControl, 'content-security-policy': "default-src 'none'; sandbox" })
    .send(Readable.from(request.method === 'HEAD' ? [] : open()));
}
