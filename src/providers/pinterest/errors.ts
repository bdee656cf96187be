import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';

/** Nothing before Pinterest's own API (a proxy, a gateway) answers in its words. */
const foreign = 'not_pinterest';
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => ![401, 429].includes(status));

const serverErrors = Array.from({ length: 100 }, (_, n) => 500 + n);

const asksToWait = 'Pinterest asks to wait: the most that may be asked of it for now is reached.';
const anew = 'Connect the account again.';
const change = 'Change the Pin and schedule it again.';
const otherBoard = 'Choose another board and schedule the Pin again.';

/** Codes of Pinterest's API v5 (OpenAPI 5.23.0 and the reference pages, read 2026-08). First match wins. */
function rulesFor(scope: 'channel' | 'app', first: readonly ErrorRule[] = []): readonly ErrorRule[] {
  return [
    // These two count whatever code comes with them.
    { status: 429, kind: 'rate_limited', scope, message: asksToWait },
    { status: serverErrors, kind: 'transient', message: 'Pinterest had an error of its own.' },
    { code: foreign, status: refusals, kind: 'transient', message: 'Something on the way answered in place of Pinterest.' },
    ...first,
    { code: 'invalid_grant', kind: 'auth', message: `Pinterest does not accept this connection any more. ${anew}` },
    { code: '283', kind: 'rejected', message: 'The log-in took too long or was used twice.', fix: 'Connect again.', act: 'reconnect' },
    { code: '2', kind: 'auth', message: `Pinterest no longer accepts this connection. ${anew}` },
    { code: '1104', kind: 'auth', message: `Pinterest no longer accepts this connection. ${anew}` },
    { code: '3', kind: 'auth', message: 'This connection lacks a permission. Connect the account again and allow what it asks for.' },
    { code: '8', kind: 'rate_limited', scope, message: asksToWait },
    { code: '30', kind: 'rate_limited', scope, message: asksToWait },
    {
      code: '29', says: /trial/iu, kind: 'rejected', message: 'Pinterest has given this instance\'s app Trial access only, which may not create Pins for everybody.',
      fix: 'Whoever runs the instance says so in its settings, or asks Pinterest for Standard access.', act: 'retry',
    },
    { code: '29', kind: 'rejected', message: 'Pinterest does not permit this account or app to do that.', fix: 'Whoever runs the instance looks at the app\'s access on developers.pinterest.com.', act: 'retry' },
    { code: '7', kind: 'rejected', message: 'This account may not pin to the board.', fix: otherBoard },
    { code: '40', kind: 'rejected', message: 'The board is gone.', fix: otherBoard },
    { code: '2031', kind: 'rejected', message: 'The section of the board is gone.', fix: 'Choose another board or section and schedule the Pin again.' },
    { code: '50', kind: 'rejected', message: 'The Pin is gone.', fix: 'Schedule it again.' },
    { code: '58', kind: 'rejected', message: 'A board of this name is there already.', fix: otherBoard },
    { code: '2626', kind: 'rejected', message: 'Pinterest is reviewing this account and lets it publish nothing meanwhile.', fix: 'Look for a message from Pinterest, and try again when the review is over.', act: 'retry' },
    { code: '4197', kind: 'rejected', message: 'Pinterest is closing the way this Pin was sent.', fix: 'Whoever runs the instance updates Post Master.', act: 'retry' },
    // Said before anything is created, so trying again is safe.
    { code: '235', kind: 'transient', reached: false, message: 'Pinterest is still preparing the video.' },
    { status: 400, says: /media.*not (?:yet )?(?:ready|processed)/iu, kind: 'transient', reached: false, message: 'Pinterest is still preparing the video.' },
    { status: 400, says: /unable to reach the url/iu, kind: 'transient', reached: false, message: 'Pinterest could not fetch a picture from this instance.' },
    { status: 400, says: /cover_image/iu, kind: 'rejected', message: 'Pinterest finds no cover for the video.', fix: 'Choose a picture as its cover and schedule the Pin again.' },
    { status: [400, 403], says: /blocked this link|may lead to spam/iu, kind: 'rejected', message: 'Pinterest has blocked the link of this Pin.', fix: 'Use another link, or none, and schedule the Pin again.' },
    { status: 400, says: /invalid url/iu, kind: 'rejected', message: 'Pinterest does not take the link of this Pin.', fix: 'Correct the link and schedule the Pin again.' },
    { code: '1', kind: 'rejected', message: 'Pinterest does not take this Pin as it is.', fix: change },
    { status: 401, kind: 'auth', message: `Pinterest no longer accepts this connection. ${anew}` },
    { status: 403, kind: 'rejected', message: 'Pinterest does not allow this account to do that.', fix: otherBoard },
    { status: 404, kind: 'rejected', message: 'Pinterest no longer has what this Pin refers to.', fix: otherBoard },
    { status: 409, kind: 'rejected', message: 'Pinterest says that this is at odds with what is there.', fix: change },
    { status: 413, kind: 'rejected', message: 'The pictures of this Pin are too large for Pinterest.', fix: 'Use fewer or smaller ones and schedule it again.' },
  ];
}

/** What the same codes mean where tokens are given. */
const ofTokens: readonly ErrorRule[] = [
  { code: '2', kind: 'auth', message: 'Pinterest does not accept this log-in, or this instance\'s app. Connect again; if that does not help, whoever runs the instance checks the app ID and secret.' },
  { code: '1', kind: 'rejected', message: 'Pinterest did not take the log-in.', fix: 'Connect again. If that does not help, whoever runs the instance compares the redirect URI at Pinterest.' },
];

const told = z.object({ code: z.union([z.number(), z.string()]), message: z.string().optional() });

function read(json: unknown): { code: string; message?: string | undefined } {
  const { data } = told.safeParse(json);
  if (!data) return { code: foreign };
  // No code is known for a refresh token that has ended; the words are clear.
  if (/refresh[ _]?token/iu.test(data.message ?? '') && String(data.code) === '1') return { code: 'invalid_grant', message: data.message };
  return { code: String(data.code), message: data.message };
}

const dayMs = 24 * 60 * 60 * 1000;

/** Seconds from now, under the name of the day. No limit of theirs is longer than a day. */
function retryAt(answer: { header(name: string): string | undefined }, now: number): number | undefined {
  const reset = ['x-ratelimit-reset', 'x-userendpoint-ratelimit-reset', 'ratelimit-reset'].map((name) => answer.header(name)?.trim()).find((value) => value !== undefined && /^\d{1,9}(?:\.\d+)?$/u.test(value));
  return reset === undefined ? undefined : now + Math.min(Math.ceil(Number(reset) * 1000), dayMs);
}

/** Limits of Standard access count per account, those of Trial access over everything. */
export const errorsAt: Readonly<Record<'production' | 'sandbox', ErrorTable>> = {
  production: { read, retryAt, rules: rulesFor('channel') },
  sandbox: { read, retryAt, rules: rulesFor('app') },
};

export const tokenErrorsAt: typeof errorsAt = {
  production: { read, retryAt, rules: rulesFor('channel', ofTokens) },
  sandbox: { read, retryAt, rules: rulesFor('app', ofTokens) },
};

/** The storage that takes videos (Amazon S3): what it refuses may be sent to it again, and nobody sees it. */
export const storageErrors: ErrorTable = {
  read: () => ({}),
  rules: [
    { status: 413, kind: 'rejected', message: 'The video is too large for Pinterest.', fix: 'Use a smaller one and schedule the Pin again.' },
    { kind: 'transient', message: 'Pinterest\'s storage did not take the video.' },
  ],
};
