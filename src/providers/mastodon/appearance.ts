import type { Appearance } from '../../domain/channels/appearance.ts';

/** As Mastodon's own web interface shows a post (4.5, seen 2026-11): rounded squares for faces, name above the address. */
export const appearance: Appearance = {
  layout: 'feed', face: 'rounded', body: 'below', head: ['name', 'handle', 'time'], headLines: 2, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], linksTo: 30 },
  grid: { as: 'block', most: 4, single: { min: 1 / 2, max: 4 }, whole: 3 / 2 },
  card: 'large', signs: ['reply', 'repost', 'star', 'save', 'more'], signsAt: 'spread',
  options: { warning: 'spoiler_text', veils: ['sensitive'] },
  colors: {
    day: { ground: '#ffffff', wash: '#f3f2f8', ink: '#1b1b25', soft: '#595978', rule: '#d9d9e8', accent: '#563acc' },
    night: { ground: '#181821', wash: '#252534', ink: '#f6f6f9', soft: '#a2a2bd', rule: '#393953', accent: '#9d9eff' },
  },
};
