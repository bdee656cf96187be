import { Parser } from 'htmlparser2';

/** What a web page says about itself, as it says it; empty where it says nothing. */
export interface PageMeta {
  title: string;
  description: string;
  /** May be relative to the page. */
  image: string;
}

/** Names in order of trust: Open Graph (ogp.me), then Twitter's, then plain HTML. */
const sources: Record<keyof PageMeta, readonly string[]> = {
  title: ['og:title', 'twitter:title', 'title'],
  description: ['og:description', 'twitter:description', 'description'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
};

/** So many tags are open at once on no page; the parser takes the square of them in time, and the whole house would wait for it. */
const deepest = 500;
/** Characters that are parsed before it is looked how deep they lead. */
const piece = 16_000;

export function pageMeta(html: string): PageMeta {
  const found = new Map<string, string>();
  let title: string | null = null;
  let depth = 0;
  const note = (name: string, value: string) => {
    const text = tidy(value);
    if (text !== '' && !found.has(name)) found.set(name, text);
  };
  const parser = new Parser({
    onopentag: (tag, { property, name, content }) => {
      depth += 1;
      if (tag === 'title') title = '';
      if (tag === 'meta' && content !== undefined) note((property ?? name ?? '').trim().toLowerCase(), content);
    },
    ontext: (text) => {
      if (title !== null) title += text;
    },
    onclosetag: (tag) => {
      depth -= 1;
      if (tag !== 'title' || title === null) return;
      note('title', title);
      title = null;
    },
  });
  const goesOn = () => depth <= deepest;
  for (let at = 0; at < html.length && goesOn(); at += piece) parser.write(html.slice(at, at + piece));
  parser.end();
  const first = (names: readonly string[]) => names.map((name) => found.get(name)).find((text) => text !== undefined) ?? '';
  return { title: cut(first(sources.title), 200), description: cut(first(sources.description), 500), image: first(sources.image) };
}

/** Bytes to text: what the header says, else what the page says, else UTF-8 if it is that, else Latin 1 (as Windows has it). */
export function decodeHtml(bytes: Uint8Array, contentType: string): string {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const label = /charset\s*=\s*["']?([\w.:-]+)/iu.exec(contentType)?.[1] ?? /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/iu.exec(head)?.[1];
  for (const [encoding, fatal] of [[label ?? 'utf-8', label === undefined], ['utf-8', true]] as const) {
    try {
      // As a stream, because a page may have been cut in the middle of a letter.
      return new TextDecoder(encoding, { fatal }).decode(bytes, { stream: true });
    } catch {
      // An encoding that nobody knows, or bytes that are not in it: the next one.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** One line: white space joined, control and direction characters dropped. */
function tidy(text: string): string {
  return text.replace(/[\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/gu, '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** At most `max` characters as people see them. */
function cut(text: string, max: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(text.slice(0, max * 20)), ({ segment }) => segment);
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('').trimEnd()}…`;
}
