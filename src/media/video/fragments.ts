import { boxesIn, contentOf, type Box } from './boxes.ts';
import { mostAtOnce, Unreadable, type Bytes } from './bytes.ts';

/** What a track's samples come to, counted without keeping them. */
export interface Run {
  id: number;
  samples: number;
  /** Ticks of all samples together. */
  spent: number;
  /** From the first tick of the first fragment to the end of the last. */
  fragmentTicks: number;
  firstTick: number | null;
}

/**
 * Adds a movie fragment (ISO 14496-12 §8.8) to the tracks that it continues. A run may claim four thousand million samples
 * in twenty bytes, so samples are counted and never made.
 */
export async function addFragment(bytes: Bytes, moof: Box, tracks: readonly Run[], defaults: ReadonlyMap<number, number>): Promise<void> {
  for await (const traf of boxesIn(bytes, moof.content, moof.end)) {
    if (traf.type !== 'traf') continue;
    let track: Run | undefined;
    let each = 0;
    let tick: number | null = null;
    for await (const box of boxesIn(bytes, traf.content, traf.end)) {
      if (box.type === 'tfhd') {
        const { id, duration } = headerOf(await contentOf(bytes, box));
        track = tracks.find((one) => one.id === id);
        each = duration ?? defaults.get(id) ?? 0;
      } else if (box.type === 'tfdt') {
        tick = decodeTimeOf(await contentOf(bytes, box));
      } else if (box.type === 'trun' && track) {
        const run = await runOf(bytes, box, each);
        track.samples += run.samples;
        track.spent += run.spent;
        const start: number = tick ?? (track.firstTick ?? 0) + track.fragmentTicks;
        track.firstTick ??= start;
        tick = start + run.spent;
        track.fragmentTicks = Math.max(track.fragmentTicks, tick - track.firstTick);
      }
    }
  }
}

/** Track and default duration of a `tfhd`; before the duration come two fields that flags announce. */
function headerOf(tfhd: Buffer): { id: number; duration: number | undefined } {
  const flags = read(tfhd, 0);
  const at = 8 + ((flags & 0x01) === 0 ? 0 : 8) + ((flags & 0x02) === 0 ? 0 : 4);
  return { id: read(tfhd, 4), duration: (flags & 0x08) === 0 ? undefined : read(tfhd, at) };
}

function decodeTimeOf(tfdt: Buffer): number {
  return tfdt[0] === 1 ? read(tfdt, 4) * 2 ** 32 + read(tfdt, 8) : read(tfdt, 4);
}

async function runOf(bytes: Bytes, trun: Box, each: number): Promise<{ samples: number; spent: number }> {
  const head = await bytes.read(trun.content, 8);
  const flags = read(head, 0);
  const samples = read(head, 4);
  if ((flags & 0x1_00) === 0) return { samples, spent: samples * each };
  // Of each sample: duration, size, flags and offset, as announced.
  const stride = 4 * [0x1_00, 0x2_00, 0x4_00, 0x8_00].filter((flag) => (flags & flag) !== 0).length;
  const first = trun.content + 8 + ((flags & 0x01) === 0 ? 0 : 4) + ((flags & 0x04) === 0 ? 0 : 4);
  if (first + samples * stride > trun.end) throw new Unreadable('A run is cut off.');
  let spent = 0;
  const most = Math.floor(mostAtOnce / stride);
  for (let done = 0; done < samples;) {
    const some = Math.min(samples - done, most);
    const table = await bytes.read(first + done * stride, some * stride);
    for (let at = 0; at < table.length; at += stride) spent += table.readUInt32BE(at);
    done += some;
  }
  return { samples, spent };
}

function read(content: Buffer, position: number): number {
  if (position + 4 > content.length) throw new Unreadable('A header is too short.');
  return content.readUInt32BE(position);
}
