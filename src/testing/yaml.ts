/**
 * As much of YAML as conformance files are written in: blocks of mappings and lists by indentation, quoted strings, flow
 * lists of one line, plain words. Throws on anything else.
 */
export function readYaml(text: string): unknown {
  const lines = text.split('\n').map((line) => line.replace(/\s+$/u, '')).filter((line) => !/^\s*(?:#.*)?$|^---$/u.test(line));
  let at = 0;
  const indentOf = (line: string | undefined) => line?.search(/\S/u) ?? -1;

  /** The block whose lines stand `indent` deep. A list item's first line counts as one of a mapping within. */
  function block(indent: number): unknown {
    return (lines[at] ?? '').startsWith('- ', indent) ? list(indent) : mapping(indent);
  }

  function list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (; indentOf(lines[at]) === indent && (lines[at] ?? '').startsWith('- ', indent);) {
      const item = (lines[at] ?? '').slice(indent + 2);
      if (entry.test(item)) {
        lines[at] = ' '.repeat(indent + 2) + item;
        items.push(mapping(indent + 2));
      } else {
        items.push(scalar(item));
        at += 1;
      }
    }
    return items;
  }

  function mapping(indent: number): Record<string, unknown> {
    const entries: Record<string, unknown> = {};
    for (; indentOf(lines[at]) === indent && !(lines[at] ?? '').startsWith('- ', indent);) {
      const match = entry.exec(lines[at] ?? '');
      if (!match) throw new Error(`not understood: ${lines[at]}`);
      at += 1;
      const [, key = '', value] = match;
      const below = indentOf(lines[at]);
      entries[key] = value !== undefined ? scalar(value) : below > indent || (below === indent && lines[at]?.startsWith('- ', indent)) ? block(below) : null;
    }
    return entries;
  }

  return block(indentOf(lines[0]));
}

const entry = /^\s*([\w-]+):(?: (.*))?$/u;

function scalar(value: string): unknown {
  if (!/^["[]/u.test(value)) return /^-?\d+$/u.test(value) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value;
  // What JSON lacks of YAML's escapes.
  const json = value.replaceAll(/\\U([\da-f]{8})/giu, (_, hex: string) => JSON.stringify(String.fromCodePoint(Number.parseInt(hex, 16))).slice(1, -1)).replaceAll(String.raw`\'`, '\'');
  return JSON.parse(json);
}
