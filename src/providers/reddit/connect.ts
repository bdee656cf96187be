import { ProviderError, type OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes } from '../oauth.ts';
import { call, site } from './api.ts';
import { tokensFor, type Grant } from './session.ts';
import { me } from './wire.ts';

export const scopes = ['identity', 'submit', 'read', 'flair', 'mysubreddits', 'history'] as const;

/** Reddit has no PKCE (github.com/reddit-archive/reddit, wiki "OAuth2"): state and secret protect the flow. */
export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  /** `permanent` brings a refresh token; without it the connection would last an hour. */
  async authorizeUrl({ redirectUri, state }, io) {
    const { id } = clientOf(io, 'REDDIT');
    const url = consentUrl(`${site}/api/v1/authorize`, {
      client_id: id, response_type: 'code', state, redirect_uri: redirectUri, duration: 'permanent', scope: scopes.join(' '),
    });
    return { url, memo: null };
  },

  async exchange({ code, redirectUri }, io) {
    // Reddit's own address of return ends in `#_`, which some browsers hand on.
    const { accessToken, refreshToken, scope } = await tokensFor({ grant_type: 'authorization_code', code: code.replace(/#_$/u, ''), redirect_uri: redirectUri }, io);
    if (scope?.trim() !== '*') requireScopes(scope, scopes);
    if (refreshToken === null) {
      throw new ProviderError({ kind: 'rejected', code: 'no_refresh_token', message: 'Reddit allowed this for an hour alone.', fix: 'Connect again.' });
    }
    const { id, name, icon_img: icon } = (await call(io, { accessToken }, { method: 'GET', path: '/api/v1/me' })).read(me);
    const userId = id.startsWith('t2_') ? id : `t2_${id}`;
    return { account: { id: userId, name: `u/${name}` }, grant: { userId, name, avatarUrl: pictureOf(icon), accessToken, refreshToken } };
  },
};

/** Its query is a signature for one size. Empty where there is no picture. */
export function pictureOf(address: string | null | undefined): string | null {
  const url = URL.parse(address ?? '');
  return url?.protocol === 'https:' ? url.origin + url.pathname : null;
}
