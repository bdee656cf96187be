import type { ImageType, VideoType } from './media.ts';

/** What a network takes, as data. Composer, checks, media conversion, docs and conformance all read it. */
export interface Capabilities extends Limits {
  /**
   * The kinds of post there are, where a person chooses one (feed, Reel, Story); the first counts when nobody did. The
   * choice is the option `format`.
   */
  formats?: readonly Format[];
  /** How links are shown: in the text only, as a card the platform makes, or as a card we supply. */
  links: 'text' | 'platform_card' | 'supplied_card';
  /** Time (ms) after an unanswered visible call before looking whether it happened makes sense. */
  settleMs: number;
  /** What a crash in mid-send costs, in words for people: how the doubt is resolved. */
  inDoubt: 'repeat_is_harmless' | 'looked_up' | 'asks_a_person';
}

export interface Format {
  value: string;
  label: string;
  /** Laid over the network's limits. */
  limits: LimitOverrides;
  /** Width over height of the frame in which the network shows it, e.g. 9 / 16; absent where media keep their own. */
  frame?: number;
}

/** The part of the capabilities that a single channel may narrow or widen (an instance's own limits, say). */
export interface Limits {
  text: TextRule;
  images: ImageRule | null;
  videos: VideoRule | null;
  /** Pictures and videos of a part together. `mixed`: both kinds may stand in one part. */
  media: { min: number; max: number; mixed: boolean };
  /** Longest description of a picture, in characters; null when the network has none. */
  alt: { max: number } | null;
  /** Most parts of a thread; null when there are no threads. */
  thread: { max: number } | null;
}

export interface TextRule {
  max: number;
  /**
   * How the network counts: user-perceived characters, UTF-16 units or code points. `weighted`: Latin letters and the like
   * 1, other letters 2, an emoji 2, and links with or without `http(s)://` as `linkLength` (see weighted/weigh.ts).
   */
  unit: 'graphemes' | 'utf16' | 'codepoints' | 'weighted';
  /** A second limit in UTF-8 bytes. */
  maxBytes?: number;
  /** An emoji counts as its bytes in UTF-8, whatever the unit. */
  emojiBytes?: true;
  /** Each http(s) link counts as this many (with `weighted`, bare domains too; 23 unless told). */
  linkLength?: number;
  /** `@user@host` counts as `@user`. */
  shortMentions?: boolean;
  /** The limit when the part carries media (captions). */
  maxWithMedia?: number;
  /** False when a post may be media alone. */
  required: boolean;
  /** Most hashtags in one part; what is more the network's own rule refuses, this is for counting while one writes. */
  hashtags?: number;
  /** What is shown before "more", in user-perceived characters; for the preview alone. Absent: all of it. */
  fold?: number;
}

export interface ImageRule {
  /** Most pictures in one part. */
  max: number;
  /** First is preferred when a picture must be converted. */
  types: readonly [ImageType, ...ImageType[]];
  maxBytes: number;
  maxPixels?: number;
  /** Longest side in pixels. */
  maxSide?: number;
  /** Shortest side in pixels: with `maxSide`, what "at most 1080p" means whichever way a picture is turned. */
  maxShortSide?: number;
  /** Width plus height in pixels. */
  maxSum?: number;
  minWidth?: number;
  minHeight?: number;
  /** Longest side over shortest side. */
  maxRatio?: number;
  /** Width over height. What is outside must be cropped by a person. */
  aspect?: { min: number; max: number };
}

/** Videos are never converted, so this is what is checked before scheduling. */
export interface VideoRule {
  /** Most videos in one part. */
  max: number;
  types: readonly [VideoType, ...VideoType[]];
  maxBytes: number;
  minMs?: number;
  maxMs?: number;
  minWidth?: number;
  minHeight?: number;
  /** Longest side in pixels. */
  maxSide?: number;
  /** Width times height. */
  maxPixels?: number;
  /** Width over height. */
  aspect?: { min: number; max: number };
  /** As in `VideoFacts.videoCodec`; what could not be told is let through with a warning. */
  videoCodecs?: readonly string[];
  audioCodecs?: readonly string[];
  /** Frames per second. */
  frameRate?: { min: number; max: number };
}

/** What one channel or one format says, laid over its network's capabilities. */
export interface LimitOverrides {
  text?: Partial<TextRule>;
  /** Null: none are taken. */
  images?: Partial<ImageRule> | null;
  videos?: Partial<VideoRule> | null;
  media?: Partial<Limits['media']>;
  alt?: { max: number } | null;
  thread?: { max: number } | null;
}

/** The limits that count for a format on a channel. */
export function limitsOf(capabilities: Limits & Pick<Capabilities, 'formats'>, overrides: readonly LimitOverrides[] = [], format?: unknown): Limits {
  const chosen = capabilities.formats?.find(({ value }) => value === format) ?? capabilities.formats?.[0];
  return [...(chosen ? [chosen.limits] : []), ...overrides].reduce<Limits>(laidOver, capabilities);
}

function laidOver(below: Limits, over: LimitOverrides): Limits {
  return {
    text: { ...below.text, ...over.text },
    images: over.images === null ? null : below.images && { ...below.images, ...over.images },
    videos: over.videos === null ? null : below.videos && { ...below.videos, ...over.videos },
    media: { ...below.media, ...over.media },
    alt: over.alt === undefined ? below.alt : over.alt,
    thread: over.thread === undefined ? below.thread : over.thread,
  };
}
