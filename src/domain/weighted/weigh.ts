import { webLinksIn } from './links.ts';

/** twitter-text's configuration, as far as it is about single characters. Weights in hundredths. */
export interface Weights {
  defaultWeight: number;
  ranges: readonly { start: number; end: number; weight: number }[];
  scale: number;
  /** An emoji counts as one character of default weight, however many code points make it. */
  emojiParsingEnabled: boolean;
}

/** config/v3.json of twitter-text, as X counts since 2018. */
export const version3: Weights = {
  defaultWeight: 200, scale: 100, emojiParsingEnabled: true,
  ranges: [{ start: 0, end: 4351, weight: 100 }, { start: 8192, end: 8205, weight: 100 }, { start: 8208, end: 8223, weight: 100 }, { start: 8242, end: 8247, weight: 100 }],
};

/** One thing that counts: a link, an emoji, a character. Offsets into the normalised text. */
export interface Piece {
  start: number;
  end: number;
  length: number;
}

/** The text in its pieces, in form C. */
export function piecesOf(text: string, linkLength = 23, weights: Weights = version3): Piece[] {
  const normal = text.normalize('NFC');
  const links = new Map(webLinksIn(normal).map((link) => [link.start, link.end]));
  const emoji = new Map(weights.emojiParsingEnabled ? Array.from(normal.matchAll(emojis), ({ 0: one, index }) => [index, index + one.length]) : []);
  const pieces: Piece[] = [];
  for (let start = 0; start < normal.length;) {
    const link = links.get(start);
    const end = link ?? emoji.get(start) ?? start + ((normal.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    const length = link !== undefined ? linkLength : (emoji.has(start) ? weights.defaultWeight : weightOf(normal, start, weights)) / weights.scale;
    pieces.push({ start, end, length });
    start = end;
  }
  return pieces;
}

export function weightedLength(text: string, linkLength?: number): number {
  return piecesOf(text, linkLength).reduce((sum, { length }) => sum + length, 0);
}

/** Emoji that also come in a style of text; their selector is superfluous, and keyboards type it all the same. */
const withTextStyle = '\\u231A\\u231B\\u25FD\\u25FE\\u2614\\u2615\\u2648-\\u2653\\u267F\\u2693\\u26A1\\u26AA\\u26AB\\u26BD\\u26BE\\u26C4\\u26C5\\u26D4'
  + '\\u26EA\\u26F2\\u26F3\\u26F5\\u26FA\\u26FD\\u2757\\u2B1B\\u2B1C\\u2B50\\u2B55\\u{1F004}\\u{1F21A}\\u{1F22F}';

/** As Unicode recommends them for interchange, and as twitter-text takes them beside that. */
const emojis = new RegExp(`[#*0-9]\\uFE0F?\\u20E3|[${withTextStyle}]\\uFE0F|\\u{1F441}\\u200D\\u{1F5E8}|\\p{RGI_Emoji}`, 'gv');

function weightOf(text: string, at: number, { ranges, defaultWeight }: Weights): number {
  const point = text.codePointAt(at) ?? 0;
  return ranges.find(({ start, end }) => point >= start && point <= end)?.weight ?? defaultWeight;
}
