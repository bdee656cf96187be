import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isProblem, type MediaProblem } from '../problem.ts';
import { sampleVideo } from '../samples/video-samples.ts';
import { probeVideo, type VideoProbe } from '../video.ts';
import { boxed } from './boxes.ts';
import { Unreadable, withBytes } from './bytes.ts';
import { cleanVideo } from './clean.ts';
import { elemented } from './elements.ts';

// Files that are broken or built to do harm: each comes to a sentence, and soon.

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hostile-'));
  path = join(directory, 'video');
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

async function probed(bytes: Uint8Array, length = bytes.length) {
  await writeFile(path, bytes);
  const handle = await open(path, 'r+');
  await handle.truncate(length);
  await handle.close();
  return probeVideo(path);
}

/** A sample with something written into one of its boxes, `offset` bytes after the name. */
function patched(name: string, offset: number, hex: string, sample = sampleVideo()): Buffer {
  const at = sample.indexOf(Buffer.from(name, 'latin1'));
  if (at < 0) throw new Error(`no ${name}`);
  Buffer.from(hex, 'hex').copy(sample, at + 4 + offset);
  return sample;
}

/** The same of an element, by its id; offsets count from the size on. */
function patchedElement(id: string, offset: number, hex: string): Buffer {
  const sample = sampleVideo({ type: 'video/webm' });
  Buffer.from(hex, 'hex').copy(sample, sample.indexOf(Buffer.from(id, 'hex')) + id.length / 2 + offset);
  return sample;
}

const ftyp = boxed('ftyp', Buffer.from('isom\0\0\0\0isom'));
const head = elemented(0x1a45dfa3, elemented(0x4282, Buffer.from('webm')));

/** A sample whose film comes first, and of which one box goes on for a gigabyte: its beginning and its length. */
function stretched(name: 'stsd' | 'stts'): [Buffer, number] {
  const sample = sampleVideo({ audioCodec: null });
  const front = Buffer.concat([ftyp, boxed('mdat', Buffer.alloc(9))]);
  const movie = sample.subarray(sample.indexOf('moov') - 4, sample.indexOf(name) + 12);
  const begin = Buffer.from(movie);
  const total = 1_000_000_000;
  for (const parent of ['moov', 'trak', 'mdia', 'minf', 'stbl', name]) {
    const at = begin.indexOf(parent) - 4;
    begin.writeUInt32BE(total - at, at);
  }
  // How many entries there are stands behind version and flags.
  begin.writeUInt32BE(0xffffffff, begin.length - 4);
  // Two seconds of 30 frames, as a table's first entry.
  return [Buffer.concat([front, begin, Buffer.from('0000003c000003e8', 'hex')]), front.length + total];
}

function nested(depth: number, ...names: string[]): Buffer {
  const boxes = Buffer.alloc(depth * 8);
  for (let n = 0; n < depth; n += 1) {
    boxes.writeUInt32BE((depth - n) * 8, n * 8);
    boxes.write(names[n % names.length] ?? '', n * 8 + 4, 'latin1');
  }
  return boxes;
}

describe('a file that breaks off', () => {
  test.each(['video/mp4', 'video/quicktime', 'video/webm'] as const)('%s', async (type) => {
    const whole = sampleVideo({ type });
    for (const part of [0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * part));
      expect(await probed(cut), `${part}`).toMatchObject({ code: part < 0.05 && type === 'video/webm' ? 'unsupported' : 'damaged' });
    }
    expect(await probed(whole)).toMatchObject({ durationMs: 2000 });
  });

  test('its index was to come last', async () => {
    const whole = sampleVideo();
    const [moov, mdat] = [whole.indexOf('moov') - 4, whole.indexOf('mdat') - 4];
    expect(await probed(Buffer.concat([whole.subarray(0, moov), whole.subarray(mdat)]))).toMatchObject({ code: 'damaged' });
    expect(await probed(Buffer.concat([whole.subarray(0, moov), whole.subarray(mdat), whole.subarray(moov, mdat)]))).toMatchObject({ durationMs: 2000 });
  });
});

