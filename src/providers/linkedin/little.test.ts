import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownOf } from './fake/little.ts';
import { brokenMentions, littleOf, plainOf } from './little.ts';

const reserved = '\\|{}@[]()<>#*_~'.split('');

/** Text as people write it, with everything in it that little text could take for its own. */
const anyText = fc.array(fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 3, arbitrary: fc.constantFrom(...reserved) },
  { weight: 1, arbitrary: fc.constantFrom(
    'word', ' ', '\n', '1', 'é', '日本', '👩‍👩‍👧', '#tag', '##', '＃タグ', '#a_b', 'C#', '#1', '#🙂', 'https://example.com/a_b(c)#d?e=[f]&g={h}|i~j', 'https://example.com/#top',
    '@[', '](', 'urn:li:person:', '@[x](urn:li:person:', '{hashtag|\\#|x}', '\\#', '\\\\', '@ada', 'a@b.example', '<b>', '~~', '__init__', '*bold*',
  ) },
)).map((pieces) => pieces.join(''));

const urn = fc.oneof(fc.constantFrom('urn:li:organization:2414183', 'urn:li:person:782bbtaQ', 'urn:li:person:z6_nnTIGu-'));
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/[[\]\n]/u.test(text));

describe('little text', () => {
  it('shows any text as it is written, to the last character', () => {
    fc.assert(fc.property(anyText, (text) => {
      const shown = shownOf(littleOf(text));
      expect(shown.cut).toBe(false);
      if (shown.mentions.length === 0) expect(shown.text).toBe(text);
    }), { numRuns: 5_000 });
  });

  it('keeps mentions wherever they stand, whatever is in the name', () => {
    fc.assert(fc.property(anyText.filter((text) => !text.includes('@[') && !/https?:\/\/\S*$/u.test(text)), name, urn, anyText.filter((text) => !text.includes('@[')), (before, who, of, after) => {
      const shown = shownOf(littleOf(`${before}@[${who}](${of})${after}`));
      expect(shown).toMatchObject({ cut: false, mentions: [{ name: who, urn: of }], text: `${before}${who}${after}` });
    }), { numRuns: 5_000 });
  });

  it('is known again as what it was, however LinkedIn gives it back', () => {
    const same = (text: string) => text.replaceAll('\r\n', '\n').trim();
    fc.assert(fc.property(anyText, (text) => { expect(plainOf(littleOf(text))).toBe(same(text)); }), { numRuns: 5_000 });
    expect(plainOf('Hi {hashtag|#|news} \\(you\\)')).toBe(plainOf('Hi \\#news (you)'));
  });

  it.each(reserved)('would be cut at an unescaped %s', (character) => {
    expect(shownOf(`before ${character} after`)).toMatchObject({ text: 'before ', cut: true });
    expect(littleOf(`before ${character} after`)).toBe(`before \\${character} after`);
  });

  it.each([
    ['#news', '{hashtag|\\#|news}', ['news']],
    ['(#news)', '\\({hashtag|\\#|news}\\)', ['news']],
    ['#Größe #2024plan', '{hashtag|\\#|Größe} {hashtag|\\#|2024plan}', ['Größe', '2024plan']],
    ['＃タグ', '{hashtag|＃|タグ}', ['タグ']],
    ['#a_b', '{hashtag|\\#|a}\\_b', ['a']],
    ['C# #1 a#b ##x &#39;', 'C\\# \\#1 a\\#b \\#\\#x &\\#39;', []],
    ['https://example.com/x_y#top', 'https://example.com/x\\_y\\#top', []],
    ['See https://example.com. #go', 'See https://example.com. {hashtag|\\#|go}', ['go']],
  ])('makes hashtags of what is one: %s', (text, little, hashtags) => {
    expect(littleOf(text)).toBe(little);
    expect(shownOf(little)).toMatchObject({ text, hashtags, cut: false });
  });

  it.each([
    ['@[Devtestco](urn:li:organization:2414183)', '@[Devtestco](urn:li:organization:2414183)'],
    ['@[A (B) & C_D](urn:li:organization:1)', '@[A \\(B\\) & C\\_D](urn:li:organization:1)'],
    ['@[Eddy](urn:li:person:z6_nnTIGu-)', '@[Eddy](urn:li:person:z6\\_nnTIGu-)'],
    ['@[No](urn:li:share:1)', '\\@\\[No\\]\\(urn:li:share:1\\)'],
    ['@[No] (urn:li:person:1)', '\\@\\[No\\] \\(urn:li:person:1\\)'],
    ['@somebody', '\\@somebody'],
  ])('makes mentions of what is one: %s', (text, little) => {
    expect(littleOf(text)).toBe(little);
  });

  it('sees where a mention was meant and is none', () => {
    expect([brokenMentions('@[A](urn:li:person:1) @x'), brokenMentions('@[A](urn:li:share:1)'), brokenMentions('@[A @[B](urn:li:person:2)')]).toEqual([0, 1, 1]);
  });
});
