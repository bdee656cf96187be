import type { Content } from '../../domain/post.ts';

/** Letters that no decomposition takes apart. */
const written: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A text as it is searched: no capitals, no accents, no controls, no space but single ones; whatever script it is in. */
export function folded(text: string): string {
  return text.normalize('NFKD').toLowerCase()
    // Accents over and under letters, and the points of Arabic and Hebrew, which are mostly left out.
    .replaceAll(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/gu, '')
    .replaceAll(/[ßæœøłđðþı]/gu, (letter) => written[letter] ?? letter)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A folded text anywhere in another, as a pattern for SQLite's GLOB: half of what `instr` takes where most is read in vain. */
export function anywhere(text: string): string {
  return `*${text.replaceAll(/[*?[]/gu, '[$&]')}*`;
}

/** All that a post says, on whatever channel, as `posts.words` holds it. */
export function wordsSaid(content: Content, ofChannels: readonly (Content | null)[]): string {
  const texts = [content, ...ofChannels].flatMap((one) => one?.parts.map(({ text }) => folded(text)) ?? []);
  return [...new Set(texts)].filter((text) => text !== '').join('\n');
}

/** The same question of a post whose words were never put down: those of older versions. */
export function says(content: unknown, text: unknown): 0 | 1 {
  if (typeof content !== 'string' || typeof text !== 'string') return 0;
  return wordsSaid(JSON.parse(content) as Content, []).includes(text) ? 1 : 0;
}
