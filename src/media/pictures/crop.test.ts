import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { cropImage } from './crop.ts';
import { ingestImage } from '../ingest.ts';
import { isProblem } from '../problem.ts';
import { animation, seeThrough, tempOf } from '../samples/samples.ts';
import { createStorage, thumbnailOf, type MediaStorage } from '../storage.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'media-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

/** Red on the left, blue on the right. */
const halves = (format: 'jpeg' | 'png' | 'webp') => sharp({ create: { width: 80, height: 40, channels: 3, background: '#ff0000' } })
  .composite([{ input: { create: { width: 40, height: 40, channels: 3, background: '#0000ff' } }, left: 40, top: 0 }])[format]().toBuffer();

async function kept(bytes: Buffer) {
  const id = newId(1);
  const facts = await ingestImage(storage, await tempOf(storage, bytes), id);
  if (isProblem(facts)) throw new Error(facts.message);
  return { id, ...facts };
}

describe('cropping', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('makes a new %s of the piece and leaves the old one', async (format) => {
    const source = await kept(await halves(format));
    const id = newId(2);
    const facts = await cropImage(storage, source, { x: 40, y: 10, width: 40, height: 20 }, id);
    expect(facts).toMatchObject({ type: `image/${format}`, width: 40, height: 20, animated: false });
    if (isProblem(facts)) return;
    const { channels } = await sharp(storage.path({ id, type: facts.type })).stats();
    expect(channels.slice(0, 3).map(({ mean }) => Math.round(mean / 255))).toEqual([0, 0, 1]);
    expect(await storage.size(thumbnailOf(id))).toBeGreaterThan(0);
    expect(await storage.size({ id: source.id, type: source.type })).toBe(source.bytes);
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  it('keeps what is see-through', async () => {
    const source = await kept(await seeThrough(100, 100).png().toBuffer());
    const id = newId(2);
    await cropImage(storage, source, { x: 0, y: 0, width: 50, height: 50 }, id);
    expect((await sharp(storage.path({ id, type: 'image/png' })).stats()).isOpaque).toBe(false);
  });

  it.each([
    ['a piece outside of it', { x: 50, y: 0, width: 40, height: 20 }, {}, 'does_not_fit'],
    ['a moving picture', { x: 0, y: 0, width: 10, height: 10 }, { animated: true }, 'unsupported'],
    ['a picture whose file is gone', { x: 0, y: 0, width: 10, height: 10 }, { id: newId(3) }, 'missing'],
  ])('refuses %s and leaves nothing behind', async (_name, box, other, code) => {
    const source = await kept(await halves('png'));
    const id = newId(2);
    expect(await cropImage(storage, { ...source, ...other }, box, id)).toMatchObject({ code });
    expect(await storage.size({ id, type: 'image/png' })).toBeNull();
    expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  });

  it('refuses a moving picture by what is known of it', async () => {
    const source = await kept(await animation('gif'));
    expect(source.animated).toBe(true);
    expect(await cropImage(storage, source, { x: 0, y: 0, width: 10, height: 10 }, newId(2))).toMatchObject({ code: 'unsupported' });
  });
});
