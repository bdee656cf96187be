import type { VideoType } from '../../domain/media.ts';
import { boxed, boxesIn, contentOf, type Box } from './boxes.ts';
import { mostAtOnce, Unreadable, type Bytes } from './bytes.ts';
import type { Outline } from './describe.ts';
import { addFragment, type Run } from './fragments.ts';

/** A track of a movie, with the boxes that say what it is. */
interface Track extends Run {
  id: number;
  enabled: boolean;
  /** `vide`, `soun`, … */
  handler: string;
  timescale: number;
  ticks: number;
  parts: Partial<Record<'tkhd' | 'mdhd' | 'hdlr' | 'stsd', Buffer>>;
}

interface Movie {
  header: Buffer | null;
  timescale: number;
  /** In the movie's own timescale: as edited, the longest track. */
  ticks: number;
  tracks: Track[];
  /** Duration of a sample where a fragment does not say, by track. */
  defaults: Map<number, number>;
}

const mostTracks = 64;

/** A table of a day at sixty frames a second, each with a duration of its own. */
const mostEntries = 6_000_000;

/**
 * MP4 and QuickTime: how long and how many frames, and the few boxes that say what the tracks are. Tables of samples are
 * summed up in passing, so a film of hours costs no more memory than one of seconds.
 */
export async function outlineOfMovie(bytes: Bytes, type: VideoType): Promise<Outline> {
  let movie: Movie | null = null;
  let data = 0;
  for await (const box of boxesIn(bytes, 0, bytes.size)) {
    if (box.type === 'moov') movie ??= await readMovie(bytes, box);
    else if (box.type === 'mdat') data += box.end - box.content;
    else if (box.type === 'moof' && movie) await addFragment(bytes, box, movie.tracks, movie.defaults);
  }
  if (!movie?.header || data === 0) throw new Unreadable('It has no content, or nothing that says what it is.');
  const video = chosen(movie.tracks, 'vide');
  if (!video) return { durationMs: null, frameRate: null, head: null };
  const audio = chosen(movie.tracks, 'soun');
  return {
    durationMs: durationOf(movie, video),
    frameRate: video.samples > 1 && video.spent > 0 && video.timescale > 0 ? (video.samples / video.spent) * video.timescale : null,
    head: headOf(type, movie.header, audio ? [video, audio] : [video]),
  };
}

/** Pictures of chapters are video tracks too; they are not enabled. */
function chosen(tracks: readonly Track[], handler: string): Track | undefined {
  const all = tracks.filter((track) => track.handler === handler && track.parts.tkhd && track.parts.mdhd && track.parts.stsd);
  return all.find(({ enabled }) => enabled) ?? all[0];
}

