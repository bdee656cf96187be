import { shortShape, storyShape, type Appearance } from '../../../domain/channels/appearance.ts';

/** As the app shows a post (seen 2026-11): the picture from edge to edge, several of them in the shape of the first. */
export const appearance: Appearance = {
  layout: 'photo', face: 'round', body: 'below', head: ['user'], headLines: 1, time: 'ago', order: ['media', 'text'],
  words: { marks: ['tag', 'mention'], lines: 2 },
  grid: { as: 'carousel', most: 1, single: { min: 4 / 5, max: 1.91 } },
  card: null, signs: ['like', 'reply', 'repost', 'send', 'save'], signsAt: 'start',
  options: { cover: { picture: 'cover', second: 'coverAt' } },
  formats: { reel: { ...shortShape, signs: ['like', 'reply', 'repost', 'send', 'more'] }, story: storyShape },
  colors: {
    day: { ground: '#ffffff', wash: '#efefef', ink: '#0c1014', soft: '#646a73', rule: '#dbdfe4', accent: '#4150f7' },
    night: { ground: '#0c1014', wash: '#25292e', ink: '#f5f5f5', soft: '#a8adb3', rule: '#25292e', accent: '#a8b3ff' },
  },
};
