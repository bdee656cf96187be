import * as z from 'zod';
import { ProviderError, type Io, type Refreshed } from '../contract.ts';
import { clientOf, refusedRefresh, tokenCall } from '../oauth.ts';
import { errors } from './errors.ts';
import { token } from './wire.ts';

/** Google's user id and the one channel that was chosen at the consent. Times in epoch ms. */
export const grant = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAt: z.number(),
  /** When the refresh token ends whatever one does; null for never. */
  endsAt: z.number().nullable(),
  userId: z.string().min(1),
  channelId: z.string().min(1),
});
export type Grant = z.infer<typeof grant>;

/** What a token endpoint gave. */
export type Tokens = Pick<Grant, 'accessToken' | 'refreshToken' | 'expiresAt' | 'endsAt'>;

const tokenEndpoint = 'https://oauth2.googleapis.com/token';

/** Calls the token endpoint; `before` is what a refresh starts from, as it brings no new refresh token. */
export async function tokensFor(form: Record<string, string>, before: Tokens | null, io: Io): Promise<Tokens & { scope: string | null }> {
  const answer = (await tokenCall(io, { url: tokenEndpoint, form, client: clientOf(io, 'GOOGLE'), auth: 'form', errors })).read(token);
  const refreshToken = answer.refresh_token ?? before?.refreshToken;
  if (refreshToken === undefined) {
    throw new ProviderError({
      kind: 'rejected', code: 'no_refresh_token', message: 'Google gave no lasting access.', fix: 'Begin again. If it happens again, remove Post Master at myaccount.google.com/permissions first.',
    });
  }
  const { access_token: accessToken, expires_in: seconds, refresh_token_expires_in: left, scope = null } = answer;
  return { accessToken, refreshToken, expiresAt: io.now() + (seconds ?? usualSeconds) * 1000, endsAt: endOf(left, before, io.now()), scope };
}

/** Tells a grant's end in the same words each time: what Google counts down in seconds moves a little. */
function endOf(secondsLeft: number | null | undefined, before: Tokens | null, now: number): number | null {
  const known = before?.endsAt ?? null;
  if (!secondsLeft) return known;
  const end = now + secondsLeft * 1000;
  return known !== null && Math.abs(end - known) < hour ? known : end;
}

const usualSeconds = 3600;
const hour = 60 * 60 * 1000;

/** Refresh tokens stay as they are; only a clear refusal ends the connection. */
export async function refresh(old: Grant, io: Io): Promise<Refreshed<Grant>> {
  const fresh = await renewed(old, io);
  return { grant: fresh, ...(fresh.endsAt !== null && { expiresAt: fresh.endsAt }) };
}

async function renewed(old: Grant, io: Io): Promise<Grant> {
  try {
    const { scope: _, ...tokens } = await tokensFor({ grant_type: 'refresh_token', refresh_token: old.refreshToken }, old, io);
    return { ...old, ...tokens };
  } catch (error) {
    throw refusedRefresh(error, ['deleted_client']);
  }
}

/**
 * Ends the grant. Google ends all that this project holds of the Google account with it, in every workspace
 * (developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke, read 2026-11-23).
 */
export async function revoke({ refreshToken, accessToken }: Grant, io: Io): Promise<void> {
  try {
    await io.http({
      method: 'POST', url: 'https://oauth2.googleapis.com/revoke', errors, secrets: [refreshToken, accessToken], body: { form: { token: refreshToken } },
    });
  } catch (error) {
    // One that is over already is what was asked for.
    if (!(error instanceof ProviderError) || error.failure.code !== 'invalid_token') throw error;
  }
}

/** An access token this close to its end is not used any more (ms). */
const margin = 60_000;

/** The access token while it lasts; otherwise `auth`, upon which the engine refreshes it for everybody. */
export function lasting({ accessToken, expiresAt }: Grant, io: Pick<Io, 'now'>): string {
  if (expiresAt - margin > io.now()) return accessToken;
  throw new ProviderError({ kind: 'auth', code: 'expired', message: 'Google no longer accepts this connection. Connect the channel again.' });
}

/**
 * An access token for reading where no engine stands behind: a fresh one when it must be. It is not stored, which costs
 * nothing, as Google's refresh tokens do not rotate and older access tokens stay good.
 */
export async function fresh(of: Grant, io: Io): Promise<string> {
  return of.expiresAt - margin > io.now() ? of.accessToken : (await renewed(of, io)).accessToken;
}
