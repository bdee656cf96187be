import type { FastifyInstance } from 'fastify';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { importMedia } from '../../actions/media/import-media.ts';
import { addMedia } from '../../actions/media/media.ts';
import { holderOf } from '../policy.ts';
import { ApiError, parsed } from './answers.ts';
import { mayWrite, type ApiContext } from './context.ts';
import { fromUrl } from './schemas.ts';
import { uploadedFile } from './shapes.ts';

export function uploadCalls(server: FastifyInstance, context: ApiContext) {
  const { publicUrl } = context;

  server.post('/upload', { config: mayWrite }, async (request, reply) => {
    if (!request.isMultipart()) throw new ApiError(415, t.sendMultipart);
    const upload = request.uploads.find(({ field }) => field === 'file') ?? request.uploads[0];
    if (!upload) throw new ApiError(400, t.noFile);
    if ('message' in upload.file) throw new ApiError(400, upload.file.message);
    const added = await addMedia(context, holderOf(request), { name: upload.name, file: upload.file });
    if (!added.ok) throw new ApiError(400, added.problems.map(({ message }) => message).join(' '));
    return reply.code(201).send(uploadedFile(added.media, publicUrl));
  });

  server.post('/upload-from-url', { config: mayWrite }, async (request, reply) => {
    const { url } = parsed(fromUrl, request.body);
    const added = await importMedia(context, holderOf(request), url);
    if (!added.ok) throw new ApiError(400, added.problems.map(({ message }) => message).join(' '));
    return reply.code(201).send(uploadedFile(added.media, publicUrl));
  });
}
