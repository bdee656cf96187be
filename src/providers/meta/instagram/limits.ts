import type { Capabilities, ImageRule, VideoRule } from '../../../domain/capabilities.ts';

// developers.facebook.com/docs/instagram-platform: ig-user/media ("Image specifications", "Reel specifications", "Story video
// specifications") and content-publishing, read 2026-09-11.

/** Below 8 MiB. Instagram itself scales to a width of 320 to 1440; 1800 is how high 1440 is at 4:5. */
const jpeg: ImageRule = { max: 10, types: ['image/jpeg'], maxBytes: 8_000_000, maxSide: 1800 };

/** What is outside is refused (36003), so a person must crop it. */
export const feedPictures: ImageRule = { ...jpeg, aspect: { min: 4 / 5, max: 1.91 } };

/** Also of covers. 9:16 is recommended and nothing is refused. */
export const tallPictures: ImageRule = { ...jpeg, max: 1, maxSide: 1920 };

/** In pixels; Instagram enlarges what is narrower. */
export const leastWidth = 320;

/** Of a video, in pixels: columns, so a tall one may be higher. */
export const mostWidth = 1920;

/** 25 Mbit/s, in bits per ms. */
export const mostBitrate = 25_000;

/** No page has the limits of videos in carousels: those of Stories are the tighter ones of the two that are known. */
const shortVideo: VideoRule = {
  max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 100_000_000, minMs: 3_000, maxMs: 60_000, aspect: { min: 0.1, max: 10 },
  frameRate: { min: 23, max: 60 }, videoCodecs: ['h264', 'hevc'], audioCodecs: ['aac'],
};

const reel: VideoRule = { ...shortVideo, maxBytes: 300_000_000, maxMs: 15 * 60_000, aspect: { min: 0.01, max: 10 } };

/** How many hashtags and @ mentions a caption may have. */
export const most = { hashtags: 30, mentions: 20, collaborators: 3, tags: 20 };

/** The unit of the caption's 2,200 is not documented: UTF-16 is the strictest. Descriptions are for pictures alone. */
export const capabilities: Capabilities = {
  text: { max: 2200, unit: 'utf16', required: false, hashtags: most.hashtags, fold: 125 },
  images: jpeg,
  videos: { ...shortVideo, max: 10 },
  media: { min: 1, max: 10, mixed: true },
  alt: { max: 1000 },
  thread: null,
  formats: [
    { value: 'post', label: 'Post', limits: { images: feedPictures } },
    { value: 'reel', label: 'Reel', frame: 9 / 16, limits: { images: null, videos: reel, media: { max: 1 }, alt: null } },
    { value: 'story', label: 'Story', frame: 9 / 16, limits: { text: { max: 0 }, images: tallPictures, videos: shortVideo, media: { max: 1 }, alt: null } },
  ],
  links: 'text',
  // The container tells at once; the list of media, which tells the id, may lag.
  settleMs: 60_000,
  inDoubt: 'looked_up',
};
