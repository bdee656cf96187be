import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';

// To be imported when an archive is at hand: a server that makes none need not keep what this takes.

/** What goes into an archive: a file as it lies on disk, or bytes. */
export type Packed = { name: string; compress: boolean } & ({ path: string } | { bytes: Buffer });

export interface Member {
  name: string;
  bytes: number;
}

/** An archive is broken or not one at all; the message says it in a sentence. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}

/** Writes a ZIP archive that only its owner may read. It has its name once it is whole and on disk. */
export async function writeArchive(file: string, members: readonly Packed[]): Promise<void> {
  const zip = new ZipFile();
  const part = `${file}.part`;
  const failed = new Promise<never>((_, reject) => { zip.on('error', reject); });
  try {
    for (const member of members) {
      if ('path' in member) zip.addFile(member.path, member.name, { compress: member.compress });
      else zip.addBuffer(member.bytes, member.name, { compress: member.compress });
    }
    zip.end();
    await Promise.race([pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600 })), failed]);
    const handle = await open(part, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Reads every member of an archive, whole, and gives what they are. Into `folder`, where one is given, they are written
 * meanwhile; names that lead out of it are refused. Throws ArchiveError for what is broken.
 */
export async function readArchive(file: string, folder: string | null): Promise<Member[]> {
  const zip = await openPromise(file).catch((error: unknown) => { throw broken('It cannot be read', error); });
  const members: Member[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const checked = checking(entry.fileName, entry.crc32);
      const source = await zip.openReadStreamPromise(entry);
      if (folder === null) await pipeline(source, checked, devNull);
      else {
        const path = join(folder, entry.fileName);
        await mkdir(dirname(path), { recursive: true });
        await pipeline(source, checked, createWriteStream(path, { mode: 0o600 }));
      }
      members.push({ name: entry.fileName, bytes: entry.uncompressedSize });
    }
  } catch (error) {
    throw error instanceof ArchiveError ? error : broken('It is damaged', error);
  } finally {
    zip.close();
  }
  return members;
}

async function devNull(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** Lets bytes through and fails at their end when they are not those that were put in. */
function checking(name: string, expected: number): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === expected ? null : new ArchiveError(`"${name}" in it is damaged.`));
    },
  });
}

function broken(said: string, cause: unknown): ArchiveError {
  return new ArchiveError(`${said}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
}
