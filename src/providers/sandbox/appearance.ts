import type { Appearance } from '../../domain/channels/appearance.ts';

/** The paper of this house: it is a network of our own. */
export const appearance: Appearance = {
  layout: 'feed', face: 'round', body: 'below', head: ['name', 'handle', 'time'], headLines: 2, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'] },
  grid: { as: 'block', most: 4, single: { min: 1 / 2, max: 4 }, whole: 3 / 2 },
  card: null, signs: [], signsAt: 'start',
  colors: {
    day: { ground: '#fffdf8', wash: '#efe9dc', ink: '#1d2433', soft: '#5a6072', rule: '#d9d1c0', accent: '#1f3f8a' },
    night: { ground: '#212329', wash: '#2a2c34', ink: '#ece7dc', soft: '#a9aab4', rule: '#3a3d47', accent: '#9db6f5' },
  },
};
