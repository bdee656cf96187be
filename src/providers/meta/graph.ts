import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Body } from '../body.ts';
import { ProviderError, type Io } from '../contract.ts';
import type { ErrorTable, HttpAnswer } from '../http.ts';
import type { Client } from '../oauth.ts';

/** Introduced 2026-02-18, until 2028-07-29 (Graph API changelog, updated 2026-10-29). The operator may set another. */
export const defaultVersion = 'v25.0';

export const graphOrigin = 'https://graph.facebook.com';
export const dialogOrigin = 'https://www.facebook.com';
export const uploadOrigin = 'https://rupload.facebook.com';

/** The Graph version that every call of this family goes to. */
export function versionOf(io: Pick<Io, 'setting'>): string {
  const version = io.setting('META_GRAPH_VERSION') ?? defaultVersion;
  if (/^v\d+\.\d+$/u.test(version)) return version;
  throw new ProviderError({
    kind: 'rejected', code: 'bad_version', message: 'The Graph API version that is set on this instance is none.',
    fix: `Whoever runs it sets META_GRAPH_VERSION to something like ${defaultVersion}, or removes it.`,
  });
}

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, without a slash in front. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: Body;
  /** The app that the token was made for. */
  app: Client;
  /** A user's or a Page's. */
  token: string;
  errors: ErrorTable;
  timeoutMs?: number;
}

/** A call for a person or a Page, signed with the app's secret, which apps may require ("Require app secret"). */
export function graph(io: Io, { path, app, token, query, ...call }: GraphCall): Promise<HttpAnswer> {
  const proof = proofOf(app, token);
  return io.http({
    ...call, url: `${graphOrigin}/${versionOf(io)}/${path}`, query: { ...query, appsecret_proof: proof }, bearer: token,
    secrets: [app.secret, proof],
  });
}

/** A call in the app's own name: its token is id and secret. */
export function graphAsApp(io: Io, { path, app, query, ...call }: Omit<GraphCall, 'token'>): Promise<HttpAnswer> {
  const token = `${app.id}|${app.secret}`;
  return io.http({
    ...call, url: `${graphOrigin}/${versionOf(io)}/${path}`, query: { ...query, access_token: token }, secrets: [app.secret, token],
  });
}

export function proofOf({ secret }: Client, token: string): string {
  return createHmac('sha256', secret).update(token).digest('hex');
}

const page = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() }).optional(),
});

/** More than anybody has: a list that never ends must not hold us. */
const mostPages = 50;

/**
 * A whole list, page by page. `paging.next` holds the token in clear, so the cursor is used instead.
 * Rows that are not of the shape are an unreadable answer.
 */
export async function listed<T>(io: Io, call: GraphCall, row: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  for (let n = 0; n < mostPages; n += 1) {
    const answer = await graph(io, { ...call, query: { limit: 100, ...call.query, after } });
    rows.push(...answer.read(page.extend({ data: z.array(row) })).data);
    const { paging } = answer.read(page);
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (after === undefined) break;
  }
  return rows;
}
