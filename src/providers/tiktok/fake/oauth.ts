import { fakeOAuth, type FakeOAuth, type FakeToken } from '../../fake/oauth.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { oauthRefusal, Refusal } from './refusal.ts';
import type { TikTokState } from './state.ts';

const year = 365 * 24 * 60 * 60;

export interface TikTokOAuth extends FakeOAuth {
  answerToken(request: FakeRequest): FakeAnswer;
  answerRevoke(request: FakeRequest): FakeAnswer;
  /** The live token of a call, which must have this scope. */
  bearer(request: FakeRequest, scope: string): FakeToken;
}

/** Login Kit for Web and OAuth Endpoints (developers.tiktok.com, copy of 2026-05-01). */
export function tiktokOAuth(state: TikTokState): TikTokOAuth {
  const oauth = fakeOAuth({
    client: state.client, clientKey: 'client_key', redirectUris: state.redirectUris, scopes: ['user.info.basic', 'video.publish'], scopeSeparator: ',',
    pkce: 'none', extra: ['disable_auto_auth'], codeSeconds: 600, tokenSeconds: 24 * 60 * 60, refresh: 'rotates', refreshSeconds: year,
    user: () => state.user.openId, denies: () => state.denies, now: () => state.now(),
    refusal: (code, sentence) => oauthRefusal(state.oauthStatus, code, sentence),
  });

  const refusedForm = (request: FakeRequest) =>
    request.headers['content-type'] === 'application/x-www-form-urlencoded' ? null : oauthRefusal(state.oauthStatus, 'invalid_request', 'The content type is wrong.');

  return {
    ...oauth,
    decide(request) {
      const answer = oauth.decide(request);
      const back = URL.parse(answer.headers?.['location'] ?? '');
      if (!back?.searchParams.has('code')) return answer;
      back.searchParams.set('scopes', (request.form().get('scope') ?? '').split(',').filter((scope) => !state.denies.includes(scope)).join(','));
      return { ...answer, headers: { location: back.href } };
    },
    answerToken(request) {
      const wrong = refusedForm(request);
      if (wrong) return wrong;
      const form = Object.fromEntries(request.form());
      if (form['grant_type'] === 'client_credentials') {
        if (form['client_key'] !== state.client.id || form['client_secret'] !== state.client.secret) return oauthRefusal(state.oauthStatus, 'invalid_client', 'Client key or secret is incorrect.');
        return { status: 200, body: { access_token: 'clt.example', expires_in: 7200, token_type: 'Bearer' } };
      }
      const before = oauth.tokens.find(({ refresh }) => refresh !== null && refresh === form['refresh_token']);
      const given = oauth.token(form);
      if ('status' in given) return given;
      // A year from the first consent, not from the last renewal.
      if (before) given.refreshExpiresAt = before.refreshExpiresAt;
      return { status: 200, body: {
        access_token: given.access, expires_in: 86_400, open_id: given.user, refresh_token: given.refresh,
        refresh_expires_in: Math.max(1, Math.floor(((given.refreshExpiresAt ?? 0) - state.now()) / 1000)), scope: given.scopes.join(','), token_type: 'Bearer',
      } };
    },
    answerRevoke(request) {
      const form = Object.fromEntries(request.form());
      const known = Object.keys(form).every((name) => ['client_key', 'client_secret', 'token'].includes(name));
      if (!known || refusedForm(request)) return oauthRefusal(state.oauthStatus, 'invalid_request', 'The request parameters are malformed.');
      if (form['client_key'] !== state.client.id || form['client_secret'] !== state.client.secret) return oauthRefusal(state.oauthStatus, 'invalid_client', 'Client key or secret is incorrect.');
      const token = oauth.check(form['token']);
      if (typeof token === 'string') return oauthRefusal(state.oauthStatus, 'invalid_grant', 'The token is invalid.');
      // The account's permission ends: whatever token it gave.
      for (const other of oauth.tokens) if (other.user === token.user) other.revoked = true;
      return { status: 200, body: '' };
    },
    bearer(request, scope) {
      const token = oauth.check(request.headers['authorization']?.replace(/^Bearer /u, ''), scope);
      if (token === 'missing_scope') throw new Refusal(401, 'scope_not_authorized', `The user did not authorize ${scope}`);
      if (typeof token === 'string') throw new Refusal(401, 'access_token_invalid', 'The access token is invalid or not found in the request.');
      return token;
    },
  };
}
