import type { Capabilities, ImageRule, VideoRule } from '../../domain/capabilities.ts';

/** Lexicons app.bsky.embed.images and .external (atproto @d6296a1c, 2026-08-20). Animations become their first frame. */
const types: ImageRule['types'] = ['image/jpeg', 'image/png', 'image/webp'];

export const images: ImageRule = { max: 4, types, maxBytes: 2_000_000 };

/**
 * Lexicon app.bsky.embed.video takes 300 MB; uploaded straight to a server of Bluesky's it may have what any upload there
 * may have, 50 MB. The official app takes three minutes.
 */
export const videos: VideoRule = { max: 1, types: ['video/mp4'], maxBytes: 50_000_000, maxMs: 3 * 60_000 };

/** What a server that Bluesky does not run takes unless it says otherwise (PDS_BLOB_UPLOAD_LIMIT). */
export const usualUploadBytes = 5 * 1024 * 1024;

/** The picture of a link card (`thumb`). */
export const thumb: ImageRule = { max: 1, types, maxBytes: 1_000_000 };

/**
 * Until 2026 the limit for pictures was this, and a server refuses what its own copy of the lexicon does not allow
 * (@atproto/pds 0.4.217 still does). Servers that Bluesky does not run may be as old.
 */
export const olderImageBytes = 1_000_000;

/**
 * Text: lexicon app.bsky.feed.post (same date), which also takes "" beside pictures. Descriptions: no limit in the lexicon,
 * 2,000 in the official app (social-app `MAX_ALT_TEXT`, read 2026-11-24). Threads: none, this is ours.
 */
export const capabilities: Capabilities = {
  text: { max: 300, unit: 'graphemes', maxBytes: 3000, required: false },
  images,
  videos,
  media: { min: 0, max: 4, mixed: false },
  alt: { max: 2000 },
  thread: { max: 100 },
  links: 'supplied_card',
  // A server answers for what it has written at once; this leaves a slow request time to end.
  settleMs: 5_000,
  // The record key is ours: the same call again changes nothing.
  inDoubt: 'repeat_is_harmless',
};
