import type { TextRule } from './capabilities.ts';

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
export function countText(text: string, rule: Pick<TextRule, 'unit' | 'linkLength' | 'shortMentions'>): number {
  const counted = rule.shortMentions ? text.replaceAll(/(^|[^\w/])(@\w+)@[\w.-]+\w/gu, '$1$2') : text;
  if (rule.linkLength === undefined) return count(counted, rule.unit);
  let length = 0;
  let at = 0;
  for (const { start, end } of linksIn(counted)) {
    length += count(counted.slice(at, start), rule.unit) + rule.linkLength;
    at = end;
  }
  return length + count(counted.slice(at), rule.unit);
}

export function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function count(text: string, unit: TextRule['unit']): number {
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
