import * as z from 'zod';
import { uploadAddress, videoStatus } from '../upload.ts';

// What Instagram answers, as far as we look at it. Numbers beyond 2^53 arrive as strings, smaller ones may be numbers.

const id = z.union([z.string().min(1), z.number().int().positive()]).transform(String);

export const made = z.object({ id });

export const uploadSession = z.object({ id, uri: uploadAddress });

/** `status_code`: IN_PROGRESS, FINISHED, PUBLISHED, ERROR, EXPIRED. `status` says in words what went wrong. */
export const containerStatus = z.object({
  status_code: z.string().min(1),
  status: z.string().nullish(),
  video_status: videoStatus.pick({ uploading_phase: true }).nullish(),
});
export type ContainerStatus = z.infer<typeof containerStatus>;

export const publishingLimit = z.object({
  data: z.array(z.object({
    quota_usage: z.coerce.number().nonnegative(),
    config: z.object({ quota_total: z.coerce.number().positive(), quota_duration: z.coerce.number().positive().nullish() }).nullish(),
  })).min(1),
});

/** A medium in the account's own list. */
export const listedMedia = z.object({
  id,
  caption: z.string().nullish(),
  timestamp: z.string().nullish(),
  media_type: z.string().nullish(),
  media_product_type: z.string().nullish(),
});
export type ListedMedia = z.infer<typeof listedMedia>;

export const mediaLink = z.object({ permalink: z.string().nullish() });

const account = z.object({ id, username: z.string().nullish(), name: z.string().nullish(), profile_picture_url: z.string().nullish() });

/** The professional account that a Page is linked to. */
export const linkedAccount = z.object({ instagram_business_account: account.nullish() });
