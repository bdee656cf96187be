import { fakeOAuth, type FakeOAuth } from '../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { fakePosts, type FakePost, type PostsState } from './fake/posts.ts';
import { byStatus, formOf, Refusal, shaped } from './fake/refusal.ts';
import { fakeStore, storeOrigin, type FakeStore, type StoreState } from './fake/store.ts';

export interface FakeSubreddit {
  name: string;
  role: 'moderator' | 'subscriber' | 'none';
  type: 'public' | 'restricted' | 'private' | 'archived' | 'user';
  banned?: boolean;
  /** The one kind that is taken. */
  only?: 'self' | 'link';
  noGalleries?: boolean;
  noSpoilers?: boolean;
  over18?: boolean;
  requirements: Record<string, unknown>;
  flairs: { id: string; text: string; editable?: boolean }[];
  rules: string[];
}

/** What this Reddit is and does; may be changed while it runs. */
export interface FakeRedditState extends PostsState, StoreState {
  redirectUris: readonly string[];
  userId: string;
  /** Whether a refused code or token is answered with status 200, as years ago. */
  kindRefusals: boolean;
  /** How many things one call lists at most. */
  perCall: number;
}

export interface FakeReddit extends FakePlatform {
  state: FakeRedditState;
  oauth: FakeOAuth;
  store: FakeStore;
  posts: FakePost[];
  made(subreddit: string, title: string): FakePost;
}

export const client = { id: 'p-jcoLKBynTLew', secret: 'a-reddit-secret-that-must-never-be-seen' };
const api = 'https://oauth.reddit.com';
const site = 'https://www.reddit.com';

/** A strict Reddit of one app and one account. Time is the machine's unless `now` is given. */
export async function startFakeReddit(options: Partial<FakeRedditState> = {}): Promise<FakeReddit> {
  const state: FakeRedditState = {
    now: Date.now, redirectUris: ['https://post.example/integrations/social/reddit'], userId: '1w72', name: 'harbour_news', kindRefusals: false, perCall: 100,
    lag: { files: 0, words: 0 }, processingFails: false, alsoSays: null, leaseLife: 15 * 60_000, most: { image: 20_971_520, video: 1_073_741_824 },
    subreddits: [
      { name: 'HarbourNews', role: 'moderator', type: 'public', requirements: {}, flairs: [{ id: 'ca999154-c1b0-11e7', text: 'Tides', editable: true }], rules: ['Be kind'] },
      { name: 'lighthouses', role: 'subscriber', type: 'public', requirements: {}, flairs: [], rules: [] },
      { name: 'u_somebody', role: 'subscriber', type: 'user', requirements: {}, flairs: [], rules: [] },
      { name: 'nomore', role: 'subscriber', type: 'public', banned: true, requirements: {}, flairs: [], rules: [] },
    ],
    ...options,
  };
  const oauth = fakeOAuth({
    client, redirectUris: state.redirectUris, scopes: ['identity', 'submit', 'read', 'flair', 'mysubreddits', 'history'], pkce: 'none', extra: ['duration'],
    codeSeconds: 600, tokenSeconds: 86_400, refresh: 'stays', user: () => state.name, now: () => state.now(),
    refusal: (code) => (code === 'invalid_client' ? byStatus(401, 'Unauthorized').answer : { status: state.kindRefusals ? 200 : 400, body: { error: code } }),
  });
  const store = fakeStore(state);
  const parts: { posts?: ReturnType<typeof fakePosts> } = {};
  const platform = await startFake([api, site, storeOrigin], ({ ledger }) => {
    const posts = fakePosts(state, ledger, store);
    parts.posts = posts;
    return (request) => {
      try {
        if (request.method === 'POST' && request.path === '/') return store.arrive(request);
        return entrance(request, state, oauth) ?? routed(request, state, oauth, store, posts);
      } catch (error) {
        if (error instanceof Refusal) return error.answer;
        throw error;
      }
    };
  }, (_method, path) => (path === '/' ? 16_384 : false));
  if (!parts.posts) throw new Error('the fake did not start');
  return Object.assign(platform, { state, oauth, store, posts: parts.posts.posts, made: parts.posts.made });
}

/** The pages and the token endpoints, where no bearer is asked for. */
function entrance(request: FakeRequest, state: FakeRedditState, oauth: FakeOAuth): FakeAnswer | null {
  const { method, path, headers } = request;
  if (path === '/api/v1/authorize') {
    if (method === 'GET' && request.query.get('duration') !== 'permanent') throw byStatus(400, 'Bad Request', { explanation: 'duration must be permanent here' });
    return method === 'GET' ? oauth.consent(request) : oauth.decide(request);
  }
  // "<platform>:<app ID>:<version string> (by /u/<username>)" (Data API Wiki).
  if (!/^\w+:[\w.-]+:v[\d.]+ \((?:by \/u\/[\w-]+|\+https?:\/\/\S+)\)$/u.test(headers['user-agent'] ?? '')) {
    throw new Refusal({ status: 403, body: '<html><body>You\'ve been blocked by network security.</body></html>' });
  }
  if (method !== 'POST' || !['/api/v1/access_token', '/api/v1/revoke_token'].includes(path)) return null;
  const [id = '', secret = ''] = Buffer.from(/^Basic (.+)$/u.exec(headers['authorization'] ?? '')?.[1] ?? '', 'base64').toString('utf8').split(':');
  if (id !== client.id || secret !== client.secret) throw byStatus(401, 'Unauthorized');
  const form = formOf(request);
  if (path.endsWith('revoke_token')) {
    oauth.revoke(shaped(form, { token: /./u, token_type_hint: /^(?:access|refresh)_token$/u })['token'] ?? '');
    return { status: 204 };
  }
  const token = oauth.token(form, { id, secret });
  if ('status' in token) return token;
  const seconds = Math.round(((token.expiresAt ?? 0) - state.now()) / 1000);
  return { status: 200, body: { access_token: token.access, token_type: 'bearer', expires_in: seconds, refresh_token: token.refresh, scope: token.scopes.join(' ') } };
}

