/** What LinkedIn makes of a commentary. */
export interface Shown {
  /** As people see it. */
  text: string;
  mentions: { name: string; urn: string }[];
  hashtags: string[];
  /** Something reserved stood there unescaped, and all after it is lost. */
  cut: boolean;
}

const reserved = '\\|{}@[]()<>#*_~';

/** Little text read strictly by its grammar (learn.microsoft.com, "little Text Format"); what breaks it ends the text. */
export function shownOf(commentary: string): Shown {
  const shown: Shown = { text: '', mentions: [], hashtags: [], cut: false };
  let at = 0;

  /** Plain text up to an unescaped reserved character. */
  const plain = (): string => {
    let text = '';
    while (at < commentary.length) {
      const character = commentary[at] ?? '';
      if (character === '\\') {
        const escaped = commentary[at + 1] ?? '';
        if (escaped === '' || !reserved.includes(escaped)) return text;
        text += escaped;
        at += 2;
      } else if (reserved.includes(character)) {
        return text;
      } else {
        text += character;
        at += 1;
      }
    }
    return text;
  };
  const take = (literal: string): boolean => {
    if (!commentary.startsWith(literal, at)) return false;
    at += literal.length;
    return true;
  };
  const element = (): boolean => {
    if (take('@[')) {
      const name = plain();
      if (name === '' || !take('](')) return false;
      const urn = plain();
      if (!/^urn:li:(?:person|organization):[\w-]+$/u.test(urn) || !take(')')) return false;
      shown.mentions.push({ name, urn });
      shown.text += name;
      return true;
    }
    if (take('{hashtag|')) {
      const sign = plain();
      if ((sign !== '#' && sign !== '＃') || !take('|')) return false;
      const tag = plain();
      if (!/^[\p{L}\p{M}\p{N}]+$/u.test(tag) || !take('}')) return false;
      shown.hashtags.push(tag);
      shown.text += sign + tag;
      return true;
    }
    const tag = /^#([\p{L}\p{M}\p{N}]+)/u.exec(commentary.slice(at))?.[1];
    if (tag === undefined) return false;
    at += tag.length + 1;
    shown.hashtags.push(tag);
    shown.text += `#${tag}`;
    return true;
  };

  while (at < commentary.length) {
    shown.text += plain();
    if (at >= commentary.length) break;
    if (!element()) {
      shown.cut = true;
      break;
    }
  }
  return shown;
}
