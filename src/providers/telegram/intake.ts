import * as z from 'zod';
import { ProviderError, type Button, type HeardPress, type Intake, type Io, type Saying } from '../contract.ts';
import { ask, botOf, download, filePath, message, send, type Bot } from './wire.ts';

export const intake: Intake = {
  // The public server gives bots no more (core.telegram.org/bots/api#getfile, 2026-06-11).
  maxBytes: 20 * 1024 * 1024,
  maxSaid: '20 MB',
  takes: 'texts, photos, videos and animations, one by one or as an album; pictures and videos sent as files keep their full quality',

  linkUrl: ({ url }, token) => `${url}?start=${token}`,

  async open({ ref }, io, signal) {
    const bot = botOf(io);
    // A path is good for an hour, so each try asks anew.
    const { file_path: path } = await ask(io, bot, 'getFile', { file_id: ref }, filePath);
    if (path === undefined) throw new ProviderError({ kind: 'transient', code: 'no_path', message: 'Telegram does not give the file out yet.', reached: false });
    return download(io, bot, path, signal);
  },

  async say(to, { replyTo, ...saying }, io) {
    const reply = replyTo === undefined ? {} : { reply_parameters: JSON.stringify({ message_id: Number(idIn(replyTo)), allow_sending_without_reply: true }) };
    await send(io, botOf(io), 'sendMessage', { chat_id: to, ...wording(saying), ...reply }, [], message);
  },

  async pressed(press, words, saying, io) {
    const bot = botOf(io);
    // The words first: whoever pressed waits for them. After a while Telegram wants them no more, which changes nothing.
    await send(io, bot, 'answerCallbackQuery', { callback_query_id: press.ref, text: words.slice(0, 200) }, [], z.literal(true)).catch(passOver);
    if (saying) await rewrite(press, saying, bot, io).catch(passOver);
  },
};

async function rewrite({ from, messageId }: HeardPress, saying: Saying, bot: Bot, io: Io): Promise<void> {
  await send(io, bot, 'editMessageText', { chat_id: from, message_id: idIn(messageId), ...wording(saying) }, [], z.union([message, z.literal(true)]));
}

/** Too late, gone, or as it was already. */
function passOver(error: unknown): void {
  if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
}

/** Without the id of the bot, to which a message's number belongs. */
function idIn(messageId: string): string {
  return messageId.split(':').at(-1) ?? '';
}

function wording({ text, buttons = [] }: Saying): Record<string, string> {
  const rows = buttons.map((row) => row.map(buttonOf));
  return {
    text: text.slice(0, 4096), link_preview_options: JSON.stringify({ is_disabled: true }),
    ...(rows.length > 0 && { reply_markup: JSON.stringify({ inline_keyboard: rows }) }),
  };
}

function buttonOf(button: Button): Record<string, string> {
  return 'url' in button ? { text: button.label, url: button.url } : { text: button.label, callback_data: button.carries };
}
