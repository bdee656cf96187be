import * as z from 'zod';
import type { OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes } from '../oauth.ts';
import { placeOf } from './api.ts';
import { accountAt, grant, grantOf, tokenAt, type Grant } from './session.ts';
import { token } from './wire.ts';

/** Creating a Pin needs the first four (OpenAPI 5.23.0, `pins/create`), knowing whose it is the last. */
export const scopes = ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'] as const;

/** The token must come from the place that the consent was asked for. */
const memoShape = z.object({ place: grant.shape.place });

/** Pinterest documents no PKCE. */
export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  async authorizeUrl({ redirectUri, state }, io) {
    const { id } = clientOf(io, 'PINTEREST');
    const url = consentUrl('https://www.pinterest.com/oauth/', { client_id: id, redirect_uri: redirectUri, response_type: 'code', scope: scopes.join(','), state });
    return { url, memo: { place: placeOf(io) } };
  },

  async exchange({ code, redirectUri, memo }, io) {
    const { place } = memoShape.parse(memo);
    // Apps made before 2025-09-25 must ask for refresh tokens that go on for ever; all others have them anyway.
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, continuous_refresh: 'true' };
    const given = (await tokenAt(place, form, io)).read(token);
    requireScopes(given.scope, scopes);
    const connected = grantOf(given, place, io.now());
    const { id, username } = await accountAt(connected.grant, io);
    return { account: { id, name: `@${username}` }, ...connected };
  },
};
