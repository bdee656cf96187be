import type { Capabilities, ImageRule, VideoRule } from '../../../domain/capabilities.ts';

// Threads API, "Posts" (2026-04-14) and "Overview", read 2026-11-23.

/** Wider ones are scaled there; a ratio beyond 10:1 is refused. */
export const pictures: ImageRule = { max: 20, types: ['image/jpeg', 'image/png'], maxBytes: 8_000_000, minWidth: 320, maxSide: 1440, maxRatio: 10 };

export const films: VideoRule = {
  max: 20, types: ['video/mp4', 'video/quicktime'], maxBytes: 1_000_000_000, minMs: 1, maxMs: 300_000, maxSide: 1920,
  aspect: { min: 0.01, max: 10 }, videoCodecs: ['h264', 'hevc'], audioCodecs: ['aac'], frameRate: { min: 23, max: 60 },
};

/**
 * Emoji count as their bytes in UTF-8. How other characters count is not said; code points are the stricter reading.
 * Chains have no documented length; ten parts stay far within the thousand replies a day.
 */
export const capabilities: Capabilities = {
  text: { max: 500, unit: 'codepoints', emojiBytes: true, required: false },
  images: pictures,
  videos: films,
  media: { min: 0, max: 20, mixed: true },
  alt: { max: 1000 },
  thread: { max: 10 },
  links: 'platform_card',
  // "Wait on average 30 seconds": what was called says `PUBLISHED` after some seconds at most.
  settleMs: 20_000,
  inDoubt: 'looked_up',
};

/** Different addresses in one post, those of the text and the attached one together ("Posts", since 2025-12-22). */
export const mostLinks = 5;
