import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';

const told = z.object({ code: z.union([z.number(), z.string()]).optional(), message: z.string().optional(), error: z.string().optional(), error_description: z.string().optional(), retry_after: z.number().optional() });

/** A gate on the way (Cloudflare) answers without Discord's words. */
const foreign = 'not_discord';
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => status !== 429);

const newWebhook = 'Make a new webhook in the channel\'s settings and connect it.';
const allowBot = 'Allow the bot to see the channel, send messages, attach files and read the history, then connect again.';
const change = 'Change the post and schedule it again.';

/** Codes of topics/opcodes-and-status-codes (2026-08-06). First match wins. */
const rules: readonly ErrorRule[] = [
  { code: foreign, status: refusals, kind: 'transient', message: 'Something on the way answered in place of Discord.' },
  { code: '10015', kind: 'auth', message: `The webhook was deleted. ${newWebhook}` },
  { code: '50027', kind: 'auth', message: `The webhook is no longer valid. ${newWebhook}` },
  { code: '10003', kind: 'auth', message: 'The channel is gone. Connect another one.' },
  { code: '10004', kind: 'auth', message: 'The server is gone, or the bot is no longer in it. Connect it again.' },
  { code: '50001', kind: 'auth', message: `The bot may not see this channel. ${allowBot}` },
  { code: '50013', kind: 'auth', message: `The bot may not do this in the channel. ${allowBot}` },
  { code: '160002', kind: 'auth', message: `The bot may not read the channel's history, which answers in a thread need. ${allowBot}` },
  { code: '40333', kind: 'transient', reached: false, message: 'Discord\'s gate turned Post Master away.' },
  { code: '40004', kind: 'transient', reached: false, message: 'Discord has switched sending off for the moment.' },
  { code: '130000', kind: 'transient', reached: false, message: 'Discord is overloaded.' },
  { code: '10008', kind: 'rejected', message: 'The earlier part of this thread is gone.', fix: 'Post the rest by itself.' },
  { code: '200000', kind: 'rejected', message: 'The server\'s AutoMod does not allow this text.', fix: 'Change the words, or ask whoever runs the server.' },
  { code: '200001', kind: 'rejected', message: 'The server\'s AutoMod does not allow this title.', fix: 'Change the title, or ask whoever runs the server.' },
  { code: '240000', kind: 'rejected', message: 'Discord holds a link of this post for harmful.', fix: 'Take the link out and schedule it again.' },
  { code: '50006', kind: 'rejected', message: 'Discord finds nothing in this post.', fix: 'Write something and schedule it again.' },
  { code: '50008', kind: 'rejected', message: 'Nothing can be posted in a channel of this kind.', fix: 'Connect a text channel.' },
  { code: '50024', kind: 'rejected', message: 'Nothing can be posted in a channel of this kind.', fix: 'Connect a text channel.' },
  { code: '50035', kind: 'rejected', message: 'Discord does not take this post as it is.', fix: change },
  { code: '50046', kind: 'rejected', message: 'Discord could not use a file of this post.', fix: 'Save it in another format and schedule it again.' },
  { code: '50083', kind: 'rejected', message: 'The thread this posts to is archived.', fix: 'Open it again in Discord, then try again.', act: 'retry' },
  { code: '220001', kind: 'rejected', message: 'This webhook belongs to a forum, where each post needs a title.', fix: 'Enter a title of the forum post and schedule it again.' },
  { code: '220002', kind: 'rejected', message: 'Discord wants a title or a thread for this post, not both.', fix: change },
  { code: '220003', kind: 'rejected', message: 'Titles are for forum channels only.', fix: 'Take the title of the forum post out and schedule it again.' },
  { code: '220004', kind: 'rejected', message: 'The files go into a forum post with a title only.', fix: 'Enter a title of the forum post and schedule it again.' },
  { code: '520000', kind: 'rejected', message: 'Discord does not take this poll.', fix: change },
  { code: '400001', kind: 'rejected', message: 'The server limits uploads.', fix: 'Use fewer or smaller files, or ask whoever runs the server.' },
  { code: '40005', kind: 'rejected', message: 'The files of this post are too large for the server.', fix: 'Use fewer or smaller ones and schedule it again.' },
  { status: 413, kind: 'rejected', message: 'The files of this post are too large for the server.', fix: 'Use fewer or smaller ones and schedule it again.' },
  { code: 'invalid_client', kind: 'rejected', message: 'Discord does not know this instance\'s app.', fix: 'Whoever runs it checks the client id and secret.', act: 'retry' },
  { code: 'invalid_grant', kind: 'rejected', message: 'The log-in took too long or was used twice.', fix: 'Connect again.', act: 'reconnect' },
  { status: 401, kind: 'auth', message: 'Discord does not accept the token of this instance\'s bot. Whoever runs Post Master must put a valid one in place.' },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'Discord asks to wait before the next message.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'Discord had an error of its own.' },
];

export const errors: ErrorTable = {
  read(json) {
    const { code, message, error, error_description: description } = told.safeParse(json).data ?? {};
    if (error !== undefined) return { code: error, message: description ?? error };
    if (code === undefined && message === undefined) return { code: foreign };
    return { ...(code !== undefined && { code: String(code) }), message };
  },
  rules,
  /** Seconds with decimals, in the body and in a header. */
  retryAt(answer, now) {
    const seconds = told.safeParse(answer.json).data?.retry_after ?? Number(answer.header('x-ratelimit-reset-after') ?? Number.NaN);
    return Number.isFinite(seconds) && seconds >= 0 ? now + Math.ceil(seconds * 1000) : undefined;
  },
};
