import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { keepDays, day } from '../../domain/promise/retention.ts';
import { openZip } from '../../lib/zip.ts';
import { plain } from '../../media/samples/samples.ts';
import { givenColumns, notPortable, portable } from '../../store/privacy/portable.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { fakeClock, seedChannel, seedPost, start, type FakeClock, type World } from '../../testing/world.ts';
import { sweepPrivacy } from '../privacy/sweep.ts';
import { runCopies } from './run-copies.ts';
import { runImports } from './run-imports.ts';

let clock: FakeClock;
let app: TestApp;
let ada: Visitor;
let on: World;
let mediaId: string;
const apps: TestApp[] = [];
const dir = mkdtempSync(join(tmpdir(), 'postmaster-archive-'));
const target = { remoteId: 'r1', name: 'Harbour News', handle: '@harbour', url: null, avatarUrl: null };

/** An instance with a person on it. */
async function instance(): Promise<{ app: TestApp; visit: Visitor; person: { userId: string; workspaceId: string } }> {
  const made = await testApp({}, clock.now);
  apps.push(made);
  const visit = await signedUp(made);
  const user = await made.deps.store.people.userByEmail('ada@example.org');
  const [workspace] = await made.deps.store.people.workspacesOf(user?.id ?? '');
  return { app: made, visit, person: { userId: user?.id ?? '', workspaceId: workspace?.id ?? '' } };
}

beforeEach(async () => {
  clock = fakeClock();
  const first = await instance();
  ({ app, visit: ada } = first);
  on = await seedChannel(app.deps.store, 'mastodon', { grant: { token: 'a-very-secret-token' }, target }, first.person);
  await ada.upload('/media', [{ name: 'media', filename: 'harbour.png', bytes: await plain(60, 40).png().toBuffer() }]);
  const [media] = await app.deps.store.media.latest(on.workspaceId, null, 1);
  mediaId = media?.id ?? '';
});
afterEach(async () => { for (const one of apps.splice(0)) await one.close(); });

async function copyOf(about: 'person' | 'workspace'): Promise<string> {
  await ada.post('/settings/privacy/copy', { about });
  await runCopies(app.deps);
  const [copy] = await app.deps.store.copies.ofUser(on.userId, 1);
  expect(copy).toMatchObject({ state: 'ready', done: copy?.total });
  return join(app.dir, 'exports', `${copy?.id ?? ''}.zip`);
}

async function contentsOf(path: string): Promise<Map<string, string>> {
  const zip = await openZip(path, 1_000);
  const read = new Map<string, string>();
  for (const name of zip.entries.keys()) read.set(name, await text(await zip.read(name)));
  zip.close();
  return read;
}

const seeded = (words: string, at = start) => seedPost(app.deps.store, on, 'mastodon', { parts: [{ text: words, media: [{ mediaId, alt: 'A pier' }] }] }, { visibility: 'unlisted' }, at);

