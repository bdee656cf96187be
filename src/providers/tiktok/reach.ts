import type { Io } from '../contract.ts';

/**
 * Whether TikTok fetches photos from this instance's address. Nothing but a photo post tells: TikTok has no call that asks,
 * so what it said to the last one is noted.
 */
const key = 'takes-photos';

export async function noteReach(takes: boolean, io: Pick<Io, 'notes'>): Promise<void> {
  if ((await io.notes.get(key)) !== takes) await io.notes.put(key, takes);
}

export async function photosRefused(io: Pick<Io, 'notes'>): Promise<boolean> {
  return (await io.notes.get(key)) === false;
}

/** What is known, for the operator's card. */
export async function reachText(io: Pick<Io, 'notes'>): Promise<string> {
  const takes = await io.notes.get(key);
  if (takes === true) return 'It has fetched photos from this instance\'s address.';
  if (takes === false) return 'It refused the last photo post: this instance\'s address is not verified under URL properties yet.';
  return 'Whether this instance\'s address is verified shows with the first photo post.';
}
