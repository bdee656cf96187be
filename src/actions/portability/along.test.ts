import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { openZip } from '../../lib/zip.ts';
import { plain } from '../../media/samples/samples.ts';
import { thumbnailOf } from '../../media/storage.ts';
import { sampleVideo } from '../../media/samples/video-samples.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../../testing/app.ts';
import { ownerOf, type Owner } from '../../testing/calendar.ts';
import { seedMember } from '../../testing/team.ts';
import { fakeClock, start, type FakeClock } from '../../testing/world.ts';
import { runCopies } from './run-copies.ts';
import { runImports } from './run-imports.ts';

// What a copy of a workspace takes along to another instance beside posts and files.

interface Place { app: TestApp; visit: Visitor; owner: Owner }

let clock: FakeClock;
let here: Place;
let there: Place;
const dir = mkdtempSync(join(tmpdir(), 'postmaster-along-'));
beforeEach(async () => {
  clock = fakeClock();
  [here, there] = [await instance(), await instance()];
});
afterEach(async () => { for (const { app } of [here, there]) await app.close(); });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function instance(): Promise<Place> {
  const app = await testApp({}, clock.now);
  return { app, visit: await signedUp(app), owner: await ownerOf(app.deps.store) };
}

/** `same`: the copy that was made before. */
async function taken(same = false): Promise<void> {
  if (!same) await here.visit.post('/settings/privacy/copy', { about: 'workspace' });
  await runCopies(here.app.deps);
  const [copy] = await here.app.deps.store.copies.ofUser(here.owner.userId, 1);
  const bytes = readFileSync(join(here.app.dir, 'exports', `${copy?.id ?? ''}.zip`));
  const answer = await there.visit.upload('/settings/import', [{ name: 'archive', filename: 'copy.zip', bytes }]);
  expect(await there.visit.post(answer.headers.location ?? '', {})).toMatchObject({ statusCode: 303 });
  await runImports(there.app.deps);
}

