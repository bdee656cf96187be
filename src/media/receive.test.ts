import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pictureBounds } from './probe.ts';
import { isProblem } from './problem.ts';
import { mediaLimit, roomIn, type Room } from './receive.ts';
import { plain } from './samples/samples.ts';
import { createStorage, type MediaStorage } from './storage.ts';
import { sampleVideo, sampleVideoStream } from './samples/video-samples.ts';
import { videoBounds } from './video.ts';

const gigabyte = 1_000_000_000;
const roomy: Room = { free: 500 * gigabyte, total: 1000 * gigabyte };

let directory: string;
let room: Room | Room[];
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'receive-'));
  room = roomy;
  storage = createStorage(directory, async () => (Array.isArray(room) ? (room.length > 1 ? room.shift() : room[0]) : room) ?? roomy);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const temps = async () => readdir(join(directory, 'tmp'));

async function* drip(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A stream that says how much of it was taken. */
function counted(first: Uint8Array, chunk: Uint8Array, times: number) {
  const seen = { bytes: 0 };
  const stream = (async function* () {
    seen.bytes += first.length;
    yield first;
    for (let n = 0; n < times; n += 1) {
      seen.bytes += chunk.length;
      yield chunk;
    }
  })();
  return { seen, stream };
}

describe('what a file is decides how large it may be', () => {
  test('a picture of more than 25 MB is refused when they have come', async () => {
    const { seen, stream } = counted(await plain(20, 20).jpeg().toBuffer(), Buffer.alloc(1_000_000), 100);
    expect(await storage.receive(stream, mediaLimit())).toEqual({ code: 'too_large', message: 'This file is larger than 25 MB.' });
    expect(seen.bytes).toBeLessThan(pictureBounds.bytes + 1_100_000);
    expect(await temps()).toEqual([]);
  });

  test('a video of more than 25 MB is not', async () => {
    const received = await storage.receive(sampleVideoStream({ bytes: 26_000_000 }), mediaLimit());
    expect(received).toMatchObject({ bytes: 26_000_000 });
  });

  test('a video of more than 4 GB is', async () => {
    expect(videoBounds.bytes).toBe(4 * gigabyte);
    const limit = mediaLimit();
    const admitted = typeof limit === 'function' ? limit(sampleVideo()) : limit;
    expect(admitted).toEqual({ maxBytes: 4 * gigabyte, needs: 0 });
  });

  test.each([['at once', 65_536], ['byte by byte', 1], ['in small pieces', 100]])('it is known when its first bytes come %s', async (_name, size) => {
    const video = sampleVideo();
    expect(await storage.receive(drip(video, size), mediaLimit())).toMatchObject({ bytes: video.length });
    const short = video.subarray(0, 40);
    expect(await storage.receive(drip(short, size), mediaLimit())).toMatchObject({ bytes: 40 });
  });

  test.each([['a Matroska video', Buffer.from('1a45dfa38b4282886d6174726f736b61', 'hex')], ['text', Buffer.alloc(600, 'a')]])('%s is refused before it is read', async (_name, head) => {
    const { seen, stream } = counted(Buffer.concat([head, Buffer.alloc(600)]), Buffer.alloc(65_536), 1000);
    const refused = await storage.receive(stream, mediaLimit());
    expect(isProblem(refused)).toBe(true);
    expect(seen.bytes).toBeLessThan(2000);
    expect(await temps()).toEqual([]);
  });

  test('nothing at all is refused', async () => {
    expect(await storage.receive(drip(Buffer.alloc(0), 1), mediaLimit())).toMatchObject({ code: 'empty' });
    expect(await temps()).toEqual([]);
  });
});

describe('the disk', () => {
  const sentence = { code: 'no_space', message: 'There is not enough room left on this server for this file. Whoever runs it can make room.' };
  const large = { free: 3 * gigabyte, total: 1000 * gigabyte };
  const small = { free: 2 * gigabyte, total: 5 * gigabyte };

  test.each<[string, Room, number, object]>([
    ['1 GB stays free on a large one', large, 2 * gigabyte, { bytes: 2000 }],
    ['and not a byte less', large, 2 * gigabyte + 1, sentence],
    ['a tenth stays free on a small one', small, 1.5 * gigabyte, { bytes: 2000 }],
    ['and not a byte less, too', small, 1.5 * gigabyte + 1, sentence],
    ['one that is full takes nothing', { free: 0, total: 5 * gigabyte }, 0, sentence],
    ['more than any video needs is not asked for', { free: 6 * gigabyte, total: 1000 * gigabyte }, 40 * gigabyte, { bytes: 2000 }],
  ])('%s', async (_name, found, announced, result) => {
    room = found;
    expect(await storage.receive(drip(sampleVideo().subarray(0, 2000), 1000), mediaLimit(announced))).toMatchObject(result);
  });

  test('that fills up meanwhile ends it', async () => {
    room = [roomy, roomy, { free: 1000, total: 5 * gigabyte }];
    expect(await storage.receive(sampleVideoStream({ bytes: 300_000_000 }), mediaLimit())).toMatchObject(sentence);
    expect(await temps()).toEqual([]);
  });

  test('is not asked for pictures', async () => {
    room = { free: 0, total: gigabyte };
    expect(await storage.receive(drip(await plain(20, 20).png().toBuffer(), 100), mediaLimit(5 * gigabyte))).toHaveProperty('path');
  });

  test('is asked by itself', async () => {
    const { free, total } = await roomIn(directory);
    expect(free).toBeGreaterThan(0);
    expect(total).toBeGreaterThanOrEqual(free);
  });
});
