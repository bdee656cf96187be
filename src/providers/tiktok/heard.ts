import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Io } from '../contract.ts';

/**
 * Which posts TikTok's webhooks have spoken of, and which of them we know. A photo post whose answer was lost can only be
 * found this way: TikTok lists no posts to an app with our permissions (Photo; Get Post Status, "webhooks").
 */
const entries = z.array(z.object({ id: z.string(), at: z.number() }));
type Entries = z.infer<typeof entries>;

type Notes = Pick<Io, 'notes' | 'now'>;
type List = 'heard' | 'sent';

const kept = 30;
const day = 24 * 60 * 60 * 1000;

/** TikTok has told us of a post by this account. */
export const heardOf = (openId: string, publishId: string, io: Notes) => add('heard', openId, publishId, io);

/** TikTok has answered with this publish id: it is a post that we know. */
export const sentAs = (openId: string, publishId: string, io: Notes) => add('sent', openId, publishId, io);

/** The one photo post that TikTok has told us of since then and that nobody here knows; null when there is none, or several. */
export async function unknownPhoto(openId: string, since: number, io: Notes): Promise<string | null> {
  const known = new Set((await list('sent', openId, io)).map(({ id }) => id));
  const strange = (await list('heard', openId, io)).filter(({ id, at }) => at >= since && id.startsWith('p_') && !known.has(id));
  return strange.length === 1 ? (strange[0]?.id ?? null) : null;
}

/** Leaves nothing of an account that is disconnected. */
export async function forgetPosts(openId: string, io: Pick<Io, 'notes'>): Promise<void> {
  for (const name of ['heard', 'sent'] as const) {
    if ((await io.notes.get(keyOf(name, openId))) !== undefined) await io.notes.put(keyOf(name, openId), []);
  }
}

async function add(name: List, openId: string, id: string, io: Notes): Promise<void> {
  const before = await list(name, openId, io);
  if (before.some((entry) => entry.id === id)) return;
  const young = before.filter(({ at }) => at > io.now() - day);
  await io.notes.put(keyOf(name, openId), [...young, { id, at: io.now() }].slice(-kept));
}

async function list(name: List, openId: string, io: Notes): Promise<Entries> {
  return entries.safeParse(await io.notes.get(keyOf(name, openId))).data ?? [];
}

/** Keys of notes are not sealed, so the account's id does not stand in them. */
function keyOf(name: List, openId: string): string {
  return `${name}/${createHash('sha256').update(openId).digest('hex').slice(0, 32)}`;
}
