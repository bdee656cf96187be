import { boxesIn, type Box } from './boxes.ts';
import { Unreadable, type Bytes } from './bytes.ts';

/** Bytes of a file: from `from` (included) to `to` (excluded). */
export interface Span {
  from: number;
  to: number;
}

type Tables = Partial<Record<'stsc' | 'stsz' | 'stco' | 'co64', Box>>;

/** Where a track's samples lie, chunk by chunk (ISO 14496-12 §8.7). Nothing for a track of another kind of table. */
export async function* chunksOf(bytes: Bytes, track: Box): AsyncGenerator<Span> {
  const tables = await tablesOf(bytes, track, ['mdia', 'minf', 'stbl']);
  const offsets = tables.stco ?? tables.co64;
  if (!offsets || !tables.stsc || !tables.stsz) return;
  const wide = offsets.type === 'co64';
  const chunks = await uint32(bytes, offsets, 4);
  const runs = await uint32(bytes, tables.stsc, 4);
  const each = await uint32(bytes, tables.stsz, 4);
  const samples = await uint32(bytes, tables.stsz, 8);
  let run = 0;
  let sample = 0;
  for (let chunk = 0; chunk < chunks && sample < samples; chunk += 1) {
    while (run + 1 < runs && await uint32(bytes, tables.stsc, 8 + 12 * (run + 1)) <= chunk + 1) run += 1;
    const inChunk = Math.min(await uint32(bytes, tables.stsc, 8 + 12 * run + 4), samples - sample);
    const high = wide ? await uint32(bytes, offsets, 8 + 8 * chunk) : 0;
    const from = high * 2 ** 32 + await uint32(bytes, offsets, wide ? 12 + 8 * chunk : 8 + 4 * chunk);
    const length = each > 0 ? each * inChunk : await sumOf(bytes, tables.stsz, sample, inChunk);
    sample += inChunk;
    yield { from, to: from + length };
  }
}

async function tablesOf(bytes: Bytes, parent: Box, [next, ...rest]: readonly string[]): Promise<Tables> {
  const found: Tables = {};
  for await (const box of boxesIn(bytes, parent.content, parent.end)) {
    if (box.type === next) return tablesOf(bytes, box, rest);
    if (next === undefined && /^(?:stsc|stsz|stco|co64)$/u.test(box.type)) found[box.type as keyof Tables] = box;
  }
  return found;
}

/** Sizes of so many samples, one after the other. */
async function sumOf(bytes: Bytes, stsz: Box, first: number, count: number): Promise<number> {
  let sum = 0;
  for (let n = first; n < first + count; n += 1) sum += await uint32(bytes, stsz, 12 + 4 * n);
  return sum;
}

async function uint32(bytes: Bytes, { content, end }: Box, at: number): Promise<number> {
  if (content + at + 4 > end) throw new Unreadable('A table is cut off.');
  return (await bytes.read(content + at, 4)).readUInt32BE(0);
}
