import * as z from 'zod';
import type { Io, Refreshed } from '../contract.ts';
import { clientOf, refusedRefresh, tokenCall } from '../oauth.ts';
import { call, hosts, refuseLeftBehind, type Bearer, type Place } from './api.ts';
import { tokenErrorsAt } from './errors.ts';
import { account, token } from './wire.ts';

export const grant = z.object({
  place: z.enum(['production', 'sandbox']),
  accessToken: z.string(),
  refreshToken: z.string(),
});
export type Grant = z.infer<typeof grant>;

/** A call to the token endpoint; the sandbox has one of its own. */
export function tokenAt(place: Place, form: Readonly<Record<string, string>>, io: Io) {
  return tokenCall(io, { url: `${hosts[place]}/v5/oauth/token`, form, client: clientOf(io, 'PINTEREST'), auth: 'basic', errors: tokenErrorsAt[place] });
}

/** Refresh tokens last 60 days and bring another one each time: the grant ends when nobody has renewed it for so long. */
export function grantOf(given: z.infer<typeof token>, place: Place, now: number): Refreshed<Grant> {
  return {
    grant: { place, accessToken: given.access_token, refreshToken: given.refresh_token },
    expiresAt: now + given.refresh_token_expires_in * 1000,
  };
}

/** Codes in which Pinterest itself refuses a token. */
const refusals = ['2', '3', '283', '1104'];

export async function refresh({ place, refreshToken }: Grant, io: Io): Promise<Refreshed<Grant>> {
  refuseLeftBehind(place, io);
  try {
    return grantOf((await tokenAt(place, { grant_type: 'refresh_token', refresh_token: refreshToken }, io)).read(token), place, io.now());
  } catch (error) {
    throw refusedRefresh(error, refusals);
  }
}

/** Who the token belongs to. */
export async function accountAt(bearer: Bearer, io: Io): Promise<z.infer<typeof account>> {
  return (await call(bearer, { method: 'GET', path: '/user_account' }, io)).read(account);
}
