import * as z from 'zod';
import { uploadAddress, videoStatus } from '../upload.ts';

// What Pages answer, as far as we look at it. Numbers beyond 2^53 arrive as strings, smaller ones may be numbers.

const id = z.union([z.string().min(1), z.number().int().positive()]).transform(String);
const offset = z.union([z.string().regex(/^\d+$/u), z.number().int().nonnegative()]).transform(Number);

export const made = z.object({ id });

export const posted = z.object({ id, permalink_url: z.string().nullish() });

export const reelSession = z.object({ video_id: id, upload_url: uploadAddress });

export const chunkSession = z.object({ video_id: id, upload_session_id: id, start_offset: offset, end_offset: offset });

/** The bytes to send next; equal when all have come. */
export const nextChunk = z.object({ start_offset: offset, end_offset: offset });

export const success = z.object({ success: z.literal(true), post_id: id.nullish() });

export const storySuccess = z.object({ success: z.literal(true), post_id: id });

export const video = z.object({
  status: videoStatus,
  permalink_url: z.string().nullish(),
});
export type Video = z.infer<typeof video>;

const target = z.object({ id: id.nullish() }).nullish();

/** A post in the Page's list. */
export const listedPost = z.object({
  id,
  message: z.string().nullish(),
  created_time: z.string(),
  permalink_url: z.string().nullish(),
  application: z.object({ id: id.nullish() }).nullish(),
  attachments: z.object({
    data: z.array(z.object({ target, subattachments: z.object({ data: z.array(z.object({ target })) }).nullish() })),
  }).nullish(),
});
export type ListedPost = z.infer<typeof listedPost>;

export const listedStory = z.object({ post_id: id, media_id: id.nullish(), url: z.string().nullish() });
