import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../lib/ids.ts';
import { ingestImage } from './ingest.ts';
import { probe } from './probe.ts';
import { isProblem, type MediaProblemCode } from './problem.ts';
import { animation, noise, phonePhoto, plain, pngClaiming, seeThrough, tempOf } from './samples/samples.ts';
import { createStorage, thumbnailOf, type MediaStorage } from './storage.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'media-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

/** Ingests and gives the facts, the bytes that were stored and sharp's view of them. */
async function ingest(bytes: Uint8Array | string) {
  const id = newId(1);
  const temp = await tempOf(storage, bytes);
  const facts = await ingestImage(storage, temp, id);
  expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  if (isProblem(facts)) {
    expect((await readdir(directory)).filter((name) => name !== 'tmp')).toEqual([]);
    return { problem: facts };
  }
  const stored = await readFile(storage.path({ id, type: facts.type }));
  expect(stored.length).toBe(facts.bytes);
  const thumb = await sharp(storage.path(thumbnailOf(id))).metadata();
  return { facts, stored, metadata: await sharp(stored).metadata(), thumb, problem: undefined };
}

async function taken(bytes: Uint8Array) {
  const result = await ingest(bytes);
  if (result.problem) throw new Error(result.problem.message);
  return result;
}

describe('what is taken', () => {
  test('a phone\'s photo stands upright and tells nothing', async () => {
    const photo = await phonePhoto();
    expect(photo.includes('SecretCamera')).toBe(true);
    const { facts, stored, metadata, thumb } = await taken(photo);
    expect(facts).toMatchObject({ type: 'image/jpeg', width: 40, height: 60, animated: false });
    expect(metadata).toMatchObject({ width: 40, height: 60, hasProfile: false, space: 'srgb' });
    expect([metadata.exif, metadata.xmp, metadata.icc, metadata.iptc, metadata.orientation]).toEqual(Array.from({ length: 5 }));
    for (const trace of ['SecretCamera', 'Jane Doe', 'Exif', 'GPS']) expect(stored.includes(trace)).toBe(false);
    expect(thumb).toMatchObject({ format: 'webp', width: 40, height: 60 });
    expect(thumb.exif).toBeUndefined();
  });

  test('a wide colour space becomes sRGB by conversion, not by forgetting', async () => {
    const p3 = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 50, b: 50 } } }).withIccProfile('p3').png().toBuffer();
    expect((await sharp(p3).metadata()).hasProfile).toBe(true);
    const { stored, metadata } = await taken(p3);
    expect(metadata).toMatchObject({ hasProfile: false, space: 'srgb' });
    const { data } = await sharp(stored).raw().toBuffer({ resolveWithObject: true });
    for (const [index, value] of [200, 50, 50].entries()) expect(Math.abs((data[index] ?? 0) - value)).toBeLessThanOrEqual(3);
  });

  test('CMYK becomes RGB', async () => {
    const { facts, metadata } = await taken(await plain(30, 20).toColourspace('cmyk').jpeg().toBuffer());
    expect(facts).toMatchObject({ type: 'image/jpeg', width: 30, height: 20 });
    expect(metadata).toMatchObject({ space: 'srgb', channels: 3 });
  });

  test('16 bits become 8', async () => {
    const deep = await plain(30, 20).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect((await taken(deep)).metadata).toMatchObject({ depth: 'uchar', format: 'png' });
  });

  test('transparency stays', async () => {
    const { facts, stored } = await taken(await seeThrough(100, 80).png().toBuffer());
    expect(facts).toMatchObject({ type: 'image/png', width: 100, height: 80 });
    expect((await sharp(stored).stats()).isOpaque).toBe(false);
  });

  test.each(['gif', 'webp'] as const)('an animated %s keeps its frames', async (format) => {
    const { facts, stored, thumb } = await taken(await animation(format));
    expect(facts).toMatchObject({ type: `image/${format}`, width: 40, height: 30, animated: true });
    expect(await sharp(stored).metadata()).toMatchObject({ pages: 3, delay: [100, 100, 100], loop: 0 });
    expect(thumb).toMatchObject({ format: 'webp', width: 40, height: 30 });
    expect(thumb.pages).toBeUndefined();
  });

  test('still WebP and GIF', async () => {
    expect((await taken(await plain(30, 20).webp().toBuffer())).facts).toMatchObject({ type: 'image/webp', animated: false });
    expect((await taken(await plain(30, 20).gif().toBuffer())).facts).toMatchObject({ type: 'image/gif', animated: false });
  });

  test('a thumbnail has at most 640 pixels on a side', async () => {
    expect((await taken(await plain(2000, 1000).jpeg().toBuffer())).thumb).toMatchObject({ width: 640, height: 320 });
    expect((await taken(await plain(500, 2000).jpeg().toBuffer())).thumb).toMatchObject({ width: 160, height: 640 });
  });

  test('a page hidden behind a picture is gone', async () => {
    const polyglot = Buffer.concat([await plain(20, 20).png().toBuffer(), Buffer.from('<html><script>alert(1)</script></html>')]);
    const { stored } = await taken(polyglot);
    expect(stored.includes('script')).toBe(false);
  });

  test('a file\'s name counts for nothing', async () => {
    const path = `${await storage.temp()}.png`;
    await plain(20, 20).jpeg().toFile(path);
    expect(await ingestImage(storage, path, newId(1))).toMatchObject({ type: 'image/jpeg' });
  });
});