describe('a copy', () => {
  it('can forget no table: each is in it, or says why not', () => {
    const sqlite = new Database(app.file, { readonly: true });
    const there = (sqlite.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all() as { name: string }[]).map(({ name }) => name);
    sqlite.close();
    expect([...new Set([...portable.map(({ table }) => getTableName(table)), ...Object.keys(notPortable)])].toSorted()).toEqual(there.toSorted());
    for (const name of Object.keys(notPortable)) expect(portable.map(({ table }) => getTableName(table)), name).not.toContain(name);
  });

  it('gives no column away that holds a secret', () => {
    for (const one of portable) {
      for (const [name, column] of Object.entries(givenColumns(one))) {
        expect(column.columnType, `${one.file}.${name}`).not.toMatch(/Blob/u);
        // Roles and numbers of an act (`AuditData`).
        if (one.file === 'log' && name === 'data') continue;
        expect(name, one.file).not.toMatch(/hash|token|secret|^grant$|^reference$|^code$|^memo$|^data$|lockedBy/iu);
      }
    }
    const asIds = portable.filter(({ table, leave }) => ['sessions', 'email_changes', 'connecting'].includes(getTableName(table)) && !leave?.includes('id'));
    expect(asIds, 'hashes of tokens serve as ids there').toEqual([]);
  });

  it('of a workspace has everything, for people and for programs, and no secret', async () => {
    const { postId, publicationId } = await seeded('=cmd("harbour"), with "quotes"\nand a line');
    const files = await contentsOf(await copyOf('workspace'));
    expect(files.get('README.txt')).toMatch(/Everything in this workspace[\s\S]*data\/posts\.json[\s\S]*HOW TO READ IT[\s\S]*TAKING IT TO ANOTHER INSTANCE/u);
    const rows = (name: string) => JSON.parse(files.get(`data/${name}.json`) ?? '') as Record<string, unknown>[];
    expect(rows('posts')).toMatchObject([{ id: postId, state: 'scheduled', at: start, content: { parts: [{ media: [{ mediaId, alt: 'A pier' }] }] } }]);
    expect(rows('variants')).toMatchObject([{ postId, channelId: on.channelId, options: { visibility: 'unlisted' } }]);
    expect(rows('publications')).toMatchObject([{ id: publicationId, status: 'scheduled' }]);
    expect(rows('connections').find(({ provider }) => provider === 'mastodon')).toMatchObject({ accountName: 'Harbour News' });
    expect(rows('people')).toEqual([expect.objectContaining({ name: 'Ada', email: 'ada@example.org' })]);
    expect(files.get('posts.csv')).toContain(`"'=cmd(""harbour""), with ""quotes""\nand a line"`);
    expect(files.get('publications.csv')).toContain('mastodon,Harbour News,scheduled');
    const stored = readFileSync(app.deps.storage.path({ id: mediaId, type: 'image/png' }));
    const zip = await openZip(join(app.dir, 'exports', `${(await app.deps.store.copies.ofUser(on.userId, 1))[0]?.id ?? ''}.zip`), 1_000);
    expect(zip.entries.get(`media/${mediaId}.png`)?.uncompressedSize).toBe(stored.length);
    zip.close();
    const user = await app.deps.store.people.user(on.userId);
    const session = [...ada.cookies].find(([name]) => name.endsWith('session'))?.[1] ?? '';
    for (const [name, content] of files) for (const secret of ['a-very-secret-token', user?.passwordHash ?? '', session, 'argon2']) expect(content.includes(secret), name).toBe(false);
  });

  it('about a person has what they wrote and nothing of others', async () => {
    await seeded('Mine');
    const files = await contentsOf(await copyOf('person'));
    expect(files.get('data/account.json')).toContain('ada@example.org');
    expect(files.get('data/posts.json')).toContain('Mine');
    expect([...files.keys()].filter((name) => /media\/|connections|people/u.test(name))).toEqual([]);
  });

  it('names the files that could not be read instead of failing', async () => {
    rmSync(app.deps.storage.path({ id: mediaId, type: 'image/png' }));
    expect((await contentsOf(await copyOf('workspace'))).get('missing.json')).toBe(`["${mediaId}"]\n`);
  });

  it('is removed when its time is over, and so is a file that nobody knows of', async () => {
    const path = await copyOf('person');
    writeFileSync(join(app.dir, 'exports', '01a20cc8-8e80-7b7f-8b95-303c2362e01f.zip.part'), 'half');
    await sweepPrivacy(app.deps);
    expect(readFileSync(path).length).toBeGreaterThan(0);
    clock.advance(keepDays('exports', 'made') * day);
    await sweepPrivacy(app.deps);
    expect(() => readFileSync(path)).toThrow('ENOENT');
    expect((await app.deps.store.copies.ofUser(on.userId, 1))[0]).toMatchObject({ state: 'gone' });
    expect(() => readFileSync(join(app.dir, 'exports', '01a20cc8-8e80-7b7f-8b95-303c2362e01f.zip.part'))).toThrow('ENOENT');
  });
});

