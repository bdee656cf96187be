import { linksIn } from '../../domain/text.ts';

// LinkedIn's "little text" (learn.microsoft.com, "little Text Format", li-lms-2026-05, read 2026-11). What is reserved must
// be escaped wherever it stands: at the first character that is not, the text ends without a word, and the answer is 201.

const reserved = /[\\|{}@[\]()<>#*_~]/gu;

/** `@[Name](urn:li:organization:123)`, as people write it and as LinkedIn reads it. */
const mention = /@\[([^[\]\n]{1,200})\]\((urn:li:(?:person|organization):[\w-]{1,100})\)/gu;

/** Letters and digits with a letter among them, where no word or address goes before: `C#`, `#1` and `a#b` are text. */
const hashtag = /(?<![\p{L}\p{M}\p{N}_&/#＃])([#＃])((?=[\p{M}\p{N}]*\p{L})[\p{L}\p{M}\p{N}]+)/gu;

interface Element {
  start: number;
  end: number;
  little: string;
}

/** A text as `commentary` wants it. Mentions and hashtags stay what they are, everything else stays as it is written. */
export function littleOf(text: string): string {
  let little = '';
  let at = 0;
  for (const element of elementsIn(text)) {
    if (element.start < at) continue;
    little += escaped(text.slice(at, element.start)) + element.little;
    at = element.end;
  }
  return little + escaped(text.slice(at));
}

/** Little text without its escapes, its hashtags as `#tag`: for telling whether two are the same. */
export function plainOf(little: string): string {
  return little
    .replaceAll(/\{hashtag\|\\?([#＃])\|((?:\\.|[^|{}\\])*)\}/gu, '$1$2')
    .replaceAll(/\\([\\|{}@[\]()<>#*_~])/gu, '$1')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** What looks like the beginning of a mention and is none, so that it would stand in the post as it is. */
export function brokenMentions(text: string): number {
  return text.split('@[').length - 1 - Array.from(text.matchAll(mention)).length;
}

/** In order. An address is escaped like any text, whatever is in it: LinkedIn finds addresses by itself. */
function elementsIn(text: string): Element[] {
  const of = (match: RegExpExecArray, little: string): Element => ({ start: match.index, end: match.index + match[0].length, little });
  return [
    ...linksIn(text).map(({ start, end, url }) => ({ start, end, little: escaped(url) })),
    ...Array.from(text.matchAll(mention), (match) => of(match, `@[${escaped(match[1] ?? '')}](${escaped(match[2] ?? '')})`)),
    // The template is the documented form, and keeps the tag apart from what follows it.
    ...Array.from(text.matchAll(hashtag), (match) => of(match, `{hashtag|${escaped(match[1] ?? '')}|${match[2] ?? ''}}`)),
  ].sort((a, b) => a.start - b.start);
}

function escaped(text: string): string {
  return text.replaceAll(reserved, (character) => `\\${character}`);
}
