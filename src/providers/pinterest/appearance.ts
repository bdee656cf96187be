import type { Appearance } from '../../domain/channels/appearance.ts';

/** As a Pin that is open (seen 2026-11): the picture with round corners, then title, words and who pinned it. */
export const appearance: Appearance = {
  layout: 'pin', face: 'round', body: 'below', head: ['name'], headLines: 1, time: 'ago', order: ['media', 'title', 'text'],
  words: { marks: ['tag'], lines: 3 },
  grid: { as: 'carousel', most: 1, single: { min: 1 / 2, max: 1.91 } },
  card: null, signs: ['like', 'reply', 'share', 'more'], signsAt: 'start',
  options: { title: 'title', link: 'link', cover: { picture: 'cover', second: 'coverAt', whole: true } },
  colors: {
    day: { ground: '#ffffff', wash: '#f1f1f1', ink: '#111111', soft: '#5f5f5f', rule: '#dadada', accent: '#b0001b' },
    night: { ground: '#1a1a1a', wash: '#333333', ink: '#f2f2f2', soft: '#b8b8b8', rule: '#3d3d3d', accent: '#ff99a2' },
  },
};
