import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Io } from '../contract.ts';

/** One chat of one bot. The bot's token is the operator's and never in here. */
export const grant = z.object({
  botId: z.string(),
  chatId: z.string(),
  /** What the channel is known by here: the chat's first id, which outlives its upgrade to a supergroup. */
  accountId: z.string(),
  title: z.string(),
  username: z.string().nullable(),
  /** The topic of a forum in which the code was said. */
  topicId: z.string().nullable(),
});

export type Grant = z.infer<typeof grant>;

/** Ids of channels and supergroups are minus 10^12 minus the id that links carry (core.telegram.org/api/bots/ids). */
const offset = 1_000_000_000_000n;

/** Where people can look at a chat or at one message of it; null for basic groups, which have no links. */
export function linkTo({ chatId, username }: Pick<Grant, 'chatId' | 'username'>, messageId?: string): string | null {
  const message = messageId === undefined ? '' : `/${messageId}`;
  if (username !== null) return `https://t.me/${username}${message}`;
  const inner = -BigInt(chatId) - offset;
  return inner > 0n ? `https://t.me/c/${inner}${message}` : null;
}

/**
 * A basic group that becomes a supergroup gets a new id, for every bot and workspace alike. Both ways are noted: posts find
 * the new id, and linking the supergroup again finds the channel that was linked as a basic group.
 */
export async function noteMove(io: Pick<Io, 'notes'>, from: string, to: string): Promise<void> {
  await io.notes.put(keyOf('moved_to', from), to);
  await io.notes.put(keyOf('moved_from', to), from);
}

export async function currentId(io: Pick<Io, 'notes'>, chatId: string): Promise<string> {
  return noted(await io.notes.get(keyOf('moved_to', chatId))) ?? chatId;
}

export async function firstId(io: Pick<Io, 'notes'>, chatId: string): Promise<string> {
  return noted(await io.notes.get(keyOf('moved_from', chatId))) ?? chatId;
}

/** Leaves nothing of a chat that is disconnected. */
export async function forgetMove(io: Pick<Io, 'notes'>, { accountId, chatId }: Pick<Grant, 'accountId' | 'chatId'>): Promise<void> {
  for (const id of new Set([accountId, chatId])) {
    const to = await currentId(io, id);
    await io.notes.put(keyOf('moved_to', id), null);
    await io.notes.put(keyOf('moved_from', to), null);
  }
}

/** Keys of notes are not sealed, so the chat's id does not stand in them. */
function keyOf(name: 'moved_to' | 'moved_from', chatId: string): string {
  return `${name}/${createHash('sha256').update(chatId).digest('hex').slice(0, 32)}`;
}

function noted(note: unknown): string | undefined {
  return typeof note === 'string' ? note : undefined;
}
