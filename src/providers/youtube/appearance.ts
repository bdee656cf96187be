import { shortShape, type Appearance } from '../../domain/channels/appearance.ts';

/** As the page of a video (seen 2026-11); what YouTube makes a Short of (see `isShort` in limits.ts) fills the screen. */
export const appearance: Appearance = {
  layout: 'video', face: 'round', body: 'below', head: ['name'], headLines: 1, time: 'ago', order: ['media', 'title', 'text'],
  words: { marks: ['link', 'tag', 'mention'], lines: 3 },
  grid: { as: 'carousel', most: 1, single: { min: 16 / 9, max: 16 / 9 }, whole: 16 / 9 },
  card: null, signs: ['thumb', 'down', 'share', 'more'], signsAt: 'start',
  options: { title: 'title', cover: { picture: 'thumbnail' } },
  // Three minutes: Shorts since 2024-10-15. Their own words are the title; the description is a page behind.
  upright: { maxMs: 180_000, shape: { ...shortShape, order: ['title'], signs: ['thumb', 'down', 'reply', 'share', 'more'] } },
  colors: {
    day: { ground: '#ffffff', wash: '#f2f2f2', ink: '#0f0f0f', soft: '#606060', rule: '#e0e0e0', accent: '#065fd4' },
    night: { ground: '#0f0f0f', wash: '#272727', ink: '#f1f1f1', soft: '#aaaaaa', rule: '#3d3d3d', accent: '#3ea6ff' },
  },
};
