import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/**
 * learn.microsoft.com, "Images API": JPG, PNG, GIF of fewer than 36,152,320 pixels. It names no size in bytes; 5 MB is the
 * least that anybody reports (2026-08). "MultiImage Post API": 2 to 20 pictures.
 */
export const images: ImageRule = { max: 20, types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 5_000_000, maxPixels: 36_152_319 };

/** learn.microsoft.com, "Videos API": MP4, 75 KB to 500 MB, 3 s to 30 min, 1:2.4 to 2.4:1. */
const videos: VideoRule = {
  max: 1, types: ['video/mp4'], maxBytes: 500_000_000, minMs: 3_000, maxMs: 30 * 60_000, aspect: { min: 1 / 2.4, max: 2.4 },
};
export const leastVideoBytes = 75_000;

/** learn.microsoft.com, "Documents API": PDF of at most 100 MB and 300 pages. A page of ours is one picture. */
const pages: ImageRule = { max: 300, types: ['image/jpeg'], maxBytes: 5_000_000, maxSide: 4096 };
const documentBytes = 100_000_000;

/** What a picture of a document may be, so that all of them together keep within its limit. */
export function pageRule(count: number): ImageRule {
  return { ...pages, maxBytes: Math.min(pages.maxBytes, Math.floor((documentBytes - 1_000_000) / count)) };
}

/** The picture of a link card. */
export const thumbnail: ImageRule = { ...images, max: 1, types: ['image/jpeg', 'image/png'] };

/** What LinkedIn shows of a card is shorter; it names no limits. */
export const card = { title: 200, description: 256 };

/** Characters of a poll (as rivals state them, 2026-08) and its durations ("Poll API"). */
export const poll = { question: 140, option: 30, durations: ['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS'] } as const;

/** Nobody confirms how long a comment may be; this is the least that is said. */
export const commentMax = 1250;

const wordsAlone = { images: null, videos: null, media: { min: 0, max: 0 } };

/**
 * Text: 3,000 characters, as everybody states it; whether LinkedIn counts UTF-16 units or less is not said, so the most is
 * counted. Descriptions: "Posts API", of pictures alone. "Post" is any of text, link, pictures and a video.
 */
export const profileCapabilities: Capabilities = {
  text: { max: 3000, unit: 'utf16', required: false, fold: 210 },
  images,
  videos,
  media: { min: 0, max: 20, mixed: false },
  alt: { max: 4086 },
  thread: null,
  formats: [
    { value: 'post', label: 'Post', limits: {} },
    { value: 'document', label: 'Document', limits: { images: pages, videos: null, media: { min: 1, max: 300 }, alt: null } },
    { value: 'poll', label: 'Poll', limits: wordsAlone },
    { value: 'reshare', label: 'Reshare', limits: wordsAlone },
  ],
  links: 'supplied_card',
  // A profile's posts cannot be read with the permissions there are, so there is nothing to wait for.
  settleMs: 0,
  inDoubt: 'asks_a_person',
};

export const pageCapabilities: Capabilities = {
  ...profileCapabilities,
  // What was just created takes a while to be listed.
  settleMs: 60_000,
  inDoubt: 'looked_up',
};
