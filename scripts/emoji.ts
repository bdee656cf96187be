import { createRequire } from 'node:module';
import { inTone, tones, type Emoji } from '../src/web/composer/model/emoji.ts';

interface Entry {
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
  skins?: { unicode: string }[];
}

/** The parts that emoji are made of, which nobody writes by themselves. */
const component = 2;

/**
 * The emoji of emojibase as the composer loads them when it needs them: in the order of Unicode, with as few words as find
 * them, and skin tones as a mark where the rule of `inTone` gives all five.
 */
export function emojiData(): Emoji[] {
  const entries = createRequire(import.meta.url)('emojibase-data/en/compact.json') as Entry[];
  return entries.flatMap(({ unicode, label, tags = [], group, skins = [] }): Emoji[] => {
    if (group === undefined || group === component) return [];
    const named = new Set(label.toLowerCase().split(/[^\p{L}\p{N}]+/u));
    const toned = tones.slice(1).every((tone) => skins.some((skin) => skin.unicode === inTone(unicode, tone)));
    return [[unicode, label, tags.filter((tag) => !named.has(tag)).join(' '), group, toned ? 1 : 0]];
  });
}
