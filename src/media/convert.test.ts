import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import sharp, { type Sharp as Picture } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImageRule } from '../domain/capabilities.ts';
import { newId } from '../lib/ids.ts';
import { imageFor, type StoredImage } from './convert.ts';
import { ratioProblem, scaled, scaleFor } from './pictures/fit.ts';
import { ingestImage } from './ingest.ts';
import { isProblem } from './problem.ts';
import { animation, noise, plain, seeThrough, tempOf } from './samples/samples.ts';
import { createStorage, type MediaStorage } from './storage.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'media-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

async function stored(picture: Picture | Buffer): Promise<StoredImage> {
  const id = newId(1);
  const facts = await ingestImage(storage, await tempOf(storage, Buffer.isBuffer(picture) ? picture : await picture.toBuffer()), id);
  if (isProblem(facts)) throw new Error(facts.message);
  return { id, ...facts };
}

/** The file for the rule, with its bytes checked against what it says of itself. */
async function made(media: StoredImage, rule: ImageRule) {
  const file = await imageFor(storage, media, rule);
  if (isProblem(file)) throw new Error(file.message);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe(file.size);
  const metadata = await sharp(bytes).metadata();
  expect({ type: `image/${metadata.format}`, width: metadata.width, height: metadata.height })
    .toEqual({ type: file.type, width: file.width, height: file.height });
  expect(file.size).toBeLessThanOrEqual(rule.maxBytes);
  expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  return { file, bytes, metadata };
}

const files = async (media: StoredImage) =>
  (await readdir(join(directory, media.id.slice(-2)))).filter((name) => name.startsWith(media.id) && !name.includes('thumb'));

const jpegOnly: ImageRule = { max: 4, types: ['image/jpeg'], maxBytes: 10_000_000 };
const any: ImageRule = { max: 4, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 10_000_000 };

describe('a picture that fits', () => {
  test('goes as it is', async () => {
    const media = await stored(plain(300, 200).png());
    const { file } = await made(media, any);
    expect(file).toMatchObject({ type: 'image/png', width: 300, height: 200, name: 'image.png', size: media.bytes });
    expect(await files(media)).toHaveLength(1);
  });

  test('an animation too', async () => {
    const { file, metadata } = await made(await stored(await animation('gif')), any);
    expect(file.type).toBe('image/gif');
    expect(metadata.pages).toBe(3);
  });
});

