import * as z from 'zod';
import type { Evidence, Failure } from '../../domain/failure.ts';
import { ProviderError } from '../contract.ts';
import type { ErrorRule, ErrorTable } from '../http.ts';

const said = z.object({ code: z.string().min(1), message: z.string().nullish() });
/** How the API says no, and yes with the code `ok`; without its envelope in the example of "Error Handling". */
const envelope = z.union([z.object({ error: said }).transform(({ error }) => error), said]);
/** How OAuth says no, whatever the status. */
const flat = z.object({ error: z.string().min(1), error_description: z.string().nullish() });

const foreign = 'not_tiktok';
/** Every 4xx but 429, which says to wait whoever says it. */
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => status !== 429);

const operator = 'Whoever runs Post Master';
const connectAgain = 'Connect the account again.';
const exportAnew = 'Export it anew as MP4 with H.264, 23 to 60 frames a second, and schedule the post again.';
const capMessage = 'TikTok takes no more posts from apps for this account today.';
const banned = {
  kind: 'rejected', message: 'TikTok does not let this account post just now.', fix: 'Open TikTok and look at the account\'s notices. Schedule the post again once it may post.',
} as const;

/** Whoever says them. What is no answer of TikTok's must neither disconnect anybody nor pass for a clear no. */
const common: readonly ErrorRule[] = [
  { code: foreign, status: refusals, kind: 'transient', message: 'Something on the way answered in place of TikTok.' },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'TikTok asks to wait.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'TikTok has a problem of its own just now.' },
];

/** OAuth, "Error Handling" (developers.tiktok.com, copy of 2026-05-01). */
const oauthRules: readonly ErrorRule[] = [
  { code: 'access_denied', kind: 'rejected', message: 'The login was not allowed.', fix: 'Connect again and allow it.' },
  { code: 'invalid_client', kind: 'rejected', message: 'TikTok does not accept this instance\'s client key and secret.', fix: `${operator} checks TIKTOK_CLIENT_ID and TIKTOK_CLIENT_SECRET.` },
  { code: 'unauthorized_client', kind: 'rejected', message: 'TikTok does not let this instance\'s app do this.', fix: `${operator} looks at the app's products and review on developers.tiktok.com.` },
  { code: 'invalid_grant', kind: 'auth', message: `TikTok no longer accepts this login. ${connectAgain}` },
  { code: 'invalid_request', kind: 'rejected', message: 'TikTok finds the request malformed, often for a callback address that is not registered.', fix: `${operator} compares the callback address with the one in the TikTok app, then connect again.` },
  { code: 'invalid_scope', kind: 'rejected', message: 'The TikTok app of this instance may not ask for what publishing needs.', fix: `${operator} adds user.info.basic and video.publish to the app.` },
  { code: 'unsupported_grant_type', kind: 'rejected', message: 'TikTok does not know this way of logging in.', fix: 'This is a defect of Post Master. Report it.' },
  { code: 'unsupported_response_type', kind: 'rejected', message: 'TikTok does not know this way of logging in.', fix: 'This is a defect of Post Master. Report it.' },
  { code: 'server_error', kind: 'transient', message: 'TikTok has a problem of its own just now.' },
  { code: 'temporarily_unavailable', kind: 'transient', message: 'TikTok has a problem of its own just now.' },
];

/** Exact codes, as each endpoint's page and "Error Handling" list them (developers.tiktok.com, copy of 2026-05-01). */
const rules: readonly ErrorRule[] = [
  // In TikTok's own words: they name the field.
  { code: 'invalid_param', kind: 'rejected', fix: 'Change the post and schedule it again.' },
  { code: 'invalid_params', kind: 'rejected', fix: 'Change the post and schedule it again.' },
  { code: 'invalid_publish_id', kind: 'rejected', message: 'TikTok does not know this upload any more.', fix: 'Look on TikTok whether the post is there. If not, schedule it again.' },
  { code: 'token_not_authorized_for_specified_publish_id', kind: 'rejected', message: 'This upload belongs to another TikTok account.', fix: 'Schedule the post again for this account.' },
  { code: 'publish_not_cancellable', kind: 'rejected', message: 'TikTok has finished with this post already.', fix: 'Look on TikTok what became of it.' },
  { code: 'app_version_check_failed', kind: 'rejected', message: 'The TikTok app of this account is too old for this.', fix: 'Update TikTok on the phone, then schedule the post again.' },
  { code: 'invalid_file_upload', kind: 'rejected', message: 'TikTok cannot use this file.', fix: exportAnew },

  { code: 'access_token_invalid', kind: 'auth', message: `TikTok no longer accepts this connection. ${connectAgain}` },
  { code: 'scope_not_authorized', kind: 'auth', message: 'This connection lacks a permission. Connect the account again and leave everything ticked.' },
  { code: 'scope_permission_missed', kind: 'auth', message: 'This connection lacks a permission. Connect the account again and leave everything ticked.' },

  { code: 'spam_risk_too_many_posts', kind: 'rate_limited', scope: 'channel', message: capMessage },
  { code: 'spam_risk_too_many_pending_share', kind: 'rate_limited', scope: 'channel', message: 'Too many drafts wait in this account\'s TikTok inbox.' },
  // The app may still post for whoever posted today: only this account waits.
  { code: 'reached_active_user_cap', kind: 'rate_limited', scope: 'channel', message: 'As many accounts as TikTok allows this instance\'s app have posted through it today.' },
  { code: 'spam_risk_user_banned_from_posting', ...banned },
  {
    code: 'unaudited_client_can_only_post_to_private_accounts', kind: 'rejected',
    message: 'TikTok has not audited this instance\'s app, and takes its posts for private accounts alone.',
    fix: 'Set the account to private in TikTok, choose "Only me" and schedule the post again.',
  },
  {
    code: 'url_ownership_unverified', kind: 'rejected', message: 'TikTok fetches photos from this instance only after its address has been verified.',
    fix: `${operator} verifies the address in the TikTok app under URL properties. Then publish again.`,
  },
  { code: 'privacy_level_option_mismatch', kind: 'rejected', message: 'TikTok no longer offers the chosen audience for this account.', fix: 'Choose another audience and schedule again.' },

  { code: 'rate_limit_exceeded', kind: 'rate_limited', scope: 'channel', message: 'TikTok asks to wait: this account has made many requests within a minute.' },
  { code: 'internal_error', kind: 'transient', message: 'TikTok has a problem of its own just now.' },
];

