/** What somebody is in the middle of typing, right before the caret, that can be completed. */
export interface Completing {
  kind: 'emoji' | 'tag' | 'person';
  /** Without its sign. */
  typed: string;
  /** Where it begins, its sign included. */
  start: number;
}

const patterns: readonly [Completing['kind'], RegExp][] = [
  // Two letters at least: a colon stands before much else.
  ['emoji', /(?:^|[\s(])(:([a-z][\w-]{1,30}))$/iu],
  ['tag', /(?:^|[\s(])(#([\p{L}\p{N}_]{0,60}))$/u],
  ['person', /(?:^|[\s(])(@([\w][\w.@-]{0,80}))$/u],
];

export function completingIn(text: string, caret: number): Completing | null {
  const before = text.slice(Math.max(0, caret - 100), caret);
  for (const [kind, pattern] of patterns) {
    const [, whole, typed] = pattern.exec(before) ?? [];
    if (whole !== undefined && typed !== undefined) return { kind, typed, start: caret - whole.length };
  }
  return null;
}
