import type { Appearance } from '../../domain/channels/appearance.ts';

/** As bsky.app shows a post (seen 2026-11). */
export const appearance: Appearance = {
  layout: 'feed', face: 'round', body: 'beside', head: ['name', 'handle', 'time'], headLines: 1, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], linksTo: 30 },
  grid: { as: 'block', most: 4, single: { min: 1 / 2, max: 5 }, whole: 3 / 2 },
  card: 'large', signs: ['reply', 'repost', 'like', 'save', 'share', 'more'], signsAt: 'spread',
  colors: {
    day: { ground: '#ffffff', wash: '#f3f6fa', ink: '#0b0f14', soft: '#42576c', rule: '#d4dbe2', accent: '#0062c4' },
    night: { ground: '#161e27', wash: '#212d3b', ink: '#f1f3f5', soft: '#a5b4c6', rule: '#2e4052', accent: '#5cadff' },
  },
};
