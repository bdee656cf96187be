import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOrCreateSecretKey, openKeyRing } from '../lib/secrets/seal.ts';
import { openStore } from '../store/open.ts';
import { migrations } from '../testing/store.ts';
import { seedChannel, seedPost } from '../testing/world.ts';
import { startProgram, type Program } from '../testing/program.ts';

const root = join(import.meta.dirname, '../..');

/** Runs the bundle as a shell would. */
function postmaster(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/main.js', ...args], { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}

describe('the program', () => {
  let program: Program;
  beforeAll(async () => { program = await startProgram({ LOG_LEVEL: 'warn' }); });
  afterAll(() => program.close());
  const here = () => ({ DATA_DIR: program.dataDir });

  it('says what it can do, and what it cannot', async () => {
    expect((await postmaster(['--help'])).out).toContain('postmaster serve');
    expect((await postmaster(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect(await postmaster(['fly'])).toMatchObject({ code: 1, err: 'There is no "fly". See postmaster --help.\n' });
  });

  it('makes people while the server runs, and tells what is wrong in a sentence', async () => {
    const made = await postmaster(['user', 'create', '--name', 'Grace', '--email', 'grace@example.org', '--password', 'a long enough password'], here());
    expect(JSON.parse(made.out)).toEqual({ userId: expect.any(String) as string, workspaceId: expect.any(String) as string });
    const again = await postmaster(['user', 'create', '--name', 'Grace', '--email', 'grace@example.org', '--password', 'a long enough password'], here());
    expect(again).toMatchObject({ code: 1, err: 'There is an account with this e-mail already. Log in instead.\n' });
    expect(await postmaster(['user', 'create', '--name', 'Grace'], here())).toMatchObject({ code: 1, err: '--email is missing.\n' });
    expect(await postmaster(['user', 'reset-password', '--email', 'no@example.org', '--password', 'a long enough password'], here())).toMatchObject({ code: 1, err: 'Nobody here has this e-mail.\n' });
    expect((await postmaster(['user', 'reset-password', '--email', 'grace@example.org', '--password', 'another long password'], here())).code).toBe(0);
  });

  it('is one: a second server on the same data is refused at once', async () => {
    const second = await postmaster(['serve'], { ...here(), PORT: '0' });
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('Another Post Master is running on this data directory') as string });
  });

  it('checks its own health', async () => {
    expect((await postmaster(['healthcheck'], { PORT: String(program.port) })).code).toBe(0);
    expect((await postmaster(['healthcheck'], { PORT: '1' })).code).toBe(1);
    await expect.poll(async () => (await fetch(`${program.url}/readyz`)).status, { timeout: 5_000 }).toBe(200);
  });

  it('keeps its key and its data to itself', () => {
    expect(statSync(join(program.dataDir, 'secret.key')).mode & 0o077).toBe(0);
    expect(statSync(join(program.dataDir, 'postmaster.db')).mode & 0o077).toBe(0);
  });

  it('stops when it is asked to, well within its 25 seconds, and starts again on the same data', async () => {
    await program.kill('SIGTERM');
    expect((await postmaster(['migrate'], here())).out).toBe('The database is up to date.\n');
    await program.restart();
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  });

  it('sends nothing by itself that an older copy of the data still has waiting', async () => {
    await program.kill('SIGTERM');
    const { secret } = await loadOrCreateSecretKey(join(program.dataDir, 'secret.key'));
    const { store } = openStore(program.dataDir, migrations, openKeyRing(secret), Date.now());
    const world = await seedChannel(store, 'sandbox', { grant: { page: 'p' }, target: { remoteId: 'p', name: 'S', handle: '', url: null, avatarUrl: null } });
    const due = await seedPost(store, world, 'sandbox', { parts: [{ text: 'due meanwhile', media: [] }] }, {}, Date.now() - 60_000);
    const later = await seedPost(store, world, 'sandbox', { parts: [{ text: 'due later', media: [] }] }, {}, Date.now() + 3_600_000);
    expect((await postmaster(['restored'], here())).out).toContain('1 posts were due before now');
    await program.restart();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await store.publications.get(world.workspaceId, due.publicationId)).toMatchObject({ status: 'unconfirmed', failure: { code: 'restored' } });
    expect(await store.publications.get(world.workspaceId, later.publicationId)).toMatchObject({ status: 'scheduled' });
    expect(await store.local.ofChannel(world.workspaceId, world.channelId, 9)).toEqual([]);
    store.close();
  });

  it('rotates its key, and refuses a wrong one with a sentence', async () => {
    await program.kill('SIGTERM');
    const wrong = await postmaster(['serve'], { ...here(), SECRET_KEY: 'some-other-key-altogether-wrong' });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('The secret key does not open this database') as string });
    const old = readFileSync(join(program.dataDir, 'secret.key'), 'utf8').trim();
    const both = { ...here(), SECRET_KEY: `a-brand-new-key-for-everything,${old}` };
    expect((await postmaster(['rotate-key'], both)).out).toMatch(/^\d+ secrets are sealed with the newest key\.\n$/u);
    expect((await postmaster(['migrate'], { ...here(), SECRET_KEY: 'a-brand-new-key-for-everything' })).code).toBe(0);
    expect((await postmaster(['migrate'], here())).code).toBe(1);
  });

  it('takes secrets from files and names what it cannot follow', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'postmaster-'));
    writeFileSync(join(dir, 'key'), 'a-key-from-a-file-for-this-test\n');
    chmodSync(join(dir, 'key'), 0o600);
    expect((await postmaster(['migrate'], { DATA_DIR: dir, SECRET_KEY_FILE: join(dir, 'key') })).code).toBe(0);
    expect((await postmaster(['migrate'], { DATA_DIR: dir, SECRET_KEY: 'a-key-from-a-file-for-this-test' })).code).toBe(0);
    for (const [name, value] of [['PORT', 'x'], ['PUBLIC_URL', 'ftp://x'], ['UPSTREAMS', 'https://a.example=https://b.example'], ['REGISTRATION', 'maybe'], ['SECRET_KEY_FILE', '/nowhere'], ['LOG_LEVEL', 'loud'], ['TICK_MS', '0']] as const) {
      const told = await postmaster(['migrate'], { DATA_DIR: dir, [name]: value });
      expect(told.code, name).toBe(1);
      expect(told.err, name).toContain(name === 'UPSTREAMS' ? 'loopback' : name);
      expect(told.err.split('\n').length, name).toBe(2);
    }
    rmSync(dir, { recursive: true });
  });
});