async function stillIn({ app }: Place, id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of app.deps.storage.open(thumbnailOf(id))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('is the still that somebody chose for a video', async () => {
  await here.visit.upload('/media', [{ name: 'media', filename: 'pier.mp4', bytes: sampleVideo() }, { name: 'media', filename: 'plain.mp4', bytes: sampleVideo({ durationMs: 3_000 }) }]);
  const videos = await here.app.deps.store.media.latest(here.owner.workspaceId, null, 9);
  const chosen = videos.find(({ name }) => name === 'pier.mp4')?.id ?? '';
  await here.visit.upload(`/media/${chosen}/poster`, [{ name: 'poster', filename: 'still.png', bytes: await plain(320, 240, '#ff0000').png().toBuffer() }]);
  await taken();
  const came = await there.app.deps.store.media.latest(there.owner.workspaceId, null, 9);
  expect(came.map(({ name }) => name).toSorted()).toEqual(['pier.mp4', 'plain.mp4']);
  const pier = came.find(({ name }) => name === 'pier.mp4');
  expect(pier?.posterAt).not.toBeNull();
  const { default: sharp } = await import('sharp');
  const { channels: [red, green, blue] } = await sharp(await stillIn(there, pier?.id ?? '')).stats();
  expect([red?.mean, green?.mean, blue?.mean].map((mean) => Math.round((mean ?? 0) / 255))).toEqual([1, 0, 0]);
  expect((await there.visit.get('/settings/import')).body).not.toContain('pier.mp4:');
});

it('is not what was deleted there since it came: that stays in the bin', async () => {
  const draft = (id: string, text: string) => here.app.deps.store.posts.save(here.owner.workspaceId, {
    id, authorId: here.owner.userId, state: 'draft', moment: null, variants: [], version: null, now: start, content: { parts: [{ text, media: [] }] },
  });
  await draft('01936000-0000-7000-8000-000000000001', 'First');
  await taken();
  const { store } = there.app.deps;
  const [first] = await store.posts.latest(there.owner.workspaceId, null, null, 9);
  await store.moving.bin(there.owner.workspaceId, [first?.id ?? ''], { userId: null, now: start });
  await taken(true);
  expect(await store.imports.latest(there.owner.workspaceId, 9)).toMatchObject([{ state: 'done', problems: [] }, { state: 'done' }]);
  expect(await store.posts.latest(there.owner.workspaceId, null, null, 9)).toEqual([]);
});

it('is how long a thread waits between its parts', async () => {
  const { store } = here.app.deps;
  await store.posts.save(here.owner.workspaceId, {
    id: '01936000-0000-7000-8000-000000000001', authorId: here.owner.userId, state: 'draft', moment: null, variants: [], version: null, now: start,
    content: { parts: [{ text: 'First', media: [] }, { text: 'An hour later', media: [], waitMinutes: 60 }] },
  });
  await taken();
  expect(await there.app.deps.store.posts.latest(there.owner.workspaceId, null, null, 9)).toMatchObject([
    { content: { parts: [{ text: 'First' }, { text: 'An hour later', waitMinutes: 60 }] } },
  ]);
});

it('is what files are labelled with, and sets of hashtags', async () => {
  const { store } = here.app.deps;
  await here.visit.upload('/media', [{ name: 'media', filename: 'harbour.png', bytes: await plain(60, 40).png().toBuffer() }]);
  const [file] = await store.media.latest(here.owner.workspaceId, null, 1);
  await store.labels.add(here.owner.workspaceId, { id: 'l1', name: 'Ferries', color: 'teal', createdAt: start });
  await store.mediaLabels.put(here.owner.workspaceId, [{ id: file?.id ?? '', labelIds: ['l1'] }]);
  await store.hashtags.addSet(here.owner.workspaceId, { id: 's1', name: 'Harbour', tags: ['boats', 'sea'], createdAt: start });
  await store.hashtags.addSet(here.owner.workspaceId, { id: 's2', name: 'House', tags: ['theirs'], createdAt: start });
  await there.app.deps.store.hashtags.addSet(there.owner.workspaceId, { id: 'ours', name: 'house', tags: ['ours'], createdAt: start });
  await taken();
  await taken(true);
  const { store: other } = there.app.deps;
  expect(await other.hashtags.sets(there.owner.workspaceId)).toMatchObject([{ name: 'Harbour', tags: ['boats', 'sea'] }, { id: 'ours', tags: ['ours'] }]);
  const [came] = await other.media.latest(there.owner.workspaceId, null, 9);
  const [label] = await other.labels.list(there.owner.workspaceId);
  expect(label).toMatchObject({ name: 'Ferries' });
  expect(await other.mediaLabels.of(there.owner.workspaceId, [came?.id ?? ''])).toEqual(new Map([[came?.id, [label?.id]]]));
});

it('is not what others in it have typed and not saved, nor the numbers under which a bot knows them', async () => {
  const { store } = here.app.deps;
  const { workspaceId, userId } = here.owner;
  const grace = await seedMember(store, workspaceId, userId, 'editor');
  const post = { postId: null, entries: [['part.0.text', 'A surprise for Ada']] as [string, string][], excerpt: 'A surprise for Ada', changedAt: start };
  await store.autosaves.put(workspaceId, { id: '01936000-0000-7000-8000-000000000002', userId: grace, ...post });
  await store.intakeLinks.invite(workspaceId, { id: 'invite', userId: grace, provider: 'telegram', expiresAt: start + 1_000 });
  await store.intakeLinks.accept('invite', { linkId: '01936000-0000-7000-8000-000000000003', provider: 'telegram', remoteId: '777000777', role: 'editor', now: start });
  await here.visit.post('/settings/privacy/copy', { about: 'workspace' });
  await runCopies(here.app.deps);
  const [copy] = await store.copies.ofUser(userId, 1);
  const zip = await openZip(join(here.app.dir, 'exports', `${copy?.id ?? ''}.zip`), 1_000);
  for (const name of zip.entries.keys()) expect(await text(await zip.read(name)), name).not.toMatch(/A surprise for Ada|777000777/u);
  zip.close();
});
