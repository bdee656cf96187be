import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import type { Room } from '../../media/receive.ts';
import { createStorage, type MediaStorage } from '../../media/storage.ts';
import { loadSettings } from '../../settings.ts';
import { testStore, type TestStore } from '../../testing/store.ts';
import { seedPerson } from '../../testing/world.ts';
import { createResumableUploads, type ResumableUploads } from './resumable.ts';

const gigabyte = 1_000_000_000;
const day = 24 * 3_600_000;
let test: TestStore;
let directory: string;
let storage: MediaStorage;
let uploads: ResumableUploads;
let ada: Actor;
let room: Room;
beforeEach(async () => {
  test = testStore();
  directory = mkdtempSync(join(tmpdir(), 'postmaster-uploads-'));
  room = { free: 500 * gigabyte, total: 1_000 * gigabyte };
  storage = createStorage(directory, async () => room);
  const settings = await loadSettings({ store: test.store, environment: () => undefined, names: [] });
  uploads = createResumableUploads({ store: test.store, settings, storage, now: Date.now }, '/media/uploads');
  ada = { ...(await seedPerson(test.store)), role: 'editor' };
});
afterEach(() => {
  test.close();
  rmSync(directory, { recursive: true, force: true });
});

async function asked(method: string, upload: string | null, headers: Record<string, string>, body?: Uint8Array): Promise<Response> {
  const url = `http://here.example/media/uploads${upload === null ? '' : `/${upload}`}`;
  return uploads.handle(ada, upload, () => new Request(url, { method, headers: { 'tus-resumable': '1.0.0', ...headers }, ...(body && { body: body as BodyInit }) }), body?.length ?? 0);
}
async function begun(bytes: number): Promise<string> {
  const answer = await asked('POST', null, { 'upload-length': String(bytes) });
  expect(answer.status).toBe(201);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}
const sent = (upload: string, from: number, bytes: number) =>
  asked('PATCH', upload, { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream', 'content-length': String(bytes) }, new Uint8Array(bytes));

it('takes no more of what was begun while there was room, when others have filled the disk since', async () => {
  const upload = await begun(2_000);
  expect((await sent(upload, 0, 1_000)).status).toBe(204);
  room = { free: gigabyte, total: 1_000 * gigabyte };
  const full = await sent(upload, 1_000, 1_000);
  expect([full.status, await full.text()]).toEqual([507, expect.stringContaining('not enough room left on this server')]);
  expect((await asked('HEAD', upload, {})).headers.get('upload-offset')).toBe('1000');
  room = { free: 500 * gigabyte, total: 1_000 * gigabyte };
  expect((await sent(upload, 1_000, 1_000)).status).toBe(204);
});

it('keeps what goes on, however long it takes: only what lies untouched for a day is swept', async () => {
  const [slow, left] = [await begun(2_000), await begun(2_000)];
  const yesterday = new Date(Date.now() - 2 * day);
  for (const one of [slow, left]) for (const file of [one, `${one}.json`]) utimesSync(join(storage.tempDirectory, file), yesterday, yesterday);
  expect((await sent(slow, 0, 1_000)).status).toBe(204);
  await storage.sweepTemp(Date.now() - day);
  expect((await asked('HEAD', slow, {})).headers.get('upload-offset')).toBe('1000');
  expect((await asked('HEAD', left, {})).status).toBe(404);
});
