import * as z from 'zod';
import { noRemoteId } from '../../domain/publication.ts';
import { ProviderError, type Field, type Io, type Job, type JobPart, type PostMedia, type Published, type Steps } from '../contract.ts';
import { currentId, linkTo, noteMove, type Grant } from './chat.ts';
import { movedTo } from './errors.ts';
import { captionMax, pictures } from './limits.ts';
import { botOf, message, send, type Bot, type Message, type NamedFile } from './wire.ts';

export const options = z.object({
  silent: z.boolean().default(false),
  noPreview: z.boolean().default(false),
  protect: z.boolean().default(false),
});

export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'silent', label: 'Send without a sound', kind: 'checkbox', help: 'People are notified, but their phones stay quiet.' },
  { name: 'noPreview', label: 'No link preview', kind: 'checkbox', help: 'Links stay plain, without the card Telegram makes of them.' },
  { name: 'protect', label: 'Protect from forwarding and saving', kind: 'checkbox' },
];

/** What one visible call made: a message, or the messages of an album. */
type Sent = { chatId: string; username: string | null; ids: string[] };

interface Outgoing {
  /** Of its step; unique within the publication. */
  name: string;
  text: string;
  media: readonly PostMedia[];
  waitMinutes?: number | undefined;
}

/**
 * Each message is one `once` and replies to the one before it. Bots cannot read what they have sent, so no call has a
 * `find`: one without an answer goes to a person.
 */
export async function publish(job: Job<Grant, Options>, step: Steps, io: Io): Promise<Published> {
  const bot = botOf(io);
  if (bot.id !== job.grant.botId) throw new ProviderError(otherBot);
  let chatId = await currentId(io, job.grant.chatId);
  let first: Sent | undefined;
  let before: Sent | undefined;

  for (const outgoing of job.parts.flatMap(messagesOf)) {
    await step.wait(`${outgoing.name}-wait`, outgoing.waitMinutes);
    if (outgoing.media.length > 0) {
      // Makes the pictures right while nothing is under way yet: converting takes seconds, and a crash during the call costs certainty.
      await step.run(`${outgoing.name}-pictures`, async () => {
        for (const { kind, mediaId } of outgoing.media) if (kind === 'image') await io.image(mediaId, pictures);
        return outgoing.media.length;
      });
    }
    const act = () => sendOne(io, bot, { ...job.grant, chatId }, outgoing, job.options, before);
    let sent: Sent;
    try {
      sent = await step.once(outgoing.name, act);
    } catch (error) {
      // The group has a new id. This was a clear no, so its intent is withdrawn and the same step may begin anew.
      const newId = movedTo(error);
      if (newId === undefined || newId === chatId) throw error;
      await noteMove(io, chatId, newId);
      chatId = newId;
      sent = await step.once(outgoing.name, act);
    }
    // A resumed run may find that the earlier parts went to the new id already.
    ({ chatId } = sent);
    first ??= sent;
    before = sent;
  }
  return publishedAs(first);
}

/** A part is one message, or two when its text is too long for a caption. */
function messagesOf({ text, media, waitMinutes }: JobPart, n: number): Outgoing[] {
  const suffix = n === 0 ? '' : `-${n + 1}`;
  const post = `post${suffix}`;
  if (media.length === 0 || text.length <= captionMax) return [{ name: post, text, media, waitMinutes }];
  return [{ name: post, text: '', media, waitMinutes }, { name: `text${suffix}`, text, media: [] }];
}

async function sendOne(
  io: Io, bot: Bot, chat: Pick<Grant, 'chatId' | 'topicId'>, { text, media }: Outgoing, options: Options, before: Sent | undefined,
): Promise<Sent> {
  const common: Record<string, string> = { chat_id: chat.chatId };
  if (chat.topicId !== null) common['message_thread_id'] = chat.topicId;
  if (options.silent) common['disable_notification'] = 'true';
  if (options.protect) common['protect_content'] = 'true';
  if (before && before.chatId === chat.chatId && before.ids[0] !== pending) {
    // Message ids are 32 bits wide. A part that somebody deleted meanwhile must not lose the rest of the thread.
    common['reply_parameters'] = JSON.stringify({ message_id: Number(before.ids[0]), allow_sending_without_reply: true });
  }
  if (media.length === 0) {
    const preview = options.noPreview ? { link_preview_options: JSON.stringify({ is_disabled: true }) } : {};
    return sentOf([await send(io, bot, 'sendMessage', { ...common, text, ...preview }, [], message)]);
  }
  const items = await Promise.all(media.map((one, n) => itemOf(io, one, n)));
  const [only, ...more] = items;
  if (only && more.length === 0) {
    const caption = text === '' ? {} : { caption: text };
    const measures = Object.fromEntries(Object.entries(only.measures).map(([name, value]) => [name, String(value)]));
    const method = only.type === 'photo' ? 'sendPhoto' : 'sendVideo';
    return sentOf([await send(io, bot, method, { ...common, ...caption, ...measures }, [{ ...only.file, name: only.type }], message)]);
  }
  // The caption of the first one is shown as the album's.
  const album = items.map(({ type, file, measures }, n) => ({ type, media: `attach://${file.name}`, ...measures, ...(n === 0 && text !== '' && { caption: text }) }));
  const files = items.map(({ file }) => file);
  return sentOf(await send(io, bot, 'sendMediaGroup', { ...common, media: JSON.stringify(album) }, files, z.tuple([message]).rest(message)));
}

interface Item {
  type: 'photo' | 'video';
  file: NamedFile;
  /** Telegram reads them from few files itself. */
  measures: Record<string, number | boolean>;
}

async function itemOf(io: Io, media: PostMedia, n: number): Promise<Item> {
  if (media.kind === 'image') {
    return { type: 'photo', file: { name: `photo${n + 1}`, file: await io.image(media.mediaId, pictures) }, measures: {} };
  }
  const { width, height, durationMs } = media;
  const { read, ...file } = await io.video(media.mediaId);
  return {
    type: 'video', file: { name: `video${n + 1}`, file: { ...file, open: () => read() } },
    measures: { width, height, duration: Math.round(durationMs / 1000), supports_streaming: true },
  };
}

function sentOf(messages: readonly [Message, ...Message[]]): Sent {
  const [{ chat }] = messages;
  return { chatId: chat.id, username: chat.username ?? null, ids: messages.map(({ message_id: id }) => id) };
}

/** The id of a message that Telegram has accepted and sends later (core.telegram.org/bots/api#message, 2026-06-11). */
const pending = '0';

function publishedAs(sent: Sent | undefined): Published {
  const id = sent?.ids[0];
  if (!sent || id === undefined || id === pending) return { remoteId: noRemoteId, url: null };
  return { remoteId: id, url: linkTo(sent, id) };
}

const otherBot = {
  kind: 'auth', code: 'other_bot', message: 'This chat was connected with another bot. Add the present one as an administrator, then connect the chat again.',
} as const;
