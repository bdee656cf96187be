import * as z from 'zod';
import { ProviderError } from '../contract.ts';
import type { ErrorRule, ErrorTable } from '../http.ts';

/** How Telegram says no (core.telegram.org/bots/api#making-requests). What has another shape is not from Telegram. */
const refusal = z.object({
  ok: z.literal(false),
  error_code: z.number().int(),
  description: z.string(),
  parameters: z.object({
    migrate_to_chat_id: z.union([z.number(), z.string()]).optional(),
    retry_after: z.number().optional(),
  }).optional(),
});

const foreign = 'not_telegram';
const moved = 'moved_to:';
const tooLarge = 'too_large';

/** Every 4xx but 429, which says to wait whoever says it. */
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => status !== 429);

const tokenRefused = 'Telegram does not accept the token of this instance\'s bot. Whoever runs Post Master must put a valid TELEGRAM_BOT_TOKEN in place.';
const linkAgain = 'Add the bot as an administrator, then connect the chat again.';
const otherPicture = 'Use another picture and try again.';

/**
 * Descriptions as the Bot API server words them (github.com/tdlib/telegram-bot-api, Client.cpp, 2026-05-07); it puts the
 * first letter after "Bad Request: " in lower case, TDLib and the servers behind it don't.
 */
const rules: readonly ErrorRule[] = [
  {
    // Some of an album may be out although the call as a whole failed, whatever the status.
    says: /failed to send message #|group send failed/iu, kind: 'unsettled',
    message: 'Telegram could not send the whole album. Some of its files may be in the chat.',
  },
  {
    // A proxy or portal on the way. Whether Telegram got the call before is anybody's guess.
    code: foreign, status: refusals, kind: 'transient',
    message: 'Something on the way answered in place of Telegram.',
  },
  { status: 401, kind: 'auth', message: tokenRefused },
  { status: 404, kind: 'auth', message: tokenRefused },
  { says: /FROZEN_METHOD_INVALID/u, kind: 'auth', message: 'Telegram has frozen this instance\'s bot. Whoever runs Post Master must ask Telegram why.' },
  {
    says: /upgraded to a supergroup/iu, kind: 'rejected',
    message: 'This group became a supergroup and has a new address.', fix: 'Connect the group again.',
  },
  { says: /chat not found/iu, kind: 'auth', message: `Telegram does not show this chat to the bot. ${linkAgain}` },
  {
    says: /bot was kicked|bot is not a member|group chat was deleted|bot was blocked by the user|user is deactivated|bot can't initiate conversation/iu,
    kind: 'auth', message: `The bot is no longer in this chat. ${linkAgain}`,
  },
  {
    says: /need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED|no rights to send a message|not enough rights to send text messages/iu,
    kind: 'auth', message: `The bot may not post in this chat. ${linkAgain}`,
  },
  {
    says: /not enough rights/iu, kind: 'rejected',
    message: 'The bot may write in this chat, but not send this kind of post.', fix: 'Allow the bot to send pictures and videos there, then try again.',
  },
  { says: /message is too long/iu, kind: 'rejected', message: 'The text is too long for Telegram.', fix: 'Shorten it to 4096 characters and try again.' },
  { says: /caption is too long/iu, kind: 'rejected', message: 'The text is too long for a caption.', fix: 'Shorten it to 1024 characters and try again.' },
  { says: /text is empty|text must be non-empty/iu, kind: 'rejected', message: 'Telegram finds no text in this post.', fix: 'Write something and try again.' },
  { says: /can't parse entities/iu, kind: 'rejected', message: 'Telegram could not read the text\'s formatting.', fix: 'This is a defect of Post Master. Report it.' },
  {
    // Never asked for by us: pictures are uploaded. Nothing was sent, so trying again is safe.
    says: /failed to get HTTP URL content|can't upload file by URL|WEBPAGE_/iu, kind: 'transient', reached: false,
    message: 'Telegram could not fetch a file.',
  },
  { says: /wrong type of the web page content/iu, kind: 'rejected', message: 'Telegram could not use a file it was pointed to.', fix: otherPicture },
  { says: /wrong (?:remote )?file|file is temporarily unavailable/iu, kind: 'rejected', message: 'Telegram could not find a file of this post.', fix: otherPicture },
  { says: /PHOTO_INVALID_DIMENSIONS/u, kind: 'rejected', message: 'A picture is too large or too narrow for Telegram.', fix: otherPicture },
  { says: /VIDEO_CONTENT_TYPE_INVALID/u, kind: 'rejected', message: 'Telegram could not read a video.', fix: 'Export it as MP4 and try again.' },
  {
    says: /IMAGE_PROCESS_FAILED|PHOTO_EXT_INVALID|PHOTO_SAVE_FILE_INVALID/u, kind: 'rejected',
    message: 'Telegram could not read a picture.', fix: otherPicture,
  },
  { says: /can't use the media of the specified type in the album/iu, kind: 'rejected', message: 'Telegram does not take these files together.', fix: 'Post them one by one.' },
  {
    says: /message thread not found|TOPIC_CLOSED|TOPIC_DELETED/iu, kind: 'rejected',
    message: 'The topic this channel posts to is closed or gone.', fix: 'Open it again, or connect the group anew in another topic.',
  },
  { says: /message to (?:be replied|reply) not found|replied message not found/iu, kind: 'rejected', message: 'The earlier part of this thread is gone.', fix: 'Post the rest by itself.' },
  { says: /file is too big/iu, kind: 'rejected', message: 'A file is too large for Telegram.', fix: 'Use a smaller one and try again.' },
  { status: 413, kind: 'rejected', message: 'The files of this post are too large for Telegram.', fix: 'Use fewer or smaller ones and try again.' },
  {
    says: /webhook is active/iu, kind: 'rejected', message: 'Another program receives this bot\'s messages by webhook.',
    fix: 'Whoever runs Post Master must remove the webhook, or give Post Master a bot of its own.',
  },
  { status: 409, kind: 'transient', reached: false, message: 'Another program is reading this bot\'s messages. Post Master needs a bot of its own.' },
  { status: 403, kind: 'auth', message: `Telegram does not let the bot into this chat. ${linkAgain}` },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'Telegram asks to wait before the next message.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'Telegram had an error of its own.' },
];

/** Telegram's errors, with `secrets` out of its own words: they become what people read, and the token is in every URL. */
export function errorsWithout(secrets: readonly string[]): ErrorTable {
  return {
    read(json) {
      const told = refusal.safeParse(json);
      if (!told.success) return { code: foreign };
      const { error_code: code, description, parameters } = told.data;
      const to = parameters?.migrate_to_chat_id;
      return {
        code: to !== undefined ? `${moved}${to}` : /file is too big/iu.test(description) ? tooLarge : String(code),
        message: secrets.reduce((text, secret) => text.replaceAll(secret, '[removed]'), description),
      };
    },
    rules,
    retryAt({ json }, now) {
      const seconds = refusal.safeParse(json).data?.parameters?.retry_after;
      return seconds === undefined ? undefined : now + seconds * 1000;
    },
  };
}

/** The id of the supergroup that a refused call should have gone to. Nothing was created by it. */
export function movedTo(error: unknown): string | undefined {
  if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') return undefined;
  const { code } = error.failure;
  return code.startsWith(moved) ? code.slice(moved.length) : undefined;
}

/** True when the instance's bot itself is refused, not one chat. */
export function isAboutTheBot(error: ProviderError): boolean {
  return error.failure.kind === 'auth' && !/^40[03]$/u.test(error.failure.code);
}
