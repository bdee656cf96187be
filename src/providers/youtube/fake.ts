import { fakeOAuth, type FakeOAuth, type FakeToken } from '../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { scopes } from './connect.ts';
import { answerProblem, bodyProblem, isOpen, methodAt, queryProblem } from './fake/referee.ts';
import { Refusal } from './fake/refusal.ts';
import { fakeUploads, type FakeUploads, type UploadState } from './fake/uploads.ts';
import { fakeVideos, type ChannelState, type FakeVideos } from './fake/videos.ts';

export const client = { id: '1234-abc.apps.googleusercontent.com', secret: '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en' };
export const redirectUri = 'https://post.example/integrations/social/youtube';

/** What this Google is and does; may be changed while it runs. */
export interface FakeYouTubeState extends ChannelState, UploadState {
  /** Who is logged in; null for an account without a channel. */
  user: { id: string; email: string; name: string };
  hasChannel: boolean;
  /** Where the client may be sent back to. */
  redirectUris: readonly string[];
  /** Scopes that the person leaves unticked. */
  denies: readonly string[];
  /** Seconds until refresh tokens end, as for apps in testing; null for never. */
  endsIn: number | null;
}

export interface FakeYouTube extends FakePlatform {
  state: FakeYouTubeState;
  oauth: FakeOAuth;
  videos: FakeVideos;
  uploads: FakeUploads;
}

export interface FakeYouTubeOptions extends Partial<FakeYouTubeState> {
  /** False: uploads are counted and not kept, for files that are too large. */
  keepsBytes?: boolean;
}

/** A strict Google with one account and its channel. Time is the machine's unless `now` is given; answers carry it as their `Date`. */
export async function startFakeYouTube({ keepsBytes = true, ...options }: FakeYouTubeOptions = {}): Promise<FakeYouTube> {
  const state: FakeYouTubeState = {
    now: Date.now, user: { id: '108937461029384756102', email: 'ada@example.org', name: 'Ada' }, hasChannel: true, redirectUris: [redirectUri], denies: [], endsIn: null,
    channel: { id: 'UCabcdefghijklmnopqrstuv', title: 'Ada at the harbour', handle: '@ada', country: 'DE', longUploads: 'allowed' },
    audited: true, processingLooks: 0, processingEnds: null, uploadsLeft: 100, channelFull: false, sessionMs: 7 * 24 * 3600 * 1000, ...options,
  };
  const oauth = fakeOAuth({
    client, get redirectUris() { return state.redirectUris; }, scopes, pkce: 'optional', extra: ['access_type', 'prompt'], codeSeconds: 600, tokenSeconds: 3599, refresh: 'stays',
    user: () => state.user.id, denies: () => state.denies, now: () => state.now(),
    refusal: (code, sentence) => ({ status: code === 'invalid_client' ? 401 : 400, body: { error: code, error_description: sentence } }),
  });
  const made: { videos?: FakeVideos; uploads?: FakeUploads } = {};
  const platform = await startFake(['https://www.googleapis.com', 'https://accounts.google.com', 'https://oauth2.googleapis.com'], ({ ledger }) => {
    made.videos = fakeVideos(state, ledger);
    made.uploads = fakeUploads(state, made.videos);
    const account = accountOf(state, oauth);
    const api = apiOf(state, oauth, made.videos, made.uploads);
    return (request) => {
      const answer = answerTo(request, account, api);
      return { ...answer, headers: { date: new Date(state.now()).toUTCString(), ...answer.headers } };
    };
  }, (method, path) => !keepsBytes && method === 'PUT' && path.startsWith('/upload/'));
  if (!made.videos || !made.uploads) throw new Error('the fake did not start');
  return Object.assign(platform, { state, oauth, videos: made.videos, uploads: made.uploads });
}

type Routes = (request: FakeRequest) => FakeAnswer | undefined;

