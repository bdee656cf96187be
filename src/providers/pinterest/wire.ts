import * as z from 'zod';

// What Pinterest answers, as far as it is looked at (OpenAPI 5.23.0). Ids are strings of digits.

const id = z.string().regex(/^\d+$/u);

/** `refresh_token*` are there for what a person allowed. Times in seconds. */
export const token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().positive(),
});

/** A token of the app alone. */
export const appToken = z.object({ access_token: z.string().min(1) });

export const account = z.object({
  id,
  username: z.string().min(1),
  business_name: z.string().nullish(),
  profile_image: z.string().nullish(),
});

/** What a list's page is followed by; null or nothing at the end. */
const bookmark = z.string().nullish();

export const boards = z.object({
  items: z.array(z.object({ id, name: z.string(), owner: z.object({ username: z.string().nullish() }).nullish(), is_ads_only: z.boolean().nullish() })),
  bookmark,
});
export type Board = z.infer<typeof boards>['items'][number];

export const sections = z.object({ items: z.array(z.object({ id, name: z.string() })), bookmark });

/** Strings that S3 wants beside the file; `policy` is base64 of JSON. */
export const registered = z.object({ media_id: id, upload_url: z.url({ protocol: /^https$/u }), upload_parameters: z.record(z.string(), z.string()) });

/** S3's own (POST policy): when it ends, and how many bytes it takes. */
export const policy = z.object({ expiration: z.string(), conditions: z.array(z.unknown()).default([]) });
export const lengthRange = z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]);

export const media = z.object({ status: z.string() });

export const pin = z.object({ id });

export const listedPin = z.object({
  id,
  created_at: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  link: z.string().nullish(),
  alt_text: z.string().nullish(),
  board_section_id: z.string().nullish(),
  is_owner: z.boolean().nullish(),
  media: z.object({ media_type: z.string().nullish() }).nullish(),
});
export type ListedPin = z.infer<typeof listedPin>;

export const pins = z.object({ items: z.array(listedPin), bookmark });
