import type { Heard, HeardFile, HeardMessage } from '../contract.ts';
import type { Bot, Entities, Press, Sent, SentFile, Update } from './wire.ts';

/** What a person said to the bot in private; null for everything else. Nothing of who they are but their number. */
export function heardOf({ update_id: number, message, edited_message: edited, callback_query: pressed }: Update, bot: Bot): Heard | null {
  const id = `${bot.id}:${number}`;
  if (pressed) return pressOf(pressed, id, bot);
  const said = message ?? edited;
  if (!said || said.chat.type !== 'private' || !said.from || said.from.is_bot) return null;
  const content = contentOf(said);
  if (!content) return null;
  return {
    kind: 'message', id, from: said.from.id, messageId: `${bot.id}:${said.message_id}`, order: Number(said.message_id),
    at: (said.edit_date ?? said.date) * 1000, edited: edited !== undefined, album: said.media_group_id ?? null, ...content,
  };
}

/** A message passed on by somebody keeps its buttons in some programs: who presses counts, never whose message it was. */
function pressOf({ id: ref, from, message, data }: Press, id: string, bot: Bot): Heard | null {
  if (from.is_bot || data === undefined || message?.chat.type !== 'private') return null;
  return { kind: 'press', id, from: from.id, ref, carried: data, messageId: `${bot.id}:${message.message_id}` };
}

type Content = Pick<HeardMessage, 'command' | 'text' | 'file' | 'refusal'>;

/** Null for messages that nobody wrote: somebody joined, a title changed. */
function contentOf(said: Sent): Content | null {
  const { text, entities = [], caption = '', caption_entities: captionEntities = [] } = said;
  if (text !== undefined) return { ...worded(text, entities), file: null, refusal: null };
  const words = worded(caption, captionEntities);
  const file = fileOf(said);
  if (file) return 'refusal' in file ? { ...words, file: null, ...file } : { ...words, file, refusal: null };
  const refusal = refusals.find(([name]) => said[name] !== undefined)?.[1];
  return refusal === undefined ? null : { ...words, file: null, refusal };
}

/** `animation` and a live photo come with the field of older programs beside them (#message), so the order counts. */
function fileOf({ photo, video, animation, document, message_id: id }: Sent): HeardFile | { refusal: string } | null {
  const largest = photo?.toSorted((a, b) => a.width * a.height - b.width * b.height).at(-1);
  if (largest) return asFile(largest, `photo-${id}.jpg`);
  if (video) return asFile(video, `video-${id}.mp4`);
  if (animation) return asFile(animation, `animation-${id}.mp4`);
  if (!document) return null;
  const type = document.mime_type ?? '';
  // What says nothing of its kind is looked into when it is here.
  if (type !== '' && type !== 'application/octet-stream' && !/^(?:image|video)\//u.test(type)) {
    return { refusal: 'This kind of file cannot be posted. Send pictures and videos.' };
  }
  return asFile(document, `file-${id}`);
}

function asFile({ file_id: ref, file_unique_id: same, file_size: bytes, file_name: name }: SentFile, otherwise: string): HeardFile {
  return { ref, same, name: name ?? otherwise, bytes: bytes ?? null };
}

/** Kinds of messages (#message, Bot API 10.1 of 2026-06-11) that no post can be made of. */
const refusals: readonly [string, string][] = [
  ['sticker', 'Stickers cannot be posted. Send a picture.'],
  ['voice', 'Voice messages cannot be posted. Send a video, or write it.'],
  ['audio', 'Sound files cannot be posted. Send a video.'],
  ['video_note', 'Round video messages cannot be posted. Send it as a video.'],
  ['poll', 'Polls cannot be taken from here. Write the question as a text.'],
  ['story', 'Stories cannot be taken from here. Send the picture or video itself.'],
  ['paid_media', 'Paid media cannot be taken from here. Send the picture or video itself.'],
  ['contact', 'Contacts cannot be posted, and this one was not kept.'],
  ['location', 'Places cannot be posted, and this one was not kept.'],
  ['venue', 'Places cannot be posted, and this one was not kept.'],
  ['checklist', 'Checklists cannot be posted. Write it as a text.'],
  ['dice', 'This cannot be posted. Send a text, a picture or a video.'],
  ['game', 'Games cannot be posted. Send a text, a picture or a video.'],
  ['invoice', 'Invoices cannot be posted.'],
  ['rich_message', 'This kind of message cannot be read here. Send a plain text, a picture or a video.'],
];

/** A command at the very beginning, or `/next` anywhere, and what is left as plain text. */
function worded(text: string, entities: Entities): Pick<Content, 'command' | 'text'> {
  const commands = entities.filter(({ type }) => type === 'bot_command');
  const nameOf = ({ offset, length }: Entities[number]) => text.slice(offset + 1, offset + length).split('@', 1)[0]?.toLowerCase() ?? '';
  const found = commands.find(({ offset }) => text.slice(0, offset).trim() === '') ?? commands.find((one) => nameOf(one) === 'next');
  if (!found) return { command: null, text: plain(text, entities) };
  const others = entities.filter((one) => one !== found);
  const before = plain(text, others, 0, found.offset).trimEnd();
  const after = plain(text, others, found.offset + found.length).trimStart();
  const rest = [before, after].filter((part) => part !== '').join(/^\s*\n/u.test(text.slice(found.offset + found.length)) ? '\n' : ' ');
  return { command: { name: nameOf(found), rest }, text: rest };
}

/** The text of [from, to) with the addresses of links that hide them behind words. Offsets count UTF-16 units, as strings do here. */
function plain(text: string, entities: Entities, from = 0, to = text.length): string {
  let out = '';
  let at = from;
  for (const { type, offset, length, url } of entities.toSorted((a, b) => a.offset - b.offset)) {
    const end = offset + length;
    if (type !== 'text_link' || url === undefined || offset < at || end > to) continue;
    const words = text.slice(offset, end);
    out += text.slice(at, end);
    if (!sameAddress(words, url)) out += ` (${url})`;
    at = end;
  }
  return out + text.slice(at, to);
}

function sameAddress(words: string, url: string): boolean {
  const bare = (address: string) => address.trim().replace(/^https?:\/\//iu, '').replace(/\/$/u, '').toLowerCase();
  return bare(words) === bare(url);
}
