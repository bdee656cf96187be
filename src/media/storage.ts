import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MediaType } from '../domain/media.ts';
import { isId } from '../lib/ids.ts';
import { newToken } from '../lib/secrets/tokens.ts';
import { createTurns, type InTurn } from '../lib/turns.ts';
import type { MediaProblem } from './problem.ts';
import { listening, receive, roomIn, type Limit, type Room, type TempFile } from './receive.ts';

/** A kept file: the medium itself, or one of its derivatives (`thumb`, a rule's hash). */
export interface StoredFile {
  id: string;
  type: MediaType;
  derivative?: string;
}

/** A WebP of at most 640 pixels on a side; of an animation the first frame. Every medium has one. */
export function thumbnailOf(id: string): StoredFile {
  return { id, type: 'image/webp', derivative: 'thumb' };
}

/** Bytes on disk: `ab/<id>.<ext>`, derivatives beside it as `ab/<id>.<derivative>.<ext>`, temporary files in `tmp/`. */
export interface MediaStorage {
  /** Streams an upload to a temporary file. On any failure nothing stays behind; a broken disk throws. */
  receive(stream: AsyncIterable<Uint8Array>, limit: Limit): Promise<TempFile | MediaProblem>;
  /** Where temporary files lie; what is left there for a day is swept. */
  tempDirectory: string;
  /** What the disk has left. */
  room(): Promise<Room>;
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
  /** The media that have files here, all of them last written at or before `writtenBy` (epoch ms), each once. */
  kept(writtenBy: number): AsyncIterable<string>;
  /** At the start: removes what an earlier process was writing when it died. Uploads that can go on stay. */
  sweepBroken(): Promise<void>;
  /** Removes temporary files last written before `olderThan` (epoch ms) and says how many. */
  sweepTemp(olderThan: number): Promise<number>;
  /** Decoding takes up to a few hundred MB, so pictures and stills are worked on one at a time. */
  inTurn: InTurn;
}

const endings: Record<MediaType, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif',
  'video/mp4': 'mp4', 'video/quicktime': 'mov', 'video/webm': 'webm',
};

/** What the name of a file in the making begins with: the process that makes it is the only one that can end it. */
const writing = 'writing-';

/** File ending without the dot. */
export function endingOf(type: MediaType): string {
  return endings[type];
}

/** `room` says how much the disk has left; another one than the disk's own is for tests. */
export function createStorage(directory: string, room: () => Promise<Room> = () => roomIn(directory)): MediaStorage {
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
    return join(tempDirectory, `${writing}${newToken()}`);
  };

  return {
    path,
    temp,
    tempDirectory,
    room,
    inTurn: createTurns(1),
    receive: async (stream, limit) => {
      const chunks = listening(stream);
      return receive(chunks, await temp(), limit, room);
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
    open: (file, range) => ({ [Symbol.asyncIterator]: () => bytesOf(path(file), range) }),
    remove: async (id) => {
      const folder = folderOf(id);
      const names = (await namesIn(folder)).filter((name) => name.startsWith(`${id}.`));
      for (const name of names) await rm(join(folder, name), { force: true });
    },
    kept: (writtenBy) => keptIn(directory, writtenBy),
    sweepBroken: async () => {
      for (const name of await namesIn(tempDirectory)) if (name.startsWith(writing)) await rm(join(tempDirectory, name), { force: true });
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

async function* bytesOf(path: string, range?: { start: number; end: number }): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, range) as AsyncIterable<Uint8Array>;
}

async function* keptIn(directory: string, writtenBy: number): AsyncGenerator<string> {
  for (const folder of await namesIn(directory)) {
    if (!/^[\da-f]{2}$/u.test(folder)) continue;
    const names = Map.groupBy(await namesIn(join(directory, folder)), (name) => name.split('.', 1)[0] ?? '');
    for (const [id, files] of names) {
      if (!isId(id)) continue;
      // A file that is gone meanwhile does not count.
      const written = await Promise.all(files.map(async (name) => (await stat(join(directory, folder, name)).catch(() => null))?.mtimeMs ?? 0));
      if (Math.max(...written) <= writtenBy) yield id;
    }
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
