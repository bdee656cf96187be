import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';
import { envelope, refusal } from './wire.ts';

/** What has another shape is not from Reddit, or not from the part of it that posts. */
const foreign = 'not_reddit';

const again = 'Change that and schedule the post again.';
const elsewhere = 'Choose another subreddit, or ask its moderators.';
const onReddit = 'Settle that on Reddit, then try again.';
const flairFix = 'Choose a flair that the subreddit offers, then schedule the post again.';
const rulesFix = 'Change the post to fit the rules of the subreddit, then schedule it again.';
const otherKind = 'Choose another kind of post, or another subreddit.';
const defect = 'This is a defect of Post Master. Report it.';

/** Codes of `json.errors` with which nothing was created (old Reddit's source `errors.py`; praw): a sentence and what to do. */
const refusals: Readonly<Record<string, readonly [message: string | undefined, fix: string]>> = {
  ALREADY_SUB: ['The subreddit has this link already.', 'Tick "Post it again", or change the link.'],
  SUBREDDIT_NOEXIST: ['There is no such subreddit any more.', elsewhere],
  SUBREDDIT_REQUIRED: ['Reddit does not know where to post this.', elsewhere],
  SUBREDDIT_NOTALLOWED: ['Only people whom the moderators have approved may post there.', elsewhere],
  SUBREDDIT_NO_ACCESS: ['The account has no access to this subreddit.', elsewhere],
  BANNED_FROM_SUBREDDIT: ['The account is banned from this subreddit.', elsewhere],
  IN_TIMEOUT: ['Reddit has suspended the account for a time.', onReddit],
  VERIFIED_USER_REQUIRED: ['Reddit wants the account to confirm its e-mail address.', onReddit],
  BAD_CAPTCHA: ['Reddit wants to see a person solve a captcha.', 'Post once on Reddit yourself, then try again. Accounts that are new meet this most.'],
  NO_SELFS: ['The subreddit takes no text posts.', otherKind],
  NO_LINKS: ['The subreddit takes no links.', otherKind],
  NO_IMAGES: ['The subreddit takes no pictures.', otherKind],
  NO_VIDEOS: ['The subreddit takes no videos.', otherKind],
  NO_CROSSPOSTS: ['The subreddit takes no crossposts.', otherKind],
  GALLERIES_DISABLED: ['The subreddit takes no galleries.', otherKind],
  POLLS_DISABLED: ['The subreddit takes no polls.', otherKind],
  NO_TEXT: [undefined, again],
  TOO_LONG: [undefined, again],
  TOO_SHORT: [undefined, again],
  BAD_URL: ['Reddit does not take this link.', again],
  NO_URL: ['Reddit misses the link.', again],
  DOMAIN_BANNED: ['Reddit or the subreddit takes no links to this site.', again],
  BAD_IMAGE: ['Reddit could not read the picture.', 'Use another picture and schedule the post again.'],
  MISSING_VIDEO_URLS: ['Reddit misses the video or its picture.', 'Choose both anew and schedule the post again.'],
  INVALID_OPTION: [undefined, defect],
  BAD_FLAIR_TARGET: ['Reddit does not take this flair here.', flairFix],
  INVALID_FLAIR_TEMPLATE_ID: ['The subreddit no longer has this flair.', flairFix],
  SUBMIT_VALIDATION_FLAIR_REQUIRED: ['The subreddit wants a flair on each post.', flairFix],
  SUBMIT_VALIDATION_REPOST: ['The subreddit has had this link not long ago.', rulesFix],
};

const slow = 'Reddit asks the account to wait before it posts again.';
const refused4xx = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => ![401, 408, 429].includes(status));

/** First match wins. Reddit's own words are shown where they say more than we know. */
const rules: readonly ErrorRule[] = [
  { code: 'RATELIMIT', kind: 'rate_limited', message: slow },
  { code: 'SUBREDDIT_RATELIMIT', kind: 'rate_limited', message: slow },
  { code: 'QUOTA_FILLED', kind: 'rate_limited', message: 'The account has posted as much as Reddit lets it for now.' },
  { code: 'USER_REQUIRED', kind: 'auth', message: 'Reddit no longer accepts this connection. Connect it again.' },
  { code: 'CONFLICT', kind: 'transient', message: 'Reddit was busy with the same thing.' },
  { code: 'SERVER_ERROR', kind: 'transient', message: 'Reddit has a problem of its own just now.' },
  ...Object.entries(refusals).map(([code, [message, fix]]): ErrorRule => ({ code, kind: 'rejected', fix, ...(message !== undefined && { message }) })),

  { status: 401, kind: 'auth', message: 'Reddit no longer accepts this connection. Connect it again.' },
  // Said for the network or the user agent, by a machine in front of Reddit. Whether more happened is not said.
  { status: 403, code: foreign, kind: 'transient', message: 'Reddit blocks calls from this instance just now. If that stays, whoever runs it checks REDDIT_USERNAME and asks Reddit about its address.' },
  { status: refused4xx, code: foreign, kind: 'transient', message: 'Something on the way answered in place of Reddit.' },
  { status: 403, kind: 'rejected', message: 'Reddit does not let this account post there.', fix: elsewhere },
  { status: 404, kind: 'rejected', message: 'Reddit does not find this subreddit or account.', fix: elsewhere },
  { status: 409, kind: 'transient', message: 'Reddit was busy with the same thing.' },
  { status: 413, kind: 'rejected', message: 'The post is too large for Reddit.', fix: again },
  { status: 429, kind: 'rate_limited', scope: 'app', message: 'The app of this instance has called Reddit as often as it may for now.' },
  { status: [500, 502, 503, 504, 520, 522, 524], kind: 'transient', message: 'Reddit has a problem of its own just now.' },
  // `SUBMIT_VALIDATION_…` and whatever is new, in Reddit's words.
  { status: [200, 400, 422], kind: 'rejected', fix: rulesFix },
];

