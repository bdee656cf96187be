/** One emoji: itself, its name, further words for it, its group, and whether it comes in skin tones. */
export type Emoji = readonly [emoji: string, name: string, words: string, group: number, toned: 0 | 1];

/** The modifiers of Unicode from light to dark; the first is none. */
export const tones = ['', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'] as const;

/** The emoji in a skin tone: after each part that has skin, in place of the sign that asks for color. */
export function inTone(emoji: string, tone: string): string {
  if (tone === '') return emoji;
  return Array.from(emoji).flatMap((sign) => (/\p{Emoji_Modifier_Base}/u.test(sign) ? [sign, tone] : [sign])).join('').replaceAll(`${tone}\uFE0F`, tone);
}

/** Emoji by what people call them, the best first: a name that begins so, a word of it, another word for it, anything within. */
export function searchEmoji(all: readonly Emoji[], typed: string, limit: number): Emoji[] {
  const wanted = typed.toLowerCase().trim().split(/[\s_-]+/u).filter((word) => word !== '');
  const [first] = wanted;
  if (first === undefined) return [];
  const rank = ([, name, words]: Emoji): number => {
    const called = name.toLowerCase();
    const all = `${called} ${words}`;
    if (!wanted.every((word) => all.includes(word))) return -1;
    if (called === wanted.join(' ')) return 0;
    if (called.startsWith(first)) return 1;
    if (called.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(first))) return 2;
    if (words.split(' ').includes(first)) return 3;
    return words.split(' ').some((word) => word.startsWith(first)) ? 4 : 5;
  };
  return all.map((one) => ({ one, rank: rank(one) })).filter(({ rank: of }) => of >= 0).toSorted((a, b) => a.rank - b.rank).slice(0, limit).map(({ one }) => one);
}
