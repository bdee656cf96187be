import type { Capabilities, ImageRule, VideoRule } from '../../../domain/capabilities.ts';

/** The 10 MB of page/photos (2026-09-11) are 4 MB in the API's own refusal (1366046). Ten in a post: undocumented, what others take. */
export const pictures: ImageRule = { max: 10, types: ['image/jpeg', 'image/png'], maxBytes: 4_000_000 };

export const cover: ImageRule = { max: 1, types: ['image/jpeg'], maxBytes: 4_000_000 };

/** 10 GB and 4 hours: what Facebook's help has for resumable uploads; the API's pages name no number. */
const videos: VideoRule = { max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 10_000_000_000, minMs: 1_000, maxMs: 4 * 60 * 60 * 1000 };

/** Reels Publishing API, "Video specifications" (2026-09-11). 9:16 is what it recommends, 1363040 what it refuses. */
const reel: VideoRule = {
  max: 1, types: ['video/mp4'], maxBytes: 1_000_000_000, minMs: 3_000, maxMs: 90_000, minWidth: 540, minHeight: 960, aspect: { min: 9 / 16, max: 16 / 9 },
  frameRate: { min: 24, max: 60 }, videoCodecs: ['h264', 'hevc', 'vp9', 'av1'], audioCodecs: ['aac'],
};

const story: VideoRule = { ...reel, maxMs: 60_000 };

/**
 * developers.facebook.com/docs/graph-api/reference/page/{feed,photos,videos} and the guides for Reels and Stories, read
 * 2026-09-11. Text: 63,206 is what Facebook itself takes, counted here in UTF-16 as the strictest way. Descriptions: the
 * pages name no length; 1,000 is Instagram's.
 */
export const capabilities: Capabilities = {
  text: { max: 63_206, unit: 'utf16', required: false, fold: 477 },
  images: pictures,
  videos,
  media: { min: 0, max: 10, mixed: false },
  alt: { max: 1000 },
  thread: null,
  formats: [
    { value: 'post', label: 'Post', limits: {} },
    { value: 'reel', label: 'Reel', frame: 9 / 16, limits: { images: null, videos: reel, media: { min: 1, max: 1 }, alt: null } },
    {
      value: 'story', label: 'Story', frame: 9 / 16,
      limits: { text: { max: 0 }, images: { max: 1 }, videos: story, media: { min: 1, max: 1 } },
    },
  ],
  links: 'platform_card',
  // What was just published may be missing from the Page's lists for a while.
  settleMs: 120_000,
  inDoubt: 'looked_up',
};