export const errors: ErrorTable = { read, rules, refuses, retryAt };

function read(json: unknown): { code?: string; message?: string } {
  const [first] = envelope.safeParse(json).data?.json.errors ?? [];
  if (first) {
    const [code, message] = first;
    return { code, ...(typeof message === 'string' && { message }) };
  }
  const { data } = refusal.safeParse(json);
  if (!data) return { code: foreign };
  const code = data.reason ?? data.error_type;
  return { message: data.explanation ?? data.message, ...(code != null && { code }) };
}

/** An answer with errors is a refusal, unless it names what it made: RATELIMIT comes with posts that are out (praw issue 1768). */
function refuses(json: unknown): boolean {
  const { data } = envelope.safeParse(json);
  if (!data || data.json.errors.length === 0) return false;
  const { url, id, name, websocket_url: socket } = data.json.data ?? {};
  return ![url, id, name, socket].some((one) => typeof one === 'string' && one !== '');
}

const units: Readonly<Record<string, number>> = { millisecond: 1, second: 1_000, minute: 60_000, hour: 3_600_000 };

/** Seconds beside the errors, or words in them; of the whole app the seconds until its window ends. */
function retryAt({ json, header }: { json: unknown; header: (name: string) => string | undefined }, now: number): number | undefined {
  const { data } = envelope.safeParse(json);
  if (data && data.json.errors.length > 0) {
    const [, amount, unit] = /(\d+)\s*(millisecond|second|minute|hour)/iu.exec(read(json).message ?? '') ?? [];
    const told = Math.max((data.json.ratelimit ?? 0) * 1_000, Number(amount ?? 0) * (units[unit?.toLowerCase() ?? ''] ?? 0));
    return now + (told > 0 ? told + 1_000 : 10 * 60_000);
  }
  const reset = Number(header('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) && reset > 0 ? now + reset * 1_000 : undefined;
}

/** The store says no in XML, which is read where it happens. */
export const uploadErrors: ErrorTable = {
  read: () => ({}),
  rules: [{ status: [401, 404, 405, 409, 411, 412, 413, 422], kind: 'transient', message: 'Reddit\'s store did not take the file this time.' }],
};

const oauthRefusal = z.object({ error: z.union([z.string(), z.number()]) });

/** `{"error": "invalid_grant"}`, at times with status 200; of an app that is not known `{"message": "Unauthorized", "error": 401}`. */
export const oauthErrors: ErrorTable = {
  read(json) {
    const { data } = oauthRefusal.safeParse(json);
    if (!data) return {};
    return { code: typeof data.error === 'string' ? data.error : (({ 400: 'bad_request', 401: 'unknown_app' } as Record<number, string>)[data.error] ?? String(data.error)) };
  },
  refuses: (json) => oauthRefusal.safeParse(json).success,
  rules: [
    { code: 'invalid_grant', kind: 'auth', message: 'Reddit does not renew this connection any more, or its answer was used already. Connect it again.' },
    { code: 'bad_request', kind: 'auth', message: 'Reddit does not renew this connection any more. Connect it again.' },
    // What the operator must mend ends nobody's connection.
    { status: 401, kind: 'rejected', message: 'Reddit does not accept the client ID and secret of this instance.', fix: 'Whoever runs Post Master corrects them.' },
    { code: 'invalid_scope', kind: 'rejected', message: 'Reddit does not know a permission that was asked for.', fix: defect },
    { code: 'invalid_request', kind: 'rejected', message: 'Reddit could not read what was sent. The app there may lack the address of this instance.', fix: 'Whoever runs Post Master checks the redirect uri of the app.' },
    { code: 'unsupported_grant_type', kind: 'rejected', message: 'Reddit could not read what was sent.', fix: 'Whoever runs Post Master checks that the app is a "web app".' },
    { status: 429, kind: 'rate_limited', scope: 'app', message: 'Reddit asks to wait before connecting again.' },
    { status: [500, 502, 503, 504], kind: 'transient', message: 'Reddit has a problem of its own just now.' },
  ],
  retryAt,
};
