import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileStore } from '@tus/file-store';
import type { Server } from '@tus/server';
import { allows } from '../../billing/entitlements.ts';
import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import type { Deps } from '../../deps.ts';
import { isId, newId } from '../../lib/ids.ts';
import { roomProblem } from '../../media/receive.ts';
import { videoBounds } from '../../media/video.ts';
import type { Media } from '../../store/media.ts';
import { addMedia } from './media.ts';

/** Uploads that go on where they broke off, by the tus protocol 1.0 (tus.io/protocols/resumable-upload). */
export interface ResumableUploads {
  /**
   * One request of the protocol; `upload` is the id in its address, null where one is begun, `coming` how many bytes it
   * brings (null where it does not say). The body of what is refused stays unread.
   */
  handle(actor: Actor, upload: string | null, request: () => Request, coming: number | null): Promise<Response>;
  /** Takes a whole upload in. Asked again it gives the same medium: an answer may be lost. */
  take(actor: Actor, upload: string): Promise<Result<{ media: Media }>>;
}

/** What we write beside an upload. `media` is the id that it will have in the library. */
type Said = Readonly<Record<string, string | null>>;

const ownerOf = ({ workspaceId, userId }: Actor) => `${workspaceId}.${userId}`;
const ownerHeader = 'x-upload-owner';

/**
 * The parts lie among the temporary files, so that what nobody goes on with is swept after a day. `at` is the path under
 * which the protocol is spoken.
 */
export function createResumableUploads(deps: Pick<Deps, 'store' | 'settings' | 'storage' | 'now'>, at: string): ResumableUploads {
  const { store, storage, now } = deps;
  let made: Promise<{ server: Server; files: FileStore }> | undefined;
  // Whoever asks while it is being taken in waits for the same: two at the same file would delete it between them.
  const taking = new Map<string, Promise<Result<{ media: Media }>>>();
  // Loaded with the first upload: nobody who only writes pays for it.
  const tus = () => (made ??= create());

  async function create() {
    const [{ Server: Tus }, { FileStore: Files }] = await Promise.all([import('@tus/server'), import('@tus/file-store'), mkdir(storage.tempDirectory, { recursive: true })]);
    const files = new Files({ directory: storage.tempDirectory });
    const server = new Tus({
      path: at, relativeLocation: true, maxSize: videoBounds.bytes, datastore: files,
      namingFunction: () => newId(now()),
      onUploadCreate: async (request, { metadata, size }) => {
        const full = roomProblem(await storage.room(), size ?? 0);
        // The shape in which the library wants a refusal.
        if (full) throw Object.assign(new Error(full.message), { status_code: 507, body: full.message });
        const [workspaceId = ''] = (request.headers.get(ownerHeader) ?? '').split('.');
        // Before gigabytes come, not after.
        const overPlan = await allows(deps, workspaceId, { what: 'storage', bytes: size ?? 0 });
        if (overPlan) throw Object.assign(new Error(overPlan.message), { status_code: 507, body: overPlan.message });
        return { metadata: { name: metadata?.['name'] ?? '', owner: request.headers.get(ownerHeader), media: newId(now()) } };
      },
    });
    return { server, files };
  }

  async function said(actor: Actor, upload: string): Promise<{ metadata: Said; size: number; there: number } | null> {
    if (!isId(upload)) return null;
    // What is said of an upload outlives its bytes: those are moved away when it is taken in.
    const found = await (await tus()).files.configstore.get(upload);
    if (found?.metadata?.['owner'] !== ownerOf(actor)) return null;
    const there = await stat(join(storage.tempDirectory, upload)).catch(() => null);
    return { metadata: found.metadata, size: found.size ?? -1, there: there?.size ?? 0 };
  }

  return {
    async handle(actor, upload, read, coming) {
      const found = upload === null ? null : await said(actor, upload);
      if (upload !== null && !found) return answer(404, t.uploadGone);
      if (found && coming !== 0) {
        // There was room when it was begun, and others have sent since.
        const full = roomProblem(await storage.room(), coming ?? found.size - found.there);
        if (full) return answer(507, full.message);
        // What is said of it is not swept while it goes on.
        await utimes(join(storage.tempDirectory, `${upload}.json`), now() / 1000, now() / 1000);
      }
      const request = read();
      request.headers.set(ownerHeader, ownerOf(actor));
      return (await tus()).server.handleWeb(request);
    },

    async take(actor, upload) {
      const key = `${ownerOf(actor)} ${upload}`;
      const work = taking.get(key) ?? takeIn(actor, upload).finally(() => taking.delete(key));
      taking.set(key, work);
      return work;
    },
  };

  async function takeIn(actor: Actor, upload: string): Promise<Result<{ media: Media }>> {
    const found = await said(actor, upload);
    const id = found?.metadata['media'] ?? '';
    const known = isId(id) ? await store.media.get(actor.workspaceId, id) : undefined;
    if (known) return { ok: true, media: known };
    if (!found || !isId(id)) return refused('media', t.uploadGoneAgain);
    if (found.there !== found.size) return refused('media', t.uploadIncomplete);
    const path = join(storage.tempDirectory, upload);
    const added = await addMedia(deps, actor, { id, name: found.metadata['name'] ?? '', file: { path, bytes: found.size } });
    // Refused files have no use; of a taken one the note stays until the sweep, for a repeated call.
    if (!added.ok) for (const left of [path, `${path}.json`]) await storage.discard(left);
    return added;
  }
}

function answer(status: number, words: string): Response {
  return new Response(words, { status, headers: { 'tus-resumable': '1.0.0' } });
}

/** A request as the protocol's library wants it, its body streamed. */
export function webRequest({ url, method, headers, body }: { url: string; method: string; headers: Iterable<[string, string]>; body: Readable | null }): Request {
  return new Request(url, { method, headers: new Headers([...headers]), ...(body && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }) });
}
