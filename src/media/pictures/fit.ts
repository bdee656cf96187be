import type { ImageRule } from '../../domain/capabilities.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import type { PictureFacts } from '../probe.ts';
import { problem, type MediaProblem } from '../problem.ts';

export interface Size {
  width: number;
  height: number;
}

export function fits(picture: PictureFacts, rule: ImageRule): boolean {
  return rule.types.includes(picture.type) && picture.bytes <= rule.maxBytes && scaleFor(picture, rule) === 1 && !isNearlyOutside(picture, rule);
}

/** Ratio is the one bound that scaling cannot mend, and cropping is a person's choice. */
export function ratioProblem({ width, height }: Size, rule: ImageRule): MediaProblem | null {
  if (rule.maxRatio === undefined || ratioOf({ width, height }) <= rule.maxRatio) return null;
  return problem('ratio', t.pictureTooLong(width, height, rule.maxRatio));
}

/** The factor, at most 1, that brings a picture within the rule's pixels, sides and sum. */
export function scaleFor({ width, height }: Size, rule: ImageRule): number {
  return Math.min(
    1,
    rule.maxPixels === undefined ? 1 : Math.sqrt(rule.maxPixels / (width * height)),
    rule.maxSide === undefined ? 1 : rule.maxSide / Math.max(width, height),
    rule.maxShortSide === undefined ? 1 : rule.maxShortSide / Math.min(width, height),
    rule.maxSum === undefined ? 1 : rule.maxSum / (width + height),
  );
}

/** Whole pixels, rounded down so that no bound is passed; the long side gives way where rounding would pass the ratio. */
export function scaled(picture: Size, scale: number, rule: ImageRule): Size {
  const small = within({ width: Math.max(1, Math.floor(picture.width * scale)), height: Math.max(1, Math.floor(picture.height * scale)) }, picture, rule);
  if (scale === 1 || rule.maxRatio === undefined) return small;
  const longest = Math.floor(Math.min(small.width, small.height) * rule.maxRatio);
  return { width: Math.min(small.width, longest), height: Math.min(small.height, longest) };
}

/** What checks let through although it is not quite of the shape. */
const tolerance = 0.005;

/** A size within the rule's shape, if the picture itself is: by a pixel or so, never by more than the tolerance. */
function within(size: Size, picture: Size, { aspect }: ImageRule): Size {
  if (!aspect) return size;
  const [shape, own] = [size.width / size.height, picture.width / picture.height];
  if (shape < aspect.min && own >= aspect.min * (1 - tolerance)) return { ...size, height: Math.max(1, Math.floor(size.width / aspect.min)) };
  if (shape > aspect.max && own <= aspect.max * (1 + tolerance)) return { ...size, width: Math.max(1, Math.floor(size.height * aspect.max)) };
  return size;
}

function isNearlyOutside(picture: Size, rule: ImageRule): boolean {
  const { width, height } = within(picture, picture, rule);
  return width !== picture.width || height !== picture.height;
}

function ratioOf({ width, height }: Size): number {
  return Math.max(width, height) / Math.min(width, height);
}
