import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';

/** Of one problem: RFC 9457 with X's own types, and the older list of codes. */
const problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  errors: z.array(z.object({ code: z.union([z.number(), z.string()]).optional(), message: z.string().optional(), detail: z.string().optional() })).optional(),
}).refine(({ title, detail, errors }) => title !== undefined || detail !== undefined || (errors?.length ?? 0) > 0);

const oauthCodes = ['invalid_request', 'invalid_client', 'invalid_grant', 'invalid_scope', 'invalid_token', 'unauthorized_client', 'unsupported_grant_type', 'access_denied'] as const;
const oauth = z.object({ error: z.enum(oauthCodes), error_description: z.string().optional() });

/** X does not take the same words twice: either they are somebody's own, or an earlier try of ours is out. */
export const duplicate = 'duplicate_content';
/** The uploads have lapsed, or X cannot use them. */
export const mediaRefused = 'media_refused';
/** What does not look like X answering: a gateway, or a page of anybody's. */
const foreign = 'not_x';
export const outOfCredits = 'credits-depleted';
export const usageCapped = 'usage-capped';

/** Every 4xx but 401 and 429, which mean the same whoever says them. */
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => status !== 401 && status !== 429);

const operator = 'Whoever runs this instance can look in the X developer console.';
const otherVideo = 'Export it anew (MP4 with H.264 and AAC), and publish the post again.';

/** From docs.x.com and what is known of the service (facts of 2026-11). First match wins. */
const rules: readonly ErrorRule[] = [
  // The token endpoint. Whether these end a connection is decided where it is called.
  { code: 'unauthorized_client', kind: 'rejected', message: 'X does not know this instance\'s app any more.', fix: 'Whoever runs it checks X_CLIENT_ID and X_CLIENT_SECRET.', act: 'retry' },
  { code: 'invalid_client', kind: 'rejected', message: 'X does not know this instance\'s app any more.', fix: 'Whoever runs it checks X_CLIENT_ID and X_CLIENT_SECRET.', act: 'retry' },
  { code: 'invalid_request', kind: 'auth', message: 'X no longer accepts this connection. Connect the account again.' },
  { code: 'invalid_grant', kind: 'auth', message: 'X no longer accepts this connection. Connect the account again.' },
  { code: 'invalid_scope', kind: 'rejected', message: 'X does not give this instance\'s app the permissions that publishing needs.', fix: 'Whoever runs it allows "Read and write" in the app\'s settings.', act: 'retry' },

  { status: 401, kind: 'auth', message: 'X no longer accepts this connection. Connect the account again.' },
  { status: 402, kind: 'rate_limited', scope: 'app', message: `The X account of this instance has no credits left. ${operator}` },
  { status: 429, code: usageCapped, kind: 'rate_limited', scope: 'app', message: `This instance has used up what it may do at X in this billing cycle. ${operator}` },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'X asks to wait: this account has sent a lot.' },
  { code: foreign, status: refusals, kind: 'transient', message: 'Something on the way answered in place of X.' },

  { code: duplicate, kind: 'rejected', message: 'X refuses this because the account has posted the same text lately.', fix: 'Change the text, and schedule it as a new post.' },
  { status: 403, says: /Reply to this conversation is not allowed/iu, kind: 'rejected', message: 'X does not let this app reply here.', fix: 'Post the rest by itself, or continue the thread in the X app.' },
  { status: [403, 404], says: /reply to a (?:Tweet|Post) that is deleted or not visible/iu, kind: 'rejected', message: 'The earlier part of this thread is gone.', fix: 'Post the rest by itself.' },
  { says: /maximum of one cashtag/iu, kind: 'rejected', message: 'X takes one cashtag in a post.', fix: 'Take the others out, and schedule the post again.' },
  { says: /contains an invalid URL/iu, kind: 'rejected', message: 'X refuses a link in this post, as it does with those that it takes for harmful.', fix: 'Take the link out or use another, and schedule the post again.' },
  { says: /not allowed to post a video longer than/iu, kind: 'rejected', message: 'The video is longer than X takes from this account.', fix: 'Shorten it, or post it where longer ones are taken.' },
  { code: mediaRefused, kind: 'rejected', message: 'X cannot use a picture or video of this post.', fix: 'Save it in another way (JPEG, PNG, or MP4 with H.264 and AAC), and schedule the post again.' },
  { says: /Segments do not add up|File size exceeds|media type unrecognized|InvalidMedia|unsupported media/iu, kind: 'rejected', message: 'X does not take a picture or video of this post.', fix: otherVideo },

  { code: 'unsupported-authentication', kind: 'auth', message: 'X no longer accepts this kind of connection. Connect the account again.' },
  { status: 403, says: /Unsupported Authentication/iu, kind: 'auth', message: 'X no longer accepts this kind of connection. Connect the account again.' },
  { status: 403, says: /required (?:permissions?|scopes?)|missing scope|insufficient scope/iu, kind: 'auth', message: 'This connection lacks a permission. Connect the account again and allow all of it.' },
  { code: 'client-forbidden', kind: 'rejected', message: 'X does not let this instance\'s app do this.', fix: operator, act: 'retry' },
  { code: 'client-not-enrolled', kind: 'rejected', message: 'X does not let this instance\'s app do this.', fix: operator, act: 'retry' },
  { says: /oauth1? app permissions|Application cannot perform write actions/iu, kind: 'rejected', message: 'X gives this instance\'s app no right to write.', fix: 'Whoever runs it sets "Read and write" in the app\'s settings. Then connect the account again.', act: 'reconnect' },
  { says: /(?:user|account) (?:is|has been) (?:temporarily )?(?:locked|suspended)|user-suspended|temporarily locked/iu, kind: 'auth', message: 'X has locked or suspended this account. Its owner logs in at x.com to see why, then connects it again.' },
  { code: 'user-suspended', kind: 'auth', message: 'X has locked or suspended this account. Its owner logs in at x.com to see why, then connects it again.' },
  { status: 403, says: /not permitted to access this feature/iu, kind: 'rejected', message: 'X does not let this account use something in this post.', fix: 'Take out what needs a subscription (reply settings, a long video), and schedule it again.' },
  { status: 403, says: /not permitted to perform this action/iu, kind: 'rejected', message: 'X does not let this account post this. It may be too long for an account without a subscription, or the account may be restricted.', fix: 'Shorten it to 280 characters, or look at x.com whether the account may post.' },

  { status: 404, kind: 'rejected', message: 'What this post refers to is no longer at X.', fix: 'Schedule the post again.' },
  { status: 413, kind: 'rejected', message: 'A file of this post is too large for X.', fix: 'Use a smaller one, and schedule the post again.' },
  { code: 'invalid-request', kind: 'rejected', message: 'X finds something wrong with this post.', fix: 'Look at the evidence below, change the post and schedule it again.' },
  { status: 403, kind: 'rejected', message: 'X does not allow this.', fix: 'Look at x.com whether the account may post, and ask whoever runs this instance to look in the X developer console.', act: 'retry' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'X has a problem of its own just now.' },
];

