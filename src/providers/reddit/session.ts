import * as z from 'zod';
import { ProviderError, type Io, type Refreshed } from '../contract.ts';
import type { HttpAnswer } from '../http.ts';
import { clientOf, refusedRefresh } from '../oauth.ts';
import { site, userAgent } from './api.ts';
import { oauthErrors } from './errors.ts';
import { token } from './wire.ts';

export const grant = z.object({
  /** With `t2_`. */
  userId: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  accessToken: z.string(),
  refreshToken: z.string(),
});
export type Grant = z.infer<typeof grant>;

type Path = 'access_token' | 'revoke_token';

/** The app names itself by HTTP Basic. No value of the form but the kind of the call may be seen in evidence. */
function tokenEndpoint(io: Io, path: Path, form: Record<string, string>, connected?: string): Promise<HttpAnswer> {
  const { id, secret } = clientOf(io, 'REDDIT');
  const basic = Buffer.from(`${id}:${secret}`).toString('base64');
  const secrets = ['code', 'refresh_token', 'token'].flatMap((name) => form[name] ?? []);
  return io.http({
    method: 'POST', url: `${site}/api/v1/${path}`, body: { form }, errors: oauthErrors, secrets: [secret, basic, ...secrets],
    headers: { authorization: `Basic ${basic}`, 'user-agent': userAgent(io, connected) },
  });
}

export interface Tokens {
  accessToken: string;
  /** Null where the answer has none: then the one that was there goes on. */
  refreshToken: string | null;
  scope: string | null;
}

export async function tokensFor(form: Record<string, string>, io: Io, connected?: string): Promise<Tokens> {
  const { access_token: accessToken, refresh_token: refreshToken, scope } = (await tokenEndpoint(io, 'access_token', form, connected)).read(token);
  return { accessToken, refreshToken: refreshToken ?? null, scope: scope ?? null };
}

/** Refresh tokens last until they are revoked. One in the answer counts from then on, should there be one. */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  try {
    const { accessToken, refreshToken } = await tokensFor({ grant_type: 'refresh_token', refresh_token: old.refreshToken }, io, old.name);
    return { grant: { ...old, accessToken, refreshToken: refreshToken ?? old.refreshToken } };
  } catch (error) {
    throw refusedRefresh(error, ['bad_request']);
  }
}

/** With the refresh token go the access tokens that came of it. */
export async function revoke({ refreshToken, name }: Grant, io: Io): Promise<void> {
  await tokenEndpoint(io, 'revoke_token', { token: refreshToken, token_type_hint: 'refresh_token' }, name);
}

/** Asks with a code that was never given: Reddit refuses the code where it knows the app, and the app where it does not. */
export async function checkClient(io: Io): Promise<void> {
  const redirectUri = `${io.setting('PUBLIC_URL') ?? 'http://localhost:3000'}/integrations/social/reddit`;
  try {
    await tokenEndpoint(io, 'access_token', { grant_type: 'authorization_code', code: 'never-given', redirect_uri: redirectUri });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.code !== 'invalid_grant') throw error;
  }
}
