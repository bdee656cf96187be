import type { Body } from '../body.ts';
import type { Io } from '../contract.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { errors } from './errors.ts';
import type { Grant } from './session.ts';

const api = 'https://oauth.reddit.com';
export const site = 'https://www.reddit.com';

/**
 * Reddit turns away callers that do not say who they are in its own form: platform, app, version and an account to turn to
 * (Data API Wiki). That account is the operator's; where it is not set, the one that is connected.
 */
export function userAgent(io: Pick<Io, 'setting'>, connected?: string): string {
  const app = `web:post-master.${io.setting('REDDIT_CLIENT_ID') ?? 'unknown'}:v1.0`;
  const name = io.setting('REDDIT_USERNAME')?.trim().replace(/^\/?u\//iu, '') || connected;
  return /^[\w-]{1,40}$/u.test(name ?? '') ? `${app} (by /u/${name})` : `${app} (+${io.setting('PUBLIC_URL') ?? 'http://localhost:3000'})`;
}

export interface Call extends Pick<HttpRequest, 'method' | 'query' | 'accept'> {
  /** From the first slash on. */
  path: string;
  body?: Extract<Body, { json: unknown } | { form: unknown }>;
}

/** One call with the rights of a grant. `raw_json`: texts come as they were written, not with entities of HTML. */
export function call(io: Io, { accessToken, name }: Pick<Grant, 'accessToken'> & { name?: string }, { path, query, ...request }: Call): Promise<HttpAnswer> {
  return io.http({
    ...request, url: `${api}${path}`, query: { raw_json: 1, ...query }, bearer: accessToken, errors,
    headers: { 'user-agent': userAgent(io, name) },
  });
}
