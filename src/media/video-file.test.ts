import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VideoFile } from '../domain/media.ts';
import { newId } from '../lib/ids.ts';
import { isProblem } from './problem.ts';
import { tempOf } from './samples/samples.ts';
import { createStorage, type MediaStorage } from './storage.ts';
import { videoFor } from './video-file.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'video-file-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 31 + (n >> 8)) % 256));

async function stored(): Promise<{ id: string; file: VideoFile }> {
  const id = newId(1);
  await storage.keep(await tempOf(storage, bytes), { id, type: 'video/quicktime' });
  const file = await videoFor(storage, { id, type: 'video/quicktime' });
  if (isProblem(file)) throw new Error(file.message);
  return { id, file };
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('says what it is', async () => {
  expect((await stored()).file).toMatchObject({ type: 'video/quicktime', size: bytes.length, name: 'video.mov' });
});

test.each<[number | undefined, number | undefined]>([
  [undefined, undefined], [0, 1], [0, bytes.length], [1, 2], [70_000, 140_000], [199_999, undefined], [199_999, 300_000],
  [5, 5], [5, 4], [0, 0], [bytes.length, undefined], [bytes.length, bytes.length + 1], [300_000, undefined],
])('reads from %s to %s', async (from, to) => {
  const { file } = await stored();
  expect((await read(file.read(from, to))).equals(bytes.subarray(from, Math.max(from ?? 0, to ?? bytes.length)))).toBe(true);
});

test('reads anew each time, and only when asked', async () => {
  const { id, file } = await stored();
  const some = file.read(10, 20);
  expect([await read(some), await read(some)]).toEqual([bytes.subarray(10, 20), bytes.subarray(10, 20)]);
  for await (const chunk of file.read()) {
    expect(chunk.length).toBeLessThan(bytes.length);
    break;
  }
  await storage.remove(id);
  await expect(read(some)).rejects.toHaveProperty('code', 'ENOENT');
});

test('that is gone is a problem', async () => {
  expect(await videoFor(storage, { id: newId(1), type: 'video/mp4' })).toMatchObject({ code: 'missing' });
});
