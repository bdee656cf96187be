import * as z from 'zod';
import type { Body } from '../../body.ts';
import type { Io } from '../../contract.ts';
import type { ErrorTable, HttpAnswer } from '../../http.ts';

// Threads API v1.0, the only version ("Posts", "Retrieve posts", read 2026-11-23). Ids are text: a bare `user_id` is beyond
// what numbers hold, and is not looked at.

export const origin = 'https://graph.threads.net';
export const consent = 'https://threads.net/oauth/authorize';

export const made = z.object({ id: z.string().min(1) });

export const longToken = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export const profile = z.object({
  id: z.string().min(1), username: z.string(), name: z.string().nullish(), threads_profile_picture_url: z.string().nullish(),
});

export const container = z.object({ status: z.enum(['IN_PROGRESS', 'FINISHED', 'PUBLISHED', 'ERROR', 'EXPIRED']), error_message: z.string().nullish() });

export const listed = z.object({
  data: z.array(z.object({ id: z.string(), text: z.string().default(''), timestamp: z.string(), permalink: z.string().nullish(), media_type: z.string().nullish() })),
});

export const quota = z.object({ data: z.array(z.object({ quota_usage: z.number().nullish(), config: z.object({ quota_total: z.number() }).nullish() })) });

export interface Call {
  method: 'GET' | 'POST';
  /** Below the version. */
  path: string;
  token: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: Body;
  errors: ErrorTable;
}

/** A call for the person. The token goes in a query, as all of the documentation has it, and queries are in no evidence. */
export function threads(io: Io, { path, token, query, ...call }: Call): Promise<HttpAnswer> {
  return io.http({ ...call, url: `${origin}/v1.0/${path}`, query: { ...query, access_token: token }, secrets: [token] });
}
