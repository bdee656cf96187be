import { access, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsOf } from '../app.ts';
import { missingFiles, orphanRule } from '../actions/retention/orphans.ts';
import type { Config } from '../config.ts';
import { sizeText } from '../domain/units.ts';
import type { Assets } from '../lib/assets.ts';
import { MailError, openMailServer, parseSmtpUrl } from '../lib/mail.ts';
import { openKeyRing, type KeyRing } from '../lib/secrets/seal.ts';
import { createStorage } from '../media/storage.ts';
import { checkup, type Checkup } from '../store/instance/checkup.ts';

interface Finding {
  what: string;
  good: boolean;
  /** What was found and, where it is not good, the one thing to do. */
  said: string;
}

/** Looks at an instance and changes nothing: a line for each thing, and an exit code of 1 when something is wrong. */
export async function doctor(config: Config, assets: Assets): Promise<void> {
  const findings = await findingsOf(config, assets, Date.now());
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, good, said } of findings) process.stdout.write(`${good ? 'ok ' : 'BAD'}  ${what.padEnd(width)}  ${said}\n`);
  if (findings.some(({ good }) => !good)) process.exitCode = 1;
}

export async function findingsOf(config: Config, assets: Assets, now: number): Promise<Finding[]> {
  const { dataDir } = config;
  const outside = await directoryProblem(dataDir);
  if (outside !== null) return [outside, publicUrlFinding(config)];
  const directory = await privacyFinding(dataDir);
  const { ring, finding: key } = await keyOf(config);
  const common = [await diskFinding(dataDir), publicUrlFinding(config), { what: 'video', good: true, said: 'nothing to install: videos go out as they are' }];
  let found: Checkup | null = null;
  try {
    found = await checkup(dataDir, await migrationsOf(assets), ring, now);
    if (!found) return [directory, key, { what: 'database', good: true, said: 'none yet: the first start makes it' }, ...common, await smtpFinding(config, null)];
    const fits = key.good && !found.keyFits ? { what: 'key', good: false, said: 'does not open this database: put back the SECRET_KEY or secret.key that belongs to it' } : key;
    return [directory, fits, ...databaseFindings(found), clockFinding(found, now), ...(await filesFindings(config, found, now)), ...common, await smtpFinding(config, found)];
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (!code.startsWith('SQLITE_')) throw error;
    return [directory, key, { what: 'database', good: false, said: `cannot be read (${code}): stop the server and put back a backup` }, ...common];
  } finally {
    found?.store.close();
  }
}

/** To be read, written and entered, as access(2) has it. */
const reachable = 7;

/** What keeps this and everything else from being looked at. */
async function directoryProblem(dataDir: string): Promise<Finding | null> {
  try {
    await access(dataDir, reachable);
    return null;
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { what: 'data directory', good: false, said: gone ? `${dataDir} does not exist: set DATA_DIR, or start the server once` : `${dataDir} cannot be written: give it to the user that runs Post Master` };
  }
}

async function privacyFinding(dataDir: string): Promise<Finding> {
  const what = 'data directory';
  const open = [];
  for (const name of ['postmaster.db', 'secret.key']) if ((((await stat(join(dataDir, name)).catch(() => null))?.mode ?? 0) & 0o077) !== 0) open.push(join(dataDir, name));
  return open.length === 0 ? { what, good: true, said: dataDir } : { what, good: false, said: `others on this machine can read ${open.join(' and ')}: run chmod 600 on it` };
}

async function keyOf({ secretKey, dataDir }: Config): Promise<{ ring: KeyRing | null; finding: Finding }> {
  const what = 'key';
  const text = secretKey ?? (await readFile(join(dataDir, 'secret.key'), 'utf8').catch(() => null))?.trim();
  if (!text) return { ring: null, finding: { what, good: false, said: 'there is none: put back secret.key or set SECRET_KEY (a first start makes one)' } };
  try {
    return { ring: openKeyRing(text), finding: { what, good: true, said: secretKey === undefined ? 'from secret.key' : 'from SECRET_KEY' } };
  } catch (error) {
    return { ring: null, finding: { what, good: false, said: error instanceof Error ? error.message : 'it cannot be read' } };
  }
}

function databaseFindings({ damage, pending, unknown, stuck }: Checkup): Finding[] {
  return [
    damage.length === 0 ? { what: 'database', good: true, said: 'whole' } : { what: 'database', good: false, said: `${damage.join('; ')}: stop the server and put back a backup` },
    unknown.length > 0 ? { what: 'migrations', good: false, said: `made by a newer Post Master (${unknown.join(', ')}): start that version`  }
      : { what: 'migrations', good: true, said: pending.length === 0 ? 'up to date' : `${pending.length} pending: the next start applies them, after a copy` },
    stuck === 0 ? { what: 'claims', good: true, said: 'none stuck' } : { what: 'claims', good: false, said: `${stuck} posts were being sent when the server stopped: start it, and it goes on with them` },
  ];
}

function clockFinding({ latest }: Checkup, now: number): Finding {
  const what = 'clock';
  const behind = Math.round((latest - now) / 60_000);
  if (behind > 5) return { what, good: false, said: `${behind} min behind what is in the database: set it, else posts go out late` };
  return { what, good: true, said: new Date(now).toISOString() };
}

async function filesFindings(config: Config, { store, pending }: Checkup, now: number): Promise<Finding[]> {
  const what = 'media';
  // An older database may lack what the questions name.
  if (pending.length > 0) return [{ what, good: true, said: 'not looked at before the database is up to date' }];
  const deps = { config, store, storage: createStorage(join(config.dataDir, 'media')), now: () => now };
  const missing = await missingFiles(deps, new AbortController().signal);
  const orphans = (await orphanRule(deps).due(now)).length;
  if (missing > 0) return [{ what, good: false, said: `${missing} files are not on disk: put back the media folder of a backup` }];
  return [{ what, good: true, said: orphans === 0 ? 'every file is there' : `every file is there; ${orphans} that nobody needs go in the night` }];
}

async function diskFinding(dataDir: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const enough = free >= Math.min((blocks * bsize) / 10, 1_000_000_000);
  return { what: 'disk', good: enough, said: enough ? `${sizeText(free)} free` : `only ${sizeText(free)} left: make room, or uploads are refused and then nothing can be written` };
}

function publicUrlFinding({ publicUrl }: Config): Finding {
  const what = 'public address';
  const { protocol, hostname } = new URL(publicUrl);
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol === 'https:' || local) return { what, good: true, said: local ? `${publicUrl}: only this machine reaches it` : publicUrl };
  return { what, good: false, said: `${publicUrl} is not https: networks refuse it, and passwords travel in the open. Put a proxy with a certificate in front and set PUBLIC_URL` };
}

async function smtpFinding({ environment }: Config, found: Checkup | null): Promise<Finding> {
  const what = 'mail';
  const saved = found?.keyFits && found.pending.length === 0 ? (await found.store.settings.all()).find(({ name }) => name === 'SMTP_URL')?.value : undefined;
  const url = environment('SMTP_URL') ?? saved;
  if (url === undefined) return { what, good: true, said: 'not set up: mails wait in the outbox' };
  const read = parseSmtpUrl(url);
  if (!read.ok) return { what, good: false, said: `SMTP_URL: ${read.message}` };
  try {
    (await openMailServer(read.options)).close();
    return { what, good: true, said: 'the server answers and takes the login' };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return { what, good: false, said: error.message };
  }
}
