import * as z from 'zod';
import { newToken } from '../../lib/secrets/tokens.ts';
import { ProviderError, type BotConnect, type Io } from '../contract.ts';
import type { Grant } from './chat.ts';
import { ask, botOf, send, webhook } from './wire.ts';

/** All that is asked for: private messages, codes in chats, pressed buttons. */
export const heardKinds = ['message', 'edited_message', 'channel_post', 'callback_query'] as const;

const note = 'webhook';
const noted = z.object({ botId: z.string(), url: z.string(), secret: z.string() });

/** The webhook that this instance last set for the present bot, with the secret that each of its calls carries. */
export async function notedHook(io: Pick<Io, 'notes' | 'setting'>): Promise<z.infer<typeof noted> | undefined> {
  const known = noted.safeParse(await io.notes.get(note)).data;
  return known?.botId === botOf(io).id ? known : undefined;
}

export async function isOurs(url: string, io: Pick<Io, 'notes' | 'setting'>): Promise<boolean> {
  return (await notedHook(io))?.url === url;
}

/** core.telegram.org/bots/api#setwebhook. What waits at Telegram is never dropped: the other way of hearing gets it. */
export const push: NonNullable<BotConnect<Grant>['push']> = {
  hook: 'telegram',

  async set(address, io) {
    const bot = botOf(io);
    const { url } = await ask(io, bot, 'getWebhookInfo', {}, webhook);
    // The same address, from before the notes were lost, is ours as well.
    if (url !== '' && url !== address && !(await isOurs(url, io))) throw new ProviderError(webhookSet);
    if (address === null) {
      if (url !== '') await send(io, bot, 'deleteWebhook', {}, [], z.literal(true));
      return;
    }
    const secret = (await notedHook(io))?.secret ?? newToken();
    // Before it is set: the first call may be faster than the answer.
    await io.notes.put(note, { botId: bot.id, url: address, secret });
    await send(io, bot, 'setWebhook', {
      url: address, secret_token: secret, max_connections: '4', allowed_updates: JSON.stringify(heardKinds),
    }, [], z.literal(true));
  },

  async trouble(since, io) {
    const { url, pending_update_count: waiting, last_error_date: at, last_error_message: said } = await ask(io, botOf(io), 'getWebhookInfo', {}, webhook);
    if (url === '') return 'The webhook was removed by somebody else.';
    if (!(await isOurs(url, io))) return webhookSet.message;
    // Told in whole seconds.
    return waiting > 0 && at !== undefined && (at + 1) * 1000 > since ? `Telegram could not deliver: ${said?.slice(0, 200) ?? 'no reason given'}.` : null;
  },
};

export const webhookSet = {
  kind: 'rejected', code: 'webhook', message: 'Another program receives this bot\'s messages by webhook.',
  fix: 'Whoever runs Post Master must remove the webhook, or give Post Master a bot of its own.',
} as const;
