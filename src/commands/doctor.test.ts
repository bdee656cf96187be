import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { openSqlite } from '../store/index.ts';
import { openStore } from '../store/open.ts';
import { startProgram, type Program } from '../testing/program.ts';
import { migrations } from '../testing/store.ts';
import { seedChannel, seedMedia, seedPost } from '../testing/world.ts';

const root = join(import.meta.dirname, '../..');

function postmaster(args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/main.js', ...args], { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}

describe('key create', () => {
  let program: Program;
  beforeAll(async () => { program = await startProgram(); });
  afterAll(() => program.close());
  const here = () => ({ DATA_DIR: program.dataDir });

  it('prints a key alone, which opens at once while the server runs', async () => {
    const { workspaceId } = JSON.parse((await postmaster(['user', 'create', '--name', 'Ada', '--email', 'ada@example.org', '--password', 'a long enough password'], here())).out) as { workspaceId: string };
    const made = await postmaster(['key', 'create', '--workspace', workspaceId, '--scopes', 'read'], here());
    expect(made.out).toMatch(/^pm_[\w-]{43}\n$/u);
    const call = (method: string) => fetch(`${program.url}/public/v1/posts?startDate=2026-01-01&endDate=2026-02-01`, { method, headers: { authorization: `Bearer ${made.out.trim()}` } });
    expect([(await call('GET')).status, (await call('POST')).status]).toEqual([200, 403]);
    expect((await postmaster(['key', 'create', '--workspace', workspaceId], here())).out).toMatch(/^pm_/u);
    for (const [args, sentence] of [[[], '--workspace is missing'], [['--workspace', 'x'], 'There is no workspace with this id.'], [['--workspace', workspaceId, '--scopes', 'rule'], '--scopes has "rule"']] as const) {
      expect(await postmaster(['key', 'create', ...args], here())).toMatchObject({ code: 1, out: '', err: expect.stringContaining(sentence) as string });
    }
  });

  it('writes its log to a file of the day, with the address of who asked and without secrets', async () => {
    await program.kill('SIGTERM');
    await program.restart();
    const secret = 'pm_canary-canary-canary-canary-canary-canary-cana';
    await fetch(`${program.url}/public/v1/posts?token=${secret}`, { headers: { authorization: secret, cookie: `session=${secret}` } });
    await program.kill('SIGTERM');
    const folder = join(program.dataDir, 'logs');
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^20\d\d-\d\d-\d\d\.log$/u)]);
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(text).not.toContain('canary');
    expect(program.output()).not.toContain('canary');
    await program.restart();
  });
});

describe('doctor', () => {
  let dir: string;
  const secret = 'a-key-for-the-doctor-and-nothing-else';
  const env = (over: Record<string, string> = {}) => ({ DATA_DIR: dir, SECRET_KEY: secret, ...over });
  const store = () => openStore(dir, migrations, openKeyRing(secret), Date.now()).store;
  const doctor = (over: Record<string, string> = {}) => postmaster(['doctor'], env(over));
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'postmaster-doctor-'));
    expect((await postmaster(['migrate'], env())).code).toBe(0);
  });
  afterAll(() => { rmSync(dir, { recursive: true, force: true }); });

  it('has nothing to say against an instance that is well', async () => {
    const { code, out } = await doctor();
    expect(code, out).toBe(0);
    expect(out).not.toContain('BAD');
    for (const what of ['data directory', 'key', 'database', 'migrations', 'claims', 'clock', 'media', 'disk', 'public address', 'video', 'mail']) expect(out).toMatch(new RegExp(`^ok   ${what} `, 'mu'));
  });

  it.each([
    ['a directory that is not there', { DATA_DIR: '/nowhere/at/all' }, /^BAD {2}data directory .*does not exist/mu],
    ['a wrong key', { SECRET_KEY: 'another-key-that-fits-nothing' }, /^BAD {2}key .*does not open this database/mu],
    ['an address without https', { PUBLIC_URL: 'http://post.example.org' }, /^BAD {2}public address .*is not https/mu],
    ['a mail server that is not there', { SMTP_URL: 'smtp://user:hush-hush@127.0.0.1:1' }, /^BAD {2}mail .*127\.0\.0\.1:1/mu],
  ])('finds %s', async (_what, over, line) => {
    const { code, out } = await doctor(over);
    expect([code, out]).toEqual([1, expect.stringMatching(line) as string]);
    expect(out).not.toContain('hush-hush');
  });

  it('finds a mail server that never answers, and goes on', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => { silent.once('listening', resolve); });
    const { code, out } = await doctor({ SMTP_URL: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    silent.close();
    expect([code, out]).toEqual([1, expect.stringMatching(/^BAD {2}mail /mu) as string]);
  }, 60_000);

  it('finds what others can read, what was being sent, files that are gone and a clock that is behind', async () => {
    chmodSync(join(dir, 'postmaster.db'), 0o644);
    const open = store();
    const world = await seedChannel(open, 'sandbox', { grant: { page: 'p' }, target: { remoteId: 'p', name: 'S', handle: '', url: null, avatarUrl: null } });
    const { publicationId } = await seedPost(open, world, 'sandbox', { parts: [{ text: 'x', media: [] }] }, {}, Date.now());
    await seedMedia(open, world.workspaceId);
    open.close();
    const sqlite = openSqlite(join(dir, 'postmaster.db'));
    sqlite.prepare("update publications set status = 'publishing', locked_by = 'x', locked_until = ?, updated_at = ? where id = ?").run(Date.now() - 3_600_000, Date.now() + 3_600_000, publicationId);
    sqlite.close();
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/^BAD {2}data directory .*chmod 600/mu);
    expect(out).toMatch(/^BAD {2}claims .*1 posts were being sent/mu);
    expect(out).toMatch(/^BAD {2}media .*1 files are not on disk/mu);
    expect(out).toMatch(/^BAD {2}clock .*60 min behind/mu);
  });

  it('finds a damaged file and a newer version, and changes nothing', async () => {
    const before = readdirSync(dir);
    const sqlite = openSqlite(join(dir, 'postmaster.db'));
    sqlite.prepare("insert into migrations values ('9999_future', 'x', 0)").run();
    sqlite.pragma('wal_checkpoint(truncate)');
    sqlite.close();
    expect((await doctor()).out).toMatch(/^BAD {2}migrations .*newer Post Master/mu);
    copyFileSync(join(dir, 'postmaster.db'), join(dir, 'whole'));
    const bytes = readFileSync(join(dir, 'postmaster.db'));
    bytes.fill(0x7f, 8_192, Math.min(bytes.length, 60_000));
    writeFileSync(join(dir, 'postmaster.db'), bytes);
    const { code, out } = await doctor();
    expect([code, out]).toEqual([1, expect.stringMatching(/^BAD {2}database /mu) as string]);
    rmSync(join(dir, 'whole'));
    expect(readdirSync(dir).filter((name) => !name.endsWith('-wal') && !name.endsWith('-shm'))).toEqual(before.filter((name) => !name.endsWith('-wal') && !name.endsWith('-shm')));
  });
});
