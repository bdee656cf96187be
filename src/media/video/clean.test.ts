import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleVideo, type SampleVideo } from '../samples/video-samples.ts';
import { probeVideo } from '../video.ts';
import { boxed } from './boxes.ts';
import { cleanVideo } from './clean.ts';
import { elemented } from './elements.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clean-'));
  path = join(directory, 'video');
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const place = '+52.5200+013.4050/';

async function cleaned(bytes: Buffer, type: SampleVideo['type'] = 'video/mp4'): Promise<Buffer> {
  await writeFile(path, bytes);
  const before = await probeVideo(path);
  expect(before).toMatchObject({ type });
  await cleanVideo(path, type);
  expect(await probeVideo(path)).toEqual(before);
  const after = await readFile(path);
  expect(after.length).toBe(bytes.length);
  return after;
}

/** Puts boxes at the end of a box of a sample, at the end of the file so that nothing behind it moves. */
function holding(parents: readonly string[], ...more: Buffer[]): Buffer {
  const sample = sampleVideo({ audioCodec: null, bytes: 100_000 });
  const [moov, mdat] = [sample.indexOf('moov') - 4, sample.indexOf('mdat') - 4];
  const movie = Buffer.concat([sample.subarray(moov, mdat), ...more]);
  const added = more.reduce((sum, { length }) => sum + length, 0);
  for (const parent of parents) {
    const at = movie.indexOf(parent) - 4;
    movie.writeUInt32BE(movie.readUInt32BE(at) + added, at);
  }
  return Buffer.concat([sample.subarray(0, moov), sample.subarray(mdat), movie]);
}

describe('what tells of place, camera and person is gone', () => {
  test.each(['video/mp4', 'video/quicktime', 'video/webm'] as const)('%s, and nothing else is', async (type) => {
    const sample = sampleVideo({ type, place });
    expect(sample.includes(place)).toBe(true);
    const after = await cleaned(sample, type);
    expect(after.includes(place)).toBe(false);
    for (const trace of ['\u00a9xyz', 'com.apple.quicktime', 'LOCATION']) expect(after.includes(Buffer.from(trace, 'latin1'))).toBe(false);
    // The frames, the tables and the headers of the tracks are where they were.
    const same = sample.filter((byte, n) => after[n] === byte).length;
    expect(same).toBeGreaterThan(sample.length - 400);
    expect(await cleaned(after, type)).toEqual(after);
  });

  const secret = 'Jane Doe, SecretCamera';
  const text = Buffer.from(secret);
  const dolby = boxed('uuid', Buffer.alloc(16, 1), text);
  test.each<[string, Buffer]>([
    ['in the movie', holding(['moov'], boxed('udta', boxed('\u00a9mak', text)))],
    ['in a track', holding(['moov', 'trak'], boxed('meta', Buffer.alloc(4), text))],
    ['in the media of a track', holding(['moov', 'trak', 'mdia'], boxed('udta', text))],
    ['in a box of its maker', holding(['moov'], dolby)],
    ['beside the movie', Buffer.concat([sampleVideo(), boxed('meta', text)])],
    ['in a box of its maker beside the movie', Buffer.concat([sampleVideo(), dolby])],
    ['in a box that goes on to the end', Buffer.concat([sampleVideo(), Buffer.alloc(4), Buffer.from('udta'), text])],
    ['in a box with a long size', Buffer.concat([sampleVideo(), Buffer.from('00000001', 'hex'), Buffer.from('udta'), Buffer.from('0000000000000026', 'hex'), text])],
  ])('%s', async (_name, bytes) => {
    expect(bytes.includes(secret)).toBe(true);
    expect((await cleaned(bytes)).includes(secret)).toBe(false);
  });

  test('that a video is spherical stays, for networks must know', async () => {
    const bytes = holding(['moov', 'trak'], boxed('uuid', Buffer.from('ffcc82636f85504a93888147a02521fdd'.slice(0, 32), 'hex'), Buffer.from('<Spherical>')));
    expect((await cleaned(bytes)).includes('<Spherical>')).toBe(true);
  });

  test('attachments in WebM', async () => {
    const sample = sampleVideo({ type: 'video/webm' });
    const bytes = Buffer.concat([sample, elemented(0x1941a469, text)]);
    const segment = bytes.indexOf(Buffer.from('18538067', 'hex'));
    bytes.writeBigUInt64BE((1n << 56n) | BigInt(bytes.length - segment - 12), segment + 4);
    expect((await cleaned(bytes, 'video/webm')).includes(secret)).toBe(false);
  });
});

describe('positions that were taken all along', () => {
  const positions = ['52.5200,13.4050', '52.5300,13.4150', '52.5400,13.4250'];

  test.each(['video/mp4', 'video/quicktime'] as const)('are gone from %s, track and bytes, and the rest is whole', async (type) => {
    const sample = sampleVideo({ type, positions });
    const after = await cleaned(sample, type);
    for (const position of positions) {
      expect(sample.includes(position)).toBe(true);
      expect(after.includes(position)).toBe(false);
    }
    expect(after.includes('gpmd')).toBe(false);
    const data = (bytes: Buffer) => bytes.subarray(bytes.indexOf('mdat') + 12);
    const film = data(sample).indexOf(positions[0] ?? '');
    expect(film).toBeGreaterThan(1000);
    expect(data(after).subarray(0, film).equals(data(sample).subarray(0, film))).toBe(true);
  });

  test('a table that points beside the film touches nothing there', async () => {
    const sample = sampleVideo({ positions, audioCodec: null });
    // The second table of offsets is the positions'; it now points to the file's first bytes.
    const tables = [sample.indexOf('stco'), sample.indexOf('stco', sample.indexOf('stco') + 4)];
    sample.writeUInt32BE(0, (tables[1] ?? 0) + 12);
    const after = await cleaned(sample);
    expect(after.subarray(0, 24)).toEqual(sample.subarray(0, 24));
  });

  test('tables that point to the same bytes again and again are refused', async () => {
    // Three chunks of one sample each, all of them most of the film.
    const u32 = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex')));
    const film = sampleVideo({ audioCodec: null, bytes: 100_000 }).indexOf('mdat');
    const track = (chunks: number) => boxed('trak', boxed('mdia',
      boxed('hdlr', u32(0, 0), Buffer.from('meta'), u32(0, 0, 0)),
      boxed('minf', boxed('stbl', boxed('stsc', u32(0, 1, 1, 1, 1)), boxed('stsz', u32(0, 90_000, chunks)), boxed('stco', u32(0, chunks, ...Array.from({ length: chunks }, () => film)))))));
    await writeFile(path, holding(['moov'], track(1)));
    await cleanVideo(path, 'video/mp4');
    await writeFile(path, holding(['moov'], track(3)));
    await expect(cleanVideo(path, 'video/mp4')).rejects.toThrow('again and again');
  });
});
