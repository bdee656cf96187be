import type { Appearance } from '../../../domain/channels/appearance.ts';

/** As threads.com shows a post (seen 2026-11): one column beside the face, several pictures in a strip. */
export const appearance: Appearance = {
  layout: 'feed', face: 'round', body: 'beside', head: ['user', 'time'], headLines: 1, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], linksTo: 32 },
  grid: { as: 'strip', most: 20, single: { min: 3 / 4, max: 5 } },
  card: 'large', signs: ['like', 'reply', 'repost', 'send'], signsAt: 'start',
  options: { link: 'link', veils: ['spoiler'], tags: 'topic' },
  colors: {
    day: { ground: '#ffffff', wash: '#f5f5f5', ink: '#000000', soft: '#696969', rule: '#d9d9d9', accent: '#0062c9' },
    night: { ground: '#181818', wash: '#262626', ink: '#f3f5f7', soft: '#9d9d9d', rule: '#383939', accent: '#6cb3ff' },
  },
};
