import { createHash } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { consentPage } from './entities.ts';
import { Refusal, shapeOf } from './refusal.ts';

interface App {
  id: string;
  name: string;
  secret: string;
  redirectUris: string[];
  scopes: string[];
}

interface Code {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  at: number;
  used: boolean;
}

export interface Token {
  clientId: string;
  scopes: string[];
  /** False for a token of the app alone. */
  user: boolean;
  expiresAt: number | null;
}

export interface OAuthState {
  origin: string;
  version: string;
  username: string;
  now(): number;
  /** Seconds that tokens live, with a refresh token beside them; null at Mastodon. */
  tokenSeconds: number | null;
}

const all = ['read', 'write', 'follow', 'push', 'profile', 'read:accounts', 'read:statuses', 'write:media', 'write:statuses'];
const tenMinutes = 10 * 60 * 1000;
const wrongGrant = 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const wrongClient = 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';

export type FakeOAuth = ReturnType<typeof fakeOAuth>;

/** The log-in of one server: apps, consent, codes and tokens (docs.joinmastodon.org/methods/oauth, read 2026-07-02). */
export function fakeOAuth(state: OAuthState) {
  const apps = new Map<string, App>();
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Token>();
  const refreshTokens = new Map<string, Pick<Token, 'clientId' | 'scopes'>>();
  let made = 0;
  const secret = (what: string) => `${what}-${++made}-${createHash('sha256').update(`${what}${made}`).digest('base64url').slice(0, 20)}`;
  /** PKCE, discovery, the `profile` scope and lists of redirect URIs came together in 4.3. */
  const modern = () => !/^[0-3]\.|^4\.[0-2]\b/u.test(state.version);
  const known = () => all.filter((scope) => modern() || scope !== 'profile');

  function addApp(name: string, redirectUris: string[], scopes: string[]): App & { clientId: string } {
    const clientId = secret('client');
    const app = { id: String(++made), name, secret: secret('secret'), redirectUris, scopes };
    apps.set(clientId, app);
    return { clientId, ...app };
  }

  function register(request: FakeRequest): FakeAnswer {
    const body = shapeOf(request.json(), { client_name: 'string', redirect_uris: modern() ? 'string or list' : 'string' }, { scopes: 'string', website: 'string' });
    const redirectUris = [body['redirect_uris']].flat() as string[];
    const scopes = (typeof body['scopes'] === 'string' ? body['scopes'] : 'read').split(' ');
    if (redirectUris.some((uri) => !URL.canParse(uri))) throw new Refusal(422, 'Validation failed: Redirect URI must be an absolute URI.');
    if (scopes.some((scope) => !known().includes(scope))) throw new Refusal(422, "Validation failed: Scopes doesn't match configured on the server.");
    const app = addApp(String(body['client_name']), redirectUris, scopes);
    return { status: 200, body: {
      id: app.id, name: app.name, website: body['website'] ?? null, redirect_uri: redirectUris.join('\n'), vapid_key: 'none', client_id: app.clientId, client_secret: app.secret,
      ...(modern() && { scopes, redirect_uris: redirectUris, client_secret_expires_at: 0 }),
    } };
  }

  function discovery(): FakeAnswer {
    if (!modern()) throw new Refusal(404, 'Not Found');
    const { origin } = state;
    return { status: 200, body: {
      issuer: `${origin}/`, service_documentation: 'https://docs.joinmastodon.org/', authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`, app_registration_endpoint: `${origin}/api/v1/apps`, revocation_endpoint: `${origin}/oauth/revoke`,
      userinfo_endpoint: `${origin}/oauth/userinfo`, scopes_supported: known(), response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'], code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'client_credentials'], token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    } };
  }

  const pkceNames = { code_challenge: 'string', code_challenge_method: 'string' } as const;

  /** What is wrong with a call to the consent page is shown to the person: nobody is sent back. */
  function asked(params: URLSearchParams) {
    const query = shapeOf(Object.fromEntries(params),
      { response_type: 'string', client_id: 'string', redirect_uri: 'string' },
      { scope: 'string', state: 'string', force_login: 'string', lang: 'string', ...(modern() && pkceNames) }) as Record<string, string>;
    const app = apps.get(query['client_id'] ?? '');
    const scopes = (query['scope'] ?? 'read').split(' ');
    if (!app) throw new Refusal(401, wrongClient, 'invalid_client');
    if (!app.redirectUris.includes(query['redirect_uri'] ?? '')) throw new Refusal(400, 'The redirect uri included is not valid.', 'invalid_redirect_uri');
    if (query['response_type'] !== 'code') throw new Refusal(400, 'The authorization server does not support this response type.', 'unsupported_response_type');
    if (scopes.some((scope) => !app.scopes.includes(scope))) throw new Refusal(400, 'The requested scope is invalid, unknown, or malformed.', 'invalid_scope');
    if (query['code_challenge'] !== undefined && query['code_challenge_method'] !== 'S256') throw new Refusal(400, 'The code challenge method must be S256.', 'invalid_code_challenge_method');
    return { query, app, scopes };
  }

  function consent(request: FakeRequest): FakeAnswer {
    const { query, app } = asked(request.query);
    return { status: 200, body: consentPage(state.username, { ...query, app: app.name }) };
  }

  function decide(request: FakeRequest): FakeAnswer {
    const form = request.form();
    const decision = form.get('decision');
    form.delete('decision');
    form.delete('app');
    const { query, scopes } = asked(form);
    const back = new URL(query['redirect_uri'] ?? '');
    if (query['state'] !== undefined) back.searchParams.set('state', query['state']);
    if (decision === 'allow') {
      const code = secret('code');
      codes.set(code, { clientId: query['client_id'] ?? '', redirectUri: query['redirect_uri'] ?? '', scopes, challenge: query['code_challenge'] ?? null, at: state.now(), used: false });
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The resource owner or authorization server denied the request.');
    }
    return { status: 302, headers: { location: back.href }, body: '' };
  }

  function addToken(clientId: string, scopes: string[], user: boolean): { accessToken: string; refreshToken: string | null; body: object } {
    const accessToken = secret('token');
    const expires = user && state.tokenSeconds !== null;
    tokens.set(accessToken, { clientId, scopes, user, expiresAt: expires ? state.now() + (state.tokenSeconds ?? 0) * 1000 : null });
    const refreshToken = expires ? secret('refresh') : null;
    if (refreshToken !== null) refreshTokens.set(refreshToken, { clientId, scopes });
    return { accessToken, refreshToken, body: {
      access_token: accessToken, token_type: 'Bearer', scope: scopes.join(' '), created_at: Math.floor(state.now() / 1000),
      ...(refreshToken !== null && { refresh_token: refreshToken, expires_in: state.tokenSeconds }),
    } };
  }

  function clientOf(form: Record<string, string>): string {
    const clientId = form['client_id'] ?? '';
    if (apps.get(clientId)?.secret !== form['client_secret']) throw new Refusal(401, wrongClient, 'invalid_client');
    return clientId;
  }

  function token(request: FakeRequest): FakeAnswer {
    const form = Object.fromEntries(request.form());
    const client = { grant_type: 'string', client_id: 'string', client_secret: 'string' } as const;
    switch (form['grant_type']) {
      case 'authorization_code': {
        shapeOf(form, { ...client, code: 'string', redirect_uri: 'string' }, modern() ? { code_verifier: 'string' } : {});
        const clientId = clientOf(form);
        const code = codes.get(form['code'] ?? '');
        const verified = !code?.challenge || createHash('sha256').update(form['code_verifier'] ?? '').digest('base64url') === code.challenge;
        const good = code && !code.used && code.clientId === clientId && code.redirectUri === form['redirect_uri'] && verified && state.now() - code.at <= tenMinutes;
        if (!good) throw new Refusal(400, wrongGrant, 'invalid_grant');
        code.used = true;
        return { status: 200, body: addToken(clientId, code.scopes, true).body };
      }
      case 'client_credentials': {
        shapeOf(form, client, { scope: 'string' });
        const clientId = clientOf(form);
        const scopes = (form['scope'] ?? 'read').split(' ');
        if (scopes.some((scope) => !apps.get(clientId)?.scopes.includes(scope))) throw new Refusal(400, 'The requested scope is invalid, unknown, or malformed.', 'invalid_scope');
        return { status: 200, body: addToken(clientId, scopes, false).body };
      }
      case 'refresh_token': {
        shapeOf(form, { ...client, refresh_token: 'string' }, {});
        const clientId = clientOf(form);
        const old = refreshTokens.get(form['refresh_token'] ?? '');
        if (old?.clientId !== clientId) throw new Refusal(400, wrongGrant, 'invalid_grant');
        refreshTokens.delete(form['refresh_token'] ?? '');
        return { status: 200, body: addToken(clientId, old.scopes, true).body };
      }
      default:
        throw new Refusal(400, 'The authorization grant type is not supported by the authorization server.', 'unsupported_grant_type');
    }
  }

  function revoke(request: FakeRequest): FakeAnswer {
    const form = shapeOf(Object.fromEntries(request.form()), { client_id: 'string', client_secret: 'string', token: 'string' }, {}) as Record<string, string>;
    const given = tokens.get(form['token'] ?? '');
    if (apps.get(form['client_id'] ?? '')?.secret !== form['client_secret'] || (given && given.clientId !== form['client_id'])) {
      throw new Refusal(403, 'You are not authorized to revoke this token', 'unauthorized_client');
    }
    tokens.delete(form['token'] ?? '');
    return { status: 200, body: {} };
  }

  /** The token of a call, which must have one of these scopes or the wider one it is part of. */
  function check(request: FakeRequest, ...needed: string[]): Token & { app: string } {
    const given = tokens.get(request.headers['authorization']?.replace(/^Bearer /u, '') ?? '');
    if (!given) throw new Refusal(401, 'The access token is invalid');
    if (given.expiresAt !== null && given.expiresAt <= state.now()) throw new Refusal(401, 'The access token expired');
    if (!needed.some((scope) => given.scopes.includes(scope) || given.scopes.includes(scope.split(':')[0] ?? ''))) {
      throw new Refusal(403, 'This action is outside the authorized scopes');
    }
    if (!given.user) throw new Refusal(422, 'This method requires an authenticated user');
    return { ...given, app: apps.get(given.clientId)?.name ?? '' };
  }

  return { apps, codes, tokens, addApp, addToken, register, discovery, consent, decide, token, revoke, check };
}
