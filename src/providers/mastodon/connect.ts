import * as z from 'zod';
import { ProviderError, type AuthorizeAnswer, type Connected, type Field, type Io, type OAuthConnect } from '../contract.ts';
import { errors } from './errors.ts';
import { accountAt, connectedOf, type Grant } from './session.ts';
import { appAt, blame, forgetApp, serverAt } from './server.ts';
import { token } from './wire.ts';

const fields: readonly Field[] = [{
  name: 'instance', label: 'Your server', kind: 'text', required: true, placeholder: 'mastodon.social',
  help: 'The server that you log in to, or your whole handle. Pleroma, Akkoma, GoToSocial and others that speak Mastodon\'s language work too.',
}];

/** What `exchange` needs of what `authorizeUrl` found out. */
const memoShape = z.object({
  origin: z.string(), tokenEndpoint: z.string(), clientId: z.string(), clientSecret: z.string(), pkce: z.boolean(), scopes: z.array(z.string()),
});

export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields,

  async authorizeUrl({ input, redirectUri, state, codeChallenge }, io) {
    const server = await serverAt(originOf(input['instance'] ?? ''), io);
    const app = await appAt(server, redirectUri, io);
    const url = new URL(server.authorizationEndpoint);
    const query = {
      response_type: 'code', client_id: app.clientId, redirect_uri: redirectUri, scope: server.scopes.join(' '), state,
      ...(server.pkce && { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const { origin, tokenEndpoint, pkce, scopes } = server;
    return { url: url.href, memo: { ...app, origin, tokenEndpoint, pkce, scopes: [...scopes] } };
  },

  async exchange(answer, io) {
    const { origin, clientId, clientSecret, ...memo } = memoShape.parse(answer.memo);
    const given = await tokenFor(answer, io).catch(async (error: unknown) => {
      if (!(error instanceof ProviderError) || error.failure.code !== 'invalid_client') throw error;
      await forgetApp(origin, answer.redirectUri, memo.scopes, io);
      throw blame('This server no longer knows Post Master. Begin again: Post Master introduces itself anew.', error);
    });
    const connected = connectedOf(given, { origin, clientId, clientSecret }, io.now());
    const { id, username } = await accountAt(connected.grant, io);
    const { host } = new URL(origin);
    return { account: { id: `${host}/${id}`, name: `@${username}@${host}` }, ...connected } satisfies Connected<Grant>;
  },
};

/** A form, as RFC 6749 §4.1.3 has it: every server of the family reads it. */
async function tokenFor({ code, redirectUri, codeVerifier, memo }: AuthorizeAnswer, io: Io): Promise<z.infer<typeof token>> {
  const { tokenEndpoint, clientId, clientSecret, pkce } = memoShape.parse(memo);
  const answer = await io.http({
    method: 'POST', url: tokenEndpoint, errors, secrets: [code, clientSecret, codeVerifier],
    body: { form: {
      grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId, client_secret: clientSecret,
      ...(pkce && { code_verifier: codeVerifier }),
    } },
  });
  return answer.read(token);
}

/** The origin in what people enter: a host, the address of a page, or a handle. `URL` writes hosts in lower case. */
function originOf(typed: string): string {
  const text = typed.replace(/[\s\p{Cf}]/gu, '');
  if (text === '') throw blame('Enter your server, such as mastodon.social.');
  const scheme = /^([a-z][a-z\d+.-]*):\/\//iu.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https') throw blame('The server must be reached by https.');
  const handle = /^@?[^@/]+@([^@/]+)$/u.exec(text)?.[1];
  const url = URL.parse(scheme === undefined ? `https://${handle ?? text}` : text);
  // A last label of letters: neither a bare name nor an address of digits.
  const isHost = url !== null && /\.(?:[a-z]{2,}|xn--[a-z\d-]+)$/u.test(url.hostname) && !url.username && !url.password;
  if (!isHost) throw blame('This is not the name of a server. Enter it like mastodon.social.');
  return url.origin;
}
