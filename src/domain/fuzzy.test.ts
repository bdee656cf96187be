import { describe, expect, it } from 'vitest';
import { fitOf } from './fuzzy.ts';

describe('what is typed', () => {
  it.each([
    ['cal', 'Calendar'], ['caln', 'Calendar'], ['wp', 'Write a post'], ['post write', 'Write a post'], ['uber', 'Über uns'], ['ÜBER', 'uber uns'], ['dark', 'Switch to dark'], ['', 'Anything'], ['unc', 'Unconfirmed posts'],
  ])('“%s” finds “%s”', (typed, text) => expect(fitOf(typed, text)).not.toBeNull());

  it.each([['lac', 'Calendar'], ['alr', 'Calendar'], ['post xyz', 'Write a post'], ['x', 'Calendar']])('“%s” does not find “%s”', (typed, text) => expect(fitOf(typed, text)).toBeNull());

  it('finds best what begins with it, then what has a word that does, then what has it somewhere, then letters', () => {
    const fits = ['Posts', 'Search posts', 'Imposts', 'Place of some toast shops'].map((text) => fitOf('posts', text) ?? -1);
    expect(fits).toEqual(fits.toSorted((a, b) => b - a));
    expect(new Set(fits).size).toBe(4);
  });
});
