import type { Setup } from '../contract.ts';
import { connect } from './connect.ts';

export const setup: Setup = {
  id: 'telegram',
  name: 'Telegram',
  settings: [{
    env: 'TELEGRAM_BOT_TOKEN', label: 'Bot token', secret: true,
    help: 'Write /newbot to @BotFather in Telegram and copy the token it gives you. Use a bot that nothing else uses.',
  }],
  cost: 'Free, without any review, in two minutes.',
  approvalDays: 0,
  steps: [
    'Open @BotFather in Telegram and write /newbot.',
    'Give the bot a name and a user name.',
    'Copy the token that it answers with into the field below.',
  ],
  console: { label: '@BotFather', url: 'https://t.me/BotFather' },
  scopes: [{ scope: 'post messages', why: 'The bot writes in the chats whose administrators add it.' }],
  test: async (io) => `Telegram knows the bot ${(await connect.bot(io)).name}, and nothing else listens to it.`,
  privacy: {
    kept: ['chat id', 'title and user name of the chat'],
    statements: [
      'Of messages in a chat only the one that holds the code to connect it is used; others are not kept.',
      'Where media and captions are sent to the bot to be published, they are received as content, and the sender’s Telegram user id is linked to the account.',
    ],
    revokeAt: { label: 'Remove the bot from the chat in Telegram', url: 'https://telegram.org/faq#groups-and-channels' },
  },
};
