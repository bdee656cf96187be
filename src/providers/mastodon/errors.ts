import { ProviderError } from '../contract.ts';
import type { ErrorRule, ErrorTable } from '../http.ts';

const otherPicture = 'Save it as JPEG or PNG, upload that, and schedule the post again.';

/** Said of pictures that are purged and of pictures that are in a post already, which may be ours. */
const mediaGone = 'media_gone';

/**
 * Mastodon answers `{"error": sentence}` and, where OAuth speaks, `{"error": code, "error_description": sentence}`
 * (docs.joinmastodon.org, and config/locales/en.yml of v4.5, read 2026-07-02). First match wins.
 */
const rules: readonly ErrorRule[] = [
  { code: 'invalid_client', kind: 'auth', message: 'This server no longer knows Post Master. Connect the account again.' },
  { code: 'unauthorized_client', kind: 'auth', message: 'This server no longer knows Post Master. Connect the account again.' },
  { code: 'invalid_grant', kind: 'auth', message: 'The server does not accept this login any more. Connect the account again.' },
  { code: 'invalid_scope', kind: 'rejected', message: 'The server does not give the permissions that publishing needs.', fix: 'Ask whoever runs the server.', act: 'retry' },
  { status: 401, kind: 'auth', message: 'The server no longer accepts this connection. Connect the account again.' },
  { status: 403, says: /outside the authorized scopes/iu, kind: 'auth', message: 'This connection lacks a permission. Connect the account again and allow what it asks for.' },
  { status: 403, says: /login is currently disabled/iu, kind: 'auth', message: 'The server has disabled this account. Its owner can ask whoever runs the server.' },
  { status: 403, says: /pending approval/iu, kind: 'auth', message: 'The server has not approved this account yet. Connect it again once it has.' },
  { status: 403, says: /confirmed e-?mail/iu, kind: 'auth', message: 'The e-mail address of this account is not confirmed yet. Confirm it, then connect the account again.' },
  { status: 422, says: /requires an authenticated user/iu, kind: 'auth', message: 'The server no longer accepts this connection. Connect the account again.' },
  { status: 403, says: /not allowed/iu, kind: 'rejected', message: 'The server does not allow this account to do this.', fix: 'Ask whoever runs the server.', act: 'retry' },

  { status: 404, says: /reply to/iu, kind: 'rejected', message: 'The earlier part of this thread is gone.', fix: 'Post the rest by itself.' },
  { status: 404, says: /record not found/iu, kind: 'rejected', message: 'The server no longer has what this post refers to.', fix: 'Schedule the post again.' },

  // Said before anything is created, so trying again is safe.
  { status: 422, says: /have not finished processing/iu, kind: 'transient', reached: false, message: 'The server is still preparing the pictures.' },
  { code: mediaGone, kind: 'rejected', message: 'The server no longer has a picture of this post.', fix: 'Publish the post again: the pictures are uploaded anew.', act: 'retry' },
  { status: 422, says: /character limit/iu, kind: 'rejected', message: 'The text is too long for this server.', fix: 'Shorten it. Reconnect the channel to have the server asked for its limits again.' },
  { status: 422, says: /text can't be blank/iu, kind: 'rejected', message: 'The server finds no text in this post.', fix: 'Write something and schedule it again.' },
  { status: 422, says: /cannot attach more than/iu, kind: 'rejected', message: 'The post has more pictures than this server takes.', fix: 'Use fewer pictures. Reconnect the channel to have the server asked for its limits again.' },
  { status: 422, says: /cannot attach a video/iu, kind: 'rejected', message: 'The server does not take these files together.', fix: 'Post them one by one.' },
  { status: 422, says: /content type is invalid|file type of uploaded media/iu, kind: 'rejected', message: 'The server does not take this kind of picture.', fix: otherPicture },
  { status: 422, says: /size must be less than/iu, kind: 'rejected', message: 'A picture is too large for this server.', fix: 'Use a smaller one. Reconnect the channel to have the server asked for its limits again.' },
  { status: 422, says: /images are not supported/iu, kind: 'rejected', message: 'A picture has more pixels than this server takes.', fix: 'Use a smaller one. Reconnect the channel to have the server asked for its limits again.' },
  { status: 422, says: /description is too long/iu, kind: 'rejected', message: 'The description of a picture is too long for this server.', fix: 'Shorten it and schedule the post again.' },
  { status: 422, says: /processing thumbnail/iu, kind: 'rejected', message: 'The server could not read a picture.', fix: otherPicture },
  { status: 413, kind: 'rejected', message: 'A file is too large for this server.', fix: 'Use a smaller one and schedule the post again.' },

  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'The server asks to wait: this account or this instance of Post Master has sent a lot.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'The server has a problem of its own just now.' },
];

export const errors: ErrorTable = { read, rules, retryAt };

function read(json: unknown): { code?: string; message?: string } {
  if (typeof json !== 'object' || json === null) return {};
  const { error, error_description: description } = json as { error?: unknown; error_description?: unknown };
  if (typeof error !== 'string') return {};
  const message = typeof description === 'string' ? description : error;
  if (/not found or already attached/iu.test(error)) return { code: mediaGone, message };
  return { ...(/^[a-z]+(?:_[a-z]+)+$/u.test(error) && { code: error }), message };
}

const day = 24 * 60 * 60 * 1000;

/** `X-RateLimit-Reset` is an ISO 8601 instant (docs.joinmastodon.org/api/rate-limits); elsewhere Unix seconds. No limit of theirs is longer than a day. */
function retryAt(answer: { header(name: string): string | undefined }, now: number): number | undefined {
  const reset = answer.header('x-ratelimit-reset')?.trim() ?? '';
  const at = /^\d{10}$/u.test(reset) ? Number(reset) * 1000 : Date.parse(reset);
  return Number.isNaN(at) ? undefined : Math.min(at, now + day);
}

/**
 * Refusals that may be said of a post that is out: pictures that are in a post already, and whatever Mastodon does not
 * document for this call (others answer with odd codes).
 */
export function mayBeOutAllTheSame(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') return false;
  const { code, evidence } = error.failure;
  return code === mediaGone || ![403, 404, 413, 422].includes(evidence?.status ?? 0);
}

/** The status that a call was refused with, by whoever did so. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ProviderError ? error.failure.evidence?.status : undefined;
}
