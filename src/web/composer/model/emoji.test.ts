import { describe, expect, it } from 'vitest';
import { emojiData } from '../../../../scripts/emoji.ts';
import { completingIn } from './completing.ts';
import { inTone, searchEmoji, tones } from './emoji.ts';

const all = emojiData();
const names = (typed: string, limit = 5) => searchEmoji(all, typed, limit).map(([emoji]) => emoji);

describe('emoji', () => {
  it('are all there, each once, without the parts that they are made of', () => {
    expect(all.length).toBeGreaterThan(1_800);
    expect(new Set(all.map(([emoji]) => emoji)).size).toBe(all.length);
    expect(all.some(([emoji]) => tones.slice(1).some((tone) => tone === emoji))).toBe(false);
    expect([...new Set(all.map(([, , , group]) => group))]).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['grinning', '😀'], ['waving hand', '👋'], ['hello', '👋'], ['anchor', '⚓️'], ['SAIL', '⛵️'], ['red heart', '❤️'], ['flag germany', '🇩🇪'],
  ])('%s is found', (typed, emoji) => {
    expect(names(typed, 8)).toContain(emoji);
  });

  it('come in the order of how well they are meant', () => {
    expect(names('anchor')[0]).toBe('⚓️');
    expect(names('dog')[0]).toMatch(/🐶|🐕/u);
    expect([names(''), names('   '), names('no emoji is called this')]).toEqual([[], [], []]);
  });

  it('take a skin tone where their skin is, in place of the sign for color', () => {
    expect([inTone('👋', tones[3]), inTone('✌️', tones[1]), inTone('👩‍🚀', tones[5]), inTone('👋', '')]).toEqual(['👋🏽', '✌🏻', '👩🏿‍🚀', '👋']);
    // Hands that are held have skin of their own in the data, and no rule for it.
    expect(all.find(([emoji]) => emoji === '🧑‍🤝‍🧑')?.[4]).toBe(0);
    // Those that the data says have tones have all five by this rule: the list is made so.
    expect(all.filter(([, , , , toned]) => toned === 1).length).toBeGreaterThan(300);
  });
});

describe('what can be completed', () => {
  it.each([
    ['A smile :smi', { kind: 'emoji', typed: 'smi', start: 8 }],
    ['At the #har', { kind: 'tag', typed: 'har', start: 7 }],
    ['#', { kind: 'tag', typed: '', start: 0 }],
    ['With (@grace.example', { kind: 'person', typed: 'grace.example', start: 6 }],
    ['@bob@elsewhere.test', { kind: 'person', typed: 'bob@elsewhere.test', start: 0 }],
    ['Hello', null], ['mail@example', null], ['10:30', null], ['a:b', null], ['Smile :s', null], ['Nice :) ', null], ['https://a.org/#x', null], ['#har bor', null], ['@', null],
  ])('%s', (text, found) => {
    expect(completingIn(text, text.length)).toEqual(found);
  });

  it('is what stands before the caret, wherever that is', () => {
    expect(completingIn('#har and more', 4)).toEqual({ kind: 'tag', typed: 'har', start: 0 });
    expect(completingIn(`${'x'.repeat(5_000)} #har`, 5_005)).toEqual({ kind: 'tag', typed: 'har', start: 5_001 });
  });
});
