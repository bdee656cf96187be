import type { MultipartPart } from '../body.ts';
import type { Io, JobPart } from '../contract.ts';
import { pictureRule } from './limits.ts';
import { answersOf, type BotOptions } from './options.ts';

/** discord-api-docs, resources/message#message-object-message-flags. */
const flags = { suppressEmbeds: 1 << 2, suppressNotifications: 1 << 12 };

type Payload = Record<string, unknown>;

interface MessageFile {
  /** Its ending decides how the file is shown. */
  filename: string;
  alt: string;
  type: string;
  size: number;
  open: () => AsyncIterable<Uint8Array>;
}

/** Makes the pictures right beforehand: converting takes seconds, and a crash during the call costs certainty. */
export async function prepareFiles({ media }: JobPart, io: Io): Promise<number> {
  for (const { kind, mediaId } of media) if (kind === 'image') await io.image(mediaId, ruleOf(media));
  return media.length;
}

/** A message as both ways send it. Nobody is pinged, whatever stands in the text. `more` is what only one of them has. */
export async function messageOf(
  part: JobPart, options: BotOptions, first: boolean, more: Payload, io: Io,
): Promise<{ body: { json: unknown } | { multipart: MultipartPart[] }; timeoutMs?: number }> {
  const files = await Promise.all(part.media.map((_, n) => fileOf(part.media, n, io)));
  const answers = first ? answersOf(options) : [];
  const set = (options.previews ? 0 : flags.suppressEmbeds) | (options.silent ? flags.suppressNotifications : 0);
  const payload: Payload = {
    ...(part.text !== '' && { content: part.text }),
    allowed_mentions: { parse: [] },
    ...(set !== 0 && { flags: set }),
    ...(files.length > 0 && { attachments: files.map(({ filename, alt }, id) => ({ id, filename, ...(alt !== '' && { description: alt }) })) }),
    ...(answers.length > 0 && {
      poll: {
        question: { text: options.pollQuestion?.trim() }, answers: answers.map((text) => ({ poll_media: { text } })),
        duration: options.pollHours, allow_multiselect: options.pollMany, layout_type: 1,
      },
    }),
    ...more,
  };
  if (files.length === 0) return { body: { json: payload } };
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return {
    body: { multipart: [
      { name: 'payload_json', value: JSON.stringify(payload) },
      ...files.map(({ filename, type, size: bytes, open }, n) => ({ name: `files[${n}]`, filename, type, size: bytes, open })),
    ] },
    // A home connection uploads 50 KB/s at worst; giving up too early would leave the post in doubt.
    ...(size > 1_000_000 && { timeoutMs: 30_000 + size / 50 }),
  };
}

async function fileOf(media: JobPart['media'], n: number, io: Io): Promise<MessageFile> {
  const one = media[n];
  if (!one) throw new Error('no such file');
  const alt = one.alt.trim();
  if (one.kind === 'image') {
    const file = await io.image(one.mediaId, ruleOf(media));
    return { filename: `${n + 1}-${file.name}`, alt, type: file.type, size: file.size, open: () => file.open() };
  }
  const { name, type, size, read } = await io.video(one.mediaId);
  return { filename: `${n + 1}-${name}`, alt, type, size, open: () => read() };
}

function ruleOf(media: JobPart['media']) {
  const films = media.reduce((sum, one) => sum + (one.kind === 'video' ? one.bytes : 0), 0);
  return pictureRule(media.filter(({ kind }) => kind === 'image').length, films);
}
