import type { SampleFacts, SampleParts } from '../samples/video-samples.ts';
import { boxed } from './boxes.ts';
import { keyFrame, picture, sameFrame, sequence } from './samples-h264.ts';

/** MP4 and QuickTime files for tests (ISO 14496-12), with all that a decoder asks for. */

interface SampleTrack {
  kind: 'vide' | 'soun' | 'meta';
  timescale: number;
  /** Of each sample, in ticks. */
  delta: number;
  samples: Buffer[];
  keys: number[];
  entry: Buffer;
}

export function mp4Parts(facts: SampleFacts): SampleParts {
  const tracks = [videoTrack(facts)];
  if (facts.audioCodec !== null) tracks.push(audioTrack(facts));
  if (facts.positions.length > 0) tracks.push(positionTrack(facts));
  const data = tracks.flatMap(({ samples }) => samples);
  const dataBytes = sizeOf(data);
  const brand = facts.type === 'video/quicktime' ? 'qt  \0\0\0\0qt  ' : 'isom\0\0\0\0isommp42';
  const ftyp = boxed('ftyp', Buffer.from(brand, 'latin1'));
  // Offsets do not change a box's size, so that the first try says where the data will be.
  const begin = ftyp.length + movie(facts, tracks, 0).length + 16;
  const most = Math.max(begin + dataBytes, facts.bytes);
  const mdat = Buffer.alloc(16);
  mdat.writeUInt32BE(1, 0);
  mdat.write('mdat', 4, 'latin1');
  mdat.writeBigUInt64BE(BigInt(most - begin + 16), 8);
  return { head: Buffer.concat([ftyp, movie(facts, tracks, begin), mdat]), data, bytes: most };
}

function movie(facts: SampleFacts, tracks: readonly SampleTrack[], begin: number): Buffer {
  let offset = begin;
  const traks = tracks.map((track, n) => {
    const trak = trackBox(facts, track, n + 1, offset);
    offset += sizeOf(track.samples);
    return trak;
  });
  const mvhd = boxed('mvhd', u32(0, 0, 0, 1000, facts.durationMs, 0x10000, 0x01000000, 0, 0), matrix(0), u32(0, 0, 0, 0, 0, 0, tracks.length + 1));
  return boxed('moov', mvhd, ...traks, ...(facts.place === '' ? [] : placeBoxes(facts.place)));
}

function trackBox(facts: SampleFacts, track: SampleTrack, id: number, offset: number): Buffer {
  const { kind, timescale, delta, samples, keys, entry } = track;
  const isVideo = kind === 'vide';
  const volume = kind === 'soun' ? 0x100 : 0;
  const { width, height } = isVideo ? stored(facts) : { width: 0, height: 0 };
  const tkhd = boxed('tkhd', u32(3, 0, 0, id, 0, facts.durationMs, 0, 0), u16(0, 0, volume, 0), matrix(isVideo ? facts.rotation : 0), u32(width * 0x10000, height * 0x10000));
  const stbl = boxed('stbl',
    boxed('stsd', u32(0, 1), entry),
    boxed('stts', u32(0, 1, samples.length, delta)),
    ...(isVideo ? [boxed('stss', u32(0, keys.length, ...keys))] : []),
    boxed('stsc', u32(0, 1, 1, samples.length, 1)),
    boxed('stsz', u32(0, 0, samples.length), table(samples.map(({ length }) => length))),
    boxed('stco', u32(0, 1, offset)));
  const minf = boxed('minf',
    mediaHeaders[kind],
    boxed('dinf', boxed('dref', u32(0, 1), boxed('url ', u32(1)))),
    stbl);
  const mdia = boxed('mdia',
    boxed('mdhd', u32(0, 0, 0, timescale, samples.length * delta), u16(0x55c4, 0)),
    boxed('hdlr', u32(0, 0), Buffer.from(kind, 'latin1'), u32(0, 0, 0), Buffer.from('\0')),
    minf);
  return boxed('trak', tkhd, mdia);
}

const mediaHeaders = { vide: boxed('vmhd', u32(1, 0, 0)), soun: boxed('smhd', u32(0, 0)), meta: boxed('nmhd', u32(0)) };

/** Key frames every ten seconds; codecs that nothing here can encode get bytes in their place. */
function videoTrack(facts: SampleFacts): SampleTrack {
  const count = Math.max(1, Math.round((facts.durationMs / 1000) * facts.frameRate));
  const every = Math.ceil(facts.frameRate * 10);
  const size = stored(facts);
  const key = facts.videoCodec === 'h264' ? unit(keyFrame(size)) : Buffer.alloc(64, 0x2a);
  const samples = Array.from({ length: count }, (_, n) => {
    if (n % every === 0) return key;
    return facts.videoCodec === 'h264' ? unit(sameFrame(size, n % every)) : Buffer.alloc(16, 0x2a);
  });
  const keys = Array.from({ length: Math.ceil(count / every) }, (_, n) => n * every + 1);
  return { kind: 'vide', timescale: Math.round(facts.frameRate * 1000), delta: 1000, samples, keys, entry: videoEntry(facts) };
}

