import type { Appearance } from '../../domain/channels/appearance.ts';

/** As a post stands in its subreddit (seen 2026-11): the title first, votes and comments in pills. */
export const appearance: Appearance = {
  layout: 'forum', face: 'round', body: 'below', head: ['name', 'time'], headLines: 1, time: 'ago', order: ['title', 'media', 'text'],
  words: { marks: ['link'] },
  grid: { as: 'carousel', most: 1, single: { min: 3 / 4, max: 4 } },
  card: null, formats: { link: { card: 'small' } }, signs: ['vote', 'reply', 'share'], signsAt: 'start',
  options: { title: 'title', link: 'url', badges: ['nsfw', 'spoiler', 'flairText'], veils: ['nsfw', 'spoiler'], cover: { picture: 'poster' } },
  colors: {
    day: { ground: '#ffffff', wash: '#e8edf0', ink: '#0e1113', soft: '#55646c', rule: '#d3dbe0', accent: '#0a5ac4' },
    night: { ground: '#0e1113', wash: '#2a3236', ink: '#eef1f3', soft: '#a4b4bc', rule: '#333d42', accent: '#8fb0ff' },
  },
};
