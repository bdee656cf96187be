import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../../domain/channels/appearance.ts';
import type { ImageFacts } from '../../../../domain/media.ts';
import { bareLink, folded } from '../../../../domain/text.ts';
import { classOf, placed, ratios } from './grid.ts';
import { messagesOf } from './timeline.tsx';

const picture = (width: number, height: number): ImageFacts => ({ kind: 'image', mediaId: `${width}x${height}`, alt: '', type: 'image/jpeg', bytes: 1, width, height, animated: false });
const some = (count: number) => Array.from({ length: count }, (_, n) => picture(400 + n, 300));
const block: Grid = { as: 'block', most: 4, single: { min: 3 / 4, max: 2 }, whole: 16 / 9 };

describe('files together', () => {
  it.each([
    ['keeps its shape within the limits', picture(400, 300), ''],
    ['keeps it at the very edge, give or take a pixel', picture(1000, 1335), ''],
    ['is cut to the tallest', picture(300, 900), 'r-3-4'],
    ['is cut to the widest', picture(900, 200), 'r-2-1'],
  ])('one %s', (_name, one, ratio) => {
    expect(placed([one], block)).toMatchObject({ as: 'single', count: 'of-1', more: 0, ratio });
  });

  it.each([[2, 2, 0, 'of-2'], [3, 3, 0, 'of-3'], [4, 4, 0, 'of-4'], [7, 4, 3, 'of-4']])('%i in a block: %i shown, %i left', (count, shown, more, name) => {
    const found = placed(some(count), block);
    expect([found.as, found.cells.length, found.more, found.count, found.ratio]).toEqual(['block', shown, more, name, 'r-16-9']);
  });

  it('more than five stand in rows, and a first one may lead', () => {
    expect(placed(some(8), { ...block, most: 10 }).count).toBe('of-many');
    expect(placed(some(6), { ...block, most: 5, lead: true })).toMatchObject({ count: 'of-5 lead', more: 1 });
  });

  it('those one at a time take the shape of the first, within the limits', () => {
    const grid: Grid = { as: 'carousel', most: 1, single: { min: 4 / 5, max: 1.91 } };
    expect(placed([picture(400, 1600), picture(400, 300)], grid)).toMatchObject({ as: 'carousel', cells: [{ mediaId: '400x1600' }], ratio: 'r-4-5' });
    expect(placed([picture(300, 300), picture(400, 300)], grid).ratio).toBe('r-1-1');
    expect(placed(some(3), { ...grid, whole: 9 / 16 }).ratio).toBe('r-9-16');
  });

  it('none is nothing', () => {
    expect(placed([], block).cells).toEqual([]);
  });

  it('each shape has the class that is nearest', () => {
    for (const [name, ratio] of Object.entries(ratios)) expect(classOf(ratio)).toBe(name);
    expect(classOf(0.55)).toBe('r-9-16');
  });
});

describe('words', () => {
  it.each([
    ['by lines', 'a\nb\nc\nd', { lines: 2 }, 'a\nb', true],
    ['not where they end', 'a\nb\n\n', { lines: 2 }, 'a\nb\n\n', false],
    ['by characters', 'one two three', { characters: 8 }, 'one two', true],
    ['by whichever is less', 'one two three\nfour', { lines: 1, characters: 100 }, 'one two three', true],
    ['not at all', 'one\ntwo', {}, 'one\ntwo', false],
    ['never in the middle of a family', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', { characters: 1 }, '👩‍👩‍👧‍👦', true],
  ])('fold %s', (_name, text, rule, shown, more) => {
    expect(folded(text, rule)).toEqual({ shown, more });
  });

  it('links lose what nobody reads', () => {
    expect(bareLink('https://www.example.org/', 30)).toBe('example.org');
    expect(bareLink('https://example.org/a/long/way', 14)).toBe('example.org/a/…');
  });

  it('captions that are too long follow as a message', () => {
    const part = { text: 'x'.repeat(11), media: [picture(1, 1)], fold: undefined, hasWords: true, card: null, wait: 5 };
    expect(messagesOf(part, undefined)).toEqual([part]);
    expect(messagesOf(part, 11)).toEqual([part]);
    expect(messagesOf(part, 10)).toMatchObject([{ text: '', media: [{}], hasWords: false, wait: 5 }, { text: part.text, media: [], hasWords: true, wait: 0 }]);
    expect(messagesOf({ ...part, media: [] }, 10)).toHaveLength(1);
  });
});
