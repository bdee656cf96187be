import { fakeOAuth, type FakeOAuth, type FakeToken, type OAuthRefusal } from '../../fake/oauth.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { Refusal } from './refusal.ts';

export interface AppsState {
  now(): number;
  redirectUris: readonly string[];
  /** Of the member who logs in. */
  personId: string;
  name: string;
  /** LinkedIn's partners get refresh tokens that last a year from the consent. */
  partner: boolean;
  /** Whether the token answer brings an ID token where `openid` was asked for. */
  givesIdToken: boolean;
  /** What the person leaves out. */
  denies: readonly string[];
}

/** The app with the self-serve products, and the one with Community Management. */
export const memberApp = { id: '78memberapp', secret: 'WPL_AP1.member.secret' };
export const pagesApp = { id: '86pagesapp', secret: 'WPL_AP1.pages.secret' };

const memberScopes = ['openid', 'profile', 'email', 'w_member_social'];
const pagesScopes = [
  'r_basicprofile', 'rw_organization_admin', 'r_organization_social', 'w_organization_social', 'r_organization_social_feed', 'w_organization_social_feed',
  'w_member_social', 'w_member_social_feed', 'r_organization_followers', 'r_1st_connections_size', 'r_member_postAnalytics', 'r_member_profileAnalytics',
];
const accessSeconds = 5_184_000;
const refreshSeconds = 31_536_059;

const codeWords = 'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists';
const refreshWords = 'The provided authorization grant or refresh token is invalid, expired or revoked.';

function refusal(code: OAuthRefusal, sentence: string): FakeAnswer {
  const body = (error: string, words: string, status = 400) => ({ status, body: { error, error_description: words } });
  if (code === 'invalid_client') return body('invalid_client', 'Client authentication failed', 401);
  if (code === 'invalid_grant') return sentence.includes('refresh token') ? body('invalid_grant', refreshWords) : body('invalid_request', codeWords);
  return body(code, sentence);
}

export type FakeApps = ReturnType<typeof fakeApps>;

/** The authorization server: learn.microsoft.com, "Authorization Code Flow", "Programmatic Refresh Tokens", "Token Introspection". */
export function fakeApps(state: AppsState) {
  const appOf = (client: { id: string; secret: string }, scopes: readonly string[]): FakeOAuth => fakeOAuth({
    client, scopes, get redirectUris() { return state.redirectUris; }, pkce: 'none', codeSeconds: 1800, tokenSeconds: accessSeconds,
    refresh: state.partner ? 'stays' : 'none', refreshSeconds: state.partner ? refreshSeconds : null,
    user: () => state.personId, denies: () => state.denies, now: () => state.now(), refusal,
  });
  const apps = new Map([[memberApp.id, appOf(memberApp, memberScopes)], [pagesApp.id, appOf(pagesApp, pagesScopes)]]);
  const secrets = new Map([[memberApp.id, memberApp.secret], [pagesApp.id, pagesApp.secret]]);
  const either = (clientId: string | null) => apps.get(clientId ?? '') ?? [...apps.values()][0];

  /** Another set of scopes ends what the same member gave the same app before. */
  function endOthers(app: FakeOAuth, fresh: FakeToken) {
    const set = (token: FakeToken) => [...token.scopes].sort().join(' ');
    for (const token of app.tokens) if (token.user === fresh.user && set(token) !== set(fresh)) token.revoked = true;
  }

  function token(request: FakeRequest): FakeAnswer {
    const form = Object.fromEntries(request.form());
    const app = either(form['client_id'] ?? null);
    if (!app) throw new Error('no app');
    // The refresh token keeps its end.
    const before = app.tokens.find(({ refresh }) => refresh !== null && refresh === form['refresh_token']);
    const given = app.token(form);
    if (!('access' in given)) return given;
    if (before) given.refreshExpiresAt = before.refreshExpiresAt;
    endOthers(app, given);
    const idToken = ['x', Buffer.from(JSON.stringify({ iss: 'https://www.linkedin.com/oauth', aud: form['client_id'], ...person() })).toString('base64url'), 'x'].join('.');
    return { status: 200, body: {
      access_token: given.access, expires_in: accessSeconds, scope: given.scopes.join(','), token_type: 'Bearer',
      ...(state.givesIdToken && given.scopes.includes('openid') && { id_token: idToken }),
      ...(given.refresh !== null && { refresh_token: given.refresh, refresh_token_expires_in: Math.floor(((given.refreshExpiresAt ?? 0) - state.now()) / 1000) }),
    } };
  }

  function person() {
    const [given = '', ...family] = state.name.split(' ');
    return { sub: state.personId, name: state.name, given_name: given, family_name: family.join(' '), picture: 'https://media.licdn.com/dms/image/ada.jpg', locale: { country: 'US', language: 'en' } };
  }

  /** The app that a call of its own names, and nothing else but `token` in the form. */
  function ownCall(request: FakeRequest): { app: FakeOAuth; token: string } | FakeAnswer {
    const form = Object.fromEntries(request.form());
    const unknown = Object.keys(form).filter((name) => !['client_id', 'client_secret', 'token'].includes(name));
    if (unknown.length > 0 || !form['token']) return refusal('invalid_request', `A required parameter "token" is missing, or unknown: ${unknown.join(', ')}`);
    const app = apps.get(form['client_id'] ?? '');
    if (!app || secrets.get(form['client_id'] ?? '') !== form['client_secret']) return refusal('invalid_client', '');
    return { app, token: form['token'] };
  }

  function introspect(request: FakeRequest): FakeAnswer {
    const own = ownCall(request);
    if ('status' in own) return own;
    const found = own.app.tokens.find(({ access }) => access === own.token);
    if (!found) return { status: 200, body: { active: false } };
    return { status: 200, body: { active: !found.revoked, status: found.revoked ? 'revoked' : 'active', scope: found.scopes.join(','), auth_type: '3L', expires_at: Math.floor((found.expiresAt ?? 0) / 1000) } };
  }

  function revoke(request: FakeRequest): FakeAnswer {
    const own = ownCall(request);
    if ('status' in own) return own;
    own.app.revoke(own.token);
    return { status: 200, body: '' };
  }

  /** The member behind the token of a call, which must have these scopes. */
  function check(request: FakeRequest, what: string, ...scopes: string[]): FakeToken {
    const access = request.headers['authorization']?.replace(/^Bearer /u, '');
    const results = [...apps.values()].map((app) => ({ app, result: app.check(access, ...scopes) }));
    const live = results.find(({ result }) => typeof result === 'object');
    if (live && typeof live.result === 'object') return live.result;
    if (results.some(({ result }) => result === 'missing_scope')) throw new Refusal(403, `Not enough permissions to access: ${what}`, { serviceErrorCode: 100, code: 'ACCESS_DENIED' });
    if (results.some(({ result }) => result === 'expired')) throw new Refusal(401, 'The token used in the request has expired', { serviceErrorCode: 65602, code: 'EXPIRED_ACCESS_TOKEN' });
    if (results.some(({ app }) => app.tokens.some((token) => token.access === access))) {
      throw new Refusal(401, 'The token used in the request has been revoked by the user', { serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN' });
    }
    throw new Refusal(401, 'Invalid access token', { serviceErrorCode: 65600 });
  }

  return {
    member: apps.get(memberApp.id), pages: apps.get(pagesApp.id),
    consent: (request: FakeRequest) => either(request.query.get('client_id'))?.consent(request),
    decide: (request: FakeRequest) => either(request.form().get('client_id'))?.decide(request),
    token, introspect, revoke, check, person,
  };
}
