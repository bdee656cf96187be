import * as z from 'zod';
import { tokenAnswer } from '../oauth.ts';

// What TikTok answers, as far as we look at it (developers.tiktok.com: OAuth Endpoints, Query Creator Info, Direct Post,
// Photo, Get Post Status; copy of 2026-05-01, read 2026-11-23). Post ids have 19 digits and arrive as numbers: the parser
// of `providers/http.ts` keeps them whole, as strings.

const id = z.union([z.string().min(1), z.number()]).transform(String);
const count = z.coerce.number().nonnegative().nullish().catch(null);

/** `scope` is separated by commas; `refresh_expires_in` in seconds. */
export const token = tokenAnswer.extend({
  open_id: z.string().min(1),
  refresh_token: z.string().min(1),
  refresh_expires_in: z.coerce.number().positive().nullish(),
});

/** Of the app itself (Client Access Token Management). */
export const appToken = z.object({ access_token: z.string().min(1) });

/** Only what `user.info.basic` shows and we keep. */
export const user = z.object({
  user: z.object({ open_id: z.string().min(1), display_name: z.string().nullish(), avatar_url: z.string().nullish() }),
});

export const creator = z.object({
  creator_avatar_url: z.string().nullish(),
  creator_username: z.string().min(1),
  creator_nickname: z.string().nullish(),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean().default(false),
  duet_disabled: z.boolean().default(false),
  stitch_disabled: z.boolean().default(false),
  max_video_post_duration_sec: z.number().positive().nullish(),
});
export type Creator = z.infer<typeof creator>;

const publishId = z.string().min(1).max(64);

export const videoInit = z.object({
  publish_id: publishId,
  /** Any host below tiktokapis.com: the documents show two. */
  upload_url: z.url({ protocol: /^https$/u, hostname: /(?:^|\.)tiktokapis\.com$/u }),
});

export const photoInit = z.object({ publish_id: publishId });

export const status = z.object({
  /** `PROCESSING_UPLOAD`, `PROCESSING_DOWNLOAD`, `PUBLISH_COMPLETE`, `FAILED`; `SEND_TO_USER_INBOX` is for drafts. */
  status: z.string(),
  fail_reason: z.string().nullish(),
  /** (sic) Of public posts that moderation has passed; a list, though some have seen a single id. */
  publicaly_available_post_id: z.union([z.array(id), id.transform((one) => [one])]).nullish().transform((ids) => ids ?? []),
  uploaded_bytes: count,
});
export type Status = z.infer<typeof status>;

/** `create_time` in seconds; `content` is JSON in a string. */
export const webhook = z.object({
  client_key: z.string(),
  event: z.string(),
  user_openid: z.string().nullish(),
  content: z.string().nullish(),
});

export const postEvent = z.object({ publish_id: publishId });
