import type { Capabilities, Format, ImageRule, VideoRule } from '../../domain/capabilities.ts';

// developers.tiktok.com (copy of 2026-05-01, read 2026-11-23). Where the documents say "MB" they may mean either, so the
// smaller one counts.

/** Media Transfer Guide, "Image restrictions": WebP and JPEG, 20 MB, 1080p. Photo: up to 35. */
export const pictures: ImageRule = {
  max: 35, types: ['image/jpeg', 'image/webp'], maxBytes: 20_000_000, maxSide: 1920, maxShortSide: 1080,
};

/** Media Transfer Guide, "Video restrictions". Each account has a longest video of its own, which creator info tells. */
const film: VideoRule = {
  max: 1, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: 4_000_000_000, maxMs: 600_000,
  minWidth: 360, minHeight: 360, maxSide: 4096, frameRate: { min: 23, max: 60 }, videoCodecs: ['h264', 'hevc', 'vp8', 'vp9'],
};

/** Direct Post: `title` is the caption, 2200 "UTF-16 runes". Photo: `description` 4000, `title` 90. */
export const photoTitleMax = 90;

const formats: readonly Format[] = [
  { value: 'video', label: 'Video', frame: 9 / 16, limits: { images: null, media: { max: 1 } } },
  { value: 'photo', label: 'Photos', limits: { text: { max: 4000 }, videos: null } },
];

export const capabilities: Capabilities = {
  text: { max: 2200, unit: 'utf16', required: false, fold: 90 },
  images: pictures,
  videos: film,
  media: { min: 1, max: 35, mixed: false },
  alt: null,
  thread: null,
  formats,
  links: 'text',
  settleMs: 5_000,
  // Of a video TikTok says what became of it. Photos are posted by the very call that names them.
  inDoubt: 'asks_a_person',
};

/** Calls per minute and access token (each endpoint's page). About 15 posts a day and account over all apps (Content Sharing Guidelines). */
export const rates = { creatorInfo: 20, init: 6, status: 30, userInfo: 600, postsPerDay: 15 } as const;

/** How long an upload's address is good, and TikTok's own longest wait for a picture (ms). */
export const uploadLifetime = 60 * 60 * 1000;

/**
 * Media Transfer Guide, "Work with chunks": up to 64 MB in one piece; larger in pieces of 5 to 64 MB, whose number is the
 * size divided by the piece's and rounded down, the last one taking the rest (up to 128 MB); in order, 1000 at most.
 */
export function piecesOf(size: number): { chunk: number; count: number; lastAt: number } {
  if (size <= 64_000_000) return { chunk: size, count: 1, lastAt: 0 };
  const chunk = 10_485_760;
  const count = Math.floor(size / chunk);
  return { chunk, count, lastAt: (count - 1) * chunk };
}