/** The longest of what is said: a fragmented movie may leave its headers at zero, or say there what its first part has. */
function durationOf({ timescale, ticks, tracks }: Movie, video: Track): number | null {
  const fragments = video.fragmentTicks > 0 ? video.fragmentTicks / video.timescale : 0;
  const said = timescale > 0 && ticks > 0 ? ticks / timescale : Math.max(...tracks.map((track) => (track.timescale > 0 ? track.ticks / track.timescale : 0)));
  const seconds = Math.max(said, fragments);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

/** Tables that claim samples have no place in a description, where the library would find them all the same. */
const foreign = /moof|trun|tfra|stts|ctts|stsz|stz2|saiz|elst/u;

/** A movie of the same tracks without samples: small, whatever the file is, and in the order that a reader hopes for. */
function headOf(type: VideoType, header: Buffer, tracks: readonly Track[]): Buffer {
  const brand = Buffer.from(type === 'video/quicktime' ? 'qt  \0\0\0\0qt  ' : 'isom\0\0\0\0isom', 'latin1');
  const none = Buffer.alloc(0);
  if (tracks.some(({ parts }) => foreign.test((parts.stsd ?? none).toString('latin1')))) throw new Unreadable('A description holds samples.');
  const whole = tracks.map(({ parts: { tkhd = none, mdhd = none, hdlr = none, stsd = none } }) =>
    boxed('trak', boxed('tkhd', tkhd), boxed('mdia', boxed('mdhd', mdhd), boxed('hdlr', hdlr), boxed('minf', boxed('stbl', boxed('stsd', stsd))))));
  return Buffer.concat([boxed('ftyp', brand), boxed('moov', boxed('mvhd', header), ...whole)]);
}

async function readMovie(bytes: Bytes, moov: Box): Promise<Movie> {
  const movie: Movie = { header: null, timescale: 0, ticks: 0, tracks: [], defaults: new Map() };
  for await (const box of boxesIn(bytes, moov.content, moov.end)) {
    if (box.type === 'mvhd') {
      movie.header = await contentOf(bytes, box);
      Object.assign(movie, timesOf(movie.header));
    } else if (box.type === 'trak' && movie.tracks.length < mostTracks) {
      movie.tracks.push(await readTrack(bytes, box));
    } else if (box.type === 'mvex') {
      for await (const inner of boxesIn(bytes, box.content, box.end)) {
        if (inner.type !== 'trex') continue;
        const trex = await contentOf(bytes, inner);
        if (movie.defaults.size < mostTracks) movie.defaults.set(uint32(trex, 4), uint32(trex, 12));
      }
    }
  }
  return movie;
}

async function readTrack(bytes: Bytes, trak: Box): Promise<Track> {
  const track: Track = {
    id: 0, enabled: true, handler: '', timescale: 0, ticks: 0, samples: 0, spent: 0, fragmentTicks: 0, firstTick: null, parts: {},
  };
  await visit(bytes, trak, track);
  return track;
}

/** The one way down to the tables; nothing else is gone into, however deep it is nested. */
const within: Record<string, string> = { trak: 'mdia', mdia: 'minf', minf: 'stbl' };

async function visit(bytes: Bytes, parent: Box, track: Track): Promise<void> {
  for await (const box of boxesIn(bytes, parent.content, parent.end)) {
    if (box.type === within[parent.type]) await visit(bytes, box, track);
    else await take(bytes, box, parent.type, track);
  }
}

async function take(bytes: Bytes, box: Box, parent: string, track: Track): Promise<void> {
  switch (`${parent}/${box.type}`) {
    case 'trak/tkhd': {
      const tkhd = track.parts.tkhd = await contentOf(bytes, box);
      track.enabled = (uint32(tkhd, 0) & 1) === 1;
      track.id = uint32(tkhd, tkhd[0] === 1 ? 20 : 12);
      break;
    }
    case 'mdia/mdhd':
      track.parts.mdhd = await contentOf(bytes, box);
      Object.assign(track, timesOf(track.parts.mdhd));
      break;
    case 'mdia/hdlr':
      track.parts.hdlr = await contentOf(bytes, box);
      track.handler = track.parts.hdlr.toString('latin1', 8, 12);
      break;
    case 'stbl/stsd':
      // Only tracks that are neither picture nor sound describe themselves at length.
      if (box.end - box.content <= mostAtOnce) track.parts.stsd = await contentOf(bytes, box, mostAtOnce);
      break;
    case 'stbl/stts':
      Object.assign(track, await sumOf(bytes, box));
      break;
    default:
  }
}

/** `mvhd` and `mdhd` begin alike: version, two dates, timescale, duration. All ones mean unknown. */
function timesOf(header: Buffer): { timescale: number; ticks: number } {
  if (header[0] !== 1) {
    const ticks = uint32(header, 16);
    return { timescale: uint32(header, 12), ticks: ticks === 0xff_ff_ff_ff ? 0 : ticks };
  }
  if (header.length < 32) throw new Unreadable('A header is too short.');
  const ticks = header.readBigUInt64BE(24);
  return { timescale: header.readUInt32BE(20), ticks: ticks === 0xff_ff_ff_ff_ff_ff_ff_ffn ? 0 : Number(ticks) };
}

/** How many samples a time-to-sample table has, and how long they take. */
async function sumOf(bytes: Bytes, { content, end }: Box): Promise<{ samples: number; spent: number }> {
  const entries = Math.min((await bytes.read(content + 4, 4)).readUInt32BE(0), Math.floor((end - content - 8) / 8));
  let samples = 0;
  let spent = 0;
  if (entries > mostEntries) return { samples, spent };
  for (let done = 0; done < entries;) {
    const some = Math.min(entries - done, mostAtOnce / 8);
    const table = await bytes.read(content + 8 + done * 8, some * 8);
    for (let at = 0; at < table.length; at += 8) {
      const count = table.readUInt32BE(at);
      samples += count;
      spent += count * table.readUInt32BE(at + 4);
    }
    done += some;
  }
  return { samples, spent };
}

function uint32(content: Buffer, position: number): number {
  if (position + 4 > content.length) throw new Unreadable('A header is too short.');
  return content.readUInt32BE(position);
}
