import { Parser } from 'htmlparser2';

/** The text in a status' HTML, as it was typed but for blanks and the hosts of mentions. */
export function typedIn(html: string): string {
  let text = '';
  const parser = new Parser({
    onopentag: (tag, { alt }) => {
      if (tag === 'br' || tag === 'p') text += '\n';
      // A custom emoji, where the server draws it.
      if (tag === 'img') text += alt ?? '';
    },
    ontext: (piece) => { text += piece; },
  });
  parser.end(html);
  return text;
}

/**
 * Whether a warning and a text are the same but for blanks and the hosts of mentions, which not every server keeps. They
 * are compared as one: a warning without a text becomes the text (post_status_service.rb, v4.5).
 */
export function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return plain(one) === plain(other);
}

function plain(pieces: readonly string[]): string {
  return pieces.join(' ').normalize('NFC').replaceAll(/(^|[^\w/])(@\w+)@[\w.-]+\w/gu, '$1$2').replaceAll(/[\s\p{Cf}]+/gu, ' ').trim();
}
