const listed = new Intl.ListFormat('en', { type: 'conjunction' });

/** "A", "A and B", "A, B, and C". */
export function listText(names: readonly string[]): string {
  return listed.format(names);
}
