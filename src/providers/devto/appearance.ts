import type { Appearance } from '../../domain/channels/appearance.ts';

/** As an article's own page (seen 2026-11): cover, who wrote it, a large title, tags. */
export const appearance: Appearance = {
  layout: 'article', face: 'round', body: 'below', head: ['name', 'time'], headLines: 2, time: 'ago', order: ['media', 'title', 'text'],
  words: { marks: ['link'], lines: 12 },
  grid: { as: 'carousel', most: 1, single: { min: 2.38, max: 2.38 }, whole: 2.38 },
  card: null, signs: ['like', 'react', 'reply', 'save', 'more'], signsAt: 'spread',
  options: { title: 'title', tags: 'tags' },
  colors: {
    day: { ground: '#ffffff', wash: '#f5f5f5', ink: '#171717', soft: '#525252', rule: '#d4d4d4', accent: '#3b49df' },
    night: { ground: '#171717', wash: '#262626', ink: '#fafafa', soft: '#b0b0b0', rule: '#3a3a3a', accent: '#a3abf8' },
  },
};
