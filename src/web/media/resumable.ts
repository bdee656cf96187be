import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createResumableUploads, webRequest } from '../../actions/media/resumable.ts';
import { videoBounds } from '../../media/video.ts';
import type { WebContext } from '../context.ts';
import { actorOf, type Policy } from '../policy.ts';
import { told } from './told.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };
const at = '/media/uploads';

/** Resumable uploads for scripts; forms send files as forms do. */
export function resumableRoutes(server: FastifyInstance, context: WebContext) {
  const uploads = createResumableUploads(context, at);
  // The stream is the protocol's own: nothing is read here.
  server.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));

  async function speak(request: FastifyRequest, reply: FastifyReply, upload: string | null) {
    const { method, url, headers, raw } = request;
    const sent = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' && name !== 'transfer-encoding' ? [[name, value] as [string, string]] : []));
    const body = method === 'PATCH' || method === 'POST' ? raw : null;
    const answer = await uploads.handle(actorOf(request), upload, () => webRequest({ url: `${context.config.publicUrl}${url}`, method, headers: sent, body }), body === null ? 0 : headers['content-length'] === undefined ? null : Number(headers['content-length']));
    if (body && !raw.readableEnded) {
      // Nobody reads the rest; the next request must not find it on its connection.
      void reply.header('connection', 'close');
      raw.resume();
    }
    for (const [name, value] of answer.headers) {
      // Whose page may call is decided by our own headers.
      if (!name.startsWith('access-control-')) void reply.header(name, value);
    }
    return reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
  }
  const uploadOf = (request: FastifyRequest) => (request.params as { upload: string }).upload;
  const options = { config: edit, bodyLimit: videoBounds.bytes };

  server.post(at, options, (request, reply) => speak(request, reply, null));
  server.head(`${at}/:upload`, options, (request, reply) => speak(request, reply, uploadOf(request)));
  server.patch(`${at}/:upload`, options, (request, reply) => speak(request, reply, uploadOf(request)));
  server.delete(`${at}/:upload`, options, (request, reply) => speak(request, reply, uploadOf(request)));

  server.post(`${at}/:upload/take`, { config: edit }, async (request, reply) => {
    const done = await uploads.take(actorOf(request), uploadOf(request));
    return done.ok ? reply.code(201).send({ media: [told(done.media)], problems: [] }) : reply.code(422).send({ media: [], problems: done.problems });
  });
}
