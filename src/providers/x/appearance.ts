import type { Appearance } from '../../domain/channels/appearance.ts';

/** As x.com shows a post (seen 2026-11); the blue of links is a little darker by day than theirs, so that everybody can read it. */
export const appearance: Appearance = {
  layout: 'feed', face: 'round', body: 'beside', head: ['name', 'handle', 'time'], headLines: 1, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], linksTo: 24 },
  grid: { as: 'block', most: 4, single: { min: 3 / 4, max: 5 }, whole: 16 / 9 },
  card: 'large', signs: ['reply', 'repost', 'like', 'views', 'save', 'share'], signsAt: 'spread',
  options: { poll: { choices: ['poll1', 'poll2', 'poll3', 'poll4'], as: 'bars' }, badges: ['made_with_ai', 'paid_partnership'] },
  colors: {
    day: { ground: '#ffffff', wash: '#eff3f4', ink: '#0f1419', soft: '#536471', rule: '#cfd9de', accent: '#0b67b2' },
    night: { ground: '#000000', wash: '#202327', ink: '#e7e9ea', soft: '#8b9096', rule: '#2f3336', accent: '#1d9bf0' },
  },
};
