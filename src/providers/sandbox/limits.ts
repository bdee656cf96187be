import type { Capabilities } from '../../domain/capabilities.ts';

/** Chosen to feel like a usual network, so that what is learnt here holds there. */
export const capabilities: Capabilities = {
  text: { max: 500, unit: 'graphemes', required: false },
  images: { max: 4, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 8_000_000, maxSide: 4096 },
  videos: { max: 4, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: 4_000_000_000 },
  media: { min: 0, max: 4, mixed: true },
  alt: { max: 1000 },
  thread: { max: 25 },
  links: 'text',
  settleMs: 5_000,
  inDoubt: 'looked_up',
};
