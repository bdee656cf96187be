import * as z from 'zod';
import type { Io } from '../contract.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { errors } from './errors.ts';

// What Dev.to answers (Forem API v1, swagger of forem/forem), as far as it is looked at.

export const api = 'https://dev.to/api';
export const accept = 'application/vnd.forem.api-v1+json';

const id = z.union([z.number(), z.string().regex(/^\d+$/u)]).transform(String);

export const user = z.object({ id, username: z.string().min(1), name: z.string().nullish(), profile_image: z.string().nullish() });
export type User = z.infer<typeof user>;

export const article = z.object({ id, url: z.string() });

/** One of the person's own articles; a draft has no date. */
export const listed = article.extend({ title: z.string(), published_at: z.string().nullish() });

export interface Call extends Pick<HttpRequest, 'method' | 'query' | 'body'> {
  /** Below the API's address. */
  path: string;
  apiKey: string;
}

/** Callers that do not say who they are are said to be turned away. */
export function call(io: Io, { path, apiKey, ...request }: Call): Promise<HttpAnswer> {
  return io.http({
    ...request, url: `${api}${path}`, errors, secrets: [apiKey],
    headers: { accept, 'api-key': apiKey, 'user-agent': `PostMaster (${io.setting('PUBLIC_URL') ?? 'http://localhost:3000'})` },
  });
}
