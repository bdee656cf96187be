import { shortShape, storyShape, type Appearance } from '../../../domain/channels/appearance.ts';

/** As a Page's post stands in the feed (seen 2026-11); Reels and Stories fill the screen. */
export const appearance: Appearance = {
  layout: 'feed', face: 'round', body: 'below', head: ['name', 'time'], headLines: 2, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], lines: 5 },
  grid: { as: 'block', most: 5, single: { min: 4 / 5, max: 4 }, whole: 1 },
  card: 'large', signs: ['thumb', 'reply', 'share'], signsAt: 'spread',
  options: { link: 'link', noCard: 'noPreview', cover: { picture: 'cover' } },
  formats: { reel: { ...shortShape, head: ['name'], headLines: 1 }, story: storyShape },
  colors: {
    day: { ground: '#ffffff', wash: '#f0f2f5', ink: '#1c1e21', soft: '#5f6266', rule: '#ced0d4', accent: '#0058c0' },
    night: { ground: '#252728', wash: '#333334', ink: '#e2e5e9', soft: '#b0b3b8', rule: '#46494c', accent: '#75b6ff' },
  },
};
