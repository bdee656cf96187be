import type { Words } from '../../../../domain/channels/appearance.ts';
import { bareLink, folded, piecesOf, type TextPiece } from '../../../../domain/text.ts';
import { previewTexts as t } from '../../../../domain/texts/writing/preview.ts';

/** What was written, as the network sets it: folded where it folds, with what stands out there. `by` stands before it in bold. */
export function ShownText({ text, fold, words, by }: { text: string; fold: number | undefined; words: Words; by?: string }) {
  const said = by === undefined ? null : <strong class="shown-by">{by} </strong>;
  if (text.trim() === '') return <p class="shown-text blank">{said}{t.yourWords}</p>;
  const { shown, more } = folded(text, { lines: words.lines, characters: fold });
  return (
    <p class="shown-text">
      {said}
      {piecesOf(shown).map((piece) => (isMarked(piece, words) ? <span class="marked">{wordsOf(piece, words)}</span> : piece.text))}
      {more && <span class="soft"> {t.more}</span>}
    </p>
  );
}

function isMarked({ kind }: TextPiece, { marks }: Words): boolean {
  return kind !== 'text' && marks.includes(kind);
}

function wordsOf({ kind, text }: TextPiece, { linksTo }: Words): string {
  return kind === 'link' && linksTo !== undefined ? bareLink(text, linksTo) : text;
}

/** The title; what it is called where nobody wrote one yet. Null for a network or a format without one. */
export function Title({ title }: { title: string | null }) {
  if (title === null) return null;
  return title === '' ? <p class="shown-title blank">{t.yourTitle}</p> : <p class="shown-title">{title}</p>;
}
