import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { MediaType } from '../domain/media.ts';
import { sizeText } from '../domain/units.ts';
import type { Assets } from '../lib/assets.ts';
import type { ZipEntry } from '../lib/zip.ts';
import { UsageError } from '../lib/usage-error.ts';
import { createStorage } from '../media/storage.ts';
import { copyDatabase, inspectDatabase, noteBackup, type Inspected } from '../store/instance/copy.ts';
import { databaseName } from '../store/open.ts';

/** What an archive says of itself, in its first member. */
export interface Manifest {
  format: 1;
  /** ISO 8601. */
  madeAt: string;
  migration: string;
  withKey: boolean;
  media: number;
}

export const manifestName = 'backup.json';
export const keyName = 'secret.key';
/** What was erased for good stays erased when an older backup is put back. */
export const erasuresName = 'erasures.jsonl';

/** Copies the whole instance into one archive, beside a server that goes on working. */
export async function backup(config: Config, _assets: Assets, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { 'with-key': { type: 'boolean', default: false } }, allowPositionals: true });
  const file = positionals[0] && resolve(positionals[0]);
  if (!file) throw new UsageError('Say where to: postmaster backup FILE.');
  if (existsSync(file)) throw new UsageError(`${file} is there already. Give another name, or move it away.`);
  if (!existsSync(dirname(file))) throw new UsageError(`There is no folder ${dirname(file)}.`);
  if (!existsSync(join(config.dataDir, databaseName))) throw new UsageError(`There is no instance in ${config.dataDir}. DATA_DIR says which one.`);

  // Beside the archive: it has to hold all of it anyway.
  const temp = mkdtempSync(`${file}-`);
  try {
    const copy = join(temp, databaseName);
    copyDatabase(config.dataDir, copy);
    const found = inspectDatabase(copy);
    const media = await filesOf(config.dataDir, found);
    const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), migration: found.migration, withKey: values['with-key'], media: found.media.length };
    const erasures = join(config.dataDir, erasuresName);
    const { writeZip } = await import('../lib/zip.ts');
    await writeZip(file, entries([
      { name: manifestName, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), stored: true },
      { name: databaseName, path: copy },
      ...(existsSync(erasures) ? [{ name: erasuresName, path: erasures }] : []),
      ...(values['with-key'] ? [{ name: keyName, bytes: keyOf(config), stored: true }] : []),
      ...media.packed,
    ]), new Date());
    const noted = noteBackup(config.dataDir, Date.now());
    process.stdout.write([
      `${file}, ${sizeText(statSync(file).size)}: ${told(found)}.`,
      ...(media.missing > 0 ? [`${media.missing} media have no file on disk, so they are not in it.`] : []),
      values['with-key']
        ? 'The secret key is in it: whoever has this file can use the connected accounts. Keep it accordingly.'
        : 'The secret key is not in it. Keep it apart: without it every account must be connected anew.',
      'Logs and settings from the environment are not in it.',
      ...(noted ? [] : ['The dashboard could not be told of it: the database cannot be written from here.']),
    ].join('\n').concat('\n'));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** What goes into a backup: a file as it lies on disk, or bytes. */
type Packed = { name: string; stored?: boolean } & ({ path: string } | { bytes: Buffer });

/** Each file is opened when its turn comes. */
async function* entries(packed: readonly Packed[]): AsyncGenerator<ZipEntry> {
  for (const one of packed) yield { name: one.name, stored: one.stored ?? false, bytes: 'path' in one ? createReadStream(one.path) : Readable.from([one.bytes]) };
}

/** What is in a database, in words. */
export function told({ rows }: Inspected): string {
  const of = (table: string, one: string, many: string) => `${rows[table] ?? 0} ${rows[table] === 1 ? one : many}`;
  return [
    of('users', 'person', 'people'), of('workspaces', 'workspace', 'workspaces'), of('channels', 'channel', 'channels'), of('posts', 'post', 'posts'),
    of('publications', 'publication', 'publications'), of('media', 'file', 'files'),
  ].join(', ');
}

/** The files of all media with their derivatives. One deleted since the copy was made is missed by nobody but this count. */
async function filesOf(dataDir: string, { media }: Inspected): Promise<{ packed: Packed[]; missing: number }> {
  const storage = createStorage(join(dataDir, 'media'));
  const packed: Packed[] = [];
  let missing = 0;
  for (const { id, type } of media) {
    const path = storage.path({ id, type: type as MediaType });
    if (!existsSync(path)) {
      missing += 1;
      continue;
    }
    for (const name of await readdir(dirname(path))) {
      if (name.startsWith(`${id}.`)) packed.push({ name: memberOf(id, name), path: join(dirname(path), name), stored: true });
    }
  }
  return { packed, missing };
}

/** Where a file of a medium lies in an archive, as in the data directory. */
export function memberOf(id: string, name: string): string {
  return `media/${id.slice(-2)}/${name}`;
}

function keyOf({ secretKey, dataDir }: Config): Buffer {
  return secretKey === undefined ? readFileSync(join(dataDir, keyName)) : Buffer.from(`${secretKey}\n`);
}
