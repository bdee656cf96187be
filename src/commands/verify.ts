import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { MediaType } from '../domain/media.ts';
import type { Assets } from '../lib/assets.ts';
import { zipTexts } from '../domain/texts/refusals/privacy.ts';
import { UsageError } from '../lib/usage-error.ts';
import { endingOf } from '../media/storage.ts';
import { inspectDatabase, type Inspected } from '../store/instance/copy.ts';
import { databaseName } from '../store/open.ts';
import { manifestName, memberOf, told, type Manifest } from './backup.ts';

/** Reads a whole archive and says whether everything is there. Ends badly when something is not. */
export async function verify(_config: Config, _assets: Assets, [name]: string[]): Promise<void> {
  if (!name) throw new UsageError('Say what: postmaster verify FILE.');
  const folder = mkdtempSync(join(tmpdir(), 'postmaster-verify-'));
  try {
    const { manifest, found, problems } = await unpacked(resolve(name), folder);
    process.stdout.write(`Made ${manifest.madeAt}, ${manifest.withKey ? 'with' : 'without'} the secret key: ${told(found)}.\n`);
    if (problems.length > 0) throw new UsageError(problems.join('\n'));
    process.stdout.write('Everything is there and whole.\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Unpacked {
  manifest: Manifest;
  found: Inspected;
  /** What is wrong with it, in sentences; a database that is unsound throws instead. */
  problems: string[];
}

/** Unpacks an archive, looking at every byte of it. */
export async function unpacked(file: string, folder: string): Promise<Unpacked> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  // Loaded only now: a server that reads none need not keep what this takes.
  const { unpackZip, ZipProblem } = await import('../lib/zip.ts');
  try {
    const sizes = await unpackZip(file, folder);
    const manifest = manifestIn(folder);
    const found = inspectDatabase(join(folder, databaseName));
    if (found.problems.length > 0) throw new Error(`Its database is not sound: ${found.problems.slice(0, 5).join('; ')}.`);
    return { manifest, found, problems: problemsOf(found, sizes) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof ZipProblem ? zipTexts[error.fault](error.entry) : error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is not a whole backup. ${why}`, { cause: error });
  }
}

function manifestIn(folder: string): Manifest {
  const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Partial<Manifest>;
  if (manifest.format !== 1) throw new Error('It was made by a newer Post Master.');
  return manifest as Manifest;
}

/** Every row's file must be there, at its size. */
function problemsOf({ media }: Inspected, sizes: ReadonlyMap<string, number>): string[] {
  return media.flatMap(({ id, type, bytes }) => {
    const size = sizes.get(memberOf(id, `${id}.${endingOf(type as MediaType)}`));
    return size === bytes ? [] : [`The file of medium ${id} ${size === undefined ? 'is missing' : `has ${size} bytes instead of ${bytes}`}.`];
  });
}
