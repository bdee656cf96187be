/** What a button does when it is pressed. With a post stands the version it was made for: any other has been changed since. */
export type Carried =
  | { act: 'next' | 'ask' | 'now' | 'back' | 'drop'; id: string; version: number }
  | { act: 'channel'; id: string; on: boolean };

const letters = { next: 'n', ask: 'a', now: 'p', back: 'b', drop: 'd' } as const;

/** As text of at most 64 characters, which is what buttons carry. */
export function carrying(carried: Carried): string {
  return carried.act === 'channel' ? `c:${carried.id}:${carried.on ? 1 : 0}` : `${letters[carried.act]}:${carried.id}:${carried.version}`;
}

/** Null for what no button of ours carries. */
export function carriedBy(text: string): Carried | null {
  const [, letter = '', id = '', number = ''] = /^([a-z]):([\da-f-]{36}):(\d{1,9})$/u.exec(text) ?? [];
  if (letter === 'c') return { act: 'channel', id, on: number === '1' };
  for (const [act, its] of Object.entries(letters)) if (its === letter) return { act: act as keyof typeof letters, id, version: Number(number) };
  return null;
}
