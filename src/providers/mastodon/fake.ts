import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { accountEntity, credentialAccount, instancePleroma, instanceV1, instanceV2, usualLimits } from './fake/entities.ts';
import { fakeOAuth, type FakeOAuth, type OAuthState } from './fake/oauth.ts';
import { fakePosts, type FakePosts, type PostState } from './fake/posts.ts';
import { Refusal } from './fake/refusal.ts';

export const origin = 'https://mastodon.test';

/** What this server is and does; may be changed while it runs. */
export interface FakeMastodonState extends OAuthState, PostState {
  /** Accounts that a search finds, beside the person's own; `acct` has a host where they are of another server. */
  others: { acct: string; name: string }[];
  /** False for a server that answers nobody who is not logged in. */
  searchIsOpen: boolean;
  /** `pleroma` describes itself in its own way. */
  software: 'mastodon' | 'pleroma';
  /** Sees each call with its answer, for the referee. */
  watch?: (request: FakeRequest, answer: FakeAnswer) => void;
}

export interface FakeMastodon extends FakePlatform {
  state: FakeMastodonState;
  oauth: FakeOAuth;
  posts: FakePosts;
}

/** A strict Mastodon of one account. Time is the machine's unless `now` is given; answers carry it as their `Date`. */
export async function startFakeMastodon(options: Partial<FakeMastodonState> = {}): Promise<FakeMastodon> {
  const person = { id: '109876543210987654', username: 'alice', name: 'Alice', privacy: 'public' as const };
  const state: FakeMastodonState = {
    origin, software: 'mastodon', version: '4.5.0', person, username: person.username, limits: { ...usualLimits }, now: Date.now,
    tokenSeconds: null, honoursKey: true, mediaLooks: 0, mediaFails: false, ids: 'numbers', tellsSource: true, tellsApp: true,
    others: [{ acct: 'bob', name: 'Bob' }, { acct: 'bobby@elsewhere.test', name: '' }], searchIsOpen: true, ...options,
  };
  const oauth = fakeOAuth(state);
  const parts: { posts?: FakePosts } = {};
  const platform = await startFake([state.origin], (made) => {
    const posts = fakePosts(state, made.ledger);
    parts.posts = posts;
    return async (request) => {
      const answer = await answerTo(request, state, oauth, posts);
      state.watch?.(request, answer);
      return { ...answer, headers: { date: new Date(state.now()).toUTCString(), ...answer.headers } };
    };
  });
  if (!parts.posts) throw new Error('the fake did not start');
  return Object.assign(platform, { state, oauth, posts: parts.posts });
}

async function answerTo(request: FakeRequest, state: FakeMastodonState, oauth: FakeOAuth, posts: FakePosts): Promise<FakeAnswer> {
  try {
    return await routed(request, state, oauth, posts);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** Version 2 of a path is there from this version on. */
const since = { media: [3, 1], instance: [4, 0] } as const;

async function routed(request: FakeRequest, state: FakeMastodonState, oauth: FakeOAuth, posts: FakePosts): Promise<FakeAnswer> {
  const has = (what: keyof typeof since) => {
    const [major = 0, minor = 0] = state.version.split('.').map(Number);
    return state.software === 'mastodon' && (major > since[what][0] || (major === since[what][0] && minor >= since[what][1]));
  };
  const id = request.path.split('/')[4] ?? '';
  switch (`${request.method} ${request.path.replace(/^(\/api\/v1\/(?:media|statuses|accounts)\/)(?!verify_credentials$)[^/]+/u, '$1:id')}`) {
    case 'GET /.well-known/oauth-authorization-server':
      return oauth.discovery();
    case 'POST /api/v1/apps':
      return oauth.register(request);
    case 'GET /oauth/authorize':
      return oauth.consent(request);
    case 'POST /oauth/authorize':
      return oauth.decide(request);
    case 'POST /oauth/token':
      return oauth.token(request);
    case 'POST /oauth/revoke':
      return oauth.revoke(request);
    case 'GET /api/v1/accounts/verify_credentials':
      oauth.check(request, 'profile', 'read:accounts');
      return { status: 200, body: credentialAccount(state.origin, state.person) };
    case 'GET /api/v2/instance':
      if (!has('instance')) throw new Refusal(404, 'Not Found');
      return { status: 200, body: instanceV2(state.origin, state.version, state.limits) };
    case 'GET /api/v1/instance':
      return { status: 200, body: state.software === 'pleroma' ? instancePleroma(state.origin, state.limits) : instanceV1(state.origin, state.version, state.limits) };
    case 'GET /api/v2/search':
      // With a token it must be one for searching; without one it is open, where the server lets it be (since 4.0).
      if (request.headers['authorization'] !== undefined) oauth.check(request, 'read:search');
      else if (!state.searchIsOpen || !has('instance')) throw new Refusal(401, 'This method requires an authenticated user');
      if (request.query.get('resolve') !== null || request.query.get('offset') !== null) throw new Refusal(401, 'Search queries that resolve remote resources are not supported without authentication');
      return { status: 200, body: { accounts: accountsFor(request, state), statuses: [], hashtags: [] } };
    case 'GET /api/v1/accounts/:id':
      if (id !== 'search') throw new Refusal(404, 'Not Found');
      oauth.check(request, 'read:accounts');
      return { status: 200, body: accountsFor(request, state) };
    case 'POST /api/v2/media':
      if (!has('media')) throw new Refusal(404, 'Not Found');
      oauth.check(request, 'write:media');
      return posts.upload(request, 2);
    case 'POST /api/v1/media':
      oauth.check(request, 'write:media');
      return posts.upload(request, 1);
    case 'GET /api/v1/media/:id':
      oauth.check(request, 'write:media');
      return posts.lookAtMedia(id);
    case 'POST /api/v1/statuses':
      return posts.create(request, oauth.check(request, 'write:statuses').app);
    case 'GET /api/v1/statuses/:id/source':
      oauth.check(request, 'read:statuses');
      return posts.source(id);
    case 'GET /api/v1/accounts/:id/statuses':
      oauth.check(request, 'read:statuses');
      return posts.timeline(decodeURIComponent(id), request.query);
    default:
      throw new Refusal(404, 'Not Found');
  }
}

function accountsFor({ query }: FakeRequest, { others, origin: at }: FakeMastodonState) {
  const typed = (query.get('q') ?? '').toLowerCase();
  if (typed === '') throw new Refusal(400, 'param is missing or the value is empty: q');
  return others.filter(({ acct, name }) => acct.toLowerCase().startsWith(typed) || name.toLowerCase().startsWith(typed)).slice(0, Number(query.get('limit') ?? 40))
    .map(({ acct, name }, n) => ({ ...accountEntity(at, { id: `10988000000000000${n}`, username: acct.split('@')[0] ?? acct, name, privacy: 'public' }), acct }));
}
