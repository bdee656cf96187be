import * as z from 'zod';
import type { Json } from '../../domain/json.ts';
import { equalSafely } from '../../lib/secrets/tokens.ts';
import { parseJson } from '../http.ts';
import { ProviderError, type BotConnect, type Hook, type Io, type News } from '../contract.ts';
import { claimOf } from './claims.ts';
import type { Grant } from './chat.ts';
import { isAboutTheBot } from './errors.ts';
import { heardOf } from './heard.ts';
import { heardKinds, notedHook } from './push.ts';
import { ask, botOf, update, updates, type Bot } from './wire.ts';

/** By asking. From the first update that could not be judged yet all is read again: whatever was heard twice is heeded once. */
export const hear: BotConnect<Grant>['updates'] = async (cursor, io, wait) => {
  const bot = botOf(io);
  const { news, next } = await ask100(cursor, bot, io, wait);
  const found: News<Grant> = { claims: [], heard: [] };
  let held: { from: number; error: ProviderError } | undefined;
  for (const raw of news) {
    try {
      await take(raw, bot, io, found);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (!mayPass(error)) continue;
      held ??= { from: raw.update_id, error };
      // Trouble with one chat leaves the others to be asked; a dead line, a plea for patience or a refused bot do not.
      if (error.failure.kind !== 'transient' || error.failure.evidence?.status === undefined) break;
    }
  }
  if (!held) return { cursor: next, ...found };
  if (found.claims.length + found.heard.length === 0 && news[0]?.update_id === held.from) throw held.error;
  return { cursor: cursorAt(bot, held.from, io), ...found };
};

/** By being called (core.telegram.org/bots/api#setwebhook): one update a call, repeated by Telegram until it is answered. */
export const hook: Hook = async ({ headers, body }, io) => {
  const known = await notedHook(io);
  const given = headers['x-telegram-bot-api-secret-token'] ?? '';
  if (!equalSafely(given, known?.secret ?? '') || !known) throw new ProviderError(forged);
  const news: News<Grant> = { claims: [], heard: [] };
  try {
    await take(parseJson(body.toString('utf8')), botOf(io), io, news);
  } catch (error) {
    // A chat that will never let itself be asked is passed over, as it is when the news are asked for.
    if (!(error instanceof ProviderError) || mayPass(error)) throw error;
  }
  return { events: [], news };
};

/** Adds what one update says. Of a shape that nobody foresaw it says nothing. */
async function take(raw: unknown, bot: Bot, io: Io, into: News<Grant>): Promise<void> {
  const read = update.safeParse(raw);
  if (!read.success) return;
  const heard = heardOf(read.data, bot);
  if (heard) into.heard.push(heard);
  const claim = await claimOf(read.data, bot, io);
  if (claim) into.claims.push(claim);
}

const cursorShape = z.object({ botId: z.string(), offset: z.number().int(), at: z.number() });

/** Telegram keeps updates for a day (core.telegram.org/bots/api#getting-updates). */
const day = 24 * 60 * 60 * 1000;

/**
 * What came since `cursor`. Asking from an offset lets Telegram forget what was before it. After a week of silence the
 * numbers begin anew at random, and another bot has its own: then the offset means nothing and is left out.
 */
async function ask100(cursor: Json | null, bot: Bot, io: Io, wait: Parameters<BotConnect<Grant>['updates']>[2]): Promise<{ next: Json; news: z.infer<typeof updates> }> {
  const known = cursorShape.safeParse(cursor).data;
  const valid = known && known.botId === bot.id && io.now() - known.at < day ? known : undefined;
  const seconds = Math.floor((wait?.ms ?? 0) / 1000);
  const query = { offset: valid?.offset, limit: 100, timeout: seconds, allowed_updates: JSON.stringify(heardKinds) };
  const news = await ask(io, bot, 'getUpdates', query, updates, { timeoutMs: seconds * 1000 + 30_000, ...(wait && { signal: wait.signal }) });
  const last = news.at(-1);
  return { news, next: last ? cursorAt(bot, last.update_id + 1, io) : cursor ?? cursorAt(bot, 0, io) };
}

function cursorAt({ id: botId }: Bot, offset: number, io: Io): Json {
  return { botId, offset, at: io.now() };
}

/** False for an error that belongs to one chat and stays: the bot was thrown out, somebody is not a member. */
function mayPass(error: ProviderError): boolean {
  switch (error.failure.kind) {
    case 'transient':
    case 'rate_limited':
    case 'unsettled':
      return true;
    case 'auth':
      return isAboutTheBot(error);
    case 'rejected':
      return false;
  }
}

const forged = {
  kind: 'rejected', code: 'forged', message: 'The secret of this call does not fit.', fix: 'Nothing is to be done: it did not come from the network.',
} as const;
