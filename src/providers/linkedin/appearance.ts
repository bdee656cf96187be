import type { Appearance } from '../../domain/channels/appearance.ts';

/** As LinkedIn's feed shows a post (seen 2026-11). Three lines, then "more". */
const both: Appearance = {
  layout: 'feed', face: 'round', body: 'below', head: ['name', 'handle', 'time'], headLines: 2, time: 'ago', order: ['text', 'media'],
  words: { marks: ['link', 'tag', 'mention'], lines: 3 },
  grid: { as: 'block', most: 5, lead: true, single: { min: 4 / 5, max: 5 }, whole: 4 / 3 },
  card: 'large', signs: ['thumb', 'reply', 'repost', 'send'], signsAt: 'spread',
  options: { noCard: 'noCard', poll: { question: 'question', choices: ['option1', 'option2', 'option3', 'option4'], as: 'bars' } },
  formats: { document: { grid: { as: 'carousel', most: 1, single: { min: 1 / 2, max: 2 } }, options: { title: 'title' }, order: ['text', 'title', 'media'] } },
  colors: {
    day: { ground: '#ffffff', wash: '#f4f2ee', ink: '#191919', soft: '#5e5e5e', rule: '#dfdeda', accent: '#0a66c2' },
    night: { ground: '#1b1f23', wash: '#2b3036', ink: '#e9e9ea', soft: '#b0b4b8', rule: '#3a3f45', accent: '#71b7fb' },
  },
};

export const profileAppearance: Appearance = both;

/** Companies have square pictures. */
export const pageAppearance: Appearance = { ...both, face: 'square', options: { ...both.options, comment: 'firstComment' } };
