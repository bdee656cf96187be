import * as z from 'zod';
import { noRefresh, ProviderError, type Io, type Refreshed } from '../contract.ts';
import { refusedRefresh } from '../oauth.ts';
import { errors } from './errors.ts';
import { account, token } from './wire.ts';

/** `refreshToken` and `expiresAt` (epoch ms) are there where the server gives them; Mastodon does not. */
export const grant = z.object({
  origin: z.url({ protocol: /^https$/u }),
  clientId: z.string(),
  clientSecret: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number().optional(),
});
export type Grant = z.infer<typeof grant>;

/** What to keep of a token. A grant that can be refreshed has no end that people need to know of. */
export function connectedOf(
  { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds }: z.infer<typeof token>,
  app: Pick<Grant, 'origin' | 'clientId' | 'clientSecret'>, now: number,
): Refreshed<Grant> {
  const expiresAt = seconds ? now + seconds * 1000 : undefined;
  const { origin, clientId, clientSecret } = app;
  return {
    grant: { origin, clientId, clientSecret, accessToken, ...(refreshToken && { refreshToken }), ...(expiresAt !== undefined && { expiresAt }) },
    ...(expiresAt !== undefined && !refreshToken && { expiresAt }),
  };
}

/** Only other servers give refresh tokens; without one a refused grant is over. */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  const { origin, clientId, clientSecret, accessToken, refreshToken } = old;
  if (refreshToken === undefined) {
    throw new ProviderError({ kind: 'auth', code: noRefresh, message: 'The server no longer accepts this connection. Connect the account again.' });
  }
  try {
    const answer = (await io.http({
      method: 'POST', url: `${origin}/oauth/token`, errors, secrets: [clientSecret, accessToken, refreshToken],
      body: { form: { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret } },
    })).read(token);
    return connectedOf({ ...answer, refresh_token: answer.refresh_token ?? refreshToken }, old, io.now());
  } catch (error) {
    throw refusedRefresh(error);
  }
}

/** Ends the token. One that is over already is what was asked for. */
export async function revoke({ origin, clientId, clientSecret, accessToken }: Grant, io: Io): Promise<void> {
  try {
    await io.http({
      method: 'POST', url: `${origin}/oauth/revoke`, errors, secrets: [clientSecret, accessToken],
      body: { form: { client_id: clientId, client_secret: clientSecret, token: accessToken } },
    });
  } catch (error) {
    // An app that the server forgot has taken its tokens with it.
    if (!(error instanceof ProviderError) || error.failure.kind !== 'auth') throw error;
  }
}

/** Who the grant belongs to. */
export async function accountAt({ origin, accessToken }: Pick<Grant, 'origin' | 'accessToken'>, io: Io): Promise<z.infer<typeof account>> {
  return (await io.http({ method: 'GET', url: `${origin}/api/v1/accounts/verify_credentials`, bearer: accessToken, errors })).read(account);
}
