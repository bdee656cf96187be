import * as z from 'zod';
import { noRefresh, ProviderError, type Io, type Refreshed } from '../contract.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { clientOf, refusedRefresh, tokenAnswer, tokenCall } from '../oauth.ts';
import { errors } from './errors.ts';

export const api = 'https://api.x.com';

/** Whose grant it is, as read once when connecting: each further look would be billed. */
export const account = z.object({
  id: z.string(), name: z.string(), username: z.string(), avatarUrl: z.string().nullable(), subscription: z.string().nullable(),
});

/** `expiresAt` and `issuedAt` (epoch ms) are those of the access token, which is good for two hours. */
export const grant = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  account,
});
export type Grant = z.infer<typeof grant>;

/** What a token's answer says of itself is trusted but for its absence. */
const usualSeconds = 7_200;

/** What to keep of a token. A grant that can be refreshed has no end that anybody knows of. */
export function grantOf({ access_token: accessToken, refresh_token: refreshToken, expires_in: seconds }: z.infer<typeof tokenAnswer>, now: number): Omit<Grant, 'account'> {
  return { accessToken, ...(refreshToken && { refreshToken }), issuedAt: now, expiresAt: now + (seconds ?? usualSeconds) * 1000 };
}

/**
 * A refresh token is good for one use. What is answered must be stored before anything else happens, and nobody else may
 * refresh meanwhile: the engine sees to both, and asks only when an access token has ended. Should the answer be lost,
 * asking once more either works (X never got the first call) or is refused, and then nothing else would have worked.
 */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  if (old.refreshToken === undefined) {
    throw new ProviderError({ kind: 'auth', code: noRefresh, message: 'X gave no lasting access to this account. Connect it again.' });
  }
  try {
    const form = { grant_type: 'refresh_token', refresh_token: old.refreshToken };
    const answer = (await tokenCall(io, { url: `${api}/2/oauth2/token`, form, client: clientOf(io, 'X'), auth: 'basic', errors })).read(tokenAnswer);
    const fresh = grantOf({ ...answer, refresh_token: answer.refresh_token ?? old.refreshToken }, io.now());
    return { grant: { ...fresh, account: old.account } };
  } catch (error) {
    throw refusedRefresh(aboutTheApp(error) ?? error, ['invalid_request']);
  }
}

/** When X does not know this instance's app, nobody's account is at fault and no connection ends. */
function aboutTheApp(error: unknown): ProviderError | undefined {
  if (!(error instanceof ProviderError) || !['unauthorized_client', 'invalid_client', 'not_set_up'].includes(error.failure.code)) return undefined;
  const { code, message, evidence } = error.failure;
  return new ProviderError({ kind: 'transient', reached: false, code, message, ...(evidence && { evidence }) });
}

/** Ends both tokens. One that is over already is what was asked for. */
export async function revoke({ accessToken, refreshToken }: Grant, io: Io): Promise<void> {
  for (const token of [refreshToken, accessToken]) {
    if (token === undefined) continue;
    try {
      await tokenCall(io, { url: `${api}/2/oauth2/revoke`, form: { token }, client: clientOf(io, 'X'), auth: 'basic', errors });
    } catch (error) {
      if (!(error instanceof ProviderError) || !['invalid_request', 'invalid_grant', 'invalid_token'].includes(error.failure.code)) throw error;
    }
  }
}

/** Renewed this long before the end, so that a call begun in time is answered in time (ms); never more than a quarter of its life. */
const margin = 5 * 60_000;

export function hasEnded({ issuedAt, expiresAt }: Pick<Grant, 'issuedAt' | 'expiresAt'>, io: Pick<Io, 'now'>): boolean {
  return io.now() >= expiresAt - Math.min(margin, (expiresAt - issuedAt) / 4);
}

/** For the engine, which refreshes once and runs again. */
export function ended(): ProviderError {
  return new ProviderError({ kind: 'auth', code: 'expired', message: 'X no longer accepts this connection. Connect the account again.' });
}

/** A token given out this lately cannot have been withdrawn already (ms). */
const fresh = 10 * 60_000;

/**
 * A call in the account's name. On 2026-07-01 X refused good tokens for a while (incident report in its changelog), so a
 * 401 for a token it has just given out is its own trouble and ends no connection.
 */
export async function call({ accessToken, issuedAt }: Pick<Grant, 'accessToken' | 'issuedAt'>, io: Io, request: Omit<HttpRequest, 'bearer' | 'errors'>): Promise<HttpAnswer> {
  try {
    return await io.http({ ...request, url: `${api}${request.url}`, bearer: accessToken, errors });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.evidence?.status !== 401 || io.now() - issuedAt > fresh) throw error;
    const { code, evidence } = error.failure;
    throw new ProviderError({ kind: 'transient', reached: false, code, message: 'X does not accept the access that it has just given out.', evidence });
  }
}
