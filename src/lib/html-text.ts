import { Parser } from 'htmlparser2';

/** What a text is marked with where marks are understood; what is absent becomes plain. */
export interface Markup {
  bold?: string;
  italic?: string;
  underline?: string;
  strike?: string;
  code?: string;
  /** A heading begins with as many of these as its level. */
  heading?: string;
  quote?: string;
  /** What a list's items begin with. */
  bullet?: string;
  /** `[words](address)`; otherwise the words, and the address after them where it says more. */
  links?: true;
  /** A mention; `{label}` and `{id}` stand for its name and the network's id. */
  mention?: string;
}

const known = new Set([
  'p', 'div', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'a', 'strong', 'b', 'em', 'i', 'u', 's', 'del', 'strike',
  'span', 'img', 'mention', 'html', 'head', 'body', 'section', 'article', 'sup', 'sub', 'small', 'mark', 'label', 'input', 'script', 'style',
]);
const hidden = new Set(['script', 'style', 'head']);
const blocks = new Set(['p', 'div', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'section', 'article']);
const marks: Readonly<Record<string, 'bold' | 'italic' | 'underline' | 'strike' | 'code'>> = {
  strong: 'bold', b: 'bold', em: 'italic', i: 'italic', u: 'underline', s: 'strike', del: 'strike', strike: 'strike', code: 'code',
};
const anyTag = new RegExp(`</?(?:${[...known].join('|')})(?:\\s[^<>]*)?/?>`, 'iu');

/**
 * The words of a text that an editor may have sent as HTML. Without a tag of HTML it is taken as it is, down to its `&`; a
 * tag that HTML does not have is words. Each paragraph is a line, an empty one an empty line.
 */
export function textOfHtml(text: string, markup: Markup = {}): string {
  const clean = text.replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed();
  if (!anyTag.test(clean)) return clean;
  // No editor nests like this, and the parser takes the square of it in time.
  return depthOf(clean) > deepest ? clean.replaceAll(/<[^<>]*>/gu, '').trim() : read(clean, markup);
}

const deepest = 1_000;

/** How many tags are open at once at most, roughly. */
function depthOf(html: string): number {
  let depth = 0;
  let most = 0;
  for (const [, slash] of html.matchAll(/<(\/?)(?!(?:br|hr|img|input)\b)[a-z]/giu)) {
    depth = slash === '' ? depth + 1 : Math.max(0, depth - 1);
    most = Math.max(most, depth);
  }
  return most;
}

interface Open {
  name: string;
  /** Where its words begin in the text so far. */
  from: number;
  href?: string;
  mention?: string;
  /** Of a list: the number of the next item, or null for bullets. */
  next?: number | null;
}

function read(html: string, markup: Markup): string {
  let out = '';
  // Lines that must be begun before the next word.
  let breaks = 0;
  let mute = 0;
  // Where the mark of an item, a heading or a quote ended: the block inside it goes on in its line.
  let marker = -1;
  const stack: Open[] = [];
  const inside = (name: string) => stack.some((open) => open.name === name);

  function write(words: string) {
    if (words === '' || mute > 0) return;
    if (out !== '') out += '\n'.repeat(breaks);
    breaks = 0;
    out += words;
  }
  /** A block ends the line that is there; `empty` adds one of its own. */
  function endLine() {
    breaks = Math.max(breaks, out === '' || out.endsWith('\n') || out.length === marker ? 0 : 1);
  }
  const blank = (from: number) => out.slice(from).trim() === '';

  const parser = new Parser({
    onopentag(name, attributes) {
      if (!known.has(name)) return write(html.slice(parser.startIndex, parser.endIndex + 1));
      if (hidden.has(name)) mute += 1;
      if (name === 'br') return void (out === '' ? (breaks = 0) : (breaks += 1));
      if (blocks.has(name)) endLine();
      const open: Open = { name, from: out.length };
      if (name === 'ul') open.next = null;
      if (name === 'ol') open.next = 1;
      if (name === 'li') write(itemMark(stack, markup));
      if (/^h[1-6]$/u.test(name) && markup.heading !== undefined) write(`${markup.heading.repeat(Number(name[1]))} `);
      if (name === 'blockquote' && markup.quote !== undefined) write(markup.quote);
      if (name === 'a' && attributes['href'] !== undefined) open.href = attributes['href'];
      const id = attributes['data-mention-id'] ?? attributes['data-id'];
      if (id !== undefined && markup.mention !== undefined) {
        open.mention = markup.mention.replace('{label}', () => attributes['data-mention-label'] ?? attributes['data-label'] ?? id).replace('{id}', () => id);
        write(open.mention);
        mute += 1;
      }
      if (name === 'li' || name === 'blockquote' || /^h[1-6]$/u.test(name)) marker = out.length;
      open.from = out.length;
      stack.push(open);
    },
    ontext(words) {
      if (inside('pre')) return write(words);
      // Between blocks an editor's own line breaks mean nothing.
      const tidy = words.replaceAll(/[ \t\n\f]+/gu, ' ');
      write(out === '' || breaks > 0 || out.endsWith('\n') ? tidy.trimStart() : tidy);
    },
    onclosetag(name, implied) {
      if (!known.has(name)) return void (!implied && write(html.slice(parser.startIndex, parser.endIndex + 1)));
      const at = stack.findLastIndex((open) => open.name === name);
      const [open] = at < 0 ? [] : stack.splice(at);
      if (!open) return;
      if (hidden.has(name)) mute -= 1;
      if (open.mention !== undefined) mute -= 1;
      const mark = markup[marks[name] ?? 'links'];
      if (typeof mark === 'string' && !blank(open.from) && mute === 0) out = marked(out, open.from, mark);
      if (open.href !== undefined && mute === 0) out = linked(out, open.from, open.href, markup);
      if (!blocks.has(name)) return;
      // An editor's empty paragraph is an empty line.
      if (name === 'p' && blank(open.from)) breaks += out === '' ? 0 : 1;
      endLine();
    },
  }, { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true });
  parser.end(html);
  return out.split('\n').map((line) => line.trimEnd()).join('\n').replaceAll('\u00a0', ' ').trim();
}

function itemMark(stack: readonly Open[], { bullet = '• ' }: Markup): string {
  const list = stack.findLast(({ next }) => next !== undefined);
  if (!list || list.next === null || list.next === undefined) return bullet;
  list.next += 1;
  return `${list.next - 1}. `;
}

/** Marks hold words and not the blanks around them: `** word**` is no bold anywhere. */
function marked(out: string, from: number, mark: string): string {
  const words = out.slice(from);
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/u.exec(words) ?? [];
  return `${out.slice(0, from)}${before}${mark}${inner}${mark}${after}`;
}

function linked(out: string, from: number, href: string, { links }: Markup): string {
  const words = out.slice(from).trim();
  if (!/^https?:\/\//iu.test(href) || href === words || href === `${words}/` || href.replace(/^https?:\/\//iu, '') === words) {
    return words === '' && /^https?:\/\//iu.test(href) ? `${out}${href}` : href.replace(/^https?:\/\//iu, '') === words ? `${out.slice(0, from)}${href}` : out;
  }
  return links ? `${out.slice(0, from)}[${words}](${href})` : `${out} ${href}`;
}
