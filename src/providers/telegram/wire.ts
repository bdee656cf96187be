import * as z from 'zod';
import type { MultipartPart } from '../body.ts';
import { ProviderError, type Io } from '../contract.ts';
import { errorsWithout } from './errors.ts';

// The shapes of core.telegram.org/bots/api (Bot API 10.1 of 2026-06-11), as far as they are read here. Ids are text.
const id = z.union([z.number().int(), z.string()]).transform(String);

const chat = z.object({ id, type: z.string(), title: z.string().optional(), username: z.string().optional() });

export const message = z.object({
  message_id: id,
  date: z.number(),
  chat,
  from: z.object({ id, is_bot: z.boolean() }).optional(),
  sender_chat: z.object({ id }).optional(),
  text: z.string().optional(),
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  forward_origin: z.unknown().optional(),
  via_bot: z.unknown().optional(),
  migrate_to_chat_id: id.optional(),
});

const entities = z.array(z.object({ type: z.string(), offset: z.number().int(), length: z.number().int(), url: z.string().optional() })).optional();
const file = z.object({
  file_id: z.string(), file_unique_id: z.string(), file_size: z.number().optional(), file_name: z.string().optional(), mime_type: z.string().optional(),
});

/** What a person may send a bot. Kinds that are not here are told by their names. */
export const sent = message.extend({
  edit_date: z.number().optional(),
  media_group_id: z.string().optional(),
  entities, caption: z.string().optional(), caption_entities: entities,
  photo: z.array(file.extend({ width: z.number(), height: z.number() })).optional(),
  video: file.optional(), animation: file.optional(), document: file.optional(),
}).loose();

export const press = z.object({
  id: z.string(),
  from: z.object({ id, is_bot: z.boolean() }),
  message: z.object({ message_id: id, chat: z.object({ id, type: z.string() }) }).optional(),
  data: z.string().optional(),
});

export type Entities = NonNullable<z.infer<typeof entities>>;
export type SentFile = z.infer<typeof file>;
export type Sent = z.infer<typeof sent>;
export type Press = z.infer<typeof press>;

export type Message = z.infer<typeof message>;

/** Read one by one, so that news of a shape nobody foresaw does not hide the rest. */
export const updates = z.array(z.looseObject({ update_id: z.number().int() }));
export const update = z.object({
  update_id: z.number().int(),
  message: sent.optional(), edited_message: sent.optional(), channel_post: message.optional(), callback_query: press.optional(),
});
export type Update = z.infer<typeof update>;

export const user = z.object({ id, first_name: z.string(), username: z.string().optional() });

export const member = z.object({
  status: z.string(),
  can_post_messages: z.boolean().optional(),
  can_send_messages: z.boolean().optional(),
  is_member: z.boolean().optional(),
});

export const chatRights = z.object({ permissions: z.object({ can_send_messages: z.boolean().optional() }).optional() });

export const webhook = z.object({
  url: z.string(), pending_update_count: z.number(), last_error_date: z.number().optional(), last_error_message: z.string().optional(),
});
export const filePath = z.object({ file_path: z.string().optional() });

export interface Bot {
  /** The bot's user id: the part of its token before the colon, which stays when the token is renewed. */
  id: string;
  token: string;
}

/** The instance's bot. Throws `auth` when the operator has not set one. */
export function botOf(io: Pick<Io, 'setting'>): Bot {
  const token = io.setting('TELEGRAM_BOT_TOKEN')?.trim() ?? '';
  if (token === '') throw unusable('TELEGRAM_BOT_TOKEN is not set. Whoever runs Post Master must set it before Telegram can be used.');
  const botId = /^(\d+):[\w-]+$/u.exec(token)?.[1];
  if (botId === undefined) throw unusable('TELEGRAM_BOT_TOKEN does not look like a bot\'s token. Whoever runs Post Master must copy it again from @BotFather.');
  return { id: botId, token };
}

type Params = Record<string, string | number | boolean | undefined>;

/** A question to Telegram that changes nothing. */
export async function ask<T>(
  io: Pick<Io, 'http'>, bot: Bot, method: string, query: Params, result: z.ZodType<T>, patience: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const answer = await io.http({ method: 'GET', ...callOf(bot, method), query, ...patience });
  return answer.read(z.object({ ok: z.literal(true), result })).result;
}

/** Sends something into a chat. Objects among `params` go as JSON texts; files are streamed. */
export async function send<T>(
  io: Pick<Io, 'http'>, bot: Bot, method: string, params: Record<string, string>, files: readonly NamedFile[], result: z.ZodType<T>,
): Promise<T> {
  const parts: MultipartPart[] = [
    ...Object.entries(params).map(([name, value]) => ({ name, value })),
    ...files.map(({ name, file }) => ({ name, filename: file.name, type: file.type, size: file.size, open: () => file.open() })),
  ];
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  const answer = await io.http({
    method: 'POST', ...callOf(bot, method),
    body: files.length > 0 ? { multipart: parts } : { form: params },
    // A home connection uploads 50 KB/s at worst; giving up on it too early would leave the post in doubt.
    ...(size > 1_000_000 && { timeoutMs: 30_000 + size / 50 }),
  });
  return answer.read(z.object({ ok: z.literal(true), result })).result;
}

export interface NamedFile {
  /** The name of its part in the multipart body. */
  name: string;
  file: { name: string; type: string; size: number; open(): AsyncIterable<Uint8Array> };
}

/** A file that `getFile` told the path of. */
export function download(io: Pick<Io, 'download'>, { token, id }: Bot, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  return io.download({ url: `https://api.telegram.org/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`, ...guarded({ id, token }), signal });
}

function callOf(bot: Bot, method: string) {
  return { url: `https://api.telegram.org/bot${bot.token}/${method}`, ...guarded(bot) };
}

function guarded({ id, token }: Bot) {
  const secrets = [token, token.slice(id.length + 1)];
  return { secrets, errors: errorsWithout(secrets) };
}

function unusable(words: string) {
  return new ProviderError({ kind: 'auth', code: 'no_bot', message: words });
}
