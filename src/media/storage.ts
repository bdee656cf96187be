import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MediaType } from '../domain/media.ts';
import { sizeText } from '../domain/units.ts';
import { isId } from '../lib/ids.ts';
import { newToken } from '../lib/tokens.ts';
import { createTurns, type InTurn } from '../lib/turns.ts';
import { problem, type MediaProblem } from './problem.ts';

/** A kept file: the medium itself, or one of its derivatives (`thumb`, a rule's hash). */
export interface StoredFile {
  id: string;
  type: MediaType;
  derivative?: string;
}

/** A file in the making. Whoever has one keeps or discards it; what a crash leaves is swept. */
export interface TempFile {
  path: string;
  bytes: number;
}

/** Bytes on disk: `ab/<id>.<ext>`, derivatives beside it as `ab/<id>.<derivative>.<ext>`, temporary files in `tmp/`. */
export interface MediaStorage {
  /** Streams an upload to a temporary file. On any failure nothing stays behind; a broken disk throws. */
  receive(stream: AsyncIterable<Uint8Array>, limit: { maxBytes: number }): Promise<TempFile | MediaProblem>;
  /** The path of a temporary file that does not exist yet. */
  temp(): Promise<string>;
  discard(tempPath: string): Promise<void>;
  /** Moves a temporary file to its place, on disk for good when this returns. */
  keep(tempPath: string, file: StoredFile): Promise<void>;
  path(file: StoredFile): string;
  /** Bytes; null when there is no such file. */
  size(file: StoredFile): Promise<number | null>;
  /** Reads only when iterated, each time anew; `end` is the last byte of a range. */
  open(file: StoredFile, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** Removes the medium and all its derivatives. */
  remove(id: string): Promise<void>;
  /** Removes temporary files last written before `olderThan` (epoch ms) and says how many. */
  sweepTemp(olderThan: number): Promise<number>;
  /** Decoding takes up to a few hundred MB, so pictures are worked on one at a time. */
  inTurn: InTurn;
}

const endings: Record<MediaType, string> = { 'video/mp4': 'mp4', 'video/quicktime': 'mov', 'video/webm': 'webm', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' };

/** File ending without the dot. */
export function endingOf(type: MediaType): string {
  return endings[type];
}

export function createStorage(directory: string): MediaStorage {
  const tempDirectory = join(directory, 'tmp');
  const folderOf = (id: string) => {
    if (!isId(id)) throw new Error('Not the id of a medium.');
    // The end of the id is random; its beginning is the time and would put everything into one folder.
    return join(directory, id.slice(-2));
  };
  const path = ({ id, type, derivative }: StoredFile) => {
    if (derivative !== undefined && !/^[\da-z]+$/u.test(derivative)) throw new Error(`Not a derivative: ${derivative}`);
    return join(folderOf(id), [id, ...(derivative === undefined ? [] : [derivative]), endings[type]].join('.'));
  };
  const temp = async () => {
    await mkdir(tempDirectory, { recursive: true });
    return join(tempDirectory, newToken());
  };

  return {
    path,
    temp,
    inTurn: createTurns(1),
    receive: async (stream, { maxBytes }) => {
      const chunks = listening(stream);
      return receive(chunks, await temp(), maxBytes);
    },
    discard: async (tempPath) => rm(tempPath, { force: true }),
    keep: async (tempPath, file) => {
      const target = path(file);
      await mkdir(dirname(target), { recursive: true });
      await sync(tempPath, 'r+');
      await rename(tempPath, target);
      await sync(dirname(target), 'r');
    },
    size: async (file) => {
      try {
        return (await stat(path(file))).size;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    open: (file, range) => ({ [Symbol.asyncIterator]: () => createReadStream(path(file), range)[Symbol.asyncIterator]() }),
    remove: async (id) => {
      const folder = folderOf(id);
      const names = (await namesIn(folder)).filter((name) => name.startsWith(`${id}.`));
      for (const name of names) await rm(join(folder, name), { force: true });
    },
    sweepTemp: async (olderThan) => {
      let swept = 0;
      for (const name of await namesIn(tempDirectory)) {
        const file = join(tempDirectory, name);
        // A file may be kept or discarded between listing and looking.
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
        if (mtimeMs >= olderThan) continue;
        await rm(file, { force: true });
        swept += 1;
      }
      return swept;
    },
  };
}

/**
 * Asks for the first chunk before anything else is waited for: a Node stream that fails while nobody listens ends the
 * process, and a client may go away at any moment.
 */
function listening(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(() => undefined);
  let begun = false;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (begun) return iterator.next();
        begun = true;
        return first;
      },
      return: async () => iterator.return?.() ?? { done: true, value: undefined },
    }),
  };
}

async function receive(stream: AsyncIterable<Uint8Array>, path: string, maxBytes: number): Promise<TempFile | MediaProblem> {
  const handle = await open(path, 'wx', 0o600);
  let bytes = 0;
  let writing = false;
  let done = false;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > maxBytes) return problem('too_large', `This file is larger than ${sizeText(maxBytes)}.`);
      writing = true;
      await handle.appendFile(chunk);
      writing = false;
    }
    done = true;
    return { path, bytes };
  } catch (error) {
    if (writing) throw error;
    return problem('interrupted', 'The upload broke off. Try again.');
  } finally {
    await handle.close();
    if (!done) await rm(path, { force: true });
  }
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
