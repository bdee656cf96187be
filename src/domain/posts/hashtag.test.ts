import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTags, listedTags, tagLine, tagsIn, withTags } from './hashtag.ts';

describe('the tags in a text', () => {
  it.each([
    ['The #harbor at #Night', ['harbor', 'Night']],
    ['#Boats and #boats again', ['Boats']],
    ['#hafen_köln, #海, #2026ok.', ['hafen_köln', '海', '2026ok']],
    // A number is none, an anchor is none, and neither is what stands inside a word.
    ['#1 https://example.org/#part a#b &#39; #', []],
  ])('%s', (text, tags) => {
    expect(tagsIn(text)).toEqual(tags);
  });

  it('are counted as often as they stand there', () => {
    expect(countTags('#a #A #b https://x.org/#c')).toBe(3);
  });
});

describe('tags as people list them', () => {
  it('come with or without signs, between anything, each once', () => {
    expect(listedTags('harbor #Boats, sea;\n##night Harbor')).toEqual({ tags: ['harbor', 'Boats', 'sea', 'night'], wrong: [] });
  });

  it('are told apart from what cannot be one', () => {
    expect(listedTags('sea 2026 rock&roll a.b')).toEqual({ tags: ['sea'], wrong: ['2026', 'rock&roll', 'a.b'] });
    expect(listedTags(`#${'x'.repeat(101)}`)).toEqual({ tags: [], wrong: ['x'.repeat(101)] });
  });

  it('are tags again once they are put into a text', () => {
    fc.assert(fc.property(fc.string(), (typed) => {
      const { tags } = listedTags(typed);
      expect(tagsIn(tagLine(tags))).toEqual(tags);
    }));
  });
});

describe('a set put into a text', () => {
  it.each([
    ['', '#a #b'],
    ['Boats come.', 'Boats come.\n\n#a #b'],
    ['Boats come. #sea', 'Boats come. #sea #a #b'],
    ['Boats #A', 'Boats #A #b'],
    ['#b #a', '#b #a'],
  ])('%j', (text, whole) => {
    expect(withTags(text, ['a', 'b'])).toBe(whole);
  });
});
