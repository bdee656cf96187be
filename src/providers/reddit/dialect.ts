import { markdown, type Given } from '../dialect.ts';
import type { Dialect } from '../contract.ts';

/** One entry of `subreddit`, flat. */
function entriesIn({ subreddit: list }: Given): Given[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const value = isObject(item) && isObject(item['value']) ? item['value'] : item;
    return isObject(value) ? [value] : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const bare = (name: unknown) => (typeof name === 'string' ? name.replace(/^\/?(?:r\/)?/iu, '').toLowerCase() : '');

export const dialect: Dialect = {
  markup: markdown,
  settings: {
    type: { option: 'format', values: { self: 'text', text: 'text', link: 'link', image: 'image', gallery: 'gallery', media: '', video: 'video' } },
    is_flair_required: 'harmless',
    media: 'harmless',
    allow: 'harmless',
  },
  tools: { getFlairs: 'flair', restrictions: 'flair' },
  /** There one channel is an account that names subreddits; here each subreddit is a channel. */
  prepare(given, { place, pictures }) {
    const { subreddit: list, ...rest } = given;
    if (list === undefined || (Array.isArray(list) && list.length === 0)) return rest;
    const entries = entriesIn(given);
    const own = entries.find(({ subreddit }) => bare(subreddit) === place.remoteId.toLowerCase());
    const other = entries.find(({ subreddit }) => bare(subreddit) !== place.remoteId.toLowerCase());
    if (other) return `This channel posts to ${place.name}. Send to the channel of r/${bare(other['subreddit']).slice(0, 60)} for what shall go there.`;
    if (!own) return 'This is no list of subreddits with their names.';
    const { subreddit: _, flair, type, ...fields } = own;
    const template = isObject(flair) ? flair['id'] : flair;
    return {
      ...rest, ...fields,
      ...(type !== undefined && { type: (type === 'image' || type === 'media') && pictures > 1 ? 'gallery' : type }),
      ...(typeof template === 'string' && { flair: template }),
    };
  },
};
