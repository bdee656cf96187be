import type { Capabilities, ImageRule } from '../../domain/capabilities.ts';

/** The columns of an article (forem/forem, models/article.rb). */
export const titleMax = 128;
export const tagsMax = 4;
/** All tags of an article, joined by a comma and a space (`cached_tag_list`, the same file). */
export const tagListMax = 126;

/** The picture of a post is the article's cover, which Dev.to fetches. Nothing says what it takes: types and size are ours. */
export const cover: ImageRule = { max: 1, types: ['image/jpeg', 'image/png'], maxBytes: 10_000_000 };

/** No limit to an article's words is known to us; this one is ours. */
export const capabilities: Capabilities = {
  text: { max: 100_000, unit: 'utf16', required: true },
  images: cover,
  videos: null,
  media: { min: 0, max: 1, mixed: false },
  alt: null,
  thread: null,
  links: 'text',
  settleMs: 5_000,
  inDoubt: 'looked_up',
};
