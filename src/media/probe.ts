import { open } from 'node:fs/promises';
import type { Metadata, Sharp as Picture } from 'sharp';
import { isVideo, type ImageType } from '../domain/media.ts';
import { sizeText } from '../domain/units.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { loadSharp } from '../lib/native.ts';
import { gifIsWhole } from './pictures/gif.ts';
import { isProblem, problem, type MediaProblem } from './problem.ts';
import { sniff, sniffBytes } from './sniff.ts';

/** What a picture is. Width and height are those of one frame, as a person sees it (orientation applied). */
export interface PictureFacts {
  type: ImageType;
  bytes: number;
  width: number;
  height: number;
  animated: boolean;
}

export interface Probed extends PictureFacts {
  metadata: Metadata;
}

/**
 * What is taken at all. 64 million pixels let the usual phone's full picture in (50 megapixels are 8160 by 6144) and cost
 * 250 to 450 MB while one is worked on, by type. No side beyond WebP's own bound. An animation is read frame by frame, so
 * all its frames together may have more.
 */
export const pictureBounds = {
  bytes: 25_000_000,
  pixels: 64_000_000,
  side: 16_383,
  frames: 1000,
  animationPixels: 128_000_000,
} as const;

/**
 * Type and size by content. Reads the header only (a GIF's blocks to the end); whether the rest can be decoded shows when
 * it is ingested.
 */
export async function probe(path: string): Promise<Probed | MediaProblem> {
  const { head, bytes } = await headOf(path);
  const type = sniff(head);
  if (typeof type !== 'string') return type;
  if (isVideo(type)) return problem('not_a_picture', t.pictureNeeded);
  if (bytes > pictureBounds.bytes) {
    return problem('too_large', t.pictureTooHeavy(sizeText(bytes), sizeText(pictureBounds.bytes)));
  }
  const metadata = await metadataOf(path, type);
  if (isProblem(metadata)) return metadata;
  const { width, height } = metadata.autoOrient;
  const frames = metadata.pages ?? 1;
  const refused = boundsProblem(width, height, frames);
  if (refused) return refused;
  if (type === 'image/gif' && !(await gifIsWhole(path))) return damaged();
  return { type, bytes, width, height, animated: frames > 1, metadata };
}

/** A picture to work on. What is damaged beyond a warning throws when it is read; see `readingProblem`. */
export async function openPicture(path: string, animated = false): Promise<Picture> {
  const sharp = await loadSharp();
  return sharp(path, { animated, failOn: 'error', limitInputPixels: animated ? pictureBounds.animationPixels : pictureBounds.pixels });
}

/** What an error while reading a picture means to people. Throws it on when it was not the picture's fault. */
export function readingProblem(error: unknown): MediaProblem {
  const message = error instanceof Error ? error.message : '';
  if (!(error instanceof Error) || /No space left|(?:unix|system) error|unable to open for write/iu.test(message)) throw error;
  return damaged();
}

function damaged(): MediaProblem {
  return problem('damaged', t.pictureDamaged);
}

/** What `sniff` wants to see of a file, and how large it is. */
export async function headOf(path: string): Promise<{ head: Buffer; bytes: number }> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    return { head: buffer.subarray(0, bytesRead), bytes: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

async function metadataOf(path: string, type: ImageType): Promise<Metadata | MediaProblem> {
  const sharp = await loadSharp();
  try {
    // Without a limit here, so that a picture which is too large gets a sentence of its own. Nothing is decoded yet.
    const metadata = await sharp(path, { limitInputPixels: false }).metadata();
    return `image/${metadata.format}` === type ? metadata : damaged();
  } catch (error) {
    return readingProblem(error);
  }
}

function boundsProblem(width: number, height: number, frames: number): MediaProblem | null {
  const { pixels, side, animationPixels } = pictureBounds;
  if (width > side || height > side || width * height > pixels) {
    return problem(
      'too_many_pixels',
      t.pictureTooLarge(width, height, pixels / 1_000_000, side),
    );
  }
  if (frames > pictureBounds.frames || (frames > 1 && frames * width * height > animationPixels)) {
    return problem('too_many_frames', t.animationTooLong(frames, width, height));
  }
  return null;
}
