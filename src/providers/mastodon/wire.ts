import * as z from 'zod';

// What servers answer, as far as we look at it (docs.joinmastodon.org, read 2026-07-02). Ids are strings of any form:
// numbers at Mastodon, other alphabets elsewhere.

const id = z.string().min(1);

/** RFC 8414. Served by Mastodon since 4.3 and by few others. */
export const discovery = z.object({
  issuer: z.string().optional(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  scopes_supported: z.array(z.string()).default([]),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  /** Mastodon's own: where it is, `redirect_uris` may be an array. */
  app_registration_endpoint: z.string().optional(),
});

export const application = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });

/** `expires_in` (seconds) and `refresh_token` are of other servers: Mastodon's tokens do not expire. */
export const token = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
});

export const account = z.object({
  id,
  username: z.string(),
  display_name: z.string().default(''),
  url: z.string().nullish(),
  avatar: z.string().nullish(),
});

/** An account that a search found: `acct` has no host where it is of the server itself. */
export const found = z.object({ acct: z.string().min(1), display_name: z.string().default('') });

export const searched = z.object({ accounts: z.array(found) });

const count = z.number().int().positive().optional().catch(undefined);

/** Both versions of the instance's description; the last three are Pleroma's. Unreadable limits count as unsaid. */
export const instance = z.object({
  /** The host in people's handles, which need not be the server's own. */
  domain: z.hostname().optional().catch(undefined),
  configuration: z.object({
    statuses: z.object({ max_characters: count, max_media_attachments: count, characters_reserved_per_url: count }).optional(),
    media_attachments: z.object({
      description_limit: count, image_size_limit: count, image_matrix_limit: count,
      video_size_limit: count, video_matrix_limit: count, video_frame_rate_limit: count,
      supported_mime_types: z.array(z.string()).optional(),
    }).optional(),
  }).optional().catch(undefined),
  max_toot_chars: count,
  upload_limit: count,
  description_limit: count,
});

export const media = z.object({ id });

/** A status just made. */
export const posted = z.object({ id, url: z.string().nullish(), visibility: z.string().nullish() });

/** A status in a timeline. */
export const listed = posted.extend({
  created_at: z.string(),
  content: z.string().default(''),
  spoiler_text: z.string().default(''),
  in_reply_to_id: z.string().nullish(),
  media_attachments: z.array(media).default([]),
  application: z.object({ name: z.string().nullish() }).nullish(),
});
export type Listed = z.infer<typeof listed>;

export const timeline = z.array(listed);

/** A status as it was typed. */
export const source = z.object({ text: z.string(), spoiler_text: z.string().default('') });
