/**
 * How well what was typed finds a text: null where it does not, else the more the better. Each word typed must be in it: from
 * the beginning of a word, anywhere, or letter by letter in order ("caln" finds "Calendar").
 */
export function fitOf(typed: string, text: string): number | null {
  const words = folded(typed).split(/\s+/u).filter(Boolean);
  const searched = folded(text);
  let sum = 0;
  for (const word of words) {
    const fit = fitOfWord(word, searched);
    if (fit === null) return null;
    sum += fit;
  }
  return sum;
}

function fitOfWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return text.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word)) ? 6 : 3;
  // Letters one after another, the first of them at the beginning of a word: what is scattered more than that is chance.
  return text.split(/[^\p{L}\p{N}]+/u).some((_, n, all) => inOrder(word, all.slice(n).join(''))) ? 1 : null;
}

function inOrder(letters: string, text: string): boolean {
  if (letters.length < 2 || letters[0] !== text[0]) return false;
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

/** Without capitals and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
