import { isVideo, type VideoFacts, type VideoType } from '../domain/media.ts';
import { durationText, sizeText } from '../domain/units.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { problem, type MediaProblem } from './problem.ts';
import { sniff, sniffBytes } from './sniff.ts';
import { Unreadable, withBytes, type Bytes } from './video/bytes.ts';
import { outlineOfMovie } from './video/movie.ts';
import { outlineOfWebm } from './video/webm.ts';

/** What a video is, by its content. */
export type VideoProbe = Omit<VideoFacts, 'kind' | 'mediaId' | 'alt'>;

/** What is taken at all; each network has narrower bounds of its own. */
export const videoBounds = {
  bytes: 4_000_000_000,
  side: 16_384,
  durationMs: 24 * 60 * 60 * 1000,
} as const;

/**
 * Type, size, duration and codecs by content. Reads headers and tables piece by piece, never the film; a file that is
 * damaged, or built to do harm, is a problem with a sentence.
 */
export async function probeVideo(path: string): Promise<VideoProbe | MediaProblem> {
  try {
    return await withBytes(path, probed);
  } catch (error) {
    // What the library throws on odd headers are its own errors; what the disk does has a code.
    if (!(error instanceof Unreadable) && error instanceof Error && 'code' in error && 'syscall' in error) throw error;
    return problem('damaged', t.videoDamaged);
  }
}

async function probed(bytes: Bytes): Promise<VideoProbe | MediaProblem> {
  const type = sniff(await bytes.read(0, Math.min(sniffBytes, bytes.size)));
  if (typeof type !== 'string') return type;
  if (!isVideo(type)) return problem('no_video', t.videoNeeded);
  if (bytes.size > videoBounds.bytes) {
    return problem('too_large', t.videoTooHeavy(sizeText(bytes.size), sizeText(videoBounds.bytes)));
  }
  return factsOf(bytes, type);
}

async function factsOf(bytes: Bytes, type: VideoType): Promise<VideoProbe | MediaProblem> {
  const outline = await (type === 'video/webm' ? outlineOfWebm(bytes) : outlineOfMovie(bytes, type));
  // Loaded at the first video: the library takes memory that an instance without videos need not pay.
  const { describe } = await import('./video/describe.ts');
  const described = outline.head && await describe(outline.head, type);
  if (!described) return problem('no_video', t.nothingMoves);
  const width = Math.round(described.width);
  const height = Math.round(described.height);
  const durationMs = outline.durationMs === null ? 0 : Math.round(outline.durationMs);
  const refused = boundsProblem(width, height, durationMs);
  if (refused) return refused;
  const { videoCodec, audioCodec } = described;
  return { type, bytes: bytes.size, width, height, durationMs, videoCodec, audioCodec, frameRate: rateOf(outline.frameRate) };
}

function boundsProblem(width: number, height: number, durationMs: number): MediaProblem | null {
  if (durationMs < 1) return problem('damaged', t.lengthUnknown);
  if (durationMs > videoBounds.durationMs) {
    return problem('too_long', t.videoTooLong(durationText(durationMs), durationText(videoBounds.durationMs)));
  }
  if (width >= 1 && height >= 1 && width <= videoBounds.side && height <= videoBounds.side) return null;
  return problem('too_many_pixels', t.videoTooLarge(width, height, videoBounds.side));
}

/** Three decimals tell 29.97 from 30; more is the noise of rounded ticks. */
function rateOf(frameRate: number | null): number | null {
  if (frameRate === null || !(frameRate > 0 && frameRate <= 1000)) return null;
  return Number(frameRate.toFixed(3));
}