function answerTo(request: FakeRequest, account: Routes, api: Routes): FakeAnswer {
  try {
    return account(request) ?? api(request) ?? { status: 404, body: 'Not Found' };
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** accounts.google.com and oauth2.googleapis.com. */
function accountOf(state: FakeYouTubeState, oauth: FakeOAuth): Routes {
  /** Codes from a consent that brings a refresh token. */
  const lasting = new Set<string>();
  return (request) => {
    const { method, path, host } = request;
    // A browser comes to the consent page by the address of the stand-in.
    if (path === '/o/oauth2/v2/auth') {
      if (method === 'GET') return oauth.consent(request);
      const asked = request.form();
      const answer = oauth.decide(request);
      const code = new URL(answer.headers?.['location'] ?? 'https://nowhere.example').searchParams.get('code');
      if (code !== null && asked.get('access_type') === 'offline' && asked.get('prompt')?.split(' ').includes('consent')) lasting.add(code);
      return answer;
    }
    if (host !== 'oauth2.googleapis.com' || method !== 'POST') return undefined;
    const form = Object.fromEntries(request.form());
    if (path === '/revoke') {
      const token = oauth.tokens.find(({ access, refresh, revoked }) => !revoked && [access, refresh].includes(form['token'] ?? ''));
      if (!token || Object.keys(form).length !== 1) return { status: 400, body: { error: 'invalid_token', error_description: 'Token expired or revoked' } };
      // All that the project holds of the account ends with it.
      for (const one of oauth.tokens) if (one.user === token.user) one.revoked = true;
      return { status: 200, body: {} };
    }
    if (path !== '/token') return undefined;
    const given = oauth.token(form);
    if ('status' in given) return given;
    const isFirst = form['grant_type'] === 'authorization_code';
    return { status: 200, body: {
      access_token: given.access, expires_in: 3599, scope: [...given.scopes, 'openid'].join(' '), token_type: 'Bearer',
      ...(isFirst && lasting.has(form['code'] ?? '') && { refresh_token: given.refresh }),
      ...(isFirst && state.endsIn !== null && { refresh_token_expires_in: state.endsIn }),
    } };
  };
}

/** www.googleapis.com, by the discovery documents. */
function apiOf(state: FakeYouTubeState, oauth: FakeOAuth, videos: FakeVideos, uploads: FakeUploads): Routes {
  function handled(id: string, request: FakeRequest): FakeAnswer {
    const { query } = request;
    const needsChannel = () => {
      if (!state.hasChannel) throw new Refusal(401, 'youtubeSignupRequired', 'Unauthorized', 'youtube.header');
    };
    switch (id) {
      case 'oauth2.userinfo.get':
        return { status: 200, body: { ...state.user, verified_email: true, picture: 'https://lh3.googleusercontent.com/a/x' } };
      case 'youtube.channels.list':
        if (!state.hasChannel) return { status: 200, body: { kind: 'youtube#channelListResponse', etag: 'etag', pageInfo: { totalResults: 0, resultsPerPage: 5 } } };
        return { status: 200, body: videos.listChannels(query) };
      case 'youtube.videos.list':
        return { status: 200, body: videos.listVideos(query) };
      case 'youtube.playlistItems.list':
        return { status: 200, body: videos.listUploads(query) };
      case 'youtube.videoCategories.list':
        return { status: 200, body: videos.listCategories(query) };
      case 'youtube.videos.insert':
        needsChannel();
        return uploads.begin(request);
      default:
        needsChannel();
        return videos.setThumbnail(request);
    }
  }

  return (request) => {
    if (request.host !== 'www.googleapis.com') return undefined;
    const isPiece = request.method === 'PUT' && request.path === '/upload/youtube/v3/videos';
    const found = methodAt(isPiece ? 'POST' : request.method, request.path);
    if (!found) return undefined;
    const { method, uploads: isUpload } = found;
    check(oauth, request, (token) => isOpen(method, token.scopes));
    if (isPiece) return judged(uploads.put(request), (body) => answerProblem(method, body));
    const strange = queryProblem(method, request.query, isUpload ? ['uploadType'] : []);
    if (strange) throw new Refusal(400, strange.reason, strange.message, 'youtube.parameter');
    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    const wrong = isJson ? bodyProblem(method, request.json()) : null;
    if (wrong !== null) throw new Refusal(400, 'badRequest', wrong, 'global');
    return judged(handled(method.id, request), (body) => answerProblem(method, body));
  };
}

/** The fake's own answers are held to the documents too. */
function judged(answer: FakeAnswer, problemOf: (body: unknown) => string | null): FakeAnswer {
  const problem = answer.status < 300 && typeof answer.body === 'object' ? problemOf(answer.body) : null;
  if (problem !== null) throw new Error(`the fake answers wrongly: ${problem}`);
  return answer;
}

function check(oauth: FakeOAuth, { headers }: FakeRequest, isEnough: (token: FakeToken) => boolean): void {
  const token = oauth.check(headers['authorization']?.replace(/^Bearer /u, ''));
  if (typeof token === 'string') throw new Refusal(401, 'authError', 'Request had invalid authentication credentials.', 'global');
  if (!isEnough(token)) throw new Refusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'global');
}
