import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/** Longest caption of a photo or an album, in UTF-16 units (core.telegram.org/bots/api, Bot API 10.1 of 2026-06-11). */
export const captionMax = 1024;

export const pictures: ImageRule = { max: 10, types: ['image/jpeg', 'image/png'], maxBytes: 10_000_000, maxSum: 10_000, maxRatio: 20 };

/** Largest upload of a bot to the public server; more needs a Bot API server of one's own (#sendvideo). */
export const films: VideoRule = { max: 10, types: ['video/mp4'], maxBytes: 50_000_000 };

/**
 * core.telegram.org/bots/api#sendmessage, #sendphoto, #sendmediagroup (Bot API 10.1 of 2026-06-11, read 2026-11-23). A text
 * too long for a caption follows its pictures as a reply, so pictures do not shorten it. Photos go out as JPEG or PNG: the
 * page names no types, and these two are sure. Telegram sets no limit to reply chains; ten keeps a thread within the 20
 * messages a minute that a group takes (core.telegram.org/bots/faq).
 */
export const capabilities: Capabilities = {
  text: { max: 4096, unit: 'utf16', maxWithMedia: 4096, required: false },
  images: pictures,
  videos: films,
  media: { min: 0, max: 10, mixed: true },
  alt: null,
  thread: { max: 10 },
  links: 'platform_card',
  // Bots cannot read what they have sent, so there is nothing to wait for.
  settleMs: 0,
  inDoubt: 'asks_a_person',
};
