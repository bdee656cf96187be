import type { Capabilities, ImageRule, LimitOverrides, VideoRule } from '../../domain/capabilities.ts';

/** www.reddit.com/dev/api, `POST /api/submit` (read 2026-11): "title of the submission. up to 300 characters long". */
export const titleMax = 300;
/** praw 7.8 and old Reddit's source, `MAX_FLAIR_TEXT`. */
export const flairTextMax = 64;
/** Captions of a gallery: praw 7.8, `submit_gallery`. */
export const captionMax = 180;

/**
 * JPEG, PNG and GIF. 20,971,520 bytes is what the leases of pictures say (recorded answers, praw, 2016 to 2023); the lease
 * itself is obeyed when a picture is brought.
 */
export const images: ImageRule = { max: 20, types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 20_000_000 };

/** The still picture of a video, as Reddit's own pages send it. */
export const poster: ImageRule = { max: 1, types: ['image/jpeg', 'image/png'], maxBytes: 20_000_000 };

/** 1 GiB: the smaller of what leases said in 2020 and 2022. 2 s to 15 min: support.reddithelp.com, "Posting videos". */
const videos: VideoRule = { max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 1_073_741_824, minMs: 2_000, maxMs: 15 * 60_000 };

const words: LimitOverrides = { images: null, videos: null, media: { min: 0, max: 0 } };
/** A link and a video have no text of their own. */
const noText: LimitOverrides = { text: { max: 0, required: false } };

/** Text: 40,000 characters (praw, old Reddit's source `Link.SELFTEXT_MAX_LENGTH`). */
export const capabilities: Capabilities = {
  text: { max: 40_000, unit: 'codepoints', required: false },
  images,
  videos,
  media: { min: 0, max: 20, mixed: false },
  alt: null,
  thread: null,
  formats: [
    { value: 'text', label: 'Text', limits: words },
    { value: 'link', label: 'Link', limits: { ...words, ...noText } },
    { value: 'image', label: 'Image', limits: { images: { max: 1 }, videos: null, media: { min: 1, max: 1 } } },
    { value: 'gallery', label: 'Gallery', limits: { videos: null, media: { min: 2, max: 20 }, alt: { max: captionMax } } },
    { value: 'video', label: 'Video', limits: { images: null, media: { min: 1, max: 1 }, ...noText } },
  ],
  links: 'platform_card',
  // A picture or a video is made into a post afterwards, and an account's own list may lag behind by minutes.
  settleMs: 15 * 60_000,
  inDoubt: 'looked_up',
};
