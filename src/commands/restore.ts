import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openData } from '../app.ts';
import type { Config } from '../config.ts';
import { keepDays } from '../domain/promise/retention.ts';
import type { Assets } from '../lib/assets.ts';
import { UsageError } from '../lib/usage-error.ts';
import { lockInstance } from '../store/lock.ts';
import { databaseName, readyName, restoringName } from '../store/open.ts';
import { erasuresName, keyName, told } from './backup.ts';
import { doubtDue } from './data.ts';
import { unpacked } from './verify.ts';

/** What makes up an instance. */
const parts = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, 'media', keyName];

/**
 * Puts a backup in the place of what is there. The present data is kept aside; what waits in the backup and was due meanwhile
 * waits for a person. Everything is unpacked, looked over and brought up to date before anything is moved.
 */
export async function restore(config: Config, assets: Assets, [name]: string[]): Promise<void> {
  const { dataDir } = config;
  mkdirSync(dataDir, { recursive: true });
  const release = lockInstance(join(dataDir, 'serve.lock'));
  const staged = join(dataDir, restoringName);
  try {
    if (existsSync(join(staged, readyName))) {
      swap(dataDir, staged);
      return void process.stdout.write('The restore that was interrupted is done now.\n');
    }
    if (!name) throw new UsageError('Say what: postmaster restore FILE.');
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { mode: 0o700 });
    const { manifest, found, problems } = await unpacked(resolve(name), staged);
    takeKey(config, staged);
    const doubted = await readied(config, assets, staged);
    const aside = swap(dataDir, staged);
    process.stdout.write([
      `Put back what was made ${manifest.madeAt}: ${told(found)}.`,
      ...problems,
      ...(aside === null ? [] : [`What was there before is kept in ${aside} for ${keepDays('copies', 'made')} days. It has personal data in it: delete it as soon as you are sure.`]),
      `${doubted} ${doubted === 1 ? 'post was' : 'posts were'} due since. What was waits under "Unconfirmed" until somebody has looked.`,
    ].join('\n').concat('\n'));
  } finally {
    // What could not be used is not left lying there.
    if (!existsSync(join(staged, readyName))) rmSync(staged, { recursive: true, force: true });
    release();
  }
}

/** A backup without a key needs the one that is here, or that the environment has. */
function takeKey({ secretKey, dataDir }: Config, staged: string) {
  const [own, here] = [join(staged, keyName), join(dataDir, keyName)];
  if (existsSync(own) || secretKey !== undefined) return;
  if (!existsSync(here)) throw new UsageError(`The secret key is not in this backup. Put it into ${here} or SECRET_KEY first.`);
  copyFileSync(here, own);
}

/** Opens the unpacked database with the key it needs, brings it up to date and puts in doubt what was due meanwhile. */
async function readied(config: Config, assets: Assets, staged: string): Promise<number> {
  const { store } = await openData({ dataDir: staged, secretKey: config.secretKey }, assets, Date.now);
  try {
    return await doubtDue(store);
  } finally {
    store.close();
  }
}

/**
 * Moves what is there aside and what was unpacked into its place, and gives where the former lies. Two marks tell after a
 * death on the way which of the two was being done, so that calling it again ends it.
 */
function swap(dataDir: string, staged: string): string | null {
  const ready = join(staged, readyName);
  const cleared = join(staged, 'cleared');
  if (!existsSync(ready)) writeFileSync(ready, `replaced-${new Date().toISOString().replaceAll(':', '.')}`);
  const aside = join(dataDir, readFileSync(ready, 'utf8'));
  if (!existsSync(cleared)) {
    for (const part of parts.filter((name) => existsSync(join(dataDir, name)))) {
      // The key of the environment is not in a file; one that is there all the same stays.
      if (part === keyName && !existsSync(join(staged, keyName))) continue;
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(join(dataDir, part), join(aside, part));
    }
    keepErasures(dataDir, staged);
    writeFileSync(cleared, '');
  }
  for (const part of parts) if (existsSync(join(staged, part))) renameSync(join(staged, part), join(dataDir, part));
  rmSync(staged, { recursive: true, force: true });
  return existsSync(aside) ? aside : null;
}

/** Erasures of here and of the backup: what was erased in either stays erased. */
function keepErasures(dataDir: string, staged: string) {
  const [here, theirs] = [dataDir, staged].map((folder) => join(folder, erasuresName)) as [string, string];
  if (!existsSync(theirs)) return;
  const lines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
  const known = new Set(lines(here));
  const missing = lines(theirs).filter((line) => !known.has(line));
  if (missing.length > 0) appendFileSync(here, `${missing.join('\n')}\n`, { mode: 0o600 });
}
