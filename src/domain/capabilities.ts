/** What a network takes, as data. Composer, checks, media conversion, docs and conformance all read it. */
export interface Capabilities extends Limits {
  /** How links are shown: in the text only, as a card the platform makes, or as a card we supply. */
  links: 'text' | 'platform_card' | 'supplied_card';
  /** Time (ms) after an unanswered visible call before looking whether it happened makes sense. */
  settleMs: number;
  /** What a crash in mid-send costs, in words for people: how the doubt is resolved. */
  inDoubt: 'repeat_is_harmless' | 'looked_up' | 'asks_a_person';
}

/** The part of the capabilities that a single channel may narrow or widen (an instance's own limits, say). */
export interface Limits {
  text: TextRule;
  images: ImageRule | null;
  /** Longest description of a picture, in characters; null when the network has none. */
  alt: { max: number } | null;
  /** Most parts of a thread; null when there are no threads. */
  thread: { max: number } | null;
}

export interface TextRule {
  max: number;
  /** How the network counts: user-perceived characters, UTF-16 units or code points. */
  unit: 'graphemes' | 'utf16' | 'codepoints';
  /** A second limit in UTF-8 bytes. */
  maxBytes?: number;
  /** Each http(s) link counts as this many. */
  linkLength?: number;
  /** `@user@host` counts as `@user`. */
  shortMentions?: boolean;
  /** The limit when the part carries pictures (captions). */
  maxWithMedia?: number;
  /** False when a post may be pictures alone. */
  required: boolean;
}

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';

export interface ImageRule {
  /** Most pictures in one part. */
  max: number;
  /** First is preferred when a picture must be converted. */
  types: readonly [ImageType, ...ImageType[]];
  maxBytes: number;
  maxPixels?: number;
  /** Longest side in pixels. */
  maxSide?: number;
  /** Width plus height in pixels. */
  maxSum?: number;
  /** Longest side over shortest side. */
  maxRatio?: number;
}

/** What one channel says about itself, laid over its network's capabilities. */
export interface LimitOverrides {
  text?: Partial<TextRule>;
  images?: Partial<ImageRule>;
  alt?: { max: number };
  thread?: { max: number };
}

export function limitsOf(capabilities: Limits, overrides: LimitOverrides = {}): Limits {
  return {
    text: { ...capabilities.text, ...overrides.text },
    images: capabilities.images && { ...capabilities.images, ...overrides.images },
    alt: overrides.alt ?? capabilities.alt,
    thread: overrides.thread ?? capabilities.thread,
  };
}
