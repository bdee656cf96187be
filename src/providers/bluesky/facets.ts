import { countText, linksIn, utf8Length } from '../../domain/text.ts';

/** What makes a stretch of text more than text (lexicon app.bsky.richtext.facet). */
export type Facet = { index: { byteStart: number; byteEnd: number }; features: Feature[] };

export type Feature =
  | { $type: 'app.bsky.richtext.facet#link'; uri: string }
  | { $type: 'app.bsky.richtext.facet#mention'; did: string }
  | { $type: 'app.bsky.richtext.facet#tag'; tag: string };

type Mark = { kind: 'link' | 'mention' | 'tag'; value: string; start: number; end: number };

/** A whole handle, not followed by what would make it part of something longer. */
const mention =
  /(?<=^|[\s(])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\w@-]|\.[a-z0-9])/giu;

/** As the official app finds tags (rich-text detection of @atproto/api, read 2026-11-24); a keycap is none. */
const tag = /(?<=^|\s)[#＃](?!\uFE0F)([^\s\p{Cf}\p{Me}]+)/gu;

/** Links first, then mentions, then tags; nothing overlaps. `didOf` gives null for a handle that nobody has. */
export function facetsOf(text: string, didOf: (handle: string) => string | null): Facet[] {
  return marksIn(text).flatMap((mark) => {
    const feature = featureOf(mark, didOf);
    if (!feature) return [];
    // The network counts UTF-8 bytes where JavaScript counts UTF-16 units.
    const byteStart = utf8Length(text.slice(0, mark.start));
    return [{ index: { byteStart, byteEnd: byteStart + utf8Length(text.slice(mark.start, mark.end)) }, features: [feature] }];
  });
}

/** The handles that a text mentions, lower case, each once. */
export function handlesIn(text: string): string[] {
  return [...new Set(marksIn(text).filter(({ kind }) => kind === 'mention').map(({ value }) => value))];
}

/** The link that gets the card. */
export function firstLinkIn(text: string): string | undefined {
  return marksIn(text).find(({ kind }) => kind === 'link')?.value;
}

function marksIn(text: string): Mark[] {
  const links = linksIn(text)
    .filter(({ url }) => URL.canParse(url))
    .map(({ url, start, end }): Mark => ({ kind: 'link', value: url, start, end }));
  const mentions = Array.from(text.matchAll(mention), (match): Mark =>
    ({ kind: 'mention', value: (match[1] ?? '').toLowerCase(), start: match.index, end: match.index + match[0].length }));
  const tags = Array.from(text.matchAll(tag), (match): Mark => {
    const value = (match[1] ?? '').replace(/\p{P}+$/u, '');
    return { kind: 'tag', value, start: match.index, end: match.index + 1 + value.length };
  }).filter(({ value }) => isTag(value));

  const marks: Mark[] = [];
  for (const mark of [...links, ...mentions, ...tags]) {
    if (marks.every(({ start, end }) => mark.end <= start || mark.start >= end)) marks.push(mark);
  }
  return marks.sort((a, b) => a.start - b.start);
}

/** More than digits and punctuation, and no longer than the lexicon takes: else the whole post would be refused. */
function isTag(value: string): boolean {
  return /[^\d\p{P}]/u.test(value) && countText(value, { unit: 'graphemes' }) <= 64 && utf8Length(value) <= 640;
}

function featureOf({ kind, value }: Mark, didOf: (handle: string) => string | null): Feature | null {
  switch (kind) {
    case 'link':
      return { $type: 'app.bsky.richtext.facet#link', uri: value };
    case 'tag':
      return { $type: 'app.bsky.richtext.facet#tag', tag: value };
    case 'mention': {
      const did = didOf(value);
      return did === null ? null : { $type: 'app.bsky.richtext.facet#mention', did };
    }
  }
}
