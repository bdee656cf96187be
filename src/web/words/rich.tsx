import { Fragment, type ComponentChildren } from 'preact';

type Piece = ComponentChildren | ((words: string) => ComponentChildren);

/**
 * A sentence of the catalogue with what stands in it: `{name}` is filled in, and `<name>words</name>` is handed to a
 * function that puts its element around the words. What the sentence names and nobody gives is a mistake of ours.
 */
export function rich(sentence: string, pieces: Readonly<Record<string, Piece>>): ComponentChildren {
  const parts: ComponentChildren[] = [];
  let read = 0;
  for (const found of sentence.matchAll(/\{(?<hole>\w+)\}|<(?<tag>\w+)>(?<words>[^<]*)<\/\k<tag>>/gu)) {
    const { hole, tag, words = '' } = found.groups ?? {};
    const name = hole ?? tag ?? '';
    if (!(name in pieces)) throw new Error(`nothing is given for ${name} in: ${sentence}`);
    const piece = pieces[name];
    parts.push(sentence.slice(read, found.index), typeof piece === 'function' ? piece(words) : piece);
    read = found.index + found[0].length;
  }
  parts.push(sentence.slice(read));
  return <Fragment>{parts}</Fragment>;
}
