import type { TextRule } from './capabilities.ts';
import { weightedLength } from './weighted/weigh.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** An http(s) link as people write it in running text: ends before closing punctuation. */
const link = /https?:\/\/[^\s<>"'「」『』]+/giu;
const trailing = /[.,;:!?…'"»”’)\]}]+$/u;

export interface TextLink {
  url: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

export function linksIn(text: string): TextLink[] {
  return [...text.matchAll(link)].map((match) => {
    const url = balanced(match[0]);
    return { url, start: match.index, end: match.index + url.length };
  });
}

/** The length of a text as the network counts it. */
export function countText(text: string, rule: Pick<TextRule, 'unit' | 'linkLength' | 'shortMentions' | 'emojiBytes'>): number {
  const counted = rule.shortMentions ? text.replaceAll(/(^|[^\w/])(@\w+)@[\w.-]+\w/gu, '$1$2') : text;
  if (rule.unit === 'weighted') return weightedLength(counted, rule.linkLength);
  const { unit, linkLength } = rule;
  if (rule.emojiBytes) return Array.from(graphemes.segment(counted)).reduce((sum, { segment }) => sum + (isEmoji(segment) ? utf8Length(segment) : count(segment, unit)), 0);
  if (linkLength === undefined) return count(counted, unit);
  let length = 0;
  let at = 0;
  for (const { start, end } of linksIn(counted)) {
    length += count(counted.slice(at, start), unit) + linkLength;
    at = end;
  }
  return length + count(counted.slice(at), unit);
}

const encoder = new TextEncoder();

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** A piece of running text as networks show it: links, hashtags and mentions stand out. */
export interface TextPiece {
  kind: 'text' | 'link' | 'tag' | 'mention';
  text: string;
}

const marked = /(?<![\p{L}\p{N}_/&])(?:#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*|@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:@[\w.-]+)?(?<![.-]))/gu;

/** The text in pieces that give it back when put together. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  const add = (kind: TextPiece['kind'], piece: string) => {
    if (piece !== '') pieces.push({ kind, text: piece });
  };
  const plain = (piece: string) => {
    let at = 0;
    for (const match of piece.matchAll(marked)) {
      add('text', piece.slice(at, match.index));
      add(match[0].startsWith('#') ? 'tag' : 'mention', match[0]);
      at = match.index + match[0].length;
    }
    add('text', piece.slice(at));
  };
  let at = 0;
  for (const { start, end } of linksIn(text)) {
    plain(text.slice(at, start));
    add('link', text.slice(start, end));
    at = end;
  }
  plain(text.slice(at));
  return pieces;
}

/** The first `max` user-perceived characters, and whether there are more; a word is not cut where that can be helped. */
export function foldedAt(text: string, max: number): { shown: string; more: boolean } {
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (count === max) {
      const shown = text.slice(0, index);
      const space = Math.max(shown.lastIndexOf(' '), shown.lastIndexOf('\n'));
      return { shown: (space > shown.length * 0.7 ? shown.slice(0, space) : shown).trimEnd(), more: true };
    }
    count += 1;
    end = index + segment.length;
  }
  return { shown: text.slice(0, end), more: false };
}

/** At most so many lines as they were typed, and so many characters, whichever is less. */
export function folded(text: string, { lines, characters }: { lines?: number | undefined; characters?: number | undefined }): { shown: string; more: boolean } {
  // An empty line takes the room of a line.
  const typed = text.trimEnd().split('\n');
  const cut = lines !== undefined && typed.length > lines;
  const short = cut ? typed.slice(0, lines).join('\n').trimEnd() : text;
  if (characters === undefined) return { shown: short, more: cut };
  const { shown, more } = foldedAt(short, characters);
  return { shown, more: more || cut };
}

/** A link as networks show it: without the scheme, cut after `max` characters. */
export function bareLink(url: string, max: number): string {
  const bare = url.replace(/^https?:\/\/(?:www\.)?/iu, '').replace(/\/$/u, '');
  return bare.length > max ? `${bare.slice(0, max)}…` : bare;
}

/** A picture by itself: digits and signs that can become one with a selector do not count without it. */
function isEmoji(grapheme: string): boolean {
  return /\p{Emoji_Presentation}|\uFE0F|\p{Regional_Indicator}{2}/u.test(grapheme);
}

function count(text: string, unit: Exclude<TextRule['unit'], 'weighted'>): number {
  switch (unit) {
    case 'graphemes':
      return Array.from(graphemes.segment(text)).length;
    case 'codepoints':
      return Array.from(text).length;
    case 'utf16':
      return text.length;
  }
}

/** Trailing punctuation belongs to the sentence, unless it closes a bracket that the link opened. */
function balanced(url: string): string {
  const cut = url.replace(trailing, '');
  const rest = url.slice(cut.length);
  const open = cut.split('(').length - cut.split(')').length;
  return open > 0 && rest.startsWith(')') ? `${cut})` : cut;
}
