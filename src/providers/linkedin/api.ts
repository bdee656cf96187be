import { ProviderError, type Io } from '../contract.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { errors, tokenIsNew } from './errors.ts';
import type { Grant } from './session.ts';

/** Where LinkedIn's API is and which of its monthly versions is meant: the one place that says so. */
const api = 'https://api.linkedin.com';

/** Each version is there for about a year after its month and then answers 426 (learn.microsoft.com, "Versioning"). */
export const defaultVersion = '202607';

export function versionOf(io: Pick<Io, 'setting'>): string {
  return io.setting('LINKEDIN_API_VERSION') ?? defaultVersion;
}

export interface Call extends Pick<HttpRequest, 'method' | 'query' | 'accept'> {
  /** Below `/rest/`; URNs in it by `pathOf`. */
  path: string;
  json?: unknown;
  /** For calls that ask by `q`. */
  finder?: true;
}

/** One call to the versioned API with the rights of a grant. */
export async function call(io: Io, grant: Pick<Grant, 'accessToken' | 'issuedAt'>, { path, json, finder, ...request }: Call): Promise<HttpAnswer> {
  try {
    return await io.http({
      ...request, url: `${api}/rest/${path}`, bearer: grant.accessToken, errors,
      headers: {
        'linkedin-version': versionOf(io), 'x-restli-protocol-version': '2.0.0', ...(finder && { 'x-restli-method': 'FINDER' }),
      },
      ...(json !== undefined && { body: { json } }),
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.evidence?.status !== 401 || !tokenIsNew(grant, io.now())) throw error;
    // A token that was just issued is not known everywhere at LinkedIn for some seconds.
    const { code, evidence } = error.failure;
    const message = 'LinkedIn does not know this new connection everywhere yet.';
    throw new ProviderError({ kind: 'transient', reached: false, code, message, ...(evidence && { evidence }) });
  }
}

/** Who a token of "Sign In with LinkedIn" belongs to; this call has no version. */
export function userinfo(io: Io, accessToken: string): Promise<HttpAnswer> {
  return io.http({ method: 'GET', url: `${api}/v2/userinfo`, bearer: accessToken, errors });
}

/** A URN as a piece of a path: its colons and brackets encoded (Rest.li 2.0). */
export function pathOf(urn: string): string {
  return encodeURIComponent(urn).replaceAll('(', '%28').replaceAll(')', '%29');
}

/** Where people see a post. */
export function permalinkOf(urn: string): string {
  return `https://www.linkedin.com/feed/update/${urn}/`;
}
