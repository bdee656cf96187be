import type { TextLink } from '../text.ts';
import { asciiDomainsIn, domainsOf } from './domains.ts';
import { isGeneralPath, isPathEnd, isPrecedingCharacter, isQuery, isQueryEnd } from './characters.ts';
import { punycodeLength } from './punycode.ts';

/**
 * Links as twitter-text finds them (extract.yml at 30e2430d): with or without `http(s)://`, by a known top-level domain.
 * One pass over the text whatever is in it: a mega-expression would take seconds on texts made to be slow.
 */
export function webLinksIn(text: string): TextLink[] {
  if (!text.includes('.')) return [];
  const endOfDomain = domainsOf(text);
  const links: TextLink[] = [];
  let at = 0;
  while (at < text.length) {
    const found = startsAt(text, at).map((start) => candidateAt(text, start, endOfDomain)).find((candidate) => candidate !== null);
    if (!found) {
      at += 1;
      continue;
    }
    links.push(...linksOf(text, found));
    at = found.end;
  }
  return links;
}

/** What looks like a link, before it is known whether it counts as one. */
interface Candidate {
  start: number;
  /** Of the domain; differs from `start` by the scheme. */
  domain: number;
  domainEnd: number;
  /** Where the path begins; `domainEnd` plus the port. */
  path: number;
  pathEnd: number;
  end: number;
}

/** Where a link could begin that is preceded by the character at `at`. The very first character needs none before it. */
function startsAt(text: string, at: number): number[] {
  return [...(isPrecedingCharacter(text, at) ? [at + 1] : []), ...(at === 0 ? [0] : [])];
}

const scheme = /https?:\/\//iy;
const port = /:\d+/y;

function candidateAt(text: string, start: number, endOfDomain: (start: number) => number): Candidate | null {
  for (const domain of [afterMatch(scheme, text, start), start]) {
    const domainEnd = domain === null ? -1 : endOfDomain(domain);
    if (domain === null || domainEnd < 0) continue;
    const path = afterMatch(port, text, domainEnd) ?? domainEnd;
    const pathEnd = endOfPath(text, path);
    return { start, domain, domainEnd, path, pathEnd, end: endOfQuery(text, pathEnd) };
  }
  return null;
}

function afterMatch(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

const longestUrl = 4096;
const longestLabel = 63;
const longestSlug = 40;

/** None when the domain cannot exist; several where bare domains stand between letters of another script. */
function linksOf(text: string, { start, domain, domainEnd, path, pathEnd, end }: Candidate): TextLink[] {
  const name = text.slice(domain, domainEnd);
  const asciiDomains = asciiDomainsIn(name);
  if (name.startsWith('xn--') && asciiDomains.length === 0) return [];
  if (name.split('.').some((label) => punycodeLength(label) > longestLabel)) return [];
  if ('https://'.length + end - domain > longestUrl) return [];
  if (domain > start) return shortened(text, { start, end });
  if (start > 0 && /[-_./]/u.test(text.charAt(start - 1))) return [];
  return asciiDomains.map(({ from, to }, n) => {
    const last = n === asciiDomains.length - 1;
    // Without a path the port and the query are text.
    return linkAt(text, domain + from, last && pathEnd > path ? end : domain + to);
  });
}

const short = /^https?:\/\/t\.co\/([a-z\d]+)(?:\?[a-z\d!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z\d\-_&=#/])?/i;

/** A t.co link ends with its slug. */
function shortened(text: string, { start, end }: { start: number; end: number }): TextLink[] {
  const match = short.exec(text.slice(start, end));
  if (!match) return [linkAt(text, start, end)];
  return (match[1] ?? '').length > longestSlug ? [] : [linkAt(text, start, start + match[0].length)];
}

function linkAt(text: string, start: number, end: number): TextLink {
  return { url: text.slice(start, end), start, end };
}

/** A path ends with a letter, a figure, one of `+-=_#/`, or a pair of brackets; what comes after belongs to the sentence. */
function endOfPath(text: string, from: number): number {
  if (text.charAt(from) !== '/') return from;
  let end = from + 1;
  for (let at = end; at < text.length;) {
    const bracket = endOfBrackets(text, at);
    if (bracket > at) {
      // twitter-text lets brackets end a path only right after what could have ended it.
      if (end === at) end = bracket;
      at = bracket;
    } else if (isGeneralPath(text, at)) {
      at += 1;
      if (isPathEnd(text, at - 1)) end = at;
    } else {
      break;
    }
  }
  return end;
}

/** `(…)` with something in it, which may be one more pair. Gives `from` where there is none. */
function endOfBrackets(text: string, from: number, depth = 0): number {
  if (text.charAt(from) !== '(') return from;
  let at = from + 1;
  while (isGeneralPath(text, at)) at += 1;
  if (text.charAt(at) === ')' && at > from + 1) return at + 1;
  const inner = depth === 0 ? endOfBrackets(text, at, 1) : at;
  if (inner === at) return from;
  at = inner;
  while (isGeneralPath(text, at)) at += 1;
  return text.charAt(at) === ')' ? at + 1 : from;
}

function endOfQuery(text: string, from: number): number {
  if (text.charAt(from) !== '?') return from;
  let end = from;
  for (let at = from + 1; isQuery(text, at); at += 1) if (isQueryEnd(text, at)) end = at + 1;
  return end;
}
