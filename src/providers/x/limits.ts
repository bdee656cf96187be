import type { Capabilities, ImageRule, LimitOverrides } from '../../domain/capabilities.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** docs.x.com, media best practices (read 2026-11-25): JPG, PNG, GIF, WEBP of at most 5 MB, four to a post. */
export const stills: ImageRule = { max: 4, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 5 * MiB };

/** A moving WebP or the like goes out as its first frame; X takes what it uploads as `tweet_image` for a still. */
export const firstFrame: ImageRule = { ...stills, types: ['image/jpeg', 'image/png'] };

/** The same page, "Animated GIF recommendations": one to a post, no larger than this, 350 frames. */
export const movingGif = { rule: { max: 1, types: ['image/gif'], maxBytes: 15 * MiB } satisfies ImageRule, width: 1280, height: 1080 };

/**
 * Until the middle of 2026 the same page had 140 s and 512 MB for everybody, and accounts are known that are still held to
 * it ("This user is not allowed to post a video longer than 2 minutes"). Longer ones are worth a word before scheduling.
 */
export const onceLongest = { ms: 140_000, bytes: 512 * MiB };

/** The same page, "Dimensions": 1280x1024 whichever way it is held; 1080p for subscribers. */
export const shortSide = { usual: 1024, large: 1200 };

export const capabilities: Capabilities = {
  formats: [
    { value: 'post', label: 'Post', limits: {} },
    { value: 'poll', label: 'Poll', limits: {} },
  ],
  // fundamentals/counting-characters (read 2026-11-25); each address is wrapped by t.co and counts 23.
  text: { max: 280, unit: 'weighted', linkLength: 23, required: false, fold: 280 },
  images: stills,
  // "Size and duration limits", for accounts without a subscription; codecs, sizes and rates under "Advanced".
  videos: {
    max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 8 * GiB, minMs: 500, maxMs: 20 * 60_000,
    minWidth: 32, minHeight: 32, maxSide: 1280, aspect: { min: 1 / 3, max: 3 }, frameRate: { min: 1, max: 60 }, videoCodecs: ['h264'], audioCodecs: ['aac'],
  },
  media: { min: 0, max: 4, mixed: false },
  // CreateMediaMetadataMetadataAltText in the OpenAPI document 2.167.
  alt: { max: 1000 },
  // No limit there, this is ours.
  thread: { max: 25 },
  links: 'platform_card',
  // Facts: safe to look and to send again a minute after.
  settleMs: 60_000,
  inDoubt: 'looked_up',
};

/**
 * What a subscription adds. Posts of 25,000 characters are there since 2024-08-20 (changelog), videos of 125 minutes and
 * 16 GB by the page on media. `Premium`, `PremiumPlus` and `Basic` are subscriptions, `None` is not (User.subscription_type).
 */
export function limitsFor(subscription: string | null): LimitOverrides {
  if (subscription === null || !['basic', 'premium', 'premiumplus'].includes(subscription.toLowerCase())) return {};
  return { text: { max: 25_000 }, videos: { maxBytes: 16 * GiB, maxMs: 125 * 60_000, maxSide: 1920 } };
}
