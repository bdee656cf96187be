import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newToken } from './tokens.ts';

export interface SecretKey {
  /** What `openKeyRing` takes. */
  secret: string;
  created: boolean;
  /** One sentence for the operator; null when all is well. */
  warning: string | null;
}

/** 256 random bits as base64url. */
export function newSecretKey(): string {
  return newToken();
}

/**
 * Reads the key file, or makes it (0600) when there is none. Two processes that start at once end with the same key: the
 * file appears whole by `link`, which never replaces. An existing file is never written, whatever it holds: a new key
 * would make every stored grant unreadable.
 */
export async function loadOrCreateSecretKey(file: string): Promise<SecretKey> {
  const found = await read(file);
  if (found) return { ...found, created: false };
  const created = await create(file);
  const made = await read(file);
  if (!made) throw new Error(`The key file ${file} was removed while it was being made.`);
  return { ...made, created };
}

async function read(file: string): Promise<Omit<SecretKey, 'created'> | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const secret = text.trim();
  if (secret === '') throw new Error(`The key file ${file} is empty. Restore it from a backup, or remove it if nothing was ever sealed.`);
  const { mode } = await stat(file);
  const shared = process.platform !== 'win32' && (mode & 0o077) !== 0;
  return { secret, warning: shared ? `Others on this machine can read ${file}. Run: chmod 600 ${file}` : null };
}

/** False when somebody else was faster. */
async function create(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const temp = `${file}.${newToken()}.tmp`;
  const handle = await open(temp, 'wx', 0o600);
  try {
    await handle.writeFile(`${newSecretKey()}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temp, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temp);
    await syncDirectory(dirname(file));
  }
}

/** Without this a power cut may forget the name of a file whose content is safe. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
