import { describe, expect, it } from 'vitest';
import { checkContent, countWords, fullestPart } from './limits.ts';
import type { Limits } from './capabilities.ts';
import type { MediaFacts } from './media.ts';
import { countText, foldedAt, linksIn, piecesOf } from './text.ts';

describe('linksIn', () => {
  it.each([
    ['see https://example.org/a?b=c.', ['https://example.org/a?b=c']],
    ['(https://example.org/x_(y))', ['https://example.org/x_(y)']],
    ['<https://a.example> and "http://b.example/"!', ['https://a.example', 'http://b.example/']],
    ['no ftp://x.example and no example.org', []],
    ['👍https://example.org/ü?', ['https://example.org/ü']],
  ])('%s', (text, urls) => {
    const links = linksIn(text);
    expect(links.map(({ url }) => url)).toEqual(urls);
    for (const { url, start, end } of links) expect(text.slice(start, end)).toBe(url);
  });
});

describe('countText', () => {
  it.each([
    ['👩‍👩‍👧‍👦é', 'graphemes', 2],
    ['👩‍👩‍👧‍👦', 'utf16', 11],
    ['👍', 'codepoints', 1],
    ['👍', 'utf16', 2],
  ] as const)('%s in %s', (text, unit, length) => expect(countText(text, { unit })).toBe(length));

  it.each([
    [`${'a'.repeat(496)}👍`, 500],
    [`${'a'.repeat(497)}👍`, 501],
    ['é1#©', 4],
    ['❤️🇩🇪', 6 + 8],
    ['👩‍👩‍👧‍👦', 25],
  ])('counts emoji as their bytes where the network does: %s', (text, length) =>
    expect(countText(text, { unit: 'codepoints', emojiBytes: true })).toBe(length));

  it('counts each link as the network does', () => {
    expect(countText(`a https://example.org/${'x'.repeat(200)} b`, { unit: 'graphemes', linkLength: 23 })).toBe(2 + 23 + 2);
  });
  it('counts the host of a mention only where the network does', () => {
    expect(countText('hi @ada@mastodon.example!', { unit: 'graphemes', shortMentions: true })).toBe('hi @ada!'.length);
    expect(countText('mail ada@mastodon.example', { unit: 'graphemes', shortMentions: true })).toBe(25);
  });
});

describe('piecesOf', () => {
  it.each([
    ['Hello #world and @ada', ['Hello ', 'tag:#world', ' and ', 'mention:@ada']],
    ['@ada@social.example, @ada.example.', ['mention:@ada@social.example', ', ', 'mention:@ada.example', '.']],
    ['see https://example.org/#part @x', ['see ', 'link:https://example.org/#part', ' ', 'mention:@x']],
    ['mail a@example.org, C# and #1', ['mail a@example.org, C# and #1']],
    ['#Straße #東京', ['tag:#Straße', ' ', 'tag:#東京']],
    ['', []],
  ])('%s', (text, expected) => {
    const pieces = piecesOf(text);
    expect(pieces.map(({ kind, text: piece }) => (kind === 'text' ? piece : `${kind}:${piece}`))).toEqual(expected);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
});

describe('foldedAt', () => {
  it.each([
    ['short enough', 20, 'short enough', false],
    ['exactly', 7, 'exactly', false],
    ['words are not cut', 11, 'words are', true],
    ['aaaaaaaaaaaaaaaaaaaa', 5, 'aaaaa', true],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', true],
  ])('%s', (text, max, shown, more) => expect(foldedAt(text, max)).toEqual({ shown, more }));
});

describe('fullestPart', () => {
  it('is the one nearest to its limit', () => {
    const rule = { max: 10, maxWithMedia: 4, unit: 'graphemes', required: false } as const;
    const parts = [{ text: '123456', media: [] }, { text: '123', media: [{ mediaId: 'm', alt: '' }] }];
    expect(fullestPart(parts, rule)).toEqual({ length: 3, max: 4, index: 1 });
    expect(countWords(fullestPart(parts, rule), 2)).toBe('part 2: 3 of 4');
    expect(countWords(fullestPart(parts.slice(0, 1), rule), 1)).toBe('6 of 10');
  });
});

describe('checkContent', () => {
  const limits: Limits = {
    text: { max: 10, unit: 'graphemes', maxBytes: 20, maxWithMedia: 5, required: false },
    images: { max: 2, types: ['image/jpeg'], maxBytes: 1 }, videos: null, media: { min: 0, max: 2, mixed: false }, alt: { max: 3 }, thread: { max: 2 },
  };
  const image = (alt = 'abc'): MediaFacts => ({ kind: 'image', mediaId: 'm', alt, type: 'image/jpeg', bytes: 1, width: 10, height: 10, animated: false });
  const check = (...parts: { text: string; media?: MediaFacts[] }[]) =>
    checkContent(parts.map((part) => ({ media: [], ...part })), limits, 'Net').map(({ field, level }) => `${level ?? 'error'} ${field}`);
  it.each([
    ['fits', check({ text: '1234567890' }), []],
    ['empty', check({ text: ' ' }), ['error part.0']],
    ['a picture alone', check({ text: '', media: [image()] }), []],
    ['too long', check({ text: '12345678901' }), ['error part.0']],
    ['too long with a picture', check({ text: '123456', media: [image()] }), ['error part.0']],
    ['too many bytes', check({ text: '👍👍👍👍👍👍' }), ['error part.0']],
    ['too many pictures', check({ text: 'a', media: [image(), image(), image()] }), ['error part.0.media']],
    ['a long description', check({ text: 'a', media: [image('abcd')] }), ['error part.0.alt.0']],
    ['no description', check({ text: 'a', media: [image('')] }), ['warning part.0.alt.0']],
    ['an empty part', check({ text: 'a' }, { text: '' }), ['error part.1']],
    ['too many parts', check({ text: 'a' }, { text: 'b' }, { text: 'c' }), ['error part.2']],
  ])('%s', (_name, found, expected) => expect(found).toEqual(expected));

  it('refuses threads and pictures where there are none', () => {
    const none = { ...limits, images: null, thread: null };
    // What is wrong with the second part goes away with it.
    const problems = checkContent([{ text: 'a', media: [image()] }, { text: '', media: [image()] }], none, 'Net');
    expect(problems.map(({ message, join }) => [message, join])).toEqual([['Net has no threads. Keep one part for it.', true], ['Net takes no pictures.', undefined]]);
  });
});
