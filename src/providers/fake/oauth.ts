import { createHash, randomBytes } from 'node:crypto';
import type { FakeAnswer, FakePlatform, FakeRequest } from './server.ts';

/** What an OAuth server of a strict fake is strict about. Times in seconds. */
export interface FakeOAuthRules {
  client: { id: string; secret: string };
  /** The parameter's name for the client id; `client_id` unless told. */
  clientKey?: string;
  redirectUris: readonly string[];
  /** What the app may ask for. */
  scopes: readonly string[];
  scopeSeparator?: string;
  /** `required`: a code without its verifier is refused; `none`: a challenge is an unknown parameter. */
  pkce: 'required' | 'optional' | 'none';
  /** Parameters that the consent page knows beside the usual. */
  extra?: readonly string[];
  codeSeconds: number;
  tokenSeconds: number | null;
  /** `rotates`: each refresh ends the token it used. `none`: there are no refresh tokens. */
  refresh: 'rotates' | 'stays' | 'none';
  refreshSeconds?: number | null;
  /** Who logs in. */
  user: () => string;
  /** What the person leaves unticked. */
  denies?: () => readonly string[];
  now: () => number;
  /** How this platform words a refusal of the token endpoint, by RFC 6749's code. */
  refusal: (code: OAuthRefusal, sentence: string) => FakeAnswer;
}

export type OAuthRefusal = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type' | 'unauthorized_client';

export interface FakeToken {
  access: string;
  refresh: string | null;
  user: string;
  scopes: readonly string[];
  /** Epoch ms; null for never. */
  expiresAt: number | null;
  refreshExpiresAt: number | null;
  revoked: boolean;
}

export interface FakeOAuth {
  tokens: FakeToken[];
  /** A token as a connection made earlier would have it. */
  issue(scopes?: readonly string[], user?: string): FakeToken;
  /** `GET` of the consent page: HTML with a form that has the buttons Allow and Deny. */
  consent(request: FakeRequest): FakeAnswer;
  /** Its `POST`. */
  decide(request: FakeRequest): FakeAnswer;
  /** A call to the token endpoint, its parameters given. Gives the new token, or the refusal. */
  token(params: Readonly<Record<string, string>>, client?: { id: string; secret: string }): FakeToken | FakeAnswer;
  /** The live token with these scopes; `expired` and `missing_scope` tell apart why there is none. */
  check(access: string | undefined, ...scopes: readonly string[]): FakeToken | 'unknown' | 'expired' | 'missing_scope';
  revoke(token: string): boolean;
}

interface Code { user: string; scopes: readonly string[]; redirectUri: string; challenge: string | null; at: number; used: boolean }

