const listed = new Intl.ListFormat('en', { type: 'conjunction' });

/** "A", "A and B", "A, B, and C". */
export function listText(names: readonly string[]): string {
  return listed.format(names);
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
