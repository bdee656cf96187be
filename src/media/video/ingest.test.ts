import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { ingest } from '../ingest.ts';
import { isProblem } from '../problem.ts';
import { plain, tempOf } from '../samples/samples.ts';
import { createStorage, thumbnailOf, type MediaStorage } from '../storage.ts';
import { sampleVideo } from '../samples/video-samples.ts';
import { boxed } from './boxes.ts';
import { ingestVideo } from './ingest.ts';
import { createStill } from './still.ts';
import { tileOf } from './tile.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ingest-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const left = async () => (await readdir(directory, { recursive: true })).filter((name) => name.includes('.') || name.startsWith('tmp/'));

describe('taking a video in', () => {
  test.each([['video/mp4', 'mp4'], ['video/quicktime', 'mov'], ['video/webm', 'webm']] as const)('%s lies there as it came, without its place', async (type, ending) => {
    const id = newId(1);
    const sample = sampleVideo({ type, place: '+52.5200+013.4050/' });
    const facts = await ingest(storage, await tempOf(storage, sample), id);
    expect(facts).toMatchObject({ kind: 'video', type, bytes: sample.length, width: 320, height: 240, durationMs: 2000 });
    const stored = await readFile(join(directory, id.slice(-2), `${id}.${ending}`));
    expect(stored.length).toBe(sample.length);
    expect(stored.includes('+52.5200')).toBe(false);
    expect(await sharp(storage.path(thumbnailOf(id))).metadata()).toMatchObject({ format: 'webp', width: 640, height: 480 });
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
    await storage.remove(id);
    expect(await left()).toEqual([]);
  });

  test('a picture goes the other way', async () => {
    expect(await ingest(storage, await tempOf(storage, await plain(30, 20).png().toBuffer()), newId(1))).toMatchObject({ kind: 'image', width: 30 });
  });

  test.each([
    ['a video that breaks off', sampleVideo().subarray(0, -10), 'damaged'],
    ['what is neither picture nor video', Buffer.from('hello'), 'not_a_picture'],
  ])('%s leaves nothing', async (_name, bytes, code) => {
    expect(await ingest(storage, await tempOf(storage, bytes), newId(1))).toMatchObject({ code });
    expect(await left()).toEqual([]);
  });

  test('a video that says something else once it is clean is refused', async () => {
    // A track of positions goes by the same number as the film: without it, its fragments count as the film's.
    const sample = sampleVideo({ positions: ['x'], audioCodec: null });
    const [moov, mdat] = [sample.indexOf('moov') - 4, sample.indexOf('mdat') - 4];
    const [header, film, positions] = childrenOf(sample.subarray(moov + 8, mdat));
    positions?.writeUInt32BE(1, positions.indexOf('tkhd') + 16);
    const extends_ = boxed('mvex', boxed('trex', Buffer.from('000000000000000100000001000003e80000000000000000', 'hex')));
    const movie = boxed('moov', ...[header, positions, film, extends_].filter((box) => box !== undefined));
    const fragment = boxed('moof', boxed('traf', boxed('tfhd', Buffer.from('0000000000000001', 'hex')), boxed('trun', Buffer.from('0000000000000258', 'hex'))));
    const bytes = Buffer.concat([sample.subarray(0, moov), movie, fragment, sample.subarray(mdat)]);
    expect(await ingest(storage, await tempOf(storage, bytes), newId(1))).toMatchObject({ code: 'damaged', message: expect.stringMatching(/contradicts/u) as string });
    expect(await left()).toEqual([]);
  });
});

function childrenOf(content: Buffer): Buffer[] {
  if (content.length < 8) return [];
  const size = content.readUInt32BE(0);
  return [Buffer.from(content.subarray(0, size)), ...childrenOf(content.subarray(size))];
}

describe('a still', () => {
  async function program(script: string): Promise<string> {
    const path = join(directory, 'ffmpeg');
    await writeFile(path, `#!/bin/sh\nfor last; do :; done\nout="\${last#file:}"\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  async function thumbnail(script: string, timeoutMs?: number) {
    const id = newId(1);
    const facts = await ingestVideo(storage, await tempOf(storage, sampleVideo({ width: 320, height: 180 })), id, createStill(await program(script), timeoutMs));
    expect(isProblem(facts)).toBe(false);
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
    const { data, info } = await sharp(storage.path(thumbnailOf(id))).raw().toBuffer({ resolveWithObject: true });
    return { size: [info.width, info.height], still: !isProblem(facts) && facts.still, corner: [...data.subarray(0, 3)] };
  }

  const tile = { size: [640, 360], still: false };

  test('is what the machine\'s ffmpeg makes', async () => {
    await plain(200, 100, '#ff0000').png().toFile(join(directory, 'red.png'));
    const { size, still, corner: [red = 0, green = 255] } = await thumbnail(`/bin/cp ${join(directory, 'red.png')} "$out"`);
    expect([size, still]).toEqual([[200, 100], true]);
    expect([red > 200, green < 50]).toEqual([true, true]);
  });

  test('is asked for with one file, no network and no secrets', async () => {
    const said = join(directory, 'said');
    await thumbnail(`echo "$@" > ${said}; /usr/bin/env >> ${said}; exit 1`);
    const words = await readFile(said, 'utf8');
    expect(words).toMatch(/-protocol_whitelist file -f mov .*-i file:\S+\/tmp\/\S+ /u);
    expect(words).not.toMatch(/^(?:HOME|PATH=\/root|SECRET|NODE)/mu);
  });

  test.each([
    ['fails', 'exit 1'],
    ['makes no picture', 'echo rubbish > "$out"'],
    ['makes nothing at all', 'exit 0'],
    ['does not end', 'exec /bin/sleep 60'],
  ])('is a tile when ffmpeg %s', async (_name, script) => {
    expect(await thumbnail(script, 500)).toMatchObject(tile);
  });

  test('is a tile when there is no ffmpeg, or the picture would be too large for one', async () => {
    const film = { type: 'video/mp4', width: 320, height: 180, durationMs: 1000 } as const;
    expect(await createStill(join(directory, 'nowhere'))('in', film, 'out')).toBe(false);
    const path = await program('exit 0');
    expect(await createStill(path)('in', film, 'out')).toBe(true);
    expect(await createStill(path)('in', { ...film, width: 16_000, height: 16_000 }, 'out')).toBe(false);
  });
});

describe('a tile', () => {
  test.each([
    [{ width: 1920, height: 1080, durationMs: 65_000 }, [640, 360]],
    [{ width: 1080, height: 1920, durationMs: 4 * 3_600_000 }, [360, 640]],
    [{ width: 16_000, height: 1, durationMs: 10 }, [640, 1]],
  ])('has the shape of its video, the sign and the time: %j', async (video, size) => {
    const { data, info } = await (await tileOf(video, 640)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual(size);
    const shade = (x: number, y: number) => data[(Math.floor(y) * info.width + Math.floor(x)) * 3] ?? 0;
    if (info.height < 100) return;
    expect(shade(info.width / 2, info.height / 2)).toBeGreaterThan(200);
    expect(shade(2, 2)).toBeLessThan(60);
    const corner = Array.from({ length: 150 * 150 }, (_, n) => shade(info.width - 1 - (n % 150), info.height - 1 - Math.floor(n / 150)));
    expect(corner.some((one) => one > 200)).toBe(true);
  });
});
