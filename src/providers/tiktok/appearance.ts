import type { Appearance } from '../../domain/channels/appearance.ts';

/** As the app shows a video (seen 2026-11), and photos one at a time. It is dark, whatever the hour. */
export const appearance: Appearance = {
  layout: 'short', face: 'round', body: 'below', head: ['name'], headLines: 1, time: 'ago', order: ['title', 'text'],
  words: { marks: ['tag', 'mention'], lines: 2 },
  grid: { as: 'carousel', most: 1, single: { min: 9 / 16, max: 4 }, whole: 9 / 16 },
  card: null, signs: ['like', 'reply', 'save', 'share', 'sound'], signsAt: 'side',
  options: { title: 'title', cover: { second: 'cover_second' } },
  colors: {
    day: { ground: '#ffffff', wash: '#f1f1f2', ink: '#161823', soft: '#63646e', rule: '#d9d9dc', accent: '#2b5db9' },
    night: { ground: '#121212', wash: '#252525', ink: '#f6f6f6', soft: '#a6a6a6', rule: '#363636', accent: '#a9c4ff' },
  },
};
