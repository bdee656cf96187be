import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../testing/yaml.ts';
import { countText } from '../text.ts';
import { invalidCharacter } from './characters.ts';
import { webLinksIn } from './links.ts';
import { topLevelDomains } from './tlds.ts';
import { piecesOf, version3, weightedLength, type Weights } from './weigh.ts';

// twitter-text's own conformance files (at 30e2430d, Apache-2.0, see LICENSE.txt beside them), whole.

interface Case { description: string; text: string; expected: unknown }
type Sections = Record<string, Case[]>;

const own = join(import.meta.dirname, 'twitter-text');
const shared = join(import.meta.dirname, '../../../../shared/specs/twitter-text');
const fileOf = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const sectionsOf = (text: string) => (readYaml(text) as { tests: Sections }).tests;
const validate = sectionsOf(fileOf(own, 'validate.yml'));
const extract = sectionsOf(fileOf(own, 'extract.yml'));

const version2: Weights = { ...version3, emojiParsingEnabled: false };
const version1: Weights = { scale: 1, defaultWeight: 1, ranges: [], emojiParsingEnabled: false };

/** What twitter-text's parser says of a text, from the pieces that ours counts. */
function parsed(text: string, max: number, weights: Weights) {
  const normal = text.normalize('NFC');
  let weightedLength = 0;
  let validEnd = 0;
  let valid = true;
  for (const { start, end, length } of piecesOf(text, 23, weights)) {
    weightedLength += length;
    // It looks at the last unit of each piece.
    valid &&= !invalidCharacter.test(normal.slice(end - 1, end));
    if (valid && weightedLength <= max) validEnd = Math.max(start, end - 1);
  }
  return {
    weightedLength, valid: valid && weightedLength > 0 && weightedLength <= max, permillage: Math.floor((weightedLength / max) * 1000),
    displayRangeStart: 0, displayRangeEnd: Math.max(text.length - 1, 0), validRangeStart: 0, validRangeEnd: validEnd + text.length - normal.length,
  };
}

const named = (sections: Sections, ...names: string[]) => names.flatMap((name) => (sections[name] ?? []).map((each) => ({ ...each, name: `${name}: ${each.description}` })));
const found = (text: string) => webLinksIn(text).map(({ url, start, end }) => ({ url, indices: [start, end] }));

describe('twitter-text: validate.yml', () => {
  it('has the sections that are known here', () => {
    expect(Object.keys(validate)).toEqual([
      'tweets', 'usernames', 'lists', 'hashtags', 'urls', 'urls_without_protocol',
      'WeightedTweetsCounterTest', 'WeightedTweetsWithDiscountedEmojiCounterTest', 'UnicodeDirectionalMarkerCounterTest',
    ]);
  });
  it.each(named(validate, 'tweets'))('$name', ({ text, expected }) => expect(parsed(text, 140, version1).valid).toBe(expected));
  it.each(named(validate, 'WeightedTweetsCounterTest'))('$name', ({ text, expected }) => expect(parsed(text, 280, version2)).toEqual(expected));
  it.each(named(validate, 'WeightedTweetsWithDiscountedEmojiCounterTest', 'UnicodeDirectionalMarkerCounterTest'))('$name', ({ text, expected }) => {
    expect(parsed(text, 280, version3)).toEqual(expected);
    expect(countText(text, { unit: 'weighted' })).toBe((expected as { weightedLength: number }).weightedLength);
  });
  it.each(named(validate, 'urls_without_protocol'))('$name', ({ text, expected }) => expect(found(text).some(({ url }) => url === text)).toBe(expected));
  // Whether an address is one at all (RFC 3986) is another question than what counts as a link: ports, users and numbers
  // may stand in the one and not in the other. No text that is no address may be taken for a link whole.
  it.each(named(validate, 'urls').filter(({ expected }) => expected === false))('$name', ({ text }) => expect(found(text).some(({ url }) => url === text)).toBe(false));
});

describe('twitter-text: extract.yml', () => {
  it.each(named(extract, 'urls', 'tco_urls_with_params'))('$name', ({ text, expected }) => expect(found(text).map(({ url }) => url)).toEqual(expected));
  it.each(named(extract, 'urls_with_indices', 'urls_with_directional_markers'))('$name', ({ text, expected }) => expect(found(text)).toEqual(expected));
});

describe('links and weights', () => {
  it.each([
    ['a bare domain is a link', 'see example.com', 4 + 23],
    ['whatever its length', `https://example.com/${'x'.repeat(500)}`, 23],
    ['a port without a path is none of a bare domain', 'a.com:80', 23 + 3],
    ['a domain that nobody can have is text', 'file.txt', 8],
    ['an abbreviation is text', 'e.g. this', 9],
    ['an address of mail is text', 'me@example.com', 14],
    ['an emoji of many parts', '👩‍👩‍👧‍👦🏳️‍⚧️🇩🇪', 6],
    ['a superfluous selector', '⚡️⭐️', 4],
    ['a selector that belongs to none', '✅️', 4],
    ['the sign as text and as emoji', '©©️', 1 + 2],
    ['letters of two and of one', '漢字かなé', 4 + 4 + 1],
  ])('%s', (_name, text, length) => expect(weightedLength(text)).toBe(length));

  it('takes no longer for texts that are made to be slow', () => {
    // Each of these took an expression with backtracking minutes.
    for (const text of ['a.'.repeat(50_000), 'の.'.repeat(50_000), 'http://'.repeat(20_000), `${'の'.repeat(50_000)}.com`, `http://a.com/${'(a'.repeat(50_000)}`]) {
      expect(weightedLength(text)).toBeGreaterThan(10_000);
    }
  });

  it('leaves nothing out and counts nothing twice', () => {
    const piece = fc.constantFrom('example.com', 'https://a.co/b?c=d', 'の', '.', '/', '👨‍👩‍👧', '\u{1F3FD}', '\uFE0F', ' ', 'a', '@', '(', ')', '\uD83D');
    fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
      const normal = parts.join('').normalize('NFC');
      const pieces = piecesOf(normal);
      expect(pieces.map(({ start, end }) => normal.slice(start, end)).join('')).toBe(normal);
    }));
  });
});

const seen = existsSync(shared);
if (!seen) console.log('weighted: skipped the comparison with twitter-text\'s files, which are not at ../shared/specs');

describe.skipIf(!seen)('twitter-text as collected', () => {
  it('is what stands beside this test', () => {
    for (const name of ['validate.yml', 'extract.yml']) expect(fileOf(own, name)).toBe(fileOf(shared, name));
    expect(fileOf(own, 'LICENSE.txt')).toBe(fileOf(shared, 'LICENSE'));
  });
  it('has the weights of its configuration', () => {
    for (const [weights, name] of [[version1, 'v1'], [version2, 'v2'], [version3, 'v3']] as const) {
      const told = { emojiParsingEnabled: false, ...(JSON.parse(fileOf(shared, `${name}.json`)) as object) };
      expect(told).toMatchObject({ ...weights, transformedURLLength: 23 });
    }
  });
  it('knows every top-level domain', () => {
    const cases = Object.values(sectionsOf(fileOf(shared, 'tlds.yml'))).flat();
    expect(cases.filter(({ text, expected }) => JSON.stringify(found(text).map(({ url }) => url)) !== JSON.stringify(expected))).toEqual([]);
    expect(cases.length).toBe(topLevelDomains.size);
  });
});