/** RFC 6749 with PKCE as far as platforms have it: codes good for once, in their time, for their address and verifier. */
export function fakeOAuth(rules: FakeOAuthRules): FakeOAuth {
  const codes = new Map<string, Code>();
  const tokens: FakeToken[] = [];
  const secret = (name: string) => `${name}-${randomBytes(16).toString('hex')}`;
  const clientKey = rules.clientKey ?? 'client_id';

  function issue(scopes: readonly string[] = rules.scopes, user = rules.user()): FakeToken {
    const now = rules.now();
    const token: FakeToken = {
      access: secret('access'), refresh: rules.refresh === 'none' ? null : secret('refresh'), user, scopes, revoked: false,
      expiresAt: rules.tokenSeconds === null ? null : now + rules.tokenSeconds * 1000,
      refreshExpiresAt: rules.refreshSeconds ? now + rules.refreshSeconds * 1000 : null,
    };
    tokens.push(token);
    return token;
  }

  /** What is wrong with a call to the consent page is shown to the person: nobody is sent back. */
  function asked(params: URLSearchParams): { problem: string } | { query: Record<string, string>; scopes: string[] } {
    const known = [clientKey, 'redirect_uri', 'response_type', 'scope', 'state', ...(rules.pkce === 'none' ? [] : ['code_challenge', 'code_challenge_method']), ...(rules.extra ?? [])];
    const query = Object.fromEntries(params);
    const unknown = Object.keys(query).filter((name) => !known.includes(name));
    if (unknown.length > 0) return { problem: `unknown parameters: ${unknown.join(', ')}` };
    if (query[clientKey] !== rules.client.id) return { problem: 'unknown client' };
    if (!rules.redirectUris.includes(query['redirect_uri'] ?? '')) return { problem: `this redirect address is not registered: ${query['redirect_uri']}` };
    if (query['response_type'] !== 'code') return { problem: 'response_type must be code' };
    if ((query['state'] ?? '').length < 8) return { problem: 'state is missing' };
    const scopes = (query['scope'] ?? '').split(rules.scopeSeparator ?? ' ').filter(Boolean);
    const strange = scopes.filter((scope) => !rules.scopes.includes(scope));
    if (scopes.length === 0 || strange.length > 0) return { problem: `scopes that this app may not ask for: ${strange.join(', ') || 'none given'}` };
    if (rules.pkce === 'required' && !query['code_challenge']) return { problem: 'code_challenge is missing' };
    if (query['code_challenge'] !== undefined && query['code_challenge_method'] !== 'S256') return { problem: 'code_challenge_method must be S256' };
    return { query, scopes };
  }

  const page = (status: number, body: string): FakeAnswer => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html><html lang="en"><title>Consent</title>${body}` });
  const refused = (code: OAuthRefusal, sentence: string) => rules.refusal(code, sentence);

  return {
    tokens, issue,
    consent({ query: params, path }) {
      const found = asked(params);
      if ('problem' in found) return page(400, `<h1>Error</h1><p>${escaped(found.problem)}</p>`);
      const hidden = Object.entries(found.query).map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('');
      return page(200, `<h1>Allow access?</h1><p>${escaped(rules.user())}</p><ul>${found.scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
        <form method="post" action="${escaped(path)}">${hidden}<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>`);
    },
    decide(request) {
      const form = request.form();
      const decision = form.get('decision');
      form.delete('decision');
      const found = asked(form);
      if ('problem' in found) return page(400, `<h1>Error</h1><p>${escaped(found.problem)}</p>`);
      const { query, scopes } = found;
      const back = new URL(query['redirect_uri'] ?? '');
      back.searchParams.set('state', query['state'] ?? '');
      if (decision === 'allow') {
        const code = secret('code');
        const given = scopes.filter((scope) => !rules.denies?.().includes(scope));
        codes.set(code, { user: rules.user(), scopes: given, redirectUri: back.origin + back.pathname, challenge: query['code_challenge'] ?? null, at: rules.now(), used: false });
        back.searchParams.set('code', code);
      } else {
        back.searchParams.set('error', 'access_denied');
      }
      return { status: 302, headers: { location: back.href }, body: '' };
    },
    token(params, client = { id: params[clientKey] ?? '', secret: params['client_secret'] ?? '' }) {
      if (client.id !== rules.client.id || client.secret !== rules.client.secret) return refused('invalid_client', 'unknown client or wrong secret');
      const usual = [clientKey, 'client_secret', 'grant_type'];
      const strange = (...more: string[]) => Object.keys(params).filter((name) => ![...usual, ...more].includes(name));
      if (params['grant_type'] === 'authorization_code') {
        const unknown = strange('code', 'redirect_uri', ...(rules.pkce === 'none' ? [] : ['code_verifier']));
        if (unknown.length > 0) return refused('invalid_request', `unknown parameters: ${unknown.join(', ')}`);
        const code = codes.get(params['code'] ?? '');
        if (!code || code.used) return refused('invalid_grant', 'unknown or used code');
        code.used = true;
        if (rules.now() - code.at > rules.codeSeconds * 1000) return refused('invalid_grant', 'the code has expired');
        if (code.redirectUri !== params['redirect_uri']) return refused('invalid_grant', 'redirect_uri is not that of the code');
        if (code.challenge !== null && createHash('sha256').update(params['code_verifier'] ?? '').digest('base64url') !== code.challenge) return refused('invalid_grant', 'code_verifier does not fit');
        return issue(code.scopes, code.user);
      }
      if (params['grant_type'] === 'refresh_token' && rules.refresh !== 'none') {
        const unknown = strange('refresh_token');
        if (unknown.length > 0) return refused('invalid_request', `unknown parameters: ${unknown.join(', ')}`);
        const old = tokens.find(({ refresh }) => refresh !== null && refresh === params['refresh_token']);
        if (!old || old.revoked) return refused('invalid_grant', 'unknown or used refresh token');
        if (old.refreshExpiresAt !== null && old.refreshExpiresAt <= rules.now()) return refused('invalid_grant', 'the refresh token has expired');
        const fresh = issue(old.scopes, old.user);
        if (rules.refresh === 'rotates') old.revoked = true;
        else fresh.refresh = old.refresh;
        return fresh;
      }
      return refused('unsupported_grant_type', 'this grant type is not supported');
    },
    check(access, ...scopes) {
      const token = tokens.find((one) => one.access === access);
      if (!token || token.revoked) return 'unknown';
      if (token.expiresAt !== null && token.expiresAt <= rules.now()) return 'expired';
      return scopes.every((scope) => token.scopes.includes(scope)) ? token : 'missing_scope';
    },
    revoke(given) {
      const hit = tokens.filter(({ access, refresh }) => access === given || refresh === given);
      for (const token of hit) token.revoked = true;
      return hit.length > 0;
    },
  };
}

/** What a person does in the browser: opens the consent page and presses Allow. Gives the code that comes back. */
export async function approveAt(fake: FakePlatform, consentUrl: string, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
  const meant = new URL(consentUrl);
  const local = new URL(meant.pathname + meant.search, fake.upstreams.get(meant.origin) ?? meant.origin);
  const shown = await fetch(local);
  if (!shown.ok) throw new Error(`the consent page says: ${await shown.text()}`);
  const body = new URLSearchParams(local.search.slice(1));
  body.set('decision', decision);
  const answer = await fetch(new URL(local.pathname, local), { method: 'POST', body, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return back.searchParams.get('code') ?? '';
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
