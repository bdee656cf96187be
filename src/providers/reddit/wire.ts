import * as z from 'zod';

// What Reddit answers, as far as it is looked at. Things have full names: `t2_` an account, `t3_` a post, `t5_` a subreddit.

export const token = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
  scope: z.string().nullish(),
});

export const me = z.object({ id: z.string().min(1), name: z.string().min(1), icon_img: z.string().nullish() });

const flag = z.boolean().nullish();

export const subreddit = z.object({
  display_name: z.string().min(1),
  title: z.string().nullish(),
  subreddit_type: z.string().nullish(),
  submission_type: z.string().nullish(),
  community_icon: z.string().nullish(),
  icon_img: z.string().nullish(),
  subscribers: z.number().nullish(),
  over18: flag,
  allow_images: flag,
  allow_videos: flag,
  allow_galleries: flag,
  spoilers_enabled: flag,
  restrict_posting: flag,
  user_is_banned: flag,
  user_is_contributor: flag,
  user_is_moderator: flag,
});
export type Subreddit = z.infer<typeof subreddit>;

const listingOf = <T extends z.ZodType>(thing: T) => z.object({
  data: z.object({ after: z.string().nullish(), children: z.array(z.object({ data: thing })) }),
});

export const subreddits = listingOf(subreddit);
export const about = z.object({ kind: z.literal('t5'), data: subreddit });

export const post = z.object({
  name: z.string().regex(/^t3_/u),
  title: z.string(),
  subreddit: z.string(),
  created_utc: z.number(),
  permalink: z.string(),
  url: z.string().nullish(),
  is_self: flag,
  is_video: flag,
  is_gallery: flag,
});
export type Post = z.infer<typeof post>;
export const posts = listingOf(post);

const length = z.number().int().nullish();
const strings = z.array(z.string()).nullish();

export const requirements = z.object({
  is_flair_required: flag,
  title_text_min_length: length,
  title_text_max_length: length,
  title_required_strings: strings,
  title_blacklisted_strings: strings,
  title_regexes: strings,
  body_restriction_policy: z.string().nullish(),
  body_text_min_length: length,
  body_text_max_length: length,
  body_required_strings: strings,
  body_blacklisted_strings: strings,
  body_regexes: strings,
  link_restriction_policy: z.string().nullish(),
  domain_whitelist: strings,
  domain_blacklist: strings,
  link_repost_age: length,
  gallery_min_items: length,
  gallery_max_items: length,
  guidelines_text: z.string().nullish(),
});
export type Requirements = z.infer<typeof requirements>;

export const rules = z.object({ rules: z.array(z.object({ short_name: z.string().nullish(), kind: z.string().nullish() })) });

export const flairs = z.object({
  choices: z.array(z.object({ flair_template_id: z.string().min(1), flair_text: z.string().nullish(), flair_text_editable: flag })),
});

export const lease = z.object({
  args: z.object({ action: z.string().min(1), fields: z.array(z.object({ name: z.string(), value: z.string() })).min(1) }),
  asset: z.object({ asset_id: z.string().min(1) }),
});
export type Lease = z.infer<typeof lease>;

/** What a submit made. A post with one picture or a video is told by neither id nor address: Reddit makes it afterwards. */
export const made = z.object({
  json: z.object({
    data: z.object({
      url: z.string().nullish(), id: z.string().nullish(), name: z.string().nullish(), websocket_url: z.string().nullish(),
    }),
  }),
});

/** How an API that was asked for `api_type=json` says no: with status 200. */
export const envelope = z.object({
  json: z.object({
    errors: z.array(z.tuple([z.string()], z.unknown())).default([]),
    ratelimit: z.coerce.number().nullish(),
    data: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** How it says no by status. */
export const refusal = z.object({
  error: z.number().optional(), message: z.string(), reason: z.string().nullish(), explanation: z.string().nullish(), error_type: z.string().nullish(),
}).refine(({ error, reason, error_type: type }) => error !== undefined || typeof reason === 'string' || typeof type === 'string');
