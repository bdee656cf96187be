import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../lib/ids.ts';
import { isProblem } from './problem.ts';
import { tempOf } from './samples/samples.ts';
import { createStorage, type MediaStorage } from './storage.ts';

let directory: string;
let storage: MediaStorage;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'media-'));
  storage = createStorage(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

const temps = async () => readdir(join(directory, 'tmp'));

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A stream that ends like this when its client goes away: at once, while the file is being made, or after a chunk. */
const moments: [string, (act: () => void) => unknown][] = [
  ['at once', (act) => process.nextTick(act)],
  ['a moment later', (act) => setImmediate(act)],
  ['after a chunk', (act) => setTimeout(act, 20)],
];

describe('receiving', () => {
  test('what came in is in the temporary file', async () => {
    const received = await storage.receive((async function* () { yield Buffer.from('ab'); yield Buffer.from('c'); })(), { maxBytes: 3 });
    if (isProblem(received)) throw new Error(received.message);
    expect(received.bytes).toBe(3);
    expect(await readFile(received.path, 'utf8')).toBe('abc');
    expect((await stat(received.path)).mode & 0o077).toBe(0);
  });

  test('100 MB are read no further than the limit and one chunk', async () => {
    const chunk = Buffer.alloc(1_000_000);
    let given = 0;
    let closed = false;
    const endless = (async function* () {
      try {
        for (let i = 0; i < 100; i += 1) {
          given += chunk.length;
          yield chunk;
        }
      } finally {
        closed = true;
      }
    })();
    const received = await storage.receive(endless, { maxBytes: 5_000_000 });
    expect(received).toEqual({ code: 'too_large', message: 'This file is larger than 5 MB.' });
    expect(given).toBe(6_000_000);
    expect(closed).toBe(true);
    expect(await temps()).toEqual([]);
  });

  test.each(moments)('a client that goes away %s leaves nothing', async (_name, at) => {
    for (const reason of [new Error('aborted'), undefined]) {
      const upload = new PassThrough();
      upload.write('half a pict');
      const receiving = storage.receive(upload, { maxBytes: 100 });
      at(() => upload.destroy(reason));
      expect(await receiving).toMatchObject({ code: 'interrupted' });
      expect(await temps()).toEqual([]);
    }
  });

  test('a stream over the limit is let go of', async () => {
    const upload = new PassThrough();
    upload.write(Buffer.alloc(200));
    expect(await storage.receive(upload, { maxBytes: 100 })).toMatchObject({ code: 'too_large' });
    expect(upload.destroyed).toBe(true);
  });
});

describe('keeping', () => {
  test('files lie by the end of their id, derivatives beside them, and go together', async () => {
    const [id, other] = [newId(1), newId(1)];
    const file = { id, type: 'image/jpeg' } as const;
    await storage.keep(await tempOf(storage, 'original'), file);
    await storage.keep(await tempOf(storage, 'small'), { id, type: 'image/webp', derivative: 'thumb' });
    await storage.keep(await tempOf(storage, 'other'), { id: other, type: 'image/png' });
    expect(await temps()).toEqual([]);
    expect(storage.path(file)).toBe(join(directory, id.slice(-2), `${id}.jpg`));
    expect(await storage.size(file)).toBe(8);
    const stream = storage.open(file);
    expect([await textOf(stream), await textOf(stream)]).toEqual(['original', 'original']);

    await storage.remove(id);
    await storage.remove(id);
    expect(await storage.size(file)).toBeNull();
    expect(await storage.size({ id, type: 'image/webp', derivative: 'thumb' })).toBeNull();
    expect(await storage.size({ id: other, type: 'image/png' })).toBe(5);
  });

  test('opening what is not there fails only when it is read', async () => {
    const stream = storage.open({ id: newId(1), type: 'image/png' });
    await expect(textOf(stream)).rejects.toHaveProperty('code', 'ENOENT');
  });

  test.each(['', '..', '../../etc/passwd', 'x', `${newId(1)}/..`, newId(1).toUpperCase().replace(/^0/u, 'A')])('%j is no id', async (id) => {
    expect(() => storage.path({ id, type: 'image/png' })).toThrow(/Not the id/u);
    await expect(storage.remove(id)).rejects.toThrow(/Not the id/u);
    await expect(storage.size({ id, type: 'image/png' })).rejects.toThrow(/Not the id/u);
  });

  test.each(['', '../x', 'a.b', 'A'])('%j is no derivative', (derivative) => {
    expect(() => storage.path({ id: newId(1), type: 'image/png', derivative })).toThrow(/Not a derivative/u);
  });
});

describe('sweeping', () => {
  test('at the start what another process was writing goes, and what can go on stays', async () => {
    await tempOf(storage, 'half a file');
    const upload = join(storage.tempDirectory, newId(1));
    await writeFile(upload, 'a part of an upload');
    await storage.sweepBroken();
    expect(await temps()).toEqual([upload.split('/').at(-1)]);
  });

  test('only what is old goes', async () => {
    expect(await storage.sweepTemp(Date.now())).toBe(0);
    const [old, fresh] = [await tempOf(storage, 'old'), await tempOf(storage, 'fresh')];
    await utimes(old, 1000, 1000);
    await utimes(fresh, 3000, 3000);
    expect(await storage.sweepTemp(2_000_000)).toBe(1);
    expect(await temps()).toEqual([fresh.split('/').at(-1)]);
  });
});
