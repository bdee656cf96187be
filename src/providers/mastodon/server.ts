import * as z from 'zod';
import { ProviderError, type Io } from '../contract.ts';
import { errors, statusOf } from './errors.ts';
import { application, discovery } from './wire.ts';

/** How a server wants to be asked for access. */
export interface Server {
  origin: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** Whether it takes a PKCE challenge (S256). */
  pkce: boolean;
  scopes: readonly string[];
  /** Whether `redirect_uris` may be an array. */
  lists: boolean;
}

export type App = { clientId: string; clientSecret: string };

/**
 * The least for publishing. `read:statuses` is for looking whether a post is out after an answer was lost: without it a
 * server shows followers-only posts to nobody but a person.
 */
const scopes = ['write:statuses', 'write:media', 'read:statuses'];

/** What a server answers that has no such page, or that shows its web app in place of it. */
const nothingThere = [400, 401, 403, 404, 405, 406, 410, 501];
const redirects = [301, 302, 303, 307, 308];

/**
 * Asks a server how to log in there. Since 4.3 it says so (RFC 8414); what says nothing has the old paths, no PKCE and no
 * `profile` scope. Throws `rejected` with code `instance` for a host that is no such server.
 */
export async function serverAt(origin: string, io: Io): Promise<Server> {
  const answer = await io.http({
    method: 'GET', url: `${origin}/.well-known/oauth-authorization-server`, errors, accept: [...nothingThere, ...redirects],
  }).catch((error: unknown) => { throw unreachable(error, origin); });
  const elsewhere = redirects.includes(answer.status) ? URL.parse(answer.header('location') ?? '', origin) : null;
  if (elsewhere && elsewhere.origin !== origin) throw wrongHost(origin, elsewhere);

  const { data: told } = answer.status === 200 ? discovery.safeParse(answer.json) : { data: undefined };
  if (!told) {
    return {
      origin, authorizationEndpoint: `${origin}/oauth/authorize`, tokenEndpoint: `${origin}/oauth/token`,
      pkce: false, scopes: ['read:accounts', ...scopes], lists: false,
    };
  }
  // An answer that leads to another server would send that one's codes, or our secret, to the wrong place (RFC 9700 §4.4).
  for (const address of [told.issuer ?? origin, told.authorization_endpoint, told.token_endpoint]) {
    const url = URL.parse(address);
    if (url?.origin !== origin) throw wrongHost(origin, url);
  }
  return {
    origin, authorizationEndpoint: told.authorization_endpoint, tokenEndpoint: told.token_endpoint,
    pkce: told.code_challenge_methods_supported.includes('S256'),
    scopes: [told.scopes_supported.includes('profile') ? 'profile' : 'read:accounts', ...scopes],
    lists: told.app_registration_endpoint !== undefined,
  };
}

const kept = z.object({ clientId: z.string(), clientSecret: z.string() });

/**
 * Our app at this server: the one from before while the server still knows it, else a new one. Servers forget apps (before
 * 4.3, those that nobody uses), and a person sent to the consent page of a forgotten app never comes back from there.
 */
export async function appAt(server: Server, redirectUri: string, io: Io): Promise<App> {
  const key = noteOf(server.origin, redirectUri, server.scopes);
  const { data: known } = kept.safeParse(await io.notes.get(key));
  if (known && (await isKnown(server, known, io))) return known;
  const app = await register(server, redirectUri, io);
  await io.notes.put(key, app);
  return app;
}

/** Makes sure that the next connection registers anew. */
export async function forgetApp(origin: string, redirectUri: string, asked: readonly string[], io: Io): Promise<void> {
  await io.notes.put(noteOf(origin, redirectUri, asked), null);
}

function noteOf(origin: string, redirectUri: string, asked: readonly string[]): string {
  return `app ${origin} ${redirectUri} ${asked.join(' ')}`;
}

async function register(server: Server, redirectUri: string, io: Io): Promise<App> {
  const { client_id: clientId, client_secret: clientSecret } = await io.http({
    method: 'POST', url: `${server.origin}/api/v1/apps`, errors,
    body: { json: {
      client_name: appName, redirect_uris: server.lists ? [redirectUri] : redirectUri,
      scopes: server.scopes.join(' '), website: new URL(redirectUri).origin,
    } },
  }).then((answer) => answer.read(application)).catch((error: unknown) => { throw notMastodon(error, server.origin); });
  return { clientId, clientSecret };
}

/** The name that people see at consent and under their posts' details. */
export const appName = 'Post Master';

/** Asked with a token for the app alone, which nobody uses. In doubt it is not: registering once more harms nobody. */
async function isKnown({ tokenEndpoint, scopes: asked }: Server, { clientId, clientSecret }: App, io: Io): Promise<boolean> {
  try {
    await io.http({
      method: 'POST', url: tokenEndpoint, errors, secrets: [clientSecret],
      body: { form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: asked.join(' ') } },
    });
    return true;
  } catch (error) {
    const { kind, code } = error instanceof ProviderError ? error.failure : { kind: null, code: '' };
    if (kind === 'auth' || kind === 'rejected') return code === 'unsupported_grant_type';
    throw error;
  }
}

function unreachable(error: unknown, origin: string): unknown {
  if (!(error instanceof ProviderError) || error.failure.kind !== 'transient' || error.failure.reached) return error;
  return blame(`${new URL(origin).host} could not be reached. Check the spelling.`, error);
}

/** What answers a registration like this is a website, not a server of this kind. */
function notMastodon(error: unknown, origin: string): unknown {
  if (!(error instanceof ProviderError)) return error;
  const status = statusOf(error) ?? 0;
  const foreign = error.failure.code === 'unreadable_answer' || [...nothingThere, ...redirects].includes(status);
  return foreign ? blame(`${new URL(origin).host} does not answer like a Mastodon server.`, error) : unreachable(error, origin);
}

function wrongHost(origin: string, other: URL | null): ProviderError {
  const { host } = new URL(origin);
  return other?.protocol === 'https:' && other.origin !== origin
    ? blame(`${host} has its log-in at ${other.host}. Enter ${other.host} if that is your server.`)
    : blame(`${host} does not answer like a Mastodon server.`);
}

/** Something is not right with the host that was typed. */
export function blame(message: string, cause?: ProviderError): ProviderError {
  const evidence = cause?.failure.evidence;
  return new ProviderError({
    kind: 'rejected', code: 'instance', message, fix: 'Enter the address of the server that you log in to, such as mastodon.social.',
    ...(evidence && { evidence }),
  });
}