describe('a picture that does not fit', () => {
  test('gets an allowed type, once', async () => {
    const media = await stored(plain(300, 200).png());
    const first = await made(media, jpegOnly);
    expect(first.file).toMatchObject({ type: 'image/jpeg', width: 300, height: 200, name: 'image.jpg' });
    expect(await files(media)).toHaveLength(2);
    const again = await made(media, { ...jpegOnly, max: 1 });
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(await files(media)).toHaveLength(2);
    await made(media, { ...jpegOnly, maxSide: 100 });
    expect(await files(media)).toHaveLength(3);
    await storage.remove(media.id);
    expect(await files(media)).toEqual([]);
  });

  test('asked for twice at once it is made once', async () => {
    const media = await stored(plain(300, 200).png());
    const [one, two] = await Promise.all([imageFor(storage, media, jpegOnly), imageFor(storage, media, jpegOnly)]);
    expect(one).toMatchObject({ size: (two as { size: number }).size });
    expect(await files(media)).toHaveLength(2);
  });

  test('an animation becomes its first frame', async () => {
    const media = await stored(await animation('gif'));
    expect((await made(media, jpegOnly)).file).toMatchObject({ type: 'image/jpeg', width: 40, height: 30 });
    const small = await made(media, { ...any, maxSide: 20 });
    expect(small.file).toMatchObject({ type: 'image/jpeg', width: 20, height: 15 });
  });

  test.each<[string, Partial<ImageRule>, { width: number; height: number }]>([
    ['pixels', { maxPixels: 15_000 }, { width: 150, height: 100 }],
    ['side', { maxSide: 150 }, { width: 150, height: 100 }],
    ['short side', { maxSide: 300, maxShortSide: 100 }, { width: 150, height: 100 }],
    ['sum', { maxSum: 250 }, { width: 150, height: 100 }],
    ['the strictest of all', { maxPixels: 15_000, maxSide: 90, maxSum: 250 }, { width: 90, height: 60 }],
  ])('is scaled down to the %s', async (_name, bounds, size) => {
    expect((await made(await stored(plain(300, 200).jpeg()), { ...any, ...bounds })).file).toMatchObject(size);
  });

  test('is never enlarged', async () => {
    expect((await made(await stored(plain(30, 20).png()), { ...jpegOnly, maxSide: 5000 })).file).toMatchObject({ width: 30, height: 20 });
  });

  test('loses quality before it loses size', async () => {
    const media = await stored(noise(400, 300).jpeg({ quality: 95 }));
    const { file } = await made(media, { ...jpegOnly, maxBytes: Math.floor(media.bytes * 0.7) });
    expect(file).toMatchObject({ width: 400, height: 300 });
  });

  test('loses size when quality does not do', async () => {
    const media = await stored(noise(400, 300).jpeg({ quality: 95 }));
    const { file } = await made(media, { ...jpegOnly, maxBytes: 8000 });
    expect(file.width).toBeLessThan(400);
    expect(file.width / file.height).toBeCloseTo(4 / 3, 1);
  });

  test('a photo as PNG that is too heavy becomes a JPEG', async () => {
    const media = await stored(noise(400, 300).png());
    expect((await made(media, { ...any, maxBytes: 150_000 })).file).toMatchObject({ type: 'image/jpeg', width: 400, height: 300 });
  });

  test('a screenshot as PNG that is only too large stays PNG', async () => {
    expect((await made(await stored(plain(400, 300).png()), { ...any, maxSide: 200 })).file.type).toBe('image/png');
  });

  test('says so when it cannot be done', async () => {
    const media = await stored(noise(100, 100).jpeg());
    expect(await imageFor(storage, media, { ...jpegOnly, maxBytes: 20 })).toMatchObject({ code: 'does_not_fit' });
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  test('says so when its file is gone', async () => {
    const media = await stored(plain(30, 20).png());
    await storage.remove(media.id);
    expect(await imageFor(storage, media, any)).toMatchObject({ code: 'missing' });
  });
});

describe('transparency', () => {
  test('stays where a type that has it is allowed', async () => {
    const media = await stored(seeThrough(300, 200).png());
    const png = await made(media, { ...any, maxSide: 100 });
    expect(png.file.type).toBe('image/png');
    expect((await sharp(png.bytes).stats()).isOpaque).toBe(false);
    const webp = await made(media, { ...any, types: ['image/jpeg', 'image/webp'] });
    expect(webp.file.type).toBe('image/webp');
    expect((await sharp(webp.bytes).stats()).isOpaque).toBe(false);
  });

  test('becomes white elsewhere', async () => {
    const { file, bytes } = await made(await stored(seeThrough(300, 200).png()), jpegOnly);
    expect(file.type).toBe('image/jpeg');
    const corner = await sharp(bytes).extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer();
    for (const value of corner) expect(value).toBeGreaterThan(250);
  });
});

describe('ratio', () => {
  test('is never mended by cropping', async () => {
    const media = await stored(plain(500, 20).jpeg());
    const refused = await imageFor(storage, media, { ...any, maxRatio: 20 });
    expect(refused).toMatchObject({ code: 'ratio', message: expect.stringMatching(/500 by 20 .*20 times.*Crop/u) });
    expect((await made(media, { ...any, maxRatio: 25 })).file).toMatchObject({ width: 500, height: 20 });
  });

  test('is kept to the pixel: what is exactly of a shape stays so when it is scaled, and what is nearly becomes so', async () => {
    const rule: ImageRule = { ...any, maxSide: 1800, aspect: { min: 4 / 5, max: 1.91 } };
    expect(scaled({ width: 3024, height: 3780 }, scaleFor({ width: 3024, height: 3780 }, rule), rule)).toEqual({ width: 1440, height: 1800 });
    expect((await made(await stored(plain(800, 1003).jpeg()), rule)).file).toMatchObject({ width: 800, height: 1000 });
    expect((await made(await stored(plain(800, 1000).jpeg()), rule)).file).toMatchObject({ width: 800, height: 1000 });
    // Further off is a person's to crop.
    expect((await made(await stored(plain(800, 1100).jpeg()), rule)).file).toMatchObject({ width: 800, height: 1100 });
    const side = fc.integer({ min: 300, max: 9000 });
    fc.assert(fc.property(side, side, fc.integer({ min: 100, max: 4000 }), (width, height, maxSide) => {
      fc.pre(width / height >= 4 / 5 && width / height <= 1.91);
      const size = scaled({ width, height }, scaleFor({ width, height }, { ...rule, maxSide }), { ...rule, maxSide });
      expect(size.width / size.height).toBeGreaterThanOrEqual(4 / 5);
      expect(size.width / size.height).toBeLessThanOrEqual(1.91);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(maxSide);
    }));
  });

  test('no bound is passed by rounding', () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(fc.property(side, side, fc.integer({ min: 50, max: 4000 }), fc.integer({ min: 2, max: 20 }), fc.double({ min: 0.1, max: 1, noNaN: true }),
      (width, height, bound, maxRatio, smaller) => {
        const rule: ImageRule = { ...any, maxSide: bound, maxShortSide: bound * 0.7, maxSum: bound * 1.5, maxPixels: bound * bound * 0.5, maxRatio };
        fc.pre(ratioProblem({ width, height }, rule) === null);
        const size = scaled({ width, height }, scaleFor({ width, height }, rule) * smaller, rule);
        expect(scaleFor(size, rule)).toBe(1);
        expect(ratioProblem(size, rule)).toBeNull();
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
      }));
  });
});
