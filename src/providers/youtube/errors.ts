import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';
import { dayEnd } from './quota.ts';

const session = { kind: 'auth', message: 'Google no longer accepts this connection. Connect the channel again.' } as const;

const missingScope = { kind: 'auth', message: 'This connection lacks a permission. Connect the channel again and leave everything ticked.' } as const;

const client = {
  kind: 'rejected', message: 'Google does not accept the client of this instance.',
  fix: 'Whoever runs it must correct GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.', act: 'retry',
} as const;

const apiOff = {
  kind: 'rejected', message: 'The YouTube Data API is switched off in the Google project of this instance.',
  fix: 'Whoever runs it must enable "YouTube Data API v3" in the Google Cloud console.', act: 'retry',
} as const;

const dayOver = {
  kind: 'rate_limited', scope: 'app',
  message: 'The Google project of this instance has used up what YouTube allows it in a day. It goes on after midnight Pacific time.',
} as const;

const tooFast = { kind: 'rate_limited', message: 'YouTube asks to wait: too many calls in a short time.' } as const;

const down = { kind: 'transient', message: 'YouTube has a problem of its own just now.' } as const;

const details = { kind: 'rejected', message: 'YouTube does not take the details of this video.', fix: 'Check its title, description, tags and settings, then schedule it again.' } as const;

const badThumbnail = { kind: 'rejected', message: 'YouTube could not use the thumbnail.', fix: 'Save it as JPEG or PNG, 1280 by 720 or larger, and set it in YouTube Studio.' } as const;

const closed = (what: string) => ({ kind: 'auth', message: `YouTube says that this ${what}. Its owner can ask YouTube why.` }) as const;

/**
 * developers.google.com/youtube/v3/docs/errors, …/videos/insert and …/thumbnails/set; OAuth by
 * developers.google.com/identity/protocols/oauth2/web-server (all read 2026-11-23). First match wins.
 */
const rules: readonly ErrorRule[] = [
  { code: 'invalid_grant', ...session },
  { code: 'invalid_client', ...client },
  { code: 'deleted_client', ...client },
  { code: 'unauthorized_client', ...client },
  { code: 'redirect_uri_mismatch', kind: 'rejected', message: 'Google does not know the callback address of this instance.', fix: 'Whoever runs it must add the address, letter by letter, to the client in the Google Cloud console.', act: 'retry' },
  { code: 'invalid_token', ...session },

  { code: 'authError', ...session },
  { code: 'expired', ...session },
  { code: 'authorizationRequired', ...session },
  { code: 'youtubeSignupRequired', kind: 'auth', message: 'This Google account has no YouTube channel. Create one at youtube.com, then connect again.' },
  { status: 401, ...session },
  { code: 'insufficientPermissions', ...missingScope },
  { code: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', ...missingScope },
  { code: 'channelClosed', ...closed('channel is closed') },
  { code: 'channelSuspended', ...closed('channel is suspended') },
  { code: 'authenticatedUserAccountClosed', ...closed('account is closed') },
  { code: 'authenticatedUserAccountSuspended', ...closed('account is suspended') },
  { code: 'authenticatedUserNotChannel', kind: 'auth', message: 'YouTube cannot tell which channel this connection belongs to. Connect the channel again.' },

  { code: 'quotaExceeded', ...dayOver },
  { code: 'dailyLimitExceeded', ...dayOver },
  { code: 'uploadLimitExceeded', kind: 'rate_limited', scope: 'channel', message: 'This channel has uploaded as much as YouTube allows it in a day. It goes on a day later.' },
  { code: 'uploadRateLimitExceeded', scope: 'channel', ...tooFast },
  { code: 'userRateLimitExceeded', scope: 'channel', ...tooFast },
  { code: 'rateLimitExceeded', scope: 'app', ...tooFast },
  { code: 'RATE_LIMIT_EXCEEDED', scope: 'app', ...tooFast },
  { status: 429, scope: 'app', ...tooFast },

  { code: 'accessNotConfigured', ...apiOff },
  { code: 'SERVICE_DISABLED', ...apiOff },

  { code: 'invalidTitle', kind: 'rejected', message: 'YouTube does not take this title.', fix: 'Use up to 100 characters without < and >.' },
  { code: 'invalidDescription', kind: 'rejected', message: 'YouTube does not take this description.', fix: 'Use up to 5,000 bytes without < and >.' },
  { code: 'invalidTags', kind: 'rejected', message: 'YouTube does not take these tags.', fix: 'Use fewer or simpler tags.' },
  { code: 'invalidCategoryId', kind: 'rejected', message: 'YouTube does not have this category.', fix: 'Choose another category.' },
  { code: 'invalidPublishAt', kind: 'rejected', message: 'YouTube does not take the time at which the video shall become public.', fix: 'Choose a later time.' },
  { code: 'invalidVideoMetadata', ...details },
  { code: 'invalidRecordingDetails', ...details },
  { code: 'invalidVideoGameRating', ...details },
  { code: 'invalidFilename', ...details },
  { code: 'defaultLanguageNotSet', ...details },
  { code: 'mediaBodyRequired', kind: 'rejected', message: 'YouTube found no video in the upload.', fix: 'Upload the video to Post Master again and schedule it anew.' },
  { code: 'forbiddenPrivacySetting', kind: 'rejected', message: 'YouTube does not allow this channel who shall see it.', fix: 'Choose another setting for who can see it.' },
  { code: 'forbiddenLicenseSetting', kind: 'rejected', message: 'YouTube does not allow this channel the license.', fix: 'Choose the standard license.' },
  { code: 'invalidImage', ...badThumbnail },
  { code: 'imageFormatUnsupported', ...badThumbnail },
  { code: 'videoNotFound', kind: 'rejected', message: 'YouTube does not have this video.', fix: 'Look in YouTube Studio whether it was deleted.' },
  { code: 'forbidden', kind: 'rejected', message: 'YouTube does not allow this channel to do this.', fix: 'Look in YouTube Studio what the channel may do.', act: 'retry' },

  { code: 'internalError', ...down },
  { code: 'backendError', ...down },
  { status: [500, 502, 503, 504], ...down },
];

export const errors: ErrorTable = { read, rules, retryAt };

/** `{"error":{"errors":[{"reason"}],"message","details":[{"reason"}]}}`; OAuth: `{"error":code,"error_description"}`. */
const refusal = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional() })).optional(),
      details: z.array(z.object({ reason: z.string().optional() })).optional(),
    }),
  ]),
  error_description: z.string().optional(),
});

function read(json: unknown): { code?: string | undefined; message?: string | undefined } {
  const { data } = refusal.safeParse(json);
  if (!data) return {};
  const { error, error_description: description } = data;
  if (typeof error === 'string') return { code: error, message: description ?? error };
  const reasons = [...(error.errors ?? []), ...(error.details ?? [])].map(({ reason }) => reason);
  return { code: reasons.find((reason) => reason !== undefined), message: error.message };
}

const day = 24 * 60 * 60 * 1000;
/** Clocks differ, and the first second of the day is everybody's. */
const afterMidnight = 60 * 1000;

/** There are no headers for quotas (determine_quota_cost, read 2026-11-23). */
function retryAt({ json }: { json: unknown }, now: number): number | undefined {
  switch (read(json).code) {
    case 'quotaExceeded':
    case 'dailyLimitExceeded':
      return dayEnd(now) + afterMidnight;
    case 'uploadLimitExceeded':
      return now + day;
    default:
      return undefined;
  }
}
