import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Io } from '../contract.ts';

// A photo post whose answer was lost can be found in one way only: TikTok lists no posts to an app with our permissions, but
// its webhooks speak of them (Photo; Get Post Status). So it is noted which ones they have spoken of, and what was sent.

const entries = z.array(z.object({ id: z.string(), at: z.number() }));
type Entries = z.infer<typeof entries>;

type Notes = Pick<Io, 'notes' | 'now'>;
type List = 'heard' | 'sent';

const kept = 30;
const day = 24 * 60 * 60 * 1000;
/** A sending without an answer stands in the way of others this long (ms). */
const doubtful = 60 * 60 * 1000;

/** Marks what is sent and not answered yet, by the publication that sends it. */
const openMark = (jobId: string) => `?${jobId}`;

/** TikTok has told us of a post by this account. */
export async function heardOf(openId: string, publishId: string, io: Notes): Promise<void> {
  await put('heard', openId, [...(await list('heard', openId, io)).filter(({ id }) => id !== publishId), { id: publishId, at: io.now() }], io);
}

/** To be said before the first byte goes out. */
export async function sending(openId: string, jobId: string, io: Notes): Promise<void> {
  await answered(openId, jobId, openMark(jobId), io);
}

/** TikTok has answered: with a publish id, or (null) with a refusal. */
export async function answered(openId: string, jobId: string, publishId: string | null, io: Notes): Promise<void> {
  const others = (await list('sent', openId, io)).filter(({ id }) => id !== openMark(jobId) && id !== publishId);
  await put('sent', openId, publishId === null ? others : [...others, { id: publishId, at: io.now() }], io);
}

/**
 * The one photo post that TikTok has told us of since then and that nobody here knows. Null when there is none, when there
 * are several, and while another one of this account waits for its answer as well: it might be that one's.
 */
export async function unknownPhoto(openId: string, jobId: string, since: number, io: Notes): Promise<string | null> {
  const sent = await list('sent', openId, io);
  const rivals = sent.filter(({ id, at }) => id.startsWith(openMark('')) && id !== openMark(jobId) && at > io.now() - doubtful);
  const known = new Set(sent.map(({ id }) => id));
  const strange = (await list('heard', openId, io)).filter(({ id, at }) => at >= since && id.startsWith('p_') && !known.has(id));
  return rivals.length === 0 && strange.length === 1 ? (strange[0]?.id ?? null) : null;
}

/** Leaves nothing of an account that is disconnected. */
export async function forgetPosts(openId: string, io: Pick<Io, 'notes'>): Promise<void> {
  for (const name of ['heard', 'sent'] as const) {
    if ((await io.notes.get(keyOf(name, openId))) !== undefined) await io.notes.put(keyOf(name, openId), null);
  }
}

async function list(name: List, openId: string, io: Pick<Io, 'notes'>): Promise<Entries> {
  return entries.safeParse(await io.notes.get(keyOf(name, openId))).data ?? [];
}

async function put(name: List, openId: string, all: Entries, io: Notes): Promise<void> {
  await io.notes.put(keyOf(name, openId), all.filter(({ at }) => at > io.now() - day).slice(-kept));
}

/** Keys of notes are not sealed, so the account's id does not stand in them. */
function keyOf(name: List, openId: string): string {
  return `${name}/${createHash('sha256').update(openId).digest('hex').slice(0, 32)}`;
}
