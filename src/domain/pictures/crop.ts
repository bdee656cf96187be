import type { Crop } from '../limits.ts';
import { namedRatios, ratioText } from './media-limits.ts';

/** A piece of a picture, in whole pixels of the picture as it is kept. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface CropChoice {
  /** Width over height. */
  ratio: number;
  label: string;
}

/** The shapes worth offering within what is taken: the one that loses least first, then those that people know by name. */
export function cropChoices({ width, height }: Size, { min, max }: Crop['aspect']): CropChoice[] {
  const nearest = Math.min(max, Math.max(min, width / height));
  const named = namedRatios.map(([w, h]) => w / h).filter((ratio) => ratio >= min && ratio <= max && Math.abs(ratio - nearest) > 0.005);
  const byLoss = named.sort((a, b) => lossOf(width / height, a) - lossOf(width / height, b));
  return [nearest, ...byLoss].map((ratio) => ({ ratio, label: ratioText(ratio) }));
}

/** The largest box of a ratio, at `across` and `down` (0 to 1) of the room that is left; in the middle unless told. */
export function boxOf({ width, height }: Size, ratio: number, across = 0.5, down = 0.5): Box {
  const size = width / height > ratio
    ? { width: Math.max(1, Math.round(height * ratio)), height }
    : { width, height: Math.max(1, Math.round(width / ratio)) };
  const place = (room: number, at: number) => Math.round(Math.max(0, room) * Math.min(1, Math.max(0, at)));
  return { x: place(width - size.width, across), y: place(height - size.height, down), ...size };
}

/** The piece of the shapes that are taken which loses least, out of the middle: what one press makes of a picture that does not fit. */
export function nearestBox(picture: Size, { min, max }: Crop['aspect']): Box {
  return boxOf(picture, Math.min(max, Math.max(min, picture.width / picture.height)));
}

/** Whether a box has an area and lies within the picture. */
export function isWithin({ x, y, width, height }: Box, picture: Size): boolean {
  return [x, y, width, height].every(Number.isSafeInteger) && x >= 0 && y >= 0 && width > 0 && height > 0
    && x + width <= picture.width && y + height <= picture.height;
}

function lossOf(from: number, to: number): number {
  return Math.max(from / to, to / from);
}
