import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/** What a Mastodon server takes as it comes (docs.joinmastodon.org, entities/Instance, read 2026-07-02). */
export const images: ImageRule = {
  max: 4, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 16 * 1024 * 1024, maxPixels: 33_177_600,
};

/** One video stands alone; whatever codec it has is converted there (same page; MediaAttachment in v4.5: H.264, VP8, VP9, HEVC in MP4, MOV, WebM). */
export const videos: VideoRule = {
  max: 1, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: 99 * 1024 * 1024, maxPixels: 8_294_400, frameRate: { min: 0, max: 120 },
};

/** For servers that say nothing of pictures: what Mastodon took before 3.4.2 began to tell (its release notes, 2021-05). */
export const silentServerImages: Partial<ImageRule> = { maxBytes: 8_000_000, maxPixels: 16_777_216 };

/**
 * Every server has limits of its own; `targets` asks for them and lays them over these. Text counts in graphemes, links as
 * 23, mentions without their host (status_length_validator.rb, v4.5). Threads: no limit there, this is ours.
 */
export const capabilities: Capabilities = {
  text: { max: 500, unit: 'graphemes', linkLength: 23, shortMentions: true, required: false },
  images,
  videos,
  media: { min: 0, max: 4, mixed: false },
  alt: { max: 1500 },
  thread: { max: 100 },
  links: 'platform_card',
  // A busy server may still be at it after its own gateway gave up on it.
  settleMs: 30_000,
  inDoubt: 'looked_up',
};
