import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/**
 * Pictures: up to 20 MB, JPEG or PNG when sent within the call (OpenAPI 5.23.0, `ContentType`); five in a carousel (same,
 * `maxItems`). Read 2026-08.
 */
export const images: ImageRule = { max: 5, types: ['image/jpeg', 'image/png'], maxBytes: 20_000_000 };

/** Pinterest's page of Pin formats as others quote it (read 2026-08): 4 s to 15 min, 2 GB, 1:2 to 1.91:1. */
export const videos: VideoRule = {
  max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 2_000_000_000, minMs: 4_000, maxMs: 15 * 60_000,
  aspect: { min: 0.5, max: 1.91 }, videoCodecs: ['h264', 'hevc'],
};

/** OpenAPI 5.23.0, `PinCreate`. Its lengths are JSON Schema's, which counts code points. */
export const lengths = { title: 100, description: 800, link: 2048, alt: 500 } as const;

/** What may go within the call: the size of its body has no documented limit, and pictures of 10 MB are known to pass. */
export const inlineBytes = 10_000_000;

/** Smaller pictures may be refused, as others have found (read 2026-08). */
export const smallest = { width: 200, height: 300 } as const;

/** One picture, a carousel of two to five, or one video: what it is follows from the files. */
export const capabilities: Capabilities = {
  text: { max: lengths.description, unit: 'codepoints', required: false, fold: 160 },
  images,
  videos,
  media: { min: 1, max: 5, mixed: false },
  alt: { max: lengths.alt },
  thread: null,
  links: 'text',
  // Lists lag behind: what is not listed after five minutes is not there.
  settleMs: 5 * 60_000,
  inDoubt: 'looked_up',
};

/** The sandbox makes no video Pins (docs/developer-tools/sandbox, 2025-08-12). */
export const sandboxLimits = { videos: null } as const;
