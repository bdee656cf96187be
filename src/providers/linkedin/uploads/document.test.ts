import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeLinkedin, type FakeLinkedIn } from '../fake.ts';
import { lastSent, picture, postTo } from '../fake/job.ts';
import { jpegFrameOf, pdfOf, type PdfPage } from './pdf.ts';

async function jpeg(width: number, height: number, gray = false): Promise<Buffer> {
  const plain = sharp({ create: { width, height, channels: 3, background: '#3366cc' } });
  return (gray ? plain.toColourspace('b-w') : plain).jpeg().toBuffer();
}
/** In pieces, as a file comes. */
const pieces = (bytes: Buffer, size = 7) => async function* () {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The objects of a PDF by number, found through its table as a reader finds them. */
function objectsIn(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/u.exec(text)?.[1]);
  expect(text.slice(table, table + 5)).toBe('xref\n');
  const rows = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gmu)].map((row) => Number(row[1]));
  expect(text).toContain(`/Size ${rows.length + 1} `);
  return rows.map((offset, n) => {
    const head = `${n + 1} 0 obj\n`;
    expect(text.slice(offset, offset + head.length)).toBe(head);
    return text.slice(offset + head.length, text.indexOf('\nendobj\n', offset));
  });
}

describe('a PDF of pictures', () => {
  it('has a page in the shape of each, with the picture itself', async () => {
    const files = [await jpeg(30, 20), await jpeg(20, 40, true)];
    const pages = await Promise.all(files.map(async (bytes): Promise<PdfPage> => {
      const frame = await jpegFrameOf(pieces(bytes)());
      return { width: frame?.width ?? 0, height: frame?.height ?? 0, components: frame?.components === 1 ? 1 : 3, size: bytes.length, open: pieces(bytes) };
    }));
    const pdf = pdfOf(pages, 'Füße (1)');
    const bytes = await all(pdf.stream());
    expect(bytes).toHaveLength(pdf.size);
    expect(await all(pdf.stream())).toEqual(bytes);
    const objects = objectsIn(bytes);
    expect(objects).toHaveLength(9);
    expect(objects[1]).toBe('<< /Type /Pages /Count 2 /Kids [4 0 R 7 0 R] >>');
    expect(objects[2]).toContain(`/Title <feff${Buffer.from('Füße (1)', 'utf16le').swap16().toString('hex')}>`);
    expect([objects[3], objects[6]].map((page) => /\/MediaBox \[([^\]]+)\]/u.exec(page ?? '')?.[1])).toEqual(['0 0 30 20', '0 0 20 40']);
    for (const [n, file] of files.entries()) {
      const [head = '', body = ''] = (objects[5 + 3 * n] ?? '').split('stream\n', 2);
      expect(head).toContain(`/ColorSpace /${n === 1 ? 'DeviceGray' : 'DeviceRGB'} `);
      expect(head).toContain(`/Length ${file.length} `);
      expect(Buffer.from(body.slice(0, file.length), 'latin1')).toEqual(file);
    }
  });

  it('is made of JPEG alone', async () => {
    expect(await jpegFrameOf(pieces(await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } }).png().toBuffer())())).toBeNull();
    expect(await jpegFrameOf(pieces(Buffer.from('ffd8ff', 'hex'))())).toBeNull();
    expect(await jpegFrameOf(pieces(Buffer.alloc(0))())).toBeNull();
    expect(await jpegFrameOf(pieces(await sharp({ create: { width: 9, height: 5, channels: 3, background: '#fff' } }).jpeg({ progressive: true }).toBuffer())())).toEqual({ width: 9, height: 5, components: 3 });
  });
});

describe('a document', () => {
  let fake: FakeLinkedIn;
  beforeEach(async () => { fake = await startFakeLinkedin(); });
  afterEach(() => fake.close());

  it('is the pictures of the post in their order, under its title', async () => {
    const files = new Map([['a', await jpeg(30, 20)], ['b', await jpeg(20, 40)]]);
    const image = (mediaId: string) => ({ bytes: files.get(mediaId) ?? Buffer.alloc(0), file: { type: 'image/jpeg' as const, width: 1, height: 1, name: 'a.jpg' } });
    const { remoteId } = await postTo(fake, 'Leaf through', { media: [picture('', 'b'), picture('', 'a')], options: { format: 'document', title: 'Slides' }, image });
    expect(remoteId).toMatch(/^urn:li:ugcPost:/u);
    const [asset] = fake.assets.assets.values();
    expect(lastSent(fake)?.content).toEqual({ media: { id: asset?.urn, title: 'Slides' } });
    const objects = objectsIn(asset?.body ?? Buffer.alloc(0));
    expect([objects[3], objects[6]].map((page) => /\/MediaBox \[([^\]]+)\]/u.exec(page ?? '')?.[1])).toEqual(['0 0 20 40', '0 0 30 20']);
  });

  it('of a page waits until it is processed', async () => {
    fake.state.looks = 2;
    await expect(postTo(fake, 'x', { as: 'page', media: [picture()], options: { format: 'document', title: 'T' } })).rejects.toThrow('document-ready is not ready');
    expect(fake.ledger).toEqual([]);
  });

  it('takes no picture that is no page', async () => {
    const image = () => ({ bytes: Buffer.from('nothing'), file: { type: 'image/jpeg' as const, width: 1, height: 1, name: 'a.jpg' } });
    await expect(postTo(fake, 'x', { media: [picture()], options: { format: 'document', title: 'T' }, image })).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'not_a_page' } });
    expect(fake.calls).toEqual([]);
  });
});
