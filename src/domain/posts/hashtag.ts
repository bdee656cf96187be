import { piecesOf } from '../text.ts';

/** Tags that a workspace keeps together under a name. */
export interface HashtagSet {
  id: string;
  name: string;
  /** Without their sign, in the order in which they are put into a post. */
  tags: string[];
}

/** A tag that was used, and in how many posts. */
export interface UsedTag {
  tag: string;
  posts: number;
}

export const mostSets = 50;
export const longestSetName = 40;
export const mostTagsInSet = 60;
export const longestTag = 100;

/** The tags in a text, without their sign, as they are written; each once, whatever its capitals. */
export function tagsIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const { kind, text: piece } of piecesOf(text)) {
    const tag = piece.slice(1);
    if (kind === 'tag' && !found.has(tagKey(tag))) found.set(tagKey(tag), tag);
  }
  return [...found.values()];
}

/** How many tags a text has, the same one twice counted twice: as networks count that allow so many. */
export function countTags(text: string): number {
  return piecesOf(text).filter(({ kind }) => kind === 'tag').length;
}

/** What two writings of one tag have in common. */
export function tagKey(tag: string): string {
  return tag.normalize('NFKC').toLowerCase();
}

/** Tags as people list them: with or without signs, between spaces, commas or lines. What cannot be a tag is given as `wrong`. */
export function listedTags(typed: string): { tags: string[]; wrong: string[] } {
  const words = typed.split(/[\s,;]+/u).map((word) => word.replace(/^[#＃]+/u, '')).filter((word) => word !== '');
  const isTag = (word: string) => tagsIn(`#${word}`)[0] === word && word.length <= longestTag;
  const tags = new Map<string, string>();
  for (const word of words.filter(isTag)) if (!tags.has(tagKey(word))) tags.set(tagKey(word), word);
  return { tags: [...tags.values()], wrong: words.filter((word) => !isTag(word)) };
}

/** "#harbor #boats": as it goes into a post. */
export function tagLine(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(' ');
}

/** A text with a set's tags at its end, those that it has already left out. */
export function withTags(text: string, tags: readonly string[]): string {
  const has = new Set(tagsIn(text).map(tagKey));
  const fresh = tagLine(tags.filter((tag) => !has.has(tagKey(tag))));
  if (fresh === '') return text;
  return text.trim() === '' ? fresh : `${text.trimEnd()}${tagsIn(text.trimEnd().split(/\s/u).at(-1) ?? '').length > 0 ? ' ' : '\n\n'}${fresh}`;
}
