import * as z from 'zod';

// What X answers, as far as we look at it (OpenAPI document 2.167 and docs.x.com, read 2026-11-25). Ids are 64 bits wide
// and stay strings.

const id = z.string().regex(/^\d{1,19}$/u);

export const me = z.object({
  data: z.object({
    id, name: z.string(), username: z.string().min(1),
    profile_image_url: z.string().nullish(),
    /** `None`, `Basic`, `Premium`, `PremiumPlus`. */
    subscription_type: z.string().nullish(),
  }),
});

/** `errors` may stand beside `data`: where there is an id, the post is out. */
export const created = z.object({ data: z.object({ id }) });

const processing = z.object({
  state: z.string().optional(),
  check_after_secs: z.number().nonnegative().optional(),
});

/** Of `initialize`, `finalize`, `STATUS` and the upload in one call alike. */
export const upload = z.object({
  data: z.object({ id, expires_after_secs: z.number().nonnegative().optional(), processing_info: processing.optional() }),
});
export type Upload = z.infer<typeof upload>['data'];

/** Nothing of it is needed, and nothing in it is promised. */
export const appended = z.object({ data: z.unknown().optional(), errors: z.unknown().optional() })
  .refine(({ data, errors }) => data !== undefined || errors === undefined, 'errors and no data');

export const described = z.object({ data: z.object({ id }) });

const urls = z.array(z.object({
  url: z.string().nullish(), expanded_url: z.string().nullish(), unwound_url: z.string().nullish(),
})).nullish();
const entities = z.object({ urls }).nullish();
/** The whole of a long post; `text` has its first 280 characters. */
const note = z.object({ text: z.string(), entities }).nullish();

export const listed = z.object({
  id,
  text: z.string().default(''),
  conversation_id: z.string().nullish(),
  entities,
  attachments: z.object({ media_keys: z.array(z.string()).nullish() }).nullish(),
  note_post: note,
  note_tweet: note,
});
export type Listed = z.infer<typeof listed>;

/** `meta` is what tells an empty timeline from an answer without meaning. */
export const timeline = z.object({
  data: z.array(listed).default([]),
  meta: z.object({ result_count: z.number(), next_token: z.string().optional() }),
}).refine(({ data, meta }) => data.length > 0 || meta.result_count === 0, 'posts are missing');
