import type { BotClaim, Io } from '../contract.ts';
import { firstId, noteMove, type Grant } from './chat.ts';
import { ask, chatRights, member, type Bot, type Message, type Update } from './wire.ts';

/** Codes live ten minutes. What is older is not looked into, so a chat that cannot be asked holds up the others an hour at most. */
const longestHold = 60 * 60 * 1000;

/** The chat whose code was said by somebody who may connect it. */
export async function claimOf(news: Pick<Update, 'channel_post' | 'message'>, bot: Bot, io: Io): Promise<BotClaim<Grant> | null> {
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
