import { ProviderError, type Found } from '../../contract.ts';
import { graph } from '../graph.ts';
import * as z from 'zod';
import { errors, mayNotRead } from './errors.ts';
import type { Doing } from './session.ts';
import { containerAt, lossOf, type Lost } from './status.ts';
import { listedMedia, type ListedMedia } from './wire.ts';

/**
 * What became of a container that was to be published: a medium, or nothing ever. Its id may not be known yet: then it is to
 * be looked for among what was published since the call (`since`). `at`: when this was known (epoch ms).
 */
export type Shown = { mediaId: string | null; since: number; at: number; lost: Lost | null };

/**
 * Whether a container was published: it says so itself, which is the one test that counts ("Container publishing status").
 * Where it is not shown, the account's own media may tell that it is out (unless that is too little: `byWords`), and nothing
 * tells that it is not.
 */
export async function lookFor(doing: Doing, containerId: string, since: number, byWords = true): Promise<Found<Shown>> {
  const status = await containerAt(doing, containerId);
  const at = doing.io.now();
  if (!status) {
    const mediaId = byWords ? await mediumSince(doing, since) : null;
    return mediaId === null ? 'unknown' : { found: { mediaId, since, at, lost: null } };
  }
  const lost = lossOf(status, at);
  if (lost) return { found: { mediaId: null, since, at, lost } };
  if (status.status_code === 'PUBLISHED') return { found: { mediaId: await unlessRefused(() => mediumSince(doing, since)), since, at, lost: null } };
  if (status.status_code === 'FINISHED') return 'absent';
  throw new ProviderError({ kind: 'transient', reached: false, code: 'in_progress', message: 'Instagram is still working on this post.' });
}

/** Clocks differ, and Instagram dates by its own (ms). */
const tolerance = 120_000;

const kinds = { post: 'FEED', reel: 'REELS', story: 'STORY' } as const;

/**
 * The medium that this publication has become, among what the account has published since then; null when there is none
 * yet, or more than anybody can tell apart. The newest one is not simply taken: it may be somebody else's.
 */
export async function mediumSince(doing: Doing, since: number): Promise<string | null> {
  const { job: { options: { format }, parts: [{ text, media }] }, account, io } = doing;
  const edge = format === 'story' ? 'stories' : 'media';
  const from = since - tolerance;
  try {
    const answer = await graph(io, {
      method: 'GET', path: `${account.id}/${edge}`, ...account, errors: errors.reading,
      query: { fields: 'id,caption,timestamp,media_type,media_product_type', ...(edge === 'media' && { since: Math.floor(from / 1000), limit: 50 }) },
    });
    const type = media.length > 1 ? 'CAROUSEL_ALBUM' : media[0]?.kind === 'video' ? 'VIDEO' : 'IMAGE';
    const isIt = (one: ListedMedia) =>
      Date.parse(one.timestamp ?? '') >= from && (one.media_type ?? type) === type && (one.media_product_type ?? kinds[format]) === kinds[format]
      && (format === 'story' || sameWords(one.caption ?? '', text));
    const [only, ...more] = answer.read(z.object({ data: z.array(listedMedia) })).data.filter(isIt);
    return only && more.length === 0 ? only.id : null;
  } catch (error) {
    if (error instanceof ProviderError && mayNotRead(error)) return null;
    throw error;
  }
}

/** For what is asked of a post that is out: whatever goes wrong must not look like a failure. */
export async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

/** Instagram trims, and has its own idea of ends of lines. */
function sameWords(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return plain(a) === plain(b);
}
