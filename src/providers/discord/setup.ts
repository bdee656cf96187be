import type { Setup } from '../contract.ts';
import { botToken } from './bot.ts';
import { call, user } from './wire.ts';

/** For the bot alone: webhooks need nothing of the operator. */
export const setup: Setup = {
  id: 'discord-bot',
  name: 'Discord bot',
  settings: [
    { env: 'DISCORD_CLIENT_ID', label: 'Application ID', help: 'On the page General Information.', secret: false },
    { env: 'DISCORD_CLIENT_SECRET', label: 'Client secret', help: 'On the page OAuth2. It is shown once.', secret: true },
    { env: 'DISCORD_BOT_TOKEN', label: 'Bot token', help: 'On the page Bot. It is shown once.', secret: true },
  ],
  cost: 'Free, in five minutes. No review below 100 servers. Channels can also be connected by a webhook, which needs none of this; a bot can look whether a post arrived.',
  approvalDays: 0,
  steps: [
    'Open the developer portal and press New Application.',
    'On the page OAuth2 add {callback:discord-bot} as a redirect.',
    'On the page Bot press Reset Token and copy the token. No privileged intent is needed.',
    'Copy the application ID and the client secret into the fields below.',
  ],
  console: { label: 'Discord developer portal', url: 'https://discord.com/developers/applications' },
  scopes: [{ scope: 'bot', why: 'The bot sees the channels of a server, sends messages with files and polls, and reads the history to find out whether a message arrived.' }],
  privacy: {
    kept: ['id, name and picture of the server', 'ids and names of the channels that were chosen'],
    statements: ['The bot\'s token belongs to the instance. Messages of others are read only to find out whether one of ours arrived, and are not kept.'],
  },
  async test(io) {
    const token = botToken(io);
    const { username } = (await call(io, { method: 'GET', path: '/users/@me', authorization: `Bot ${token}`, secrets: [token] })).read(user);
    return `Discord knows the bot as ${username}.`;
  },
};
