import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOrCreateSecretKey, openKeyRing } from '../lib/secrets/seal.ts';
import { createStorage } from '../media/storage.ts';
import { openStore } from '../store/open.ts';
import { startProgram, type Program } from '../testing/program.ts';
import { migrations } from '../testing/store.ts';
import { seedChannel, seedMedia, seedPost, type World } from '../testing/world.ts';

const root = join(import.meta.dirname, '../..');
let program: Program;
let folder: string;
let world: World;
let mediaId: string;

function postmaster(args: string[], env: Record<string, string> = { DATA_DIR: program.dataDir }): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/main.js', ...args], { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}

async function opened(dataDir = program.dataDir) {
  const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
  return openStore(dataDir, migrations, openKeyRing(secret), Date.now()).store;
}

beforeAll(async () => {
  program = await startProgram({ LOG_LEVEL: 'warn' });
  folder = mkdtempSync(join(tmpdir(), 'postmaster-backups-'));
  const store = await opened();
  world = await seedChannel(store, 'sandbox', { grant: { page: 'p' }, target: { remoteId: 'p', name: 'S', handle: '', url: null, avatarUrl: null } });
  mediaId = await seedMedia(store, world.workspaceId);
  const path = createStorage(join(program.dataDir, 'media')).path({ id: mediaId, type: 'image/png' });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(100, 7));
  writeFileSync(path.replace('.png', '.thumb.webp'), 'thumb');
  await seedPost(store, world, 'sandbox', { parts: [{ text: 'due soon', media: [] }] }, {}, Date.now() + 3_000_000);
  store.close();
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('backup, verify and restore', () => {
  it('copies everything beside the running server, for its owner alone, and says what is in it', async () => {
    const file = join(folder, 'one.zip');
    const made = await postmaster(['backup', file]);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('1 person, 1 workspace, 1 channel, 1 post, 1 publication, 1 file');
    expect(made.out).toContain('The secret key is not in it.');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['one.zip']);
    expect(readFileSync(file).includes(readFileSync(join(program.dataDir, 'secret.key'), 'utf8').trim())).toBe(false);
    expect(await postmaster(['backup', file])).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string });
    expect(await postmaster(['verify', file])).toMatchObject({ code: 0, out: expect.stringContaining('Everything is there and whole.') as string });
  });

  it('sees a flipped bit, a cut end, a missing file and what is no backup at all', async () => {
    const bytes = readFileSync(join(folder, 'one.zip'));
    const bad = join(folder, 'bad.zip');
    const flipped = Buffer.from(bytes);
    const at = bytes.indexOf(Buffer.alloc(100, 7));
    flipped[at + 50] = 8;
    for (const [content, said] of [[flipped, 'is damaged'], [bytes.subarray(0, bytes.length - 200), 'This is not a ZIP file'], [Buffer.from('hello'), 'This is not a ZIP file']] as const) {
      writeFileSync(bad, content);
      expect(await postmaster(['verify', bad])).toMatchObject({ code: 1, err: expect.stringContaining(said) as string });
    }
    const storage = createStorage(join(program.dataDir, 'media'));
    const path = storage.path({ id: mediaId, type: 'image/png' });
    renameSync(path, `${path}.away`);
    rmSync(bad);
    expect((await postmaster(['backup', bad])).out).toContain('1 media have no file on disk');
    renameSync(`${path}.away`, path);
    expect(await postmaster(['verify', bad])).toMatchObject({ code: 1, err: `The file of medium ${mediaId} is missing.\n` });
    rmSync(bad);
  });

  it('refuses to restore while a server serves', async () => {
    expect(await postmaster(['restore', join(folder, 'one.zip')])).toMatchObject({ code: 1, err: expect.stringContaining('Another Post Master is running') as string });
  });

  it('puts a backup back, keeps what was there, doubts what was due since, and keeps every erasure', async () => {
    appendFileSync(join(program.dataDir, 'erasures.jsonl'), '{"id":"before"}\n');
    await postmaster(['backup', join(folder, 'two.zip')]);
    writeFileSync(join(program.dataDir, 'erasures.jsonl'), '{"id":"since"}\n');
    await program.kill('SIGTERM');
    const before = await opened();
    const due = await seedPost(before, world, 'sandbox', { parts: [{ text: 'was due', media: [] }] }, {}, Date.now() - 60_000);
    before.close();
    await postmaster(['backup', join(folder, 'due.zip')]);
    const since = await opened();
    await seedMedia(since, world.workspaceId);
    since.close();

    const done = await postmaster(['restore', join(folder, 'due.zip')]);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain('1 post was due since.');
    expect(readFileSync(join(program.dataDir, 'erasures.jsonl'), 'utf8')).toBe('{"id":"since"}\n');
    const store = await opened();
    expect(await store.publications.get(world.workspaceId, due.publicationId)).toMatchObject({ status: 'unconfirmed', failure: { code: 'restored' } });
    expect(await store.media.latest(world.workspaceId, null, 9)).toHaveLength(1);
    expect((await store.connections.grant(world.workspaceId, world.connectionId))?.grant).toEqual({ page: 'p' });
    store.close();
    expect(readFileSync(createStorage(join(program.dataDir, 'media')).path({ id: mediaId, type: 'image/png' }))).toEqual(Buffer.alloc(100, 7));
    const aside = readdirSync(program.dataDir).find((name) => name.startsWith('replaced-')) ?? '';
    expect(readdirSync(join(program.dataDir, aside))).toEqual(expect.arrayContaining(['media', 'postmaster.db', 'secret.key']));

    await postmaster(['restore', join(folder, 'two.zip')]);
    expect(readFileSync(join(program.dataDir, 'erasures.jsonl'), 'utf8').split('\n').filter(Boolean).toSorted()).toEqual(['{"id":"before"}', '{"id":"since"}']);
    await program.restart();
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  });

  it('goes to another machine with its key, and says what is missing without', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'postmaster-elsewhere-'));
    expect(await postmaster(['restore', join(folder, 'one.zip')], { DATA_DIR: elsewhere })).toMatchObject({ code: 1, err: expect.stringContaining('The secret key is not in this backup.') as string });
    expect(await postmaster(['restore', join(folder, 'one.zip')], { DATA_DIR: elsewhere, SECRET_KEY: 'a wrong key that is long enough' })).toMatchObject({ code: 1, err: expect.stringContaining('does not open this database') as string });
    expect(existsSync(join(elsewhere, 'postmaster.db'))).toBe(false);
    await postmaster(['backup', join(folder, 'key.zip'), '--with-key']);
    expect(await postmaster(['restore', join(folder, 'key.zip')], { DATA_DIR: elsewhere })).toMatchObject({ code: 0 });
    expect(statSync(join(elsewhere, 'secret.key')).mode & 0o077).toBe(0);
    const store = await opened(elsewhere);
    expect((await store.connections.grant(world.workspaceId, world.connectionId))?.grant).toEqual({ page: 'p' });
    store.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it('notices a restore that was interrupted between two moves, and ends it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-half-'));
    await postmaster(['restore', join(folder, 'key.zip')], { DATA_DIR: dataDir });
    // As a death leaves it that comes when the old database is aside and the new one is not in its place.
    const staged = join(dataDir, 'restoring');
    mkdirSync(staged);
    cpSync(join(dataDir, 'postmaster.db'), join(staged, 'postmaster.db'));
    mkdirSync(join(dataDir, 'replaced-2026'));
    renameSync(join(dataDir, 'postmaster.db'), join(dataDir, 'replaced-2026/postmaster.db'));
    writeFileSync(join(staged, 'ready'), 'replaced-2026');
    expect(await postmaster(['migrate'], { DATA_DIR: dataDir })).toMatchObject({ code: 1, err: 'A restore was interrupted. Run postmaster restore once more to end it.\n' });
    expect(existsSync(join(dataDir, 'postmaster.db'))).toBe(false);
    expect(await postmaster(['restore'], { DATA_DIR: dataDir })).toMatchObject({ code: 0, out: 'The restore that was interrupted is done now.\n' });
    expect(await postmaster(['migrate'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    // The media were moved aside with it: nothing of the two is mixed, nothing is lost.
    expect(readdirSync(join(dataDir, 'replaced-2026'))).toEqual(expect.arrayContaining(['media', 'postmaster.db']));
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('prune by hand', () => {
  it('tells in a dry run what would go at an instant, a line per class, and deletes nothing', async () => {
    const at = new Date(Date.now() + 200 * 86_400_000).toISOString();
    const store = await opened();
    await store.local.put(world.workspaceId, { key: 'entry', channelId: world.channelId, parts: [], at: Date.now() });
    const lines = (await postmaster(['prune', '--dry-run', '--at', at])).out.trim().split('\n').map((line) => JSON.parse(line) as { class: string; rule: string; count: number });
    expect(lines.find((line) => line.class === 'content')).toMatchObject({ rule: expect.stringContaining('words') as string, count: 1 });
    expect(new Set(lines.map((line) => line.class)).size).toBe(lines.length);
    const now = (await postmaster(['prune', '--dry-run'])).out;
    expect(now).toContain('"class":"content"');
    expect(await store.local.get(world.workspaceId, 'entry')).toBeDefined();
    expect(await postmaster(['prune', '--at', 'soon'])).toMatchObject({ code: 1, err: '--at is "soon". It must look like 2026-11-24T09:00:00Z.\n' });

    expect((await postmaster(['prune', '--at', at])).out).toMatch(/^\d+ rows and \d+ files had reached their end and are deleted\.\n$/u);
    expect(await store.local.get(world.workspaceId, 'entry')).toBeUndefined();
    store.close();
  });
});
