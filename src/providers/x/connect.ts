import { ProviderError, type OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes, tokenAnswer, tokenCall } from '../oauth.ts';
import { errors } from './errors.ts';
import { api, call, grantOf, type Grant } from './session.ts';
import { me } from './wire.ts';

/**
 * The least for publishing: `POST /2/tweets` wants the first three, uploads `media.write`, and without `offline.access` a
 * connection ends after two hours.
 */
export const scopes = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'] as const;

export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  async authorizeUrl({ redirectUri, state, codeChallenge }, io) {
    const { id } = clientOf(io, 'X');
    const url = consentUrl('https://x.com/i/oauth2/authorize', {
      response_type: 'code', client_id: id, redirect_uri: redirectUri, scope: scopes.join(' '), state, code_challenge: codeChallenge, code_challenge_method: 'S256',
    });
    return { url, memo: null };
  },

  async exchange({ code, redirectUri, codeVerifier }, io) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
    // The code is good for 30 seconds: this is the first thing that happens, and it is not tried twice.
    const answer = await tokenCall(io, { url: `${api}/2/oauth2/token`, form, client: clientOf(io, 'X'), auth: 'basic', errors })
      .catch((error: unknown) => { throw codeRefused(error); });
    const token = answer.read(tokenAnswer);
    requireScopes(token.scope, scopes);
    const given = grantOf(token, io.now());
    const { data } = (await call(given, io, { method: 'GET', url: '/2/users/me', query: { 'user.fields': 'profile_image_url,subscription_type' } })).read(me);
    const { id, name, username, profile_image_url: avatarUrl, subscription_type: subscription } = data;
    return {
      account: { id, name: `@${username}` },
      grant: { ...given, account: { id, name: name.trim() || `@${username}`, username, avatarUrl: avatarUrl ?? null, subscription: subscription ?? null } },
      ...(given.refreshToken === undefined && { expiresAt: given.expiresAt }),
    };
  },
};

/** The same word that ends a connection when refreshing says here that the code is used, wrong or older than 30 seconds. */
function codeRefused(error: unknown): unknown {
  if (!(error instanceof ProviderError) || !['invalid_request', 'invalid_grant'].includes(error.failure.code)) return error;
  const { code, evidence } = error.failure;
  return new ProviderError({
    kind: 'rejected', code, message: 'X did not accept the way back from its consent page. It is open for 30 seconds only.', fix: 'Connect again.', ...(evidence && { evidence }),
  });
}
