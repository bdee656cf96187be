import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
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
 * disk for good, or not at all. Throws what an entry throws.
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

export interface ZipIndex {
  entries: ReadonlyMap<string, Entry>;
  /** Its bytes; more than it says that it has are an error. */
  read(name: string): Promise<Readable>;
  close(): void;
}

/** Why an archive is not read. */
export class ZipProblem extends Error {
  override name = 'ZipProblem';
}

/** Reads the table of contents. Throws `ZipProblem` for what is none, is encrypted, names files outside of itself, or has more than `max` files. */
export async function openZip(file: string, max: number): Promise<ZipIndex> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true }, (error, opened) => {
      if (error) reject(new ZipProblem('This is not a ZIP file, or it is damaged.', { cause: error }));
      else resolve(opened);
    });
  });
  const entries = new Map<string, Entry>();
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', (error: Error) => reject(new ZipProblem(/relative path|absolute path|invalid characters/u.test(error.message)
        ? 'It names a file outside of itself.' : 'Its table of contents is damaged.', { cause: error })));
      zip.on('end', () => resolve());
      zip.on('entry', (entry: Entry) => {
        if (entries.size >= max) return reject(new ZipProblem(`It has more than ${max} files.`));
        if (entry.isEncrypted()) return reject(new ZipProblem('It is encrypted.'));
        if (entries.has(entry.fileName)) return reject(new ZipProblem('It has a file twice.'));
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
      if (!entry) return reject(new ZipProblem(`${name} is missing in it.`));
      zip.openReadStream(entry, (error, stream) => (error ? reject(new ZipProblem(`${name} in it cannot be read.`, { cause: error })) : resolve(stream)));
    }),
    close: () => zip.close(),
  };
}
