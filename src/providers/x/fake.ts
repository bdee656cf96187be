import { fakeOAuth, type FakeOAuth } from '../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { openBill, type Bill } from './fake/bill.ts';
import { rateLimits } from './fake/limits.ts';
import { fakeMedia, type FakeMedia, type MediaState } from './fake/media.ts';
import { fakePosts, type FakePosts, type PostState } from './fake/posts.ts';
import { forbidden, notFound, Refusal, unauthorized } from './fake/refusal.ts';

export const origin = 'https://api.x.com';
export const consentOrigin = 'https://x.com';

/** What this X is and does; may be changed while it runs. */
export interface FakeXState extends MediaState, PostState {
  user: PostState['user'] & { name: string; username: string };
  client: { id: string; secret: string };
  redirectUris: string[];
  /** What the person does not allow. */
  denies: readonly string[];
  /** Dollars. */
  credits: number;
  /** Sees each call with its answer, for the referee. */
  watch?: (request: FakeRequest, answer: FakeAnswer) => void;
}

export interface FakeX extends FakePlatform {
  state: FakeXState;
  oauth: FakeOAuth;
  media: FakeMedia;
  posts: FakePosts;
  bill: Bill;
}

/** Pieces whose content is looked at; of later ones the length is enough. */
const piecesKept = 16;

const everyScope = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access', 'like.read', 'dm.read'];

/** A strict X of one account and one app. Time is the machine's unless `now` is given. */
export async function startFakeX(options: Partial<FakeXState> = {}): Promise<FakeX> {
  const state: FakeXState = {
    now: Date.now, user: { id: '2244994945', name: 'Harbour News', username: 'harbour', subscription: 'None' }, client: { id: 'the-client-id', secret: 'the-client-secret' },
    redirectUris: ['https://post.example/integrations/social/x'], denies: [], credits: 1_000, looks: 1, checkAfter: 1, processingFails: false, lag: 0, dialect: 'posts', ...options,
  };
  const oauth = fakeOAuth({
    client: state.client, redirectUris: state.redirectUris, scopes: everyScope, pkce: 'required', codeSeconds: 30, tokenSeconds: 7_200, refresh: 'rotates',
    refreshSeconds: 180 * 86_400, user: () => state.user.username, denies: () => state.denies, now: () => state.now(), refusal: oauthRefusal,
  });
  let made = 0n;
  let pieces = 0;
  // As X makes them: milliseconds since its own beginning, and a number.
  const newId = () => String((BigInt(Math.floor(state.now()) - 1_288_834_974_657) << 22n) + ++made);
  const bill = openBill({ now: () => state.now(), get credits() { return state.credits; } });
  const media = fakeMedia(state, newId, bill);
  const limited = rateLimits(() => state.now());
  const parts: { posts?: FakePosts } = {};
  const platform = await startFake([origin, consentOrigin], ({ ledger }) => {
    const posts = fakePosts(state, newId, media, bill, ledger);
    parts.posts = posts;
    return async (request) => {
      const answer = await answerTo(request, { state, oauth, media, posts, bill, limited });
      state.watch?.(request, answer);
      return answer;
    };
  }, (_method, path) => (path.endsWith('/append') && ++pieces > piecesKept ? 4_096 : false));
  if (!parts.posts) throw new Error('the fake did not start');
  return Object.assign(platform, { state, oauth, media, posts: parts.posts, bill });
}

type World = Pick<FakeX, 'state' | 'oauth' | 'media' | 'posts' | 'bill'> & { limited: ReturnType<typeof rateLimits> };

