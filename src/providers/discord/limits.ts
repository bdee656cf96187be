import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/** Files of one message, together (discord-api-docs, reference "Uploading Files", 2026-08-06); the rest is room for the words. */
export const requestBytes = 24 * 1024 * 1024;
const fileBytes = 10 * 1024 * 1024;
export const mostFiles = 10;

export const pictures: ImageRule = { max: mostFiles, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: fileBytes };
const films: VideoRule = { max: mostFiles, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: fileBytes };

/** The rule for one of so many pictures, so that all of them fit into one message beside `otherBytes`. */
export function pictureRule(count: number, otherBytes: number): ImageRule {
  const share = Math.floor((requestBytes - otherBytes) / Math.max(1, count));
  return { ...pictures, maxBytes: Math.max(100_000, Math.min(fileBytes, share)) };
}

/**
 * discord-api-docs, resources/message and resources/webhook (2026-08-06). Whether characters are code points is not said, so
 * the stricter UTF-16 units count. There is no limit to chains of messages; ten keep within a webhook's 30 a minute.
 */
const shared = {
  text: { max: 2000, unit: 'utf16', required: false },
  images: pictures,
  videos: films,
  media: { min: 0, max: mostFiles, mixed: true },
  alt: { max: 1024 },
  thread: { max: 10 },
  links: 'platform_card',
} as const satisfies Partial<Capabilities>;

/** A webhook cannot read what it has written. */
export const webhookCapabilities: Capabilities = { ...shared, settleMs: 0, inDoubt: 'asks_a_person' };

/** A bot sees the channel's messages, and a repeat with the same nonce gives the same message for some minutes. */
export const botCapabilities: Capabilities = { ...shared, settleMs: 5_000, inDoubt: 'looked_up' };
