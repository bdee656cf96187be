import { provider } from '../contract.ts';
import { botAppearance, webhookAppearance } from './appearance.ts';
import { botGrant, botTargets, connectBot, publishByBot } from './bot.ts';
import { botDialect, webhookDialect } from './dialect.ts';
import { botCapabilities, webhookCapabilities } from './limits.ts';
import { botFields, botOptions, check, webhookFields, webhookOptions } from './options.ts';
import { setup } from './setup.ts';
import { connectWebhook, publishByWebhook, webhookGrant, webhookTargets } from './webhook.ts';

/** A channel by its webhook: the person pastes an address, and nobody has to set anything up. */
export const discord = provider({
  id: 'discord',
  name: 'Discord',
  colour: '#5865f2',
  appearance: webhookAppearance,
  capabilities: webhookCapabilities,
  fields: webhookFields,
  grant: webhookGrant,
  options: webhookOptions,
  connect: connectWebhook,
  targets: webhookTargets,
  check,
  publish: publishByWebhook,
  dialect: webhookDialect,
});

/** Channels of a server through the instance's own bot, which can look whether a message arrived. */
export const discordBot = provider({
  id: 'discord-bot',
  name: 'Discord (bot)',
  colour: '#5865f2',
  appearance: botAppearance,
  capabilities: botCapabilities,
  setup,
  fields: botFields,
  grant: botGrant,
  options: botOptions,
  connect: connectBot,
  targets: botTargets,
  check,
  publish: publishByBot,
  dialect: botDialect,
});
