import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isProblem } from '../media/problem.ts';
import type { MediaStorage, TempFile } from '../media/storage.ts';
import { maxUploadBytes } from '../actions/media/media.ts';

/** A file of a form: on disk, or the sentence why not. */
export interface UploadedFile {
  field: string;
  name: string;
  file: TempFile | { message: string };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Files of a multipart form; empty for any other. Whatever the route does not take in is swept later. */
    uploads: UploadedFile[];
  }
}

/**
 * Reads multipart forms: fields into `body`, as other forms have them, files straight to disk. Runs after the session and
 * the cross-site wall and before the token is checked, for the token is a field of the form.
 */
export function readUploads(server: FastifyInstance, storage: MediaStorage) {
  server.decorateRequest('uploads');
  server.addHook('onRequest', async (request) => {
    request.uploads = [];
  });
  server.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    try {
      request.body = await readForm(request, storage);
    } catch (error) {
      // The parser's own errors (no boundary, cut-off parts) carry neither a status nor a system code.
      if (error instanceof Error && !('statusCode' in error) && !('code' in error)) throw new BrokenFormError(error.message, { cause: error });
      throw error;
    }
  });
}

class BrokenFormError extends Error {
  readonly statusCode = 400;
}

async function readForm(request: FastifyRequest, storage: MediaStorage): Promise<Record<string, string[]>> {
  const fields = new Map<string, string[]>();
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
    } else if (part.filename === '') {
      // An empty file input sends an empty part.
      part.file.resume();
    } else {
      request.uploads.push({ field: part.fieldname, name: part.filename, file: await receive(request, storage, part.file) });
    }
  }
  return Object.fromEntries(fields);
}

async function receive(request: FastifyRequest, storage: MediaStorage, stream: AsyncIterable<Uint8Array> & { resume(): void }) {
  const received = await storage.receive(stream, { maxBytes: maxUploadBytes });
  if (!isProblem(received)) return received;
  request.log.info({ code: received.code }, 'upload refused');
  stream.resume();
  return { message: received.message };
}
