import type { Capabilities, ImageRule } from '../../domain/capabilities.ts';

/** snippet.title: characters (developers.google.com/youtube/v3/docs/videos, read 2026-11-23). Counted in UTF-16 units, the stricter reading. */
export const titleMax = 100;

/** snippet.tags: all of them together, with the commas between them and the quotes that a tag with a space gets (same page). */
export const tagsMax = 500;

/** Without a verified phone number (support.google.com/youtube/answer/71673); told by `longUploadsStatus` of the channel. */
export const shortestLimitMs = 15 * 60 * 1000;
/** The longest there is: 12 hours (same page). */
export const longestLimitMs = 12 * 60 * 60 * 1000;

/** thumbnails.set, discovery document of 2026-09-24: 50 MiB, JPEG or PNG. It was 2 MB until 2026-09-14. */
export const thumbnailRule: ImageRule = { max: 1, types: ['image/jpeg', 'image/png'], maxBytes: 52_428_800 };

/** Square or upright and up to 3 minutes (support.google.com/youtube/answer/15424877, since 2024-10-15). There is no field for it. */
export function isShort({ width, height, durationMs }: { width: number; height: number; durationMs: number }): boolean {
  return width <= height && durationMs <= 3 * 60 * 1000;
}

/**
 * A post is one video; there is no API for community posts. The text is the description: 5,000 bytes. Size and types by
 * videos.insert in the discovery document of 2026-09-24 (256 GB, video/*). `targets` and `composing` narrow the duration.
 */
export const capabilities: Capabilities = {
  text: { max: 5000, unit: 'codepoints', maxBytes: 5000, required: false, fold: 160 },
  images: null,
  videos: { max: 1, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: 274_877_906_944, maxMs: longestLimitMs },
  media: { min: 1, max: 1, mixed: false },
  alt: null,
  thread: null,
  links: 'text',
  // The upload session answers for itself; this is for whatever it was still busy with when the answer was lost.
  settleMs: 30_000,
  inDoubt: 'looked_up',
};
