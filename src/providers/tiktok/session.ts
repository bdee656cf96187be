import * as z from 'zod';
import { ProviderError, type Io, type Refreshed } from '../contract.ts';
import type { HttpAnswer } from '../http.ts';
import { clientOf, refusedRefresh, tokenCall } from '../oauth.ts';
import { api } from './api.ts';
import { oauthErrors as errors } from './errors.ts';
import { forgetPosts } from './heard.ts';
import { appToken, token } from './wire.ts';

export const grant = z.object({
  openId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Epoch ms; a day after it was given. */
  accessEndsAt: z.number(),
  /** Epoch ms; when the refresh token ends, where TikTok says so. */
  endsAt: z.number().nullable(),
});
export type Grant = z.infer<typeof grant>;

/** A call in which the app names itself, by `client_key`. */
function appCall(path: string, form: Readonly<Record<string, string>>, io: Io): Promise<HttpAnswer> {
  return tokenCall(io, { url: `${api}${path}`, form, client: clientOf(io, 'TIKTOK'), auth: 'form', clientKey: 'client_key', errors });
}

const tokenPath = '/v2/oauth/token/';

/** What a call to the token endpoint gives. */
export async function tokensFor(form: Readonly<Record<string, string>>, io: Io): Promise<z.infer<typeof token>> {
  return (await appCall(tokenPath, form, io)).read(token);
}

/** Asks for a token of the app itself, which needs no user; whether TikTok accepts the app's key and secret. */
export async function clientToken(io: Io): Promise<void> {
  (await appCall(tokenPath, { grant_type: 'client_credentials' }, io)).read(appToken);
}

/**
 * A grant ends with its refresh token: 365 days after the person allowed it, however often it is renewed. What TikTok says
 * is in whole seconds; `before` is the end that was told earlier, which stays as it is while it stays the same.
 */
export function grantOf(given: z.infer<typeof token>, now: number, before: number | null = null): Refreshed<Grant> {
  const { open_id: openId, access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, refresh_expires_in: refreshSeconds } = given;
  const told = refreshSeconds ? now + refreshSeconds * 1000 : before;
  const endsAt = told !== null && before !== null && Math.abs(told - before) < 60_000 ? before : told;
  return {
    grant: { openId, accessToken, refreshToken, accessEndsAt: now + (seconds ?? day) * 1000, endsAt },
    ...(endsAt !== null && { expiresAt: endsAt }),
  };
}

const day = 24 * 60 * 60;

/** "The returned refresh_token may be different. You must use the newly-returned token" (OAuth Endpoints): what comes is kept. */
export async function refresh({ refreshToken, endsAt }: Grant, io: Io): Promise<Refreshed<Grant>> {
  try {
    return grantOf(await tokensFor({ grant_type: 'refresh_token', refresh_token: refreshToken }, io), io.now(), endsAt);
  } catch (error) {
    throw refusedRefresh(error);
  }
}

/** Takes the app off the account. Only a live access token can do that, so one that has ended is renewed before. */
export async function revoke(held: Grant, io: Io): Promise<void> {
  await forgetPosts(held.openId, io);
  try {
    const { accessToken } = held.accessEndsAt > io.now() ? held : (await refresh(held, io)).grant;
    await appCall('/v2/oauth/revoke/', { token: accessToken }, io);
  } catch (error) {
    // An account that took the app off itself has no token left: that is what was asked for.
    if (!(error instanceof ProviderError) || error.failure.kind !== 'auth') throw error;
  }
}