async function answerTo(request: FakeRequest, world: World): Promise<FakeAnswer> {
  const { method, path } = request;
  const route = `${method} ${path.replace(/^(\/2\/media\/upload\/|\/2\/users\/)\d+(?=\/)/u, '$1:id')}`;
  try {
    switch (route) {
      case 'GET /i/oauth2/authorize':
        return world.oauth.consent(request);
      case 'POST /i/oauth2/authorize':
        return world.oauth.decide(request);
      case 'POST /2/oauth2/token':
        return token(request, world.oauth);
      case 'POST /2/oauth2/revoke':
        return revoke(request, world.oauth);
    }
    const handle = api[route];
    if (!handle) throw notFound(path);
    authorize(request, world.oauth, handle.scopes);
    const headers = world.limited(route);
    const answer = await handle.answer(request, world, path.split('/')[route.startsWith('GET /2/users') ? 3 : 4] ?? '');
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

type Handler = { scopes: readonly string[]; answer: (request: FakeRequest, world: World, id: string) => FakeAnswer | Promise<FakeAnswer> };

/** Scopes as the OpenAPI document has them. */
const api: Record<string, Handler> = {
  'GET /2/users/me': { scopes: ['tweet.read', 'users.read'], answer: (request, world) => me(request, world) },
  'POST /2/tweets': { scopes: ['tweet.read', 'tweet.write', 'users.read'], answer: (request, { posts }) => posts.create(request) },
  'GET /2/users/:id/tweets': { scopes: ['tweet.read', 'users.read'], answer: (request, { posts }, id) => posts.timeline(request, id) },
  'POST /2/media/upload': { scopes: ['media.write'], answer: (request, { media }) => media.whole(request) },
  'GET /2/media/upload': { scopes: ['media.write'], answer: (request, { media }) => media.status(request) },
  'POST /2/media/upload/initialize': { scopes: ['media.write'], answer: (request, { media }) => media.initialize(request) },
  'POST /2/media/upload/:id/append': { scopes: ['media.write'], answer: (request, { media }, id) => media.append(request, id) },
  'POST /2/media/upload/:id/finalize': { scopes: ['media.write'], answer: (request, { media }, id) => media.finalize(request, id) },
  'POST /2/media/metadata': { scopes: ['media.write'], answer: (request, { media }) => media.describe(request) },
};

function authorize({ headers }: FakeRequest, oauth: FakeOAuth, scopes: readonly string[]) {
  const given = oauth.check(/^Bearer (.+)$/u.exec(headers['authorization'] ?? '')?.[1], ...scopes);
  if (given === 'missing_scope') throw forbidden('Your access token does not have the required permissions for this endpoint.');
  if (typeof given === 'string') throw unauthorized();
}

function me({ query }: FakeRequest, { state, bill }: World): FakeAnswer {
  const asked = (query.get('user.fields') ?? '').split(',').filter(Boolean);
  if ([...query.keys()].some((name) => name !== 'user.fields')) throw new Refusal(400, { title: 'Invalid Request', detail: 'unknown parameter', type: 'https://api.x.com/2/problems/invalid-request' });
  const { id, name, username, subscription } = state.user;
  bill.charge('userRead', id);
  const all: Record<string, string> = { profile_image_url: 'https://pbs.twimg.com/profile_images/1/harbour_normal.jpg', subscription_type: subscription };
  return { status: 200, body: { data: { id, name, username, ...Object.fromEntries(asked.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]]))) } } };
}

function oauthRefusal(code: string, sentence: string): FakeAnswer {
  if (code === 'invalid_client') return { status: 401, body: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' } };
  const what = /refresh/u.test(sentence) ? 'token' : 'authorization code';
  return { status: 400, body: code === 'invalid_grant' ? { error: 'invalid_request', error_description: `Value passed for the ${what} was invalid.` } : { error: code, error_description: sentence } };
}

function clientOf({ headers }: FakeRequest): { id: string; secret: string } {
  const basic = Buffer.from(/^Basic (.+)$/u.exec(headers['authorization'] ?? '')?.[1] ?? '', 'base64').toString('utf8');
  const [id = '', secret = ''] = basic.split(':').map(decodeURIComponent);
  return { id, secret };
}

function formOf(request: FakeRequest): Record<string, string> {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) throw new Refusal(400, { error: 'invalid_request', error_description: 'Content-Type must be application/x-www-form-urlencoded' });
  return Object.fromEntries(request.form());
}

function token(request: FakeRequest, oauth: FakeOAuth): FakeAnswer {
  const form = formOf(request);
  // The secret of a confidential app goes into the header and nowhere else.
  if ('client_secret' in form || 'client_id' in form) return oauthRefusal('invalid_request', 'unexpected parameter');
  const used = form['grant_type'] === 'refresh_token' ? oauth.tokens.find(({ refresh, revoked }) => revoked && refresh === form['refresh_token']) : undefined;
  // Said again, a used token takes the whole family with it.
  if (used) for (const other of oauth.tokens.filter(({ user }) => user === used.user)) other.revoked = true;
  const given = oauth.token(form, clientOf(request));
  if ('status' in given) return given;
  const { access, refresh, scopes } = given;
  return { status: 200, body: {
    token_type: 'bearer', expires_in: 7_200, access_token: access, scope: scopes.join(' '), ...(refresh !== null && scopes.includes('offline.access') && { refresh_token: refresh }),
  } };
}

function revoke(request: FakeRequest, oauth: FakeOAuth): FakeAnswer {
  const form = formOf(request);
  const { id, secret } = clientOf(request);
  const unknown = Object.keys(form).filter((name) => name !== 'token' && name !== 'token_type_hint');
  // A code nobody has tells whether the app is known, without anything happening.
  const known = oauth.token({ grant_type: 'authorization_code', code: '', redirect_uri: '', code_verifier: '' }, { id, secret });
  if ('status' in known && known.status === 401) return known;
  if (unknown.length > 0 || !form['token']) return oauthRefusal('invalid_request', 'token is missing, or there are others');
  oauth.revoke(form['token']);
  return { status: 200, body: { revoked: true } };
}
