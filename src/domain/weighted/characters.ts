// Classes of characters in links, as twitter-text has them (conformance files at 30e2430d). All work on UTF-16 units.

const invalid = '\\uFFFE\\uFEFF\\uFFFF';
const directional = '\\u202A-\\u202E\\u061C\\u200E\\u200F\\u2066-\\u2069';
const spaces = '\\x09-\\x0D\\x20\\x85\\xA0\\u1680\\u180E\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
const punctuation = '!\'#%&()*+,\\\\\\-./:;<=>?@\\[\\]\\^_{|}~$';
/** Latin letters with accents, and the marks that make them. */
export const latinAccents = '\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF';
const letters = `a-z\\d${latinAccents}\\u0400-\\u04FF`;

/** What may stand before a link. */
export const isPrecedingCharacter = oneOf(`[^A-Za-z\\d@＠$#＃${invalid}]`);
export const isDomainCharacter = oneOf(`[^${punctuation}${spaces}${invalid}${directional}]`);
export const isGeneralPath = oneOf(`[${letters}!*';:=+,.$/%#\\[\\]\\-\\u2013_~@|&]`);
export const isPathEnd = oneOf(`[${letters}+\\-=_#/]`);
export const isQuery = oneOf('[a-z\\d!?*\'@();:&=+$/%#\\[\\]\\-_.,~|]');
export const isQueryEnd = oneOf('[a-z\\d\\-_&=#/]');
/** What twitter-text calls invalid anywhere in a text. */
export const invalidCharacter = new RegExp(`[${invalid}]`, 'u');

function oneOf(characters: string): (text: string, at: number) => boolean {
  // Without the flag for code points on purpose: halves of a pair count by themselves.
  const pattern = new RegExp(characters, 'i');
  return (text, at) => at < text.length && pattern.test(text.charAt(at));
}
