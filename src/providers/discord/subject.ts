import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject, SubjectCase } from '../subject.ts';
import { guildId, startFakeDiscord, textChannel, type FakeDiscord } from './fake.ts';
import { discord, discordBot } from './index.ts';

const cases: SubjectCase[] = [
  { name: 'text', parts: [{ text: 'Hello 👋 https://example.org and @everyone' }], visible: 1 },
  { name: 'picture and video', parts: [{ text: 'Both', images: ['A dot'], videos: [{ alt: 'Waves' }] }], options: { silent: true, previews: true }, visible: 1 },
  { name: 'poll', parts: [{ text: 'Choose' }], options: { pollQuestion: 'Tea or coffee?', pollAnswers: 'Tea\nCoffee\n', pollHours: 48, pollMany: true }, visible: 1 },
  { name: 'thread', parts: [{ text: 'One' }, { text: 'Two', images: [''] }, { text: 'One' }], visible: 3 },
];

function firstWebhook(fake: FakePlatform) {
  const [webhook] = (fake as FakeDiscord).webhooks.values();
  if (!webhook) throw new Error('the fake has no webhook');
  return webhook;
}

const webhookUrl = 'https://discord.com/api/webhooks/223704706495545344/3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e72279b94526ff5d1bd4358d65cf11';

export const subject: Subject = {
  provider: discord,
  start: startFakeDiscord,
  account: (fake) => {
    const { id, token, name, channelId } = firstWebhook(fake);
    return {
      grant: { id, token, guildId, channelId, name },
      target: { remoteId: id, name, handle: 'webhook', url: `https://discord.com/channels/${guildId}/${channelId}`, avatarUrl: null },
    };
  },
  cases,
  connecting: { good: { webhook: webhookUrl }, bad: { input: { webhook: 'https://example.org/api/webhooks/1/x' }, field: 'webhook' } },
};

export const botSettings = {
  DISCORD_CLIENT_ID: '310954232226357250', DISCORD_CLIENT_SECRET: 'discord-client-secret-for-tests', DISCORD_BOT_TOKEN: 'MTk4NjIyNDgzNDcxOTI1MjQ4.FakeBotTokenThatMustNeverBeSeen',
};

export const botSubject: Subject = {
  provider: discordBot,
  start: startFakeDiscord,
  account: () => ({
    grant: { guildId, name: 'Harbour', icon: null },
    target: { remoteId: textChannel, name: '#news', handle: 'Harbour', url: `https://discord.com/channels/${guildId}/${textChannel}`, avatarUrl: null },
  }),
  settings: botSettings,
  cases,
  connecting: { good: {}, pkce: false, approve: (fake, url) => approveAt(fake, url) },
};
