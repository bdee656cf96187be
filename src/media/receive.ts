import { open, rm, statfs } from 'node:fs/promises';
import { isVideo } from '../domain/media.ts';
import { sizeText } from '../domain/units.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { pictureBounds } from './probe.ts';
import { isProblem, problem, type MediaProblem } from './problem.ts';
import { sniff, sniffBytes } from './sniff.ts';
import { videoBounds } from './video.ts';

/** A file in the making. Whoever has one keeps or discards it; what a crash leaves is swept. */
export interface TempFile {
  path: string;
  bytes: number;
}

/** What may come in: so many bytes of anything, or what the first bytes say that it is. */
export type Limit = Admitted | ((head: Buffer) => Admitted | MediaProblem);

export interface Admitted {
  maxBytes: number;
  /** Bytes that are announced, where the disk must be asked for room first. */
  needs?: number;
}

/** Room on a disk, in bytes. */
export interface Room {
  free: number;
  total: number;
}

/** How much of a disk stays free: a tenth of it, on a large one 1 GB. The database must never meet a full disk. */
const reserveOf = ({ total }: Room) => Math.min(total / 10, 1_000_000_000);

/** How often the disk is asked again while a large file comes in. */
const askEvery = 64_000_000;

/**
 * A limit for whatever can be a medium: pictures and videos have their own, everything else is refused before it is read.
 * `announced` is what the sender says that it will send, in bytes.
 */
export function mediaLimit(announced = 0): Limit {
  return (head) => {
    const type = sniff(head);
    if (typeof type !== 'string') return type;
    return isVideo(type) ? { maxBytes: videoBounds.bytes, needs: Math.min(announced, videoBounds.bytes) } : { maxBytes: pictureBounds.bytes };
  };
}

/** A limit for archives, as large as the largest medium; whatever is none is refused before it is read. */
export function archiveLimit(announced = 0): Limit {
  return (head) => (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))
    ? { maxBytes: videoBounds.bytes, needs: Math.min(announced, videoBounds.bytes) }
    : problem('unsupported', t.notAZip));
}

export async function roomIn(directory: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { free: bavail * bsize, total: blocks * bsize };
}

/**
 * Asks for the first chunk before anything else is waited for: a Node stream that fails while nobody listens ends the
 * process, and a client may go away at any moment.
 */
export function listening(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
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

/** Streams to a new file. On any failure nothing stays behind; a broken disk throws. */
export async function receive(
  stream: AsyncIterable<Uint8Array>, path: string, limit: Limit, room: () => Promise<Room>,
): Promise<TempFile | MediaProblem> {
  const handle = await open(path, 'wx', 0o600);
  let bytes = 0;
  let ours = false;
  let done = false;
  try {
    const admission = admissionTo(limit, room);
    for await (const chunk of stream) {
      bytes += chunk.length;
      ours = true;
      const refused = await admission.refusal(chunk, bytes);
      if (refused) return refused;
      await handle.appendFile(chunk);
      ours = false;
    }
    ours = true;
    const refused = await admission.end();
    if (refused) return refused;
    done = true;
    return { path, bytes };
  } catch (error) {
    if (ours) throw error;
    return problem('interrupted', t.uploadBroke);
  } finally {
    await handle.close();
    if (!done) await rm(path, { force: true });
  }
}

/** Holds what comes in to its limit, from the chunk on with which its first bytes are known. */
function admissionTo(limit: Limit, room: () => Promise<Room>) {
  let head: Buffer | null = Buffer.alloc(0);
  let admitted: Admitted | null = null;
  let asked = 0;

  async function admit(found: Buffer): Promise<MediaProblem | null> {
    const answer = typeof limit === 'function' ? limit(found) : limit;
    if (isProblem(answer)) return answer;
    admitted = answer;
    head = null;
    return answer.needs === undefined ? null : roomProblem(await room(), answer.needs);
  }

  return {
    async refusal(chunk: Uint8Array, bytes: number): Promise<MediaProblem | null> {
      if (head) {
        head = Buffer.concat([head, chunk.subarray(0, sniffBytes)]);
        const refused = typeof limit !== 'function' || head.length >= sniffBytes ? await admit(head) : null;
        if (refused) return refused;
      }
      if (!admitted) return null;
      if (bytes > admitted.maxBytes) return problem('too_large', t.tooLarge(sizeText(admitted.maxBytes)));
      if (admitted.needs === undefined || bytes < asked + askEvery) return null;
      asked = bytes;
      return roomProblem(await room(), 0);
    },
    /** What a file that was too short to be known at once comes to. */
    async end(): Promise<MediaProblem | null> {
      return head ? admit(head) : null;
    },
  };
}

/** Null where the disk has room for so many bytes more. */
export function roomProblem(room: Room, needs: number): MediaProblem | null {
  if (room.free - needs >= reserveOf(room)) return null;
  return problem('no_space', t.noRoom);
}
