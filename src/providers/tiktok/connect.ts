import type { OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes } from '../oauth.ts';
import { grantOf, tokensFor, type Grant } from './session.ts';
import { accountOf } from './targets.ts';

export const scopes = ['user.info.basic', 'video.publish'] as const;

/**
 * Login Kit for Web (developers.tiktok.com, copy of 2026-05-01): scopes are separated by commas, and PKCE is documented for
 * desktop and mobile apps only, so a web app sends no challenge.
 */
export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  authorizeUrl: async ({ redirectUri, state }, io) => ({
    url: consentUrl('https://www.tiktok.com/v2/auth/authorize/', {
      client_key: clientOf(io, 'TIKTOK').id, response_type: 'code', scope: scopes.join(','), redirect_uri: redirectUri, state,
      // Always shows the page: otherwise a second account could never be connected from the same browser.
      disable_auto_auth: '1',
    }),
    memo: null,
  }),

  async exchange({ code, redirectUri }, io) {
    const given = await tokensFor({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, io);
    requireScopes(given.scope, scopes);
    const connected = grantOf(given, io.now());
    const { openId, name } = await accountOf(connected.grant, io);
    return { account: { id: openId, name }, ...connected };
  },
};
