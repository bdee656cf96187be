import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isProblem } from '../media/problem.ts';
import { archiveLimit, mediaLimit, type TempFile } from '../media/receive.ts';
import type { MediaStorage } from '../media/storage.ts';
import { videoBounds } from '../media/video.ts';

/** A file of a form: on disk, or the sentence why not. */
export interface UploadedFile {
  field: string;
  name: string;
  file: TempFile | { message: string };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes archives in place of media. */
    archives?: true;
  }
  interface FastifyRequest {
    /** Files of a multipart form; empty for any other. Whatever the route does not take in is swept later. */
    uploads: UploadedFile[];
  }
}

/**
 * For @fastify/multipart. A file's own limit depends on what it is (`mediaLimit`); the parser's lies just above them all. The
 * longest form is a thread of fifty parts, written anew for many channels; each place for files sends an empty one.
 */
export const formLimits = {
  fileSize: videoBounds.bytes + 1_000_000, files: 200, fields: 10_000, fieldSize: 200_000, parts: 10_200, fieldNameSize: 200,
} as const;
/** All words of a form together: what is held in memory for it, whoever sends it. */
const mostWords = 8_000_000;

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
      await discardUploads(request, storage);
      // The parser's own errors (no boundary, cut-off parts) carry neither a status nor a system code.
      if (error instanceof Error && !('statusCode' in error) && !('code' in error)) throw new BrokenFormError(error.message, { cause: error });
      throw error;
    }
  });
  server.addHook('onResponse', async (request) => discardUploads(request, storage));
}

/** What a route has taken in is no longer there; what it turned away may have gigabytes. */
async function discardUploads({ uploads }: FastifyRequest, storage: MediaStorage): Promise<void> {
  for (const { file } of uploads) if ('path' in file) await storage.discard(file.path);
}

class BrokenFormError extends Error {
  readonly statusCode = 400;
}

class LongFormError extends Error {
  readonly statusCode = 413;
}

async function readForm(request: FastifyRequest, storage: MediaStorage): Promise<Record<string, string[]>> {
  const fields = new Map<string, string[]>();
  let words = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      const value = String(part.value);
      words += part.fieldname.length + value.length;
      // The rest is read all the same: what nobody reads the parser would hold.
      if (words > mostWords) fields.clear();
      else if (!fields.get(part.fieldname)?.push(value)) fields.set(part.fieldname, [value]);
    } else if (part.filename === '' || !takesFiles(request)) {
      // An empty file input sends an empty part.
      part.file.resume();
    } else {
      request.uploads.push({ field: part.fieldname, name: part.filename, file: await receive(request, storage, part.file) });
    }
  }
  if (words > mostWords) throw new LongFormError(`more than ${mostWords} characters`);
  return Object.fromEntries(fields);
}

/** Nobody but members and programs that may write fills the disk, whatever is sent to the form that logs in. */
function takesFiles({ routeOptions }: FastifyRequest): boolean {
  const { policy } = routeOptions.config;
  return typeof policy === 'object' && ('member' in policy || policy.api === 'write');
}

async function receive(request: FastifyRequest, storage: MediaStorage, stream: AsyncIterable<Uint8Array> & { resume(): void }) {
  const received = await storage.receive(stream, request.routeOptions.config.archives ? archiveLimit(announced(request)) : mediaLimit(announced(request)));
  if (!isProblem(received)) return received;
  request.log.info({ code: received.code }, 'upload refused');
  stream.resume();
  return { message: received.message };
}

/** At most so many bytes are to come: the form's length without the files that are here already. 0 when not said. */
function announced({ headers, uploads }: FastifyRequest): number {
  const here = uploads.reduce((sum, { file }) => sum + ('path' in file ? file.bytes : 0), 0);
  return Math.max(0, Number(headers['content-length'] ?? 0) - here);
}
