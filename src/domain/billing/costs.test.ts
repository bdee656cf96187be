import { describe, expect, it } from 'vitest';
import { costOf, dollars } from './costs.ts';

const costs = { part: 0.015, partWithLink: 0.2, description: 0.005 };
const image = (alt: string) => ({ kind: 'image' as const, alt });

describe('what a post costs', () => {
  it.each([
    ['a text', [{ text: 'One', media: [] }], 0.015],
    ['a link', [{ text: 'See https://example.com', media: [] }], 0.2],
    ['a bare domain', [{ text: 'See example.com', media: [] }], 0.2],
    ['two links', [{ text: 'a.com b.com', media: [] }], 0.2],
    ['an address of mail', [{ text: 'me@example.com', media: [] }], 0.015],
    ['descriptions of pictures alone', [{ text: 'One', media: [image('A dot'), image(' '), { kind: 'video' as const, alt: 'A film' }] }], 0.02],
    ['each part of a thread', [{ text: 'One', media: [] }, { text: 'a.com', media: [image('A dot')] }], 0.22],
  ])('%s', (_name, parts, cost) => expect(costOf(parts, costs)).toBeCloseTo(cost, 9));
  it.each([[0, '$0.00'], [0.2, '$0.20'], [0.015, '$0.015'], [0.415, '$0.415'], [12, '$12.00'], [0.1 + 0.2, '$0.30']])('%d is written %s', (amount, words) => expect(dollars(amount)).toBe(words));
});
