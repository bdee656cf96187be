import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrCreateSecretKey } from './secret-key.ts';
import { openKeyRing } from './seal.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'secret-key-'));
  file = join(directory, 'data', 'secret.key');
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

test('made once, owner only, nothing left beside it', async () => {
  const first = await loadOrCreateSecretKey(file);
  expect(first).toMatchObject({ created: true, warning: null });
  expect(await loadOrCreateSecretKey(file)).toEqual({ secret: first.secret, created: false, warning: null });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'data'))).toEqual(['secret.key']);
  expect(Buffer.from(first.secret, 'base64url')).toHaveLength(32);
  openKeyRing(first.secret);
});

test('many at once end with the same key, and one of them made it', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, async () => loadOrCreateSecretKey(file)));
  expect(new Set(all.map(({ secret }) => secret)).size).toBe(1);
  expect(all.filter(({ created }) => created)).toHaveLength(1);
  expect(await readdir(join(directory, 'data'))).toEqual(['secret.key']);
});

test('two processes at once end with the same key', async () => {
  const code = `import('${new URL('secret-key.ts', import.meta.url).href}').then(async (m) => console.log((await m.loadOrCreateSecretKey(process.argv[1])).secret))`;
  const run = async () => new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.on('error', reject).on('close', () => resolve(out.trim()));
  });
  const [one, two] = await Promise.all([run(), run()]);
  expect(one).toMatch(/^[\w-]{43}$/u);
  expect(two).toBe(one);
  expect((await readFile(file, 'utf8')).trim()).toBe(one);
});

test('a file that others can read is used with a warning', async () => {
  await loadOrCreateSecretKey(file);
  await chmod(file, 0o640);
  const { warning } = await loadOrCreateSecretKey(file);
  expect(warning).toContain('chmod 600');
});

test('an empty file is never overwritten', async () => {
  await loadOrCreateSecretKey(file);
  await writeFile(file, '\n');
  await expect(loadOrCreateSecretKey(file)).rejects.toThrow(/is empty/u);
  expect(await readFile(file, 'utf8')).toBe('\n');
});
