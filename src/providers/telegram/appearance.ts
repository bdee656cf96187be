import type { Appearance } from '../../domain/channels/appearance.ts';
import { captionMax } from './limits.ts';

/** As the app shows a message in a channel (seen 2026-11): a bubble on the wallpaper, media from edge to edge, the clock in its corner. */
export const appearance: Appearance = {
  layout: 'chat', bubble: true, face: 'round', body: 'below', head: ['name'], headLines: 1, time: 'clock', order: ['media', 'text'],
  words: { marks: ['link', 'tag', 'mention'], captionTo: captionMax },
  grid: { as: 'block', most: 10, single: { min: 1 / 2, max: 3 }, whole: 4 / 3 },
  card: 'bar', signs: ['views'], signsAt: 'start',
  colors: {
    day: { ground: '#ffffff', wash: '#dfe8d6', ink: '#0d1013', soft: '#52606b', rule: '#cfd8de', accent: '#1a6fa8' },
    night: { ground: '#182533', wash: '#0e1621', ink: '#f5f5f5', soft: '#93a7b8', rule: '#2a3b4d', accent: '#6ab3f3' },
  },
};