describe('an archive in another instance', () => {
  async function brought(path: string, into?: { app: TestApp; visit: Visitor; person: { userId: string; workspaceId: string } }) {
    const other = into ?? (await instance());
    const answer = await other.visit.upload('/settings/import', [{ name: 'archive', filename: 'copy.zip', bytes: readFileSync(path) }]);
    return { ...other, answer, place: answer.headers.location ?? '' };
  }

  it('is looked at first, then comes in as drafts with their time, media, descriptions and matched channels; twice doubles nothing', async () => {
    await seeded('Waits', start + day);
    const path = await copyOf('workspace');
    const other = await instance();
    const here = await seedChannel(other.app.deps.store, 'mastodon', { grant: {}, target: { ...target, remoteId: 'another' } }, other.person);
    const { place } = await brought(path, other);
    const preview = await other.visit.get(place);
    expect(preview.body).toContain('Nothing has come in yet');
    expect(preview.body).toMatch(/Scheduled posts[\s\S]*?>1</u);
    expect(preview.body).toMatch(new RegExp(`<option[^>]*value="${here.channelId}"[^>]*selected`, 'u'));
    const { store } = other.app.deps;
    expect(await store.posts.latest(other.person.workspaceId, null, null, 9)).toEqual([]);

    expect((await other.visit.post(place, { [`channel.${on.channelId}`]: here.channelId })).headers.location).toBe(place);
    await runImports(other.app.deps);
    const posts = await store.posts.latest(other.person.workspaceId, null, null, 9);
    const [media] = await store.media.latest(other.person.workspaceId, null, 9);
    expect(posts).toMatchObject([{
      state: 'draft', at: start + day, wall: '2026-11-24T10:00', authorId: other.person.userId, content: { parts: [{ text: 'Waits', media: [{ mediaId: media?.id, alt: 'A pier' }] }] },
      variants: [{ channelId: here.channelId, options: { visibility: 'unlisted' } }],
    }]);
    expect(posts[0]?.id).not.toBe((await app.deps.store.posts.latest(on.workspaceId, null, null, 9))[0]?.id);
    expect(media).toMatchObject({ name: 'harbour.png' });
    expect(await other.app.deps.storage.size({ id: media?.id ?? '', type: 'image/png' })).not.toBeNull();
    expect(await store.publications.queueState(other.person.workspaceId, start + 9 * day)).toMatchObject({ waiting: 0 });
    expect((await other.visit.get(place)).body).toContain('Taken in');

    const again = await brought(path, other);
    expect((await other.visit.get(again.place)).body).toContain('Here already');
    await other.visit.post(again.place, {});
    await runImports(other.app.deps);
    expect(await store.posts.latest(other.person.workspaceId, null, null, 9)).toHaveLength(1);
    expect(await store.media.latest(other.person.workspaceId, null, 9)).toHaveLength(1);
  });

  it('brings labels along: one of that name that is here is taken, and a post bears what it bore', async () => {
    const { postId } = await seeded('Labelled');
    const { store } = app.deps;
    for (const [id, name, color] of [['l1', 'Harbour News', 'teal'], ['l2', 'Ferries', 'plum']] as const) await store.labels.add(on.workspaceId, { id, name, color, createdAt: start });
    await store.labels.put(on.workspaceId, [{ id: postId, labelIds: ['l1', 'l2'] }]);
    const path = await copyOf('workspace');
    const other = await instance();
    await other.app.deps.store.labels.add(other.person.workspaceId, { id: 'here', name: 'harbour news', color: 'gray', createdAt: start });
    for (let n = 0; n < 2; n += 1) {
      const { place } = await brought(path, other);
      await other.visit.post(place, {});
      await runImports(other.app.deps);
    }
    const labels = await other.app.deps.store.labels.list(other.person.workspaceId);
    expect(labels).toMatchObject([{ name: 'Ferries', color: 'plum' }, { id: 'here', name: 'harbour news', color: 'gray' }]);
    const [post] = await other.app.deps.store.posts.latest(other.person.workspaceId, null, null, 9);
    expect((await other.app.deps.store.labels.ofPost(other.person.workspaceId, post?.id ?? '')).toSorted()).toEqual(labels.map(({ id }) => id).toSorted());
  });

  it('leaves out what is out already unless it is asked for', async () => {
    const { publicationId } = await seeded('Out', start);
    const [claimed] = await app.deps.store.queue.claimDue({ boot: 'b', now: start, until: start + 1_000, limit: 1, attemptId: () => 'attempt' });
    if (!claimed) throw new Error(publicationId);
    await app.deps.store.queue.settle(claimed.lease, { outcome: 'published', failure: null, change: { status: 'published', remoteId: '1', url: null, publishedAt: start } }, start);
    const path = await copyOf('workspace');
    const without = await brought(path);
    await without.visit.post(without.place, {});
    await runImports(without.app.deps);
    expect(await without.app.deps.store.posts.latest(without.person.workspaceId, null, null, 9)).toEqual([]);
    const all = await brought(path);
    await all.visit.post(all.place, { published: 'on' });
    await runImports(all.app.deps);
    expect(await all.app.deps.store.posts.latest(all.person.workspaceId, null, null, 9)).toMatchObject([{ state: 'draft', variants: [] }]);
  });

  it('goes on where a death broke it off', async () => {
    await seeded('One');
    await seeded('Two');
    const { app: other, visit, place, person } = await brought(await copyOf('workspace'));
    await visit.post(place, {});
    const { store } = other.deps;
    let saves = 0;
    const dying = { ...other.deps, store: { ...store, posts: { ...store.posts, save: async (...args: Parameters<typeof store.posts.save>) => {
      saves += 1;
      if (saves === 2) throw new Error('died');
      return store.posts.save(...args);
    } } } };
    const stop = new AbortController();
    const broken = runImports(dying, stop.signal);
    stop.abort();
    await broken;
    await runImports(other.deps);
    expect(await store.posts.latest(person.workspaceId, null, null, 9)).toHaveLength(2);
    expect(await store.media.latest(person.workspaceId, null, 9)).toHaveLength(1);
  });

  it('cannot put a post onto a channel of somebody else, or of another network', async () => {
    await seeded('Waits');
    const { visit, place, app: other } = await brought(await copyOf('workspace'));
    const foreign = await seedChannel(other.deps.store, 'mastodon', { grant: {}, target });
    expect((await visit.post(place, { [`channel.${on.channelId}`]: foreign.channelId })).statusCode).toBe(422);
    const eve = await signedUp(other, 'eve@example.org');
    expect((await eve.get(place)).statusCode).toBe(404);
  });
});

