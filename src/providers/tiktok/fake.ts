import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { rates } from './limits.ts';
import { tiktokOAuth, type TikTokOAuth } from './fake/oauth.ts';
import { fakePosts, type FakePosts } from './fake/posts.ts';
import { Refusal, success } from './fake/refusal.ts';
import { usualState, type TikTokState } from './fake/state.ts';

export { webhookCall } from './fake/hooks.ts';

export interface FakeTikTok extends FakePlatform {
  state: TikTokState;
  oauth: TikTokOAuth;
  made: FakePosts;
}

/** A strict TikTok of one account and one app. Time is the machine's unless `now` is given. */
export async function startFakeTikTok(options: Partial<TikTokState> = {}): Promise<FakeTikTok> {
  const state: TikTokState = { ...usualState, creator: { ...usualState.creator }, ...options };
  const oauth = tiktokOAuth(state);
  const parts: { made?: FakePosts } = {};
  const platform = await startFake(
    ['https://open.tiktokapis.com', 'https://www.tiktok.com', 'https://open-upload.tiktokapis.com'],
    ({ ledger }) => {
      const made = fakePosts(state, ledger);
      parts.made = made;
      const limits = rateLimits(state);
      return async (request) => {
        try {
          return await routed(request, state, oauth, made, limits);
        } catch (error) {
          if (error instanceof Refusal) return error.answer;
          throw error;
        }
      };
    },
    (method, path) => method === 'PUT' && path === '/video/',
  );
  if (!parts.made) throw new Error('the fake did not start');
  return Object.assign(platform, { state, oauth, made: parts.made });
}

type Limit = (name: string, access: string, perMinute: number) => void;

async function routed(request: FakeRequest, state: TikTokState, oauth: TikTokOAuth, made: FakePosts, limit: Limit): Promise<FakeAnswer> {
  const call = `${request.method} ${request.path}`;
  /** The token of a call to the API, which is counted. */
  const allowed = (scope: string, name: string, perMinute: number) => {
    const token = oauth.bearer(request, scope);
    limit(name, token.access, perMinute);
    return token;
  };
  switch (call) {
    case 'GET /v2/auth/authorize/':
      return oauth.consent(request);
    case 'POST /v2/auth/authorize/':
      return oauth.decide(request);
    case 'POST /v2/oauth/token/':
      return oauth.answerToken(request);
    case 'POST /v2/oauth/revoke/':
      return oauth.answerRevoke(request);
    case 'GET /v2/user/info/': {
      const token = allowed('user.info.basic', 'user', rates.userInfo);
      const fields = (request.query.get('fields') ?? '').split(',').filter(Boolean);
      if (fields.length === 0) throw new Refusal(400, 'invalid_params', 'fields is missing');
      const known: Record<string, string> = { open_id: token.user, union_id: 'c9c60f44-a68e-4f5d-84dd-ce22faeb0ba1', avatar_url: state.user.avatarUrl, display_name: state.user.name };
      const more = fields.filter((field) => !Object.hasOwn(known, field));
      if (more.length > 0) throw new Refusal(400, 'scope_permission_missed', `Access token is invalid, ${more.join(', ')} need additional scopes`);
      return success(JSON.stringify({ user: Object.fromEntries(fields.map((field) => [field, known[field]])) }));
    }
    case 'PUT /video/':
      return made.uploads.put(request);
  }
  if (!/^application\/json; ?charset=utf-8$/iu.test(request.headers['content-type'] ?? '')) throw new Refusal(400, 'invalid_params', 'The content type must be application/json; charset=UTF-8');
  switch (call) {
    case 'POST /v2/post/publish/creator_info/query/':
      if (request.bytes > 0) throw new Refusal(400, 'invalid_params', 'This call has no body');
      return made.creatorInfo(allowed('video.publish', 'creator', rates.creatorInfo));
    case 'POST /v2/post/publish/video/init/':
      return made.videoInit(request, allowed('video.publish', 'init', rates.init));
    case 'POST /v2/post/publish/content/init/':
      return made.photoInit(request, allowed('video.publish', 'init', rates.init));
    case 'POST /v2/post/publish/status/fetch/':
      return made.status(request, allowed('video.publish', 'status', rates.status));
  }
  throw new Refusal(404, 'unsupported_path', 'Unsupported path');
}

/** "The API rate limit was exceeded": per token and endpoint, in a sliding minute. */
function rateLimits(state: TikTokState): Limit {
  const seen = new Map<string, number[]>();
  return (name, access, perMinute) => {
    const key = `${name} ${access}`;
    const recent = (seen.get(key) ?? []).filter((at) => at > state.now() - 60_000);
    if (recent.length >= perMinute) throw new Refusal(429, 'rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.');
    seen.set(key, [...recent, state.now()]);
  };
}
