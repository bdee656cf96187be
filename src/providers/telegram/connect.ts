import { ProviderError, type BotConnect } from '../contract.ts';
import type { Grant } from './chat.ts';
import { hear } from './news.ts';
import { isOurs, push, webhookSet } from './push.ts';
import { ask, botOf, user, webhook } from './wire.ts';

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
    // With another's webhook set, nobody would ever hear the code.
    if (url !== '' && !(await isOurs(url, io))) throw new ProviderError(webhookSet);
    return { id, name: username === undefined ? name : `@${username}`, url: username === undefined ? 'https://t.me' : `https://t.me/${username}` };
  },

  updates: hear,
  push,
};
