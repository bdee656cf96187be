import * as z from 'zod';
import type { Json } from '../../domain/json.ts';
import { ProviderError, type BotClaim, type BotConnect, type Io } from '../contract.ts';
import { firstId, noteMove, type Grant } from './chat.ts';
import { isAboutTheBot } from './errors.ts';
import { ask, botOf, chatRights, member, update, updates, user, webhook, type Bot, type Message } from './wire.ts';

export const connect: BotConnect<Grant> = {
  kind: 'bot',
  steps: [
    'Open your channel or group in Telegram and add {bot} as an administrator. In a channel, allow it to post messages.',
    'Post this in the channel, or write it in the group: /link {code}',
    'In a group with topics, write it in the topic that the posts shall go to.',
    'Wait until the chat shows up here. You can delete your message afterwards.',
  ],

  async bot(io) {
    const bot = botOf(io);
    const { id, first_name: name, username } = await ask(io, bot, 'getMe', {}, user);
    const { url } = await ask(io, bot, 'getWebhookInfo', {}, webhook);
    // With a webhook set, nobody would ever hear the code.
    if (url !== '') throw new ProviderError(webhookSet);
    return { id, name: username === undefined ? name : `@${username}`, url: username === undefined ? 'https://t.me' : `https://t.me/${username}` };
  },

  async updates(cursor, io) {
    const bot = botOf(io);
    const heard = await hear(cursor, bot, io);
    const claims: BotClaim<Grant>[] = [];
    let held: { from: number; error: ProviderError } | undefined;
    for (const raw of heard.news) {
      const news = update.safeParse(raw);
      if (!news.success) continue;
      try {
        const claim = await claimOf(news.data, bot, io);
        if (claim) claims.push(claim);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (!mayPass(error)) continue;
        held ??= { from: raw.update_id, error };
        // Trouble with one chat leaves the others to be asked; a dead line, a plea for patience or a refused bot do not.
        if (error.failure.kind !== 'transient' || error.failure.evidence?.status === undefined) break;
      }
    }
    if (!held) return { cursor: heard.next, claims };
    // From the first that could not be judged yet, all is read again: a code opens once, so hearing it twice is harmless.
    if (claims.length === 0 && heard.news[0]?.update_id === held.from) throw held.error;
    return { cursor: cursorAt(bot, held.from, io), claims };
  },
};

const cursorShape = z.object({ botId: z.string(), offset: z.number().int(), at: z.number() });

/** Telegram keeps updates for a day (core.telegram.org/bots/api#getting-updates). */
const day = 24 * 60 * 60 * 1000;

/**
 * What came since `cursor`. Asking from an offset lets Telegram forget what was before it. After a week of silence the
 * numbers begin anew at random, and another bot has its own: then the offset means nothing and is left out.
 */
async function hear(cursor: Json | null, bot: Bot, io: Io): Promise<{ next: Json; news: z.infer<typeof updates> }> {
  const known = cursorShape.safeParse(cursor).data;
  const valid = known && known.botId === bot.id && io.now() - known.at < day ? known : undefined;
  const query = { offset: valid?.offset, limit: 100, timeout: 0, allowed_updates: JSON.stringify(['message', 'channel_post']) };
  const news = await ask(io, bot, 'getUpdates', query, updates);
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

/** Codes live ten minutes. What is older is not looked into, so a chat that cannot be asked holds up the others an hour at most. */
const longestHold = 60 * 60 * 1000;

async function claimOf(news: z.infer<typeof update>, bot: Bot, io: Io): Promise<BotClaim<Grant> | null> {
  const said = news.channel_post ?? news.message;
  if (!said || said.chat.type === 'private') return null;
  if (said.migrate_to_chat_id !== undefined) await noteMove(io, said.chat.id, said.migrate_to_chat_id);
  const code = codeIn(said);
  if (code === null || io.now() - said.date * 1000 > longestHold) return null;
  if (!(await hasRight(said, bot, io)) || !(await canPost(said, bot, io))) return null;
  const { id: chatId, title, username } = said.chat;
  const accountId = await firstId(io, chatId);
  const name = title ?? username ?? chatId;
  const topicId = said.is_topic_message ? (said.message_thread_id ?? null) : null;
  return { code, connected: { account: { id: accountId, name }, grant: { botId: bot.id, chatId, accountId, title: name, username: username ?? null, topicId } } };
}

/** `/link CODE`, `/link@bot CODE` or the code alone. Not from a message that somebody else wrote and this one passed on. */
function codeIn({ text, forward_origin: forwarded, via_bot: viaBot }: Message): string | null {
  if (text === undefined || forwarded !== undefined || viaBot !== undefined) return null;
  return /^\s*(?:\/link(?:@\w+)?\s+)?([0-9A-HJKMNP-TV-Z]{10})\s*$/iu.exec(text)?.[1]?.toUpperCase() ?? null;
}

/** Whether who said it runs the chat. Only who may post in a channel can have said it there. */
async function hasRight(said: Message, bot: Bot, io: Io): Promise<boolean> {
  if (said.chat.type === 'channel') return true;
  // An administrator who hides speaks as the group itself; any other chat that speaks here proves nothing.
  if (said.sender_chat) return said.sender_chat.id === said.chat.id;
  if (!said.from || said.from.is_bot) return false;
  const { status } = await ask(io, bot, 'getChatMember', { chat_id: said.chat.id, user_id: said.from.id }, member);
  return status === 'creator' || status === 'administrator';
}

/** Whether the bot itself may post there. */
async function canPost({ chat }: Message, bot: Bot, io: Io): Promise<boolean> {
  const self = await ask(io, bot, 'getChatMember', { chat_id: chat.id, user_id: bot.id }, member);
  switch (self.status) {
    case 'administrator':
      return chat.type !== 'channel' || self.can_post_messages === true;
    case 'restricted':
      return self.is_member === true && self.can_send_messages === true;
    case 'member': {
      if (chat.type === 'channel') return false;
      const { permissions } = await ask(io, bot, 'getChat', { chat_id: chat.id }, chatRights);
      return permissions?.can_send_messages !== false;
    }
    default:
      return false;
  }
}

const webhookSet = {
  kind: 'rejected', code: 'webhook', message: 'Another program receives this bot\'s messages by webhook.',
  fix: 'Whoever runs Post Master must remove the webhook, or give Post Master a bot of its own.',
} as const;