describe('what is no archive', () => {
  type Made = Record<string, string | Buffer>;
  const about = { archive: 'a', version: 1, about: 'workspace', instance: 'x', madeAt: '2026-11-24T09:00:00Z' };
  const whole: Made = { 'about.json': JSON.stringify(about), 'data/posts.json': '[]\n', 'data/media.json': '[]\n', 'data/channels.json': '[]\n', 'data/variants.json': '[]\n', 'data/publications.json': '[]\n' };

  async function zipOf(files: Made): Promise<Buffer> {
    const zip = new yazl.ZipFile();
    for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name);
    zip.end();
    const path = join(dir, 'made.zip');
    await pipeline(zip.outputStream, createWriteStream(path));
    return readFileSync(path);
  }
  const said = async (bytes: Buffer) => {
    const answer = await ada.upload('/settings/import', [{ name: 'archive', filename: 'x.zip', bytes }]);
    return { status: answer.statusCode, text: /<p class="error">([^<]*)/u.exec(answer.body)?.[1] ?? '' };
  };
  const post = (more: object) => `[\n${JSON.stringify({ id: 'p', state: 'draft', content: { parts: [{ text: 'x', media: [] }] }, at: null, zone: null, wall: null, ...more })}\n]\n`;

  it.each<[string, Made, RegExp]>([
    ['another file', { ...whole, 'evil.sh': 'x' }, /does not belong in it: evil\.sh/u],
    ['a file of media with another name', { ...whole, 'media/x.png': 'x' }, /does not belong/u],
    ['no about.json', { 'data/posts.json': '[]' }, /about\.json is missing/u],
    ['a newer form', { ...whole, 'about.json': JSON.stringify({ ...about, version: 2 }) }, /form 2; this Post Master reads form 1/u],
    ['a copy about a person', { ...whole, 'about.json': JSON.stringify({ ...about, about: 'person' }) }, /copy about a person/u],
    ['a table that is missing', Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'data/media.json')), /data\/media\.json is missing/u],
    ['a row of another shape', { ...whole, 'data/posts.json': post({ state: 'published' }) }, /posts\.json in it has a row that cannot be understood/u],
    ['something that is no JSON', { ...whole, 'data/posts.json': '[\n{oops\n]\n' }, /cannot be understood/u],
    ['a line without an end', { ...whole, 'data/posts.json': Array.from({ length: 600_000 }, (_, n) => `${n * 7919 % 100_003}x`).join('') }, /a line that is too long/u],
    ['a bomb', { ...whole, 'data/posts.json': Buffer.alloc(50_000_000) }, /far larger when it is unpacked/u],
  ])('is refused with a sentence: %s', async (_what, files, sentence) => {
    const { status, text: words } = await said(await zipOf(files));
    expect(status).toBe(422);
    expect(words).toMatch(sentence);
    expect(await app.deps.store.imports.latest(on.workspaceId, 9)).toEqual([]);
  });

  it('is refused with a sentence: paths that lead outside, a size that is a lie, half a file, a picture', async () => {
    const bytes = await zipOf({ ...whole, 'media/aaaaaaaaaaaa.txt': 'x' });
    const outside = Buffer.from(bytes.toString('latin1').replaceAll('media/aaaaaaaaaaaa.txt', '../../../../etc/passwd'), 'latin1');
    expect((await said(outside)).text).toMatch(/names a file outside of itself/u);
    const honest = await zipOf({ ...whole, 'data/posts.json': post({}) });
    const lie = Buffer.from(honest);
    const place = lie.lastIndexOf('data/posts.json') - 46 + 24;
    lie.writeUInt32LE(7, place);
    expect((await said(lie)).text).toMatch(/damaged|cannot be read/u);
    expect((await said(honest.subarray(0, honest.length - 60))).text).toMatch(/not a ZIP file, or it is damaged/u);
    expect((await said(await plain(10, 10).png().toBuffer())).text).toMatch(/not a ZIP file/u);
    expect((await said(honest)).status).toBe(303);
  });
});
