import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facetsOf, firstLinkIn, handlesIn } from './facets.ts';

const bob = 'did:plc:bob';
const didOf = (handle: string) => (handle === 'bob.bsky.social' ? bob : null);

/** Each facet as the text it lies on and what it says, cut by bytes as the network does. */
function seen(text: string): [string, string][] {
  const bytes = Buffer.from(text);
  return facetsOf(text, didOf).map(({ index: { byteStart, byteEnd }, features: [feature] }) =>
    [bytes.subarray(byteStart, byteEnd).toString('utf8'), feature && 'uri' in feature ? feature.uri : feature && 'tag' in feature ? feature.tag : feature?.did ?? '']);
}

describe('facets', () => {
  it.each<[string, string, [string, string][]]>([
    ['nothing', 'Just words, 5 #1 and an @ alone', []],
    ['a link', 'See https://example.com/a?b=c.', [['https://example.com/a?b=c', 'https://example.com/a?b=c']]],
    ['a link after emoji', '👩‍👩‍👧‍👦🇩🇪 é ＃ https://example.com', [['https://example.com', 'https://example.com']]],
    ['a link in brackets', '(https://example.com/x_(y))', [['https://example.com/x_(y)', 'https://example.com/x_(y)']]],
    ['a link that is none', 'https://... and http://[', []],
    ['the same link twice', 'http://a.example http://a.example', [['http://a.example', 'http://a.example'], ['http://a.example', 'http://a.example']]],
    ['tags', '#one, #zwei! ＃三 #2nd', [['#one', 'one'], ['#zwei', 'zwei'], ['＃三', '三'], ['#2nd', '2nd']]],
    ['no tags', 'a#b #1 #️⃣ #!! C# #', []],
    ['a tag of 64 letters', `#${'é'.repeat(64)}`, [[`#${'é'.repeat(64)}`, 'é'.repeat(64)]]],
    ['a tag that is too long', `#${'é'.repeat(65)} #${`e${'\u0301'.repeat(6)}`.repeat(60)}`, []],
    ['a tag that looks like a link', '#https://example.com', [['https://example.com', 'https://example.com']]],
    ['a mention', 'Hi (@Bob.bsky.Social).', [['@Bob.bsky.Social', bob]]],
    ['a mention of nobody', 'Hi @nobody.example', []],
    ['no mentions', 'a@bob.bsky.social @bob.bsky.social_x @bob@bob.bsky.social @bob', []],
    ['all in one', '✨ @bob.bsky.social #tag https://a.example/#frag', [
      ['@bob.bsky.social', bob], ['#tag', 'tag'], ['https://a.example/#frag', 'https://a.example/#frag'],
    ]],
  ])('finds %s', (_name, text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it('lie side by side, in order and within the text, whatever the text', () => {
    const known = fc.constantFrom('#tag', '@bob.bsky.social', 'https://a.example/', ' ', '👩‍👩‍👧‍👦', '\u{1F3F4}', '(', '#');
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), known);
    fc.assert(fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const { index: { byteStart, byteEnd } } of facetsOf(text, didOf)) {
        expect(byteStart).toBeGreaterThanOrEqual(end);
        expect(byteEnd).toBeGreaterThan(byteStart);
        end = byteEnd;
      }
      expect(end).toBeLessThanOrEqual(Buffer.byteLength(text));
    }));
  });

  it('asks for each handle once, in lower case', () => {
    expect(handlesIn('@bob.bsky.social @BOB.bsky.social @eve.example')).toEqual(['bob.bsky.social', 'eve.example']);
  });

  it('gives the card to the first link', () => {
    expect(firstLinkIn('#a https://one.example https://two.example')).toBe('https://one.example');
    expect(firstLinkIn('none')).toBeUndefined();
  });
});