function routed(request: FakeRequest, state: FakeRedditState, oauth: FakeOAuth, store: FakeStore, posts: ReturnType<typeof fakePosts>): FakeAnswer {
  const { method, path, query } = request;
  const needs = (scope: string) => {
    const token = oauth.check(/^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1], scope);
    if (token === 'missing_scope') throw byStatus(403, 'Forbidden');
    if (typeof token === 'string') throw byStatus(401, 'Unauthorized');
    if (query.get('raw_json') !== '1') throw byStatus(400, 'Bad Request', { explanation: 'raw_json is missing' });
  };
  const placeOf = (name: string | undefined) => {
    const found = state.subreddits.find((one) => one.name.toLowerCase() === name?.toLowerCase());
    if (!found) throw byStatus(404, 'Not Found');
    if (found.type === 'private' && found.role === 'none') throw byStatus(403, 'Forbidden', { reason: 'private' });
    return found;
  };
  const [, first, second, third, fourth] = path.split('/');
  switch (`${method} ${path.replace(/^\/(r|user)\/[^/]+/u, '/$1/:').replace(/^\/api\/v1\/\w+\/post_/u, '/api/v1/:/post_')}`) {
    case 'GET /api/v1/me':
      needs('identity');
      return { status: 200, body: { id: state.userId, name: state.name, icon_img: 'https://styles.redditmedia.test/icon.png?width=256&s=secret', is_suspended: false } };
    case 'GET /subreddits/mine/moderator':
    case 'GET /subreddits/mine/subscriber':
      needs('mysubreddits');
      return listOf(request, state, third ?? '');
    case 'GET /r/:/about':
      needs('read');
      return { status: 200, body: { kind: 't5', data: aboutOf(placeOf(second)) } };
    case 'GET /r/:/about/rules':
      needs('read');
      return { status: 200, body: { rules: placeOf(second).rules.map((name) => ({ kind: 'all', short_name: name, description: '' })), site_rules: [] } };
    case 'GET /api/v1/:/post_requirements':
      needs('submit');
      return { status: 200, body: { domain_blacklist: [], domain_whitelist: [], body_restriction_policy: 'none', link_restriction_policy: 'none', is_flair_required: false, guidelines_text: null, ...placeOf(third).requirements } };
    case 'POST /r/:/api/flairselector': {
      needs('flair');
      shaped(formOf(request), { is_newlink: /^true$/u });
      const choices = placeOf(second).flairs.map(({ id, text, editable }) => ({ flair_css_class: '', flair_template_id: id, flair_text: text, flair_text_editable: editable ?? false, flair_position: 'right' }));
      return { status: 200, body: { current: { flair_template_id: null, flair_text: null }, choices } };
    }
    case 'POST /api/media/asset.json':
      needs('submit');
      return store.lease(request);
    case 'POST /api/submit':
      needs('submit');
      return posts.submit(request);
    case 'POST /api/submit_gallery_post.json':
      needs('submit');
      return posts.submitGallery(request);
    case 'GET /user/:/submitted':
      needs('history');
      if (second !== state.name) throw byStatus(404, 'Not Found');
      return posts.list(request);
    default:
      throw byStatus(404, 'Not Found', { explanation: [first, fourth].join() });
  }
}

function listOf({ query }: FakeRequest, state: FakeRedditState, role: string): FakeAnswer {
  const { limit = '25', after } = shaped(Object.fromEntries(query), { raw_json: /^1$/u }, { limit: /^(?:[1-9]\d?|100)$/u, after: /^t5_\w+$/u });
  const all = state.subreddits.filter((one) => one.role === role);
  const from = after === undefined ? 0 : Number(after.slice(3));
  const to = from + Math.min(Number(limit), state.perCall);
  return { status: 200, body: { kind: 'Listing', data: { after: to < all.length ? `t5_${to}` : null, children: all.slice(from, to).map((one) => ({ kind: 't5', data: aboutOf(one) })) } } };
}

function aboutOf({ name, role, type, banned, only, noGalleries, noSpoilers, over18 }: FakeSubreddit) {
  return {
    display_name: name, display_name_prefixed: `r/${name}`, title: `All about ${name}`, subscribers: 1200, over18: over18 ?? false, submission_type: only ?? 'any', subreddit_type: type,
    allow_images: true, allow_videos: true, allow_galleries: noGalleries !== true, spoilers_enabled: noSpoilers !== true, user_is_banned: banned ?? false,
    user_is_contributor: false, user_is_moderator: role === 'moderator', community_icon: 'https://styles.redditmedia.test/c.png?width=256&s=x', icon_img: '',
  };
}
