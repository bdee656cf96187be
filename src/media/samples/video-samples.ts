import { open } from 'node:fs/promises';
import type { VideoType } from '../../domain/media.ts';
import { mp4Parts } from '../video/samples-mp4.ts';
import { webmParts } from '../video/samples-webm.ts';

/** Videos for tests, made on the spot. What is asked for is what a probe reads back. */
export interface SampleVideo {
  /** MP4 unless told. */
  type?: VideoType;
  /** As a person sees it; 320 by 240 unless told. Both even where the codec is h264. */
  width?: number;
  height?: number;
  /** Two seconds unless told. */
  durationMs?: number;
  /** `h264` unless told (`vp9` in WebM), with real frames; of any other only the description is real. */
  videoCodec?: SampleFacts['videoCodec'];
  /** `aac` unless told (`opus` in WebM); null for none. */
  audioCodec?: SampleFacts['audioCodec'];
  /** 30 unless told. */
  frameRate?: number;
  /** Clockwise, as a phone notes it; MP4 and QuickTime only. */
  rotation?: SampleFacts['rotation'];
  /** Size of the whole file: filled up with nothing. As small as it gets unless told. */
  bytes?: number;
  /** Where it was taken (ISO 6709), in each way that the type has. */
  place?: string;
  /** A track of its own that says where it was at each moment, as action cameras write it; MP4 and QuickTime only. */
  positions?: readonly string[];
}

export interface SampleFacts {
  type: VideoType;
  width: number;
  height: number;
  durationMs: number;
  videoCodec: 'h264' | 'hevc' | 'vp8' | 'vp9' | 'av1';
  audioCodec: 'aac' | 'opus' | null;
  frameRate: number;
  rotation: 0 | 90 | 180 | 270;
  bytes: number;
  place: string;
  positions: readonly string[];
}

/** A file in pieces; from the end of the pieces to `bytes` it is zeros. */
export interface SampleParts {
  head: Buffer;
  data: readonly Buffer[];
  bytes: number;
}

/** The whole file in memory. */
export function sampleVideo(options: SampleVideo = {}): Buffer {
  const { head, data, bytes } = partsOf(options);
  return Buffer.concat([head, ...data], bytes);
}

/** Writes it to a file, which has a hole where it is only filled up: a sample of many GB takes no time and no room. */
export async function writeSampleVideo(path: string, options: SampleVideo = {}): Promise<void> {
  const { head, data, bytes } = partsOf(options);
  const handle = await open(path, 'w');
  try {
    await handle.appendFile(Buffer.concat([head, ...data]));
    await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}

/** The same bytes as a stream that holds a few at a time. */
export async function* sampleVideoStream(options: SampleVideo = {}): AsyncGenerator<Buffer> {
  const { head, data, bytes } = partsOf(options);
  const beginning = Buffer.concat([head, ...data]);
  yield beginning;
  const nothing = Buffer.alloc(65_536);
  for (let left = bytes - beginning.length; left > 0; left -= nothing.length) yield nothing.subarray(0, left);
}

function partsOf(options: SampleVideo): SampleParts {
  const isWebm = options.type === 'video/webm';
  const facts: SampleFacts = {
    type: 'video/mp4', width: 320, height: 240, durationMs: 2000, videoCodec: isWebm ? 'vp9' : 'h264',
    audioCodec: isWebm ? 'opus' : 'aac', frameRate: 30, rotation: 0, bytes: 0, place: '', positions: [], ...options,
  };
  return isWebm ? webmParts(facts) : mp4Parts(facts);
}