describe('what is refused', () => {
  test.each<[string, string | Buffer, MediaProblemCode, RegExp]>([
    ['zero bytes', '', 'empty', /empty/u],
    ['text', 'hello', 'not_a_picture', /not a picture/u],
    ['one byte', 'x', 'not_a_picture', /not a picture/u],
    ['a web page called PNG', '<!DOCTYPE html><html><script>alert(1)</script>', 'unsupported', /web page/u],
    ['a web page with a byte order mark', '\uFEFF  <html>', 'unsupported', /web page/u],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'unsupported', /SVG/u],
    ['SVG behind a prologue', '<?xml version="1.0"?><!-- x --><svg width="1" height="1"></svg>', 'unsupported', /SVG/u],
    ['PDF', '%PDF-1.7\n', 'unsupported', /PDF/u],
    ['HEIC', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic')]), 'unsupported', /HEIC/u],
    ['AVIF', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypavif')]), 'unsupported', /AVIF/u],
    ['MP4 as a picture', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom')]), 'not_a_picture', /video/u],
    ['TIFF', Buffer.from('49492a0008000000', 'hex'), 'unsupported', /TIFF/u],
    ['BMP', Buffer.from('424d460000000000000036000000', 'hex'), 'unsupported', /BMP/u],
    ['the first bytes of a JPEG and no more', Buffer.from('ffd8ff', 'hex'), 'damaged', /damaged/u],
    ['a PNG signature and a page', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('<html>')]), 'damaged', /damaged/u],
    ['a GIF signature and a script', 'GIF89a=1;alert(1)', 'damaged', /damaged/u],
    ['a bomb of 30000 by 30000', pngClaiming(30_000, 30_000), 'too_many_pixels', /30000 by 30000/u],
    ['a very long side', pngClaiming(20_000, 10), 'too_many_pixels', /16383/u],
    ['a picture that promises more than it holds', pngClaiming(5000, 5000), 'damaged', /damaged/u],
  ])('%s', async (_name, bytes, code, sentence) => {
    const { problem } = await ingest(bytes);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toMatch(sentence);
  });

  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s that breaks off', async (format) => {
    const whole = await noise(200, 150)[format]().toBuffer();
    for (const part of [0.1, 0.5, 0.9, 0.99]) {
      const { problem } = await ingest(whole.subarray(0, Math.floor(whole.length * part)));
      expect([part, problem?.code]).toEqual([part, 'damaged']);
    }
  });

  test.each(['gif', 'webp'] as const)('an animated %s that breaks off', async (format) => {
    const whole = await animation(format);
    const { problem } = await ingest(whole.subarray(0, Math.floor(whole.length * 0.7)));
    expect(problem?.code).toBe('damaged');
  });

  test('an animation without end', async () => {
    const { problem } = await ingest(await animation('gif', 8, 8, 1100));
    expect(problem?.code).toBe('too_many_frames');
  });

  test('more than 25 MB', async () => {
    const { problem } = await ingest(Buffer.concat([await plain(20, 20).jpeg().toBuffer(), Buffer.alloc(25_000_000)]));
    expect(problem).toEqual({ code: 'too_large', message: 'This picture has 25 MB. At most 25 MB can be used.' });
  });
});

test('probing alone reads the header', async () => {
  expect(await probe(await tempOf(storage, await phonePhoto()))).toMatchObject({ type: 'image/jpeg', width: 40, height: 60, animated: false });
});
