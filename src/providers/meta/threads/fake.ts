import { fakeOAuth, type FakeOAuth } from '../../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../../fake/server.ts';
import { paramsOf, Refusal, shapeOf } from '../fake/refusal.ts';
import { fakeContainers, type FakeContainer, type FakePost } from './fake-containers.ts';

export interface FakeThreads extends FakePlatform {
  client: { id: string; secret: string };
  oauth: FakeOAuth;
  user: { id: string; username: string; name: string };
  containers: Map<string, FakeContainer>;
  posts: FakePost[];
  /** Looks that a container with a file takes until it is finished. */
  looks: number;
  /** Why the next container with a file fails. */
  fails: string | null;
  quotaUsed: number;
  /** Whether files are really fetched; without it their addresses are looked at alone. */
  fetches: boolean;
}

export interface FakeThreadsOptions { now?: () => number; redirectUris?: readonly string[]; fetches?: boolean }

const day = 24 * 60 * 60 * 1000;

/** A strict Threads of one app and one profile. Its `user_id` is a number that JavaScript cannot hold, as the real one's is. */
export async function startFakeThreads(
  { now = Date.now, redirectUris = ['https://post.example/integrations/social/threads'], fetches = false }: FakeThreadsOptions = {},
): Promise<FakeThreads> {
  const client = { id: '990602627938098', secret: 'a-threads-secret-that-must-never-be-seen' };
  const user = { id: '17841405793187219', username: 'harbour', name: 'Harbour News' };
  const oauth = fakeOAuth({
    client, redirectUris, scopes: ['threads_basic', 'threads_content_publish', 'threads_manage_replies'], scopeSeparator: ',', pkce: 'none',
    codeSeconds: 3600, tokenSeconds: 3600, refresh: 'none', user: () => user.id, now,
    refusal: (code, sentence) => (code === 'invalid_client'
      ? new Refusal(101, 'Error validating application. Cannot get application info due to a system error.').answer
      : { status: 400, body: { error_type: 'OAuthException', code: 400, error_message: code === 'invalid_grant' ? 'Matching code was not found or was already used' : sentence } }),
  });
  /** Long-lived tokens with when they were made. */
  const long = new Map<string, { scopes: readonly string[]; at: number }>();
  let made = 0;
  const newId = () => `${17_889_615_691_921_000n + BigInt(++made)}`;

  const platform = await startFake(['https://graph.threads.net', 'https://threads.net'], () => async (request) => {
    try {
      return await routed(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  });

  async function routed(request: FakeRequest): Promise<FakeAnswer> {
    const { method, path, query } = request;
    if (path === '/oauth/authorize') return method === 'GET' ? oauth.consent(request) : oauth.decide(request);
    if (method === 'POST' && path === '/oauth/access_token') {
      const given = oauth.token(Object.fromEntries(request.form()));
      // Written by hand: a number literal beyond 2^53.
      return 'status' in given ? given : { status: 200, headers: { 'content-type': 'application/json' }, body: `{"access_token":"${given.access}","user_id":${user.id}}` };
    }
    if (method === 'GET' && path === '/access_token') {
      shapeOf({ ...Object.fromEntries(query), token: query.get('access_token') ?? '' }, ['grant_type', 'client_secret', 'token', 'access_token']);
      const short = oauth.check(query.get('access_token') ?? undefined);
      if (query.get('grant_type') !== 'th_exchange_token' || query.get('client_secret') !== client.secret || typeof short === 'string') throw new Refusal(190, 'Error validating access token', { status: 401 });
      return issueLong(short.scopes);
    }
    if (method === 'GET' && path === '/refresh_access_token') {
      const old = caller(request, 'threads_basic');
      if (query.get('grant_type') !== 'th_refresh_token') throw new Refusal(100, 'Unsupported grant type');
      if (now() - old.at < day) throw new Refusal(100, 'The access token is too young to be refreshed');
      return issueLong(old.scopes);
    }
    const [version, first = '', second] = path.split('/').slice(1).map(decodeURIComponent);
    if (version !== 'v1.0') throw new Refusal(2500, `Unknown path components: ${path}`);
    return content(request, first === 'me' ? user.id : first, second);
  }

  function issueLong(scopes: readonly string[]): FakeAnswer {
    const token = `THQV${newId()}`;
    long.set(token, { scopes, at: now() });
    return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: 5_183_944 } };
  }

  function caller({ query }: FakeRequest, ...scopes: readonly string[]) {
    const token = long.get(query.get('access_token') ?? '');
    if (!token || now() - token.at > 5_183_944_000) throw new Refusal(190, 'Error validating access token: Session has expired', { status: 401 });
    if (!scopes.every((scope) => token.scopes.includes(scope))) throw new Refusal(10, 'Application does not have permission for this action', { status: 403 });
    return token;
  }

  async function content(request: FakeRequest, id: string, edge: string | undefined): Promise<FakeAnswer> {
    const params = paramsOf(request);
    const mine = id === user.id;
    if (request.method === 'POST' && mine && edge === 'threads') {
      caller(request, 'threads_basic', 'threads_content_publish');
      return { status: 200, body: { id: await keeper.make(params) } };
    }
    if (request.method === 'POST' && mine && edge === 'threads_publish') {
      caller(request, 'threads_basic', 'threads_content_publish');
      return { status: 200, body: { id: keeper.publish(shapeOf(params, ['creation_id'])['creation_id'] ?? '') } };
    }
    if (request.method !== 'GET') throw new Refusal(100, `Unsupported ${request.method.toLowerCase()} request`, { subcode: 33 });
    caller(request, 'threads_basic');
    if (mine && edge === undefined) return { status: 200, body: { ...user, threads_profile_picture_url: 'https://cdn.threads.test/p.jpg' } };
    if (mine && edge === 'threads_publishing_limit') {
      return { status: 200, body: { data: [{ quota_usage: fake.quotaUsed, config: { quota_total: 250, quota_duration: 86_400 } }] } };
    }
    if (mine && (edge === 'threads' || edge === 'replies')) {
      shapeOf(params, ['fields'], ['since', 'until', 'limit']);
      const since = Number(params['since'] ?? 0) * 1000;
      const data = fake.posts.filter((post) => (post.replyTo !== null) === (edge === 'replies') && post.at >= since).toReversed().slice(0, Number(params['limit'] ?? 25));
      return { status: 200, body: { data: data.map((post) => ({ id: post.id, text: post.text, timestamp: new Date(post.at).toISOString().replace('.000Z', '+0000'), permalink: permalink(post), media_type: post.type })) } };
    }
    shapeOf(params, ['fields']);
    const found = keeper.look(id);
    if (found) return { status: 200, body: found };
    const post = fake.posts.find((one) => one.id === id);
    if (post) return { status: 200, body: { id, permalink: permalink(post) } };
    throw new Refusal(100, `Unsupported get request. Object with ID '${id}' does not exist`, { subcode: 33 });
  }

  const permalink = ({ id }: FakePost) => `https://www.threads.net/@${user.username}/post/C${id.slice(-6)}`;

  const fake: FakeThreads = Object.assign(platform, {
    client, oauth, user, containers: new Map(), posts: [], looks: 1, fails: null, quotaUsed: 0, fetches,
  });
  const keeper = fakeContainers(fake, { now, newId });
  const longLived = () => { const { body } = issueLong(['threads_basic', 'threads_content_publish']); return (body as { access_token: string }).access_token; };
  return Object.assign(fake, { longLived });
}

/** A token as an earlier connection would have left it. */
export function tokenOf(fake: FakePlatform): string {
  return (fake as FakeThreads & { longLived: () => string }).longLived();
}