describe('a file that says what cannot be', () => {
  test.each<[string, Buffer, MediaProblem['code']]>([
    ['nothing but its kind', ftyp, 'damaged'],
    ['no content', sampleVideo().subarray(0, sampleVideo().indexOf('mdat') - 4), 'damaged'],
    ['a box of seven bytes', Buffer.concat([ftyp, Buffer.from([0, 0, 0, 7]), Buffer.from('moov')]), 'damaged'],
    ['a box of eight exabytes', Buffer.concat([ftyp, Buffer.from('00000001', 'hex'), Buffer.from('moov'), Buffer.from('7fffffffffffffff', 'hex')]), 'damaged'],
    ['a box inside that is larger than its parent', patched('tkhd', -8, '7fffffff'), 'damaged'],
    ['no duration', patched('mdhd', 16, '00000000', patched('mvhd', 16, '00000000', sampleVideo({ audioCodec: null }))), 'damaged'],
    ['an unknown duration', patched('mdhd', 16, 'ffffffff', patched('mvhd', 16, 'ffffffff', sampleVideo({ audioCodec: null }))), 'damaged'],
    ['no ticks in a second', patched('mdhd', 12, '00000000', patched('mvhd', 12, '00000000', sampleVideo({ audioCodec: null }))), 'damaged'],
    ['a duration of centuries', patched('mvhd', 12, '00000001fffffffe'), 'too_long'],
    ['no width', patched('avc1', 24, '0000'), 'too_many_pixels'],
    ['65535 pixels in a row', patched('avc1', 24, 'ffff'), 'too_many_pixels'],
    ['only sound', patched('vide', -4, '736f756e'), 'no_video'],
    ['a track of a kind that nobody knows', patched('vide', -4, '78787878', sampleVideo({ audioCodec: null })), 'no_video'],
    ['no tracks', Buffer.concat([ftyp, boxed('moov', boxed('mvhd', Buffer.alloc(100))), boxed('mdat', Buffer.alloc(9))]), 'no_video'],
    ['a movie header of four bytes', Buffer.concat([ftyp, boxed('moov', boxed('mvhd', Buffer.alloc(4))), boxed('mdat', Buffer.alloc(9))]), 'damaged'],
    ['a movie header of 64 KB', Buffer.concat([ftyp, boxed('moov', boxed('mvhd', Buffer.alloc(65_000))), boxed('mdat', Buffer.alloc(9))]), 'damaged'],
    ['a description that holds a fragment', patched('avcC', 0, Buffer.from('moof').toString('hex')), 'damaged'],
    ['a sound description that is nonsense', patched('esds', 4, 'ff'), 'damaged'],
    ['an element of no size', patchedElement('1654ae6b', 0, '01ffffffffffffff'), 'damaged'],
    ['an element of petabytes', patchedElement('1549a966', 0, '0100ffffffffffff'), 'damaged'],
    ['an element that is none', patchedElement('1549a966', -4, '00000000'), 'damaged'],
    ['no tracks in WebM', patchedElement('1654ae6b', -4, '1654ae6c'), 'damaged'],
    ['no picture in WebM', patchedElement('83', 8, '11'), 'no_video'],
    ['a segment that is none', Buffer.concat([head, elemented(0x18538068)]), 'damaged'],
    ['nothing behind its kind, WebM', head, 'damaged'],
    ['an empty segment', Buffer.concat([head, elemented(0x18538067)]), 'damaged'],
  ])('%s', async (_name, bytes, code) => {
    const found = await probed(bytes) as MediaProblem;
    expect(found.code).toBe(code);
    expect(found.message).toMatch(/^[A-Z].*\.$/u);
  });

  test('tables of which only the beginning is there', async () => {
    expect(await probed(patched('stts', 4, 'ffffffff'))).toMatchObject({ frameRate: 30, durationMs: 2000 });
  });

  test('a description of a gigabyte makes a track none', async () => {
    expect(await probed(...stretched('stsd'))).toMatchObject({ code: 'no_video' });
  });
});

describe('a file that keeps its reader busy', () => {
  test.each<[string, Buffer]>([
    ['a hundred thousand boxes inside each other', nested(100_000, 'moov', 'trak', 'mdia', 'minf', 'stbl')],
    ['the same box inside itself', nested(100_000, 'moov')],
    ['tracks inside tracks', Buffer.concat([boxed('moov', nested(100_000, 'trak', 'mdia'))])],
  ])('%s', async (_name, boxes) => {
    expect(isProblem(await probed(Buffer.concat([ftyp, boxes, boxed('mdat', Buffer.alloc(9))])))).toBe(true);
  });

  test('millions of boxes of nothing', async () => {
    const free = Buffer.alloc(8 * 2_100_000);
    for (let at = 0; at < free.length; at += 8) free.write('\0\0\0\u0008free', at, 'latin1');
    expect(await probed(Buffer.concat([sampleVideo(), free.subarray(0, 8 * 1_000_000)]))).toMatchObject({ durationMs: 2000 });
    expect(await probed(Buffer.concat([sampleVideo(), free]))).toMatchObject({ code: 'damaged' });
  });

  test('a gigabyte that is one table', async () => {
    const before = process.memoryUsage.rss();
    expect(await probed(...stretched('stts'))).toMatchObject({ durationMs: 2000, frameRate: null });
    expect(process.memoryUsage.rss() - before).toBeLessThan(16_000_000);
  });

  test('a reader that is out of time or patience stops', async () => {
    await writeFile(path, sampleVideo());
    await expect(withBytes(path, async (bytes) => {
      await new Promise((resolve) => { setTimeout(resolve, 20); });
      return bytes.read(0, 8);
    }, 1)).rejects.toThrow(Unreadable);
    await expect(withBytes(path, (bytes) => bytes.read(0, 65_537))).rejects.toThrow(Unreadable);
    await expect(withBytes(path, (bytes) => bytes.read(-1, 1))).rejects.toThrow(Unreadable);
  });
});

describe('any file', () => {
  const sound = (found: VideoProbe | MediaProblem) => (isProblem(found)
    ? /^[A-Z].*\.$/u.test(found.message)
    : Number.isInteger(found.durationMs) && found.durationMs > 0 && found.width > 0 && found.height > 0);

  test.each(['video/mp4', 'video/quicktime', 'video/webm'] as const)('%s with some bytes changed is known or refused, and can be cleaned', async (type) => {
    const whole = sampleVideo({ type, durationMs: 200, place: '+52.52+013.40/', positions: ['here', 'there'] });
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const copy = Buffer.from(whole);
      for (const { at, byte } of changes) copy[at] = byte;
      expect(sound(await probed(copy))).toBe(true);
      await cleanVideo(path, type).catch((error: unknown) => expect(error).toBeInstanceOf(Unreadable));
    }), { numRuns: 300 });
  });

  test('of random bytes behind a video\'s beginning', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(ftyp, head), fc.uint8Array({ maxLength: 300 }), async (beginning, rest) => {
      expect(sound(await probed(Buffer.concat([beginning, rest])))).toBe(true);
    }), { numRuns: 200 });
  });
});