export const errors: ErrorTable = { read, rules, retryAt };

function read(json: unknown): { code?: string; message?: string } {
  const grant = oauth.safeParse(json).data;
  if (grant) return { code: grant.error, message: grant.error_description ?? grant.error };
  const told = problem.safeParse(json).data;
  if (!told) return { code: foreign };
  const { title, detail, type, reason, errors: each = [] } = told;
  const message = [detail, title, ...each.flatMap((one) => [one.message, one.detail])].filter(Boolean).join(' ');
  if (/duplicate content|status is a duplicate/iu.test(message)) return { code: duplicate, message };
  if (/media ids? (?:is|are) invalid|invalid media id/iu.test(message)) return { code: mediaRefused, message };
  const code = reason ?? typeOf(type) ?? (title === 'CreditsDepleted' ? outOfCredits : undefined);
  const legacy = each.find((one) => one.code !== undefined)?.code;
  return { ...(code === undefined ? legacy !== undefined && { code: String(legacy) } : { code }), message };
}

/** The last part of X's own problem types, whichever of its names the host has; none of `about:blank`. */
function typeOf(type: string | undefined): string | undefined {
  const name = /^https:\/\/api\.(?:x|twitter)\.com\/2\/problems\/([\w-]+)$/u.exec(type ?? '')?.[1];
  return name === 'credits' ? outOfCredits : name;
}

const day = 24 * 60 * 60_000;
const hour = 60 * 60_000;

/**
 * `x-rate-limit-reset` is in Unix seconds. Credits and caps have no time: whoever runs the instance may end them any
 * minute, so it is asked again each hour.
 */
function retryAt(answer: { json: unknown; header(name: string): string | undefined }, now: number): number | undefined {
  const { code } = read(answer.json);
  if (code === outOfCredits || code === usageCapped) return now + hour;
  const reset = /^\d{9,11}$/u.exec(answer.header('x-rate-limit-reset')?.trim() ?? '')?.[0];
  return reset === undefined ? undefined : Math.min(Math.max(Number(reset) * 1000, now + 1_000), now + day);
}
