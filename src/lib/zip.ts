import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline as flow, Readable, Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import yazl from 'yazl';

/** One file of an archive in the making. */
export interface ZipEntry {
  name: string;
  /** Read once, when its turn comes. */
  bytes: AsyncIterable<Uint8Array | string>;
  /** Packed already: kept as it is. */
  stored?: boolean;
}

/**
 * Writes an archive entry by entry: never more than a few chunks are in memory. It appears under its name whole and on
 * disk for good, or not at all; only its owner may read it. Throws what an entry throws.
 */
export async function writeZip(file: string, entries: AsyncIterable<ZipEntry>, mtime: Date): Promise<number> {
  const zip = new yazl.ZipFile();
  const part = `${file}.part`;
  const out = pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600 }));
  out.catch(() => undefined);
  try {
    for await (const { name, bytes, stored = false } of entries) {
      const stream = Readable.from(bytes, { objectMode: false });
      zip.addReadStream(stream, name, { mtime, mode: 0o600, compress: !stored });
      await Promise.race([finished(stream, { writable: false }), out.then(() => Promise.reject(new Error('the archive ended early')))]);
    }
    zip.end();
    await out;
  } catch (error) {
    (zip.outputStream as Readable).destroy();
    await out.catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
  const handle = await open(part, 'r+');
  try {
    await handle.sync();
    const { size } = await handle.stat();
    await rename(part, file);
    return size;
  } finally {
    await handle.close();
  }
}

/** What can be wrong with an archive; the sentences for it stand in the catalogue. */
export type ZipFault = 'none' | 'outside' | 'contents' | 'many' | 'encrypted' | 'twice' | 'missing' | 'damaged';

/** Why an archive is not read: `entry` names the file in it, where it is about one. */
export class ZipProblem extends Error {
  override name = 'ZipProblem';
  readonly fault: ZipFault;
  readonly entry: string;
  constructor(fault: ZipFault, entry = '', options?: ErrorOptions) {
    super(`${fault} ${entry}`.trim(), options);
    this.fault = fault;
    this.entry = entry;
  }
}

export interface ZipIndex {
  entries: ReadonlyMap<string, Entry>;
  /** Its bytes. More than it says that it has, or other ones than were put in, are an error. */
  read(name: string): Promise<Readable>;
  close(): void;
}

/** Reads the table of contents. Throws `ZipProblem` for what is none, is encrypted, names files outside of itself, or has more than `max` files. */
export async function openZip(file: string, max = Infinity): Promise<ZipIndex> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true }, (error, opened) => {
      if (error) reject((error as NodeJS.ErrnoException).code === 'ENOENT' ? error : new ZipProblem('none', '', { cause: error }));
      else resolve(opened);
    });
  });
  const entries = new Map<string, Entry>();
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', (error: Error) => reject(new ZipProblem(/relative path|absolute path|invalid characters/u.test(error.message) ? 'outside' : 'contents', '', { cause: error })));
      zip.on('end', () => resolve());
      zip.on('entry', (entry: Entry) => {
        if (entries.size >= max) return reject(new ZipProblem('many', String(max)));
        if (entry.isEncrypted()) return reject(new ZipProblem('encrypted'));
        if (entries.has(entry.fileName)) return reject(new ZipProblem('twice'));
        entries.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.readEntry();
    });
  } catch (error) {
    zip.close();
    throw error;
  }
  return {
    entries,
    read: (name) => new Promise((resolve, reject) => {
      const entry = entries.get(name);
      if (!entry) return reject(new ZipProblem('missing', name));
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(new ZipProblem('damaged', name, { cause: error }));
        const checked = checking(entry);
        // What breaks off is told by the stream that is handed out.
        flow(stream, checked, () => undefined);
        return resolve(checked);
      });
    }),
    close: () => zip.close(),
  };
}

/** Writes every file of an archive below a folder, looking at every byte, and gives how large each is. */
export async function unpackZip(file: string, folder: string): Promise<ReadonlyMap<string, number>> {
  const zip = await openZip(file);
  try {
    const sizes = new Map<string, number>();
    for (const [name, { uncompressedSize }] of zip.entries) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      const from = await zip.read(name);
      await pipeline(from, createWriteStream(path, { mode: 0o600 })).catch((error: unknown) => { throw error instanceof ZipProblem ? error : new ZipProblem('damaged', name, { cause: error }); });
      sizes.set(name, uncompressedSize);
    }
    return sizes;
  } finally {
    zip.close();
  }
}

/** Lets bytes through and fails at their end when they are not those that were put in: yauzl (3.4) does not look. */
function checking({ fileName, crc32: expected }: Entry): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === expected ? null : new ZipProblem('damaged', fileName));
    },
  });
}
