import * as z from 'zod';
import { tokenAnswer } from '../oauth.ts';

// What Google answers, as far as we look at it (discovery documents of youtube v3, 2026-09-24, and oauth2 v2). Ids are strings.

const id = z.string().min(1);

/** `refresh_token_expires_in` (seconds) is there for grants with an end: apps in testing, and access given for a time. */
export const token = tokenAnswer.extend({ refresh_token_expires_in: z.coerce.number().positive().nullish() });

export const userinfo = z.object({ id });

const picture = z.object({ url: z.string() }).optional();

export const channel = z.object({
  id,
  snippet: z.object({
    title: z.string().default(''),
    /** Two letters; there when the owner has set it. */
    country: z.string().optional(),
    thumbnails: z.object({ default: picture, medium: picture }).optional(),
  }),
  contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string().optional() }) }).optional(),
  status: z.object({ longUploadsStatus: z.string().optional() }).optional(),
});
export type Channel = z.infer<typeof channel>;

export const channels = z.object({ items: z.array(channel).default([]) });

/** `uploadStatus` and the reasons are lists that grow; what is new is not an error. */
const status = z.object({
  uploadStatus: z.string().optional(),
  failureReason: z.string().optional(),
  rejectionReason: z.string().optional(),
  privacyStatus: z.string().optional(),
  publishAt: z.string().optional(),
});
export type VideoStatus = z.infer<typeof status>;

/** The answer to a finished upload. */
export const video = z.object({ id, status: status.optional() });

export const videos = z.object({ items: z.array(video).default([]) });

export const uploads = z.object({
  items: z.array(z.object({
    snippet: z.object({ title: z.string().default(''), description: z.string().default(''), publishedAt: z.iso.datetime({ offset: true }) }),
    contentDetails: z.object({ videoId: id }),
  })).default([]),
  nextPageToken: z.string().optional(),
});
export type Upload = z.infer<typeof uploads>['items'][number];

export const categories = z.object({
  items: z.array(z.object({ id, snippet: z.object({ title: z.string(), assignable: z.boolean().default(false) }) })).default([]),
});