/** "Any code other than ok indicates that the request did not succeed": creator info refuses with status 200 on purpose. */
export const errors: ErrorTable = {
  read, rules: [...rules, ...common], retryAt, refuses: (json) => ![foreign, 'ok'].includes(read(json).code),
};

export const oauthErrors: ErrorTable = { read: readFlat, rules: [...oauthRules, ...common], refuses: (json) => readFlat(json).code !== foreign };

function read(json: unknown): { code: string; message?: string | undefined } {
  const told = envelope.safeParse(json).data;
  return told ? { code: told.code, message: told.message ?? undefined } : { code: foreign };
}

function readFlat(json: unknown): { code: string; message?: string | undefined } {
  const told = flat.safeParse(json).data;
  return told ? { code: told.error, message: told.error_description ?? undefined } : { code: foreign };
}

const day = 24 * 60 * 60 * 1000;
const daily: ReadonlySet<string> = new Set(['spam_risk_too_many_posts', 'spam_risk_too_many_pending_share', 'reached_active_user_cap']);

/** Caps count the last 24 hours; the limit per minute is a sliding minute, which is what counts when nothing is said. */
function retryAt({ json }: { json: unknown }, now: number): number | undefined {
  return daily.has(read(json).code) ? now + day : undefined;
}

interface Reason { kind: 'rejected' | 'transient' | 'auth' | 'rate_limited'; message: string; fix?: string }

/** Get Post Status, "Fail reasons". With any of them nothing is out. */
export const failReasons: Readonly<Record<string, Reason>> = {
  file_format_check_failed: { kind: 'rejected', message: 'TikTok does not take the format of this file.', fix: exportAnew },
  duration_check_failed: { kind: 'rejected', message: 'TikTok finds this video too long or too short for the account.', fix: 'Cut it and schedule the post again.' },
  frame_rate_check_failed: { kind: 'rejected', message: 'TikTok does not take the frame rate of this video.', fix: exportAnew },
  picture_size_check_failed: { kind: 'rejected', message: 'TikTok does not take the width and height of this file.', fix: 'Use one of 360 to 4096 pixels on each side, photos of at most 1080p, and schedule the post again.' },
  internal: { kind: 'transient', message: 'TikTok has a problem of its own just now.' },
  video_pull_failed: { kind: 'transient', message: 'TikTok could not fetch the video from this instance.' },
  photo_pull_failed: { kind: 'transient', message: 'TikTok could not fetch a photo from this instance.' },
  publish_cancelled: { kind: 'rejected', message: 'The post was canceled at TikTok.', fix: 'Schedule it again if it shall go out.' },
  auth_removed: { kind: 'auth', message: `The account took its permission back while the post was on its way. ${connectAgain}` },
  spam_risk_too_many_posts: { kind: 'rate_limited', message: capMessage },
  spam_risk_user_banned_from_posting: banned,
  spam_risk_text: { kind: 'rejected', message: 'TikTok finds the text of this post risky or spammy.', fix: 'Write it differently and schedule it again.' },
  spam_risk: { kind: 'rejected', message: 'TikTok finds this post risky and does not take it.', fix: 'Look at TikTok\'s Community Guidelines and change the post.' },
};

/** Why TikTok gave a post up. */
export function failureOfReason(reason: string | null | undefined, evidence: Evidence): Failure {
  const code = reason ?? 'failed';
  const known: Reason = failReasons[code] ?? { kind: 'rejected', message: `TikTok did not publish this post (${code}).` };
  const { kind, message, fix } = known;
  const base = { code, message, evidence };
  switch (kind) {
    case 'transient':
      return { kind, ...base, reached: false };
    case 'rate_limited':
      return { kind, ...base, retryAt: evidence.at + day, scope: 'channel' };
    case 'rejected':
      return { kind, ...base, fix: fix ?? 'Change the post and schedule it again.' };
    case 'auth':
      return { kind, ...base };
  }
}

export function refused(code: string, message: string, fix: string): ProviderError {
  return new ProviderError({ kind: 'rejected', code, message, fix });
}
