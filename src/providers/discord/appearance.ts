import type { Appearance } from '../../domain/channels/appearance.ts';

/** As a message in a channel (seen 2026-11); links get their card on a bar. */
export const botAppearance: Appearance = {
  layout: 'chat', face: 'round', body: 'beside', head: ['name', 'time'], headLines: 1, time: 'clock', order: ['text', 'media'],
  words: { marks: ['link', 'mention'] },
  grid: { as: 'block', most: 10, single: { min: 1 / 3, max: 4 }, whole: 3 / 2 },
  card: 'bar', signs: ['react', 'reply', 'more'], signsAt: 'start',
  options: { poll: { question: 'pollQuestion', choices: ['pollAnswers'], as: 'radios' } },
  colors: {
    day: { ground: '#fbfbfb', wash: '#f0f0f1', ink: '#2f3035', soft: '#5c5d67', rule: '#dcdcdf', accent: '#2f62cc' },
    night: { ground: '#323339', wash: '#242429', ink: '#dfe0e2', soft: '#b0b1b7', rule: '#44454c', accent: '#7bb0f5' },
  },
};

/** A webhook may call itself as it likes, and open a post in a forum. */
export const webhookAppearance: Appearance = { ...botAppearance, order: ['title', 'text', 'media'], options: { ...botAppearance.options, name: 'name', title: 'forumTitle' } };