function videoEntry(facts: SampleFacts): Buffer {
  const { width, height } = stored(facts);
  const [name, config] = configs[facts.videoCodec](stored(facts));
  return boxed(name, u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff), config);
}

const configs: Record<SampleFacts['videoCodec'], (size: { width: number; height: number }) => [string, Buffer]> = {
  h264: (size) => {
    const [sps, pps] = [sequence(size), picture()];
    return ['avc1', boxed('avcC', Buffer.from([1, ...sps.subarray(1, 4), 0xff, 0xe1]), u16(sps.length), sps, Buffer.from([1]), u16(pps.length), pps)];
  },
  hevc: () => ['hvc1', boxed('hvcC', Buffer.from([1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0]))],
  vp8: () => ['vp08', boxed('vpcC', u32(0x01000000), Buffer.from([0, 10, 0x82, 1, 1, 1, 0, 0]))],
  vp9: () => ['vp09', boxed('vpcC', u32(0x01000000), Buffer.from([0, 40, 0x82, 1, 1, 1, 0, 0]))],
  av1: () => ['av01', boxed('av1C', Buffer.from([0x81, 0x08, 0x0c, 0]))],
};

function audioTrack({ durationMs, audioCodec }: SampleFacts): SampleTrack {
  const delta = audioCodec === 'aac' ? 1024 : 960;
  const frame = audioCodec === 'aac' ? silentAac : silentOpus;
  const samples = Array.from({ length: Math.ceil((durationMs * 48) / delta) }, () => frame);
  const head = [u32(0), u16(0, 1), u32(0, 0), u16(1, 16, 0, 0), u32(48_000 * 0x10000)] as const;
  const entry = audioCodec === 'aac'
    ? boxed('mp4a', ...head, boxed('esds', u32(0), aacDescriptor))
    : boxed('Opus', ...head, boxed('dOps', Buffer.from([0, 1]), u16(312), u32(48_000), u16(0), Buffer.from([0])));
  return { kind: 'soun', timescale: 48_000, delta, samples, keys: [], entry };
}

function positionTrack({ positions }: SampleFacts): SampleTrack {
  const samples = positions.map((position) => Buffer.from(position));
  return { kind: 'meta', timescale: 1000, delta: 1000, samples, keys: [], entry: boxed('gpmd', u32(0), u16(0, 1), u32(0)) };
}

/** One channel with no bands at all, then the end (ISO 14496-3 §4.4.2.1). */
export const silentAac = Buffer.from([0, 0, 0, 7]);
/** A 20 ms CELT frame of nothing (RFC 6716 §3.1). */
export const silentOpus = Buffer.from([0xf8, 0xff, 0xfe]);

/** ES descriptor of AAC-LC, 48 kHz, one channel (ISO 14496-1 §7.2.6). */
const aacDescriptor = Buffer.from([
  0x03, 25, 0, 1, 0,
  0x04, 17, 0x40, 0x15, 0, 0, 0, 0, 0, 0xfa, 0, 0, 0, 0xfa, 0,
  0x05, 2, 0x11, 0x88,
  0x06, 1, 2,
]);

/** Where a phone says that it was: the old way, and the way of QuickTime metadata. */
function placeBoxes(place: string): Buffer[] {
  const text = Buffer.from(place, 'latin1');
  const key = boxed('mdta', Buffer.from('com.apple.quicktime.location.ISO6709'));
  const item = boxed('\0\0\0\u0001', boxed('data', u32(1, 0), text));
  return [
    boxed('udta', boxed('\u00a9xyz', u16(text.length, 0x15c7), text)),
    boxed('meta', boxed('hdlr', u32(0, 0), Buffer.from('mdta'), u32(0, 0, 0)), boxed('keys', u32(0, 1), key), boxed('ilst', item)),
  ];
}

/** As it lies in the file, before it is turned. */
function stored({ width, height, rotation }: SampleFacts): { width: number; height: number } {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

function matrix(rotation: number): Buffer {
  const cos = Math.round(Math.cos((rotation * Math.PI) / 180)) * 0x10000;
  const sin = Math.round(Math.sin((rotation * Math.PI) / 180)) * 0x10000;
  return u32(cos, sin, 0, -sin, cos, 0, 0, 0, 0x40000000);
}

/** A NAL unit with its length before it. */
function unit(nal: Buffer): Buffer {
  return Buffer.concat([u32(nal.length), nal]);
}

function sizeOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

function u32(...values: number[]): Buffer {
  return table(values);
}

function table(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [n, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, n * 4);
  return buffer;
}

function u16(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [n, value] of values.entries()) buffer.writeUInt16BE(value, n * 2);
  return buffer;
}
