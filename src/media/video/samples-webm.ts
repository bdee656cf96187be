import type { SampleFacts, SampleParts } from '../samples/video-samples.ts';
import { elemented } from './elements.ts';
import { silentOpus } from './samples-mp4.ts';

/** WebM files for tests (RFC 9559): sound that plays, pictures that only take their place. */

const codecs: Record<string, string> = { vp8: 'V_VP8', vp9: 'V_VP9', av1: 'V_AV1', opus: 'A_OPUS' };

export function webmParts(facts: SampleFacts): SampleParts {
  const begin = Buffer.concat([
    elemented(0x1a45dfa3, uint(0x4286, 1), uint(0x42f7, 1), uint(0x42f2, 4), uint(0x42f3, 8), text(0x4282, 'webm'), uint(0x4287, 4), uint(0x4285, 2)),
  ]);
  const content = [
    elemented(0x1549a966, uint(0x2ad7b1, 1_000_000), float(0x4489, facts.durationMs), text(0x4d80, 'sample'), text(0x5741, 'sample')),
    elemented(0x1654ae6b, videoTrack(facts), ...(facts.audioCodec === null ? [] : [audioTrack(facts.audioCodec)])),
    ...(facts.place === '' ? [] : [tags(facts.place)]),
    ...clusters(facts),
  ];
  const contentBytes = content.reduce((sum, { length }) => sum + length, 0);
  // What is to be larger ends in a Void element; its header and the segment's take twelve and nine bytes.
  const natural = begin.length + 12 + contentBytes;
  const bytes = facts.bytes < natural + 9 ? natural : facts.bytes;
  const segment = header(0x18538067, bytes - begin.length - 12);
  const filler = bytes > natural ? [header(0xec, bytes - natural - 9)] : [];
  return { head: Buffer.concat([begin, segment]), data: [...content, ...filler], bytes };
}

function videoTrack({ width, height, videoCodec, frameRate }: SampleFacts): Buffer {
  return elemented(0xae,
    uint(0xd7, 1), uint(0x73c5, 1), uint(0x83, 1), text(0x86, codecs[videoCodec] ?? videoCodec),
    uint(0x23e383, Math.round(1e9 / frameRate)), elemented(0xe0, uint(0xb0, width), uint(0xba, height)));
}

function audioTrack(codec: string): Buffer {
  const opusHead = Buffer.from([...Buffer.from('OpusHead'), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  return elemented(0xae,
    uint(0xd7, 2), uint(0x73c5, 2), uint(0x83, 2), text(0x86, codecs[codec] ?? codec),
    elemented(0x63a2, opusHead), elemented(0xe1, float(0xb5, 48_000), uint(0x9f, 1)));
}

/** A second in each; times within one are 16 bits wide. */
function clusters({ durationMs, frameRate, audioCodec }: SampleFacts): Buffer[] {
  return Array.from({ length: Math.ceil(durationMs / 1000) }, (_, second) => {
    const start = second * 1000;
    const length = Math.min(1000, durationMs - start);
    const frames = Array.from({ length: Math.max(1, Math.round((length * frameRate) / 1000)) }, (_frame, n) =>
      block(1, Math.round((n * 1000) / frameRate), n === 0, Buffer.alloc(32, 0x2a)));
    const sound = audioCodec === null ? [] : Array.from({ length: Math.ceil(length / 20) }, (_frame, n) => block(2, n * 20, true, silentOpus));
    return elemented(0x1f43b675, uint(0xe7, start), ...frames, ...sound);
  });
}

function block(track: number, time: number, key: boolean, frame: Buffer): Buffer {
  const head = Buffer.from([0x80 | track, 0, 0, key ? 0x80 : 0]);
  head.writeInt16BE(time, 1);
  return elemented(0xa3, head, frame);
}

function tags(place: string): Buffer {
  return elemented(0x1254c367, elemented(0x7373, elemented(0x63c0), elemented(0x67c8, text(0x45a3, 'LOCATION'), text(0x4487, place))));
}

/** An element's beginning: what it holds comes from elsewhere. */
function header(id: number, contentBytes: number): Buffer {
  const whole = elemented(id);
  whole.writeBigUInt64BE((1n << 56n) | BigInt(contentBytes), whole.length - 8);
  return whole;
}

function uint(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return elemented(id, bytes);
}

function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return elemented(id, bytes);
}

function text(id: number, value: string): Buffer {
  return elemented(id, Buffer.from(value));
}
