import { fakeOAuth, type FakeOAuth, type FakeToken } from '../fake/oauth.ts';
import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { hosts, type Place } from './api.ts';
import { scopes } from './connect.ts';
import { fakeMedia, storageOrigin, type FakeMediaRoom } from './fake/media.ts';
import { fakePins, type FakePins } from './fake/pins.ts';
import { known, refusals, Refusal, usualBoards, type FakePinterestState } from './fake/state.ts';

const day = 24 * 60 * 60;

export interface FakePinterest extends FakePlatform {
  state: FakePinterestState;
  oauth: FakeOAuth;
  pins: FakePins;
  media: FakeMediaRoom;
  /** A token as a connection made earlier would have it. */
  connected(place: Place, given?: readonly string[]): FakeToken;
}

/** A strict Pinterest of one account, its sandbox and its storage. Answers carry its time as their `Date`. */
export async function startFakePinterest(options: Partial<FakePinterestState> = {}): Promise<FakePinterest> {
  const state: FakePinterestState = {
    access: 'standard', oldApp: false, client: { id: '1503262', secret: 'pinterest-app-secret' }, redirectUris: ['https://post.example/integrations/social/pinterest'],
    user: { id: '2783136121146311751', username: 'ada', business: 'Ada\'s Harbour' }, denies: [], boards: usualBoards(), now: Date.now, mediaLooks: 0, mediaFails: false,
    ticketSeconds: 3600, ticketBytes: 2_147_483_648, reaches: () => true, order: 'newest', zoneless: false, left: 1000, keepsUploads: true, clientCredentials: true, ...options,
  };
  const oauth = fakeOAuth({
    client: state.client, redirectUris: state.redirectUris, scopes: [...scopes, 'boards:read_secret', 'pins:read_secret', 'pins:write_secret'], scopeSeparator: ',', pkce: 'none',
    codeSeconds: 600, tokenSeconds: 30 * day, refresh: 'rotates', refreshSeconds: 60 * day, user: () => state.user.username, denies: () => state.denies, now: () => state.now(),
    refusal: (code, sentence) => code === 'invalid_client' ? refusals.auth().answer
      : code === 'invalid_grant' && sentence.includes('refresh token') ? new Refusal(401, 2, 'Authentication failed.').answer
      : code === 'invalid_grant' ? new Refusal(400, 283, 'Invalid authorization code.').answer : refusals.invalid(sentence).answer,
  });
  const places = new Map<string, Place>();
  const media = fakeMedia(state);
  const parts: { pins?: FakePins } = {};
  const origins: [string, ...string[]] = [hosts.production, hosts.sandbox, 'https://www.pinterest.com', storageOrigin];
  const platform = await startFake(origins, ({ ledger }) => {
    const pins = fakePins(state, ledger, media);
    parts.pins = pins;
    return async (request) => {
      const answer = await answered(() => routed(request, { state, oauth, places, media, pins }));
      state.watch?.(request, answer);
      return { ...answer, headers: { date: new Date(state.now()).toUTCString(), ...answer.headers } };
    };
  }, (method, path) => method === 'POST' && path === '/' && !state.keepsUploads);
  if (!parts.pins) throw new Error('the fake did not start');
  const connected = (place: Place, given: readonly string[] = scopes) => {
    const token = oauth.issue(given);
    places.set(token.access, place);
    return token;
  };
  return Object.assign(platform, { state, oauth, pins: parts.pins, media, connected });
}

async function answered(act: () => FakeAnswer | Promise<FakeAnswer>): Promise<FakeAnswer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

interface Rooms { state: FakePinterestState; oauth: FakeOAuth; places: Map<string, Place>; media: FakeMediaRoom; pins: FakePins }

function routed(request: FakeRequest, rooms: Rooms): FakeAnswer | Promise<FakeAnswer> {
  const { state, oauth, places, media, pins } = rooms;
  const origin = `https://${request.host}`;
  if (origin === storageOrigin && request.method === 'POST' && request.path === '/') return media.store(request);
  // The consent page may be opened by a browser that comes to loopback itself.
  if (request.path === '/oauth/') return request.method === 'POST' ? oauth.decide(request) : oauth.consent(request);
  const place: Place = origin === hosts.sandbox ? 'sandbox' : 'production';
  if (request.method === 'POST' && request.path === '/v5/oauth/token') return token(request, place, rooms);
  if (!request.path.startsWith('/v5/')) return { status: 404, body: 'not found' };

  if (state.access === 'trial' && state.left-- <= 0) throw new Refusal(429, 8, 'You have exceeded your rate limit. Try again later.', { 'x-ratelimit-reset': '67150' });
  const bearer = /^Bearer (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
  const need = (...wanted: string[]) => {
    const found = oauth.check(bearer, ...wanted);
    if (found === 'missing_scope') throw refusals.scope();
    if (typeof found === 'string' || places.get(found.access) !== place) throw refusals.auth();
  };
  const query = (...names: string[]) => known(Object.fromEntries(request.query), names, 'query');
  const page = (items: readonly object[]) => paged(items, request.query);
  const [, , room, id = '', inner, section, last] = request.path.split('/');
  switch (`${request.method} ${[room, id && ':id', inner, section && ':id', last].filter(Boolean).join('/')}`) {
    case 'GET user_account':
      need('user_accounts:read');
      query();
      return { status: 200, body: accountOf(state) };
    case 'GET boards':
      need('boards:read');
      query('page_size', 'bookmark', 'privacy');
      return page(state.boards.filter((board) => board.place === place).map((board) => ({
        id: board.id, name: board.name, description: null, owner: { username: board.owner }, privacy: 'PUBLIC', created_at: '2020-01-01T20:10:40Z', collaborator_count: 0, pin_count: 0, follower_count: 0, is_ads_only: board.adsOnly ?? false,
      })));
    case 'GET boards/:id/sections':
      need('boards:read');
      query('page_size', 'bookmark');
      return page(state.boards.find((board) => board.id === id && board.place === place)?.sections ?? []);
    case 'GET boards/:id/pins':
      need('boards:read', 'pins:read');
      query('page_size', 'bookmark');
      return pins.list(place, id, null, page);
    case 'GET boards/:id/sections/:id/pins':
      need('boards:read', 'pins:read');
      query('page_size', 'bookmark');
      return pins.list(place, id, section ?? '', page);
    case 'POST media':
      need('pins:read', 'pins:write');
      query();
      return media.register(json(request));
    case 'GET media/:id':
      need('pins:read');
      query();
      return media.look(id);
    case 'POST pins':
      need('boards:read', 'boards:write', 'pins:read', 'pins:write');
      query();
      return pins.create(json(request), place);
    default:
      return { status: 404, body: { code: 404, message: 'Not found' } };
  }
}

function json(request: FakeRequest): unknown {
  if (request.headers['content-type'] !== 'application/json') throw refusals.invalid('content-type');
  try {
    return request.json();
  } catch {
    throw refusals.invalid('the body is not JSON');
  }
}

function paged(items: readonly object[], query: URLSearchParams): FakeAnswer {
  const size = Number(query.get('page_size') ?? 25);
  if (!Number.isInteger(size) || size < 1 || size > 250) throw refusals.invalid('page_size');
  const from = query.has('bookmark') ? Number(Buffer.from(query.get('bookmark') ?? '', 'base64url').toString()) : 0;
  const next = from + size;
  return { status: 200, body: { items: items.slice(from, next), bookmark: next < items.length ? Buffer.from(String(next)).toString('base64url') : null } };
}

function accountOf({ user: { id, username, business } }: FakePinterestState): object {
  return {
    id, username, account_type: business === null ? 'PINNER' : 'BUSINESS', business_name: business, profile_image: 'https://i.pinimg.com/280x280_RS/ada.jpg', website_url: '', about: '',
    board_count: 3, pin_count: 0, follower_count: 10, following_count: 4, monthly_views: 163,
  };
}

/** The token endpoint: HTTP Basic, a form, and one answer shape per grant type. */
function token(request: FakeRequest, place: Place, { state, oauth, places }: Rooms): FakeAnswer {
  const [id = '', secret = ''] = Buffer.from(/^Basic (.+)$/u.exec(request.headers['authorization'] ?? '')?.[1] ?? '', 'base64').toString().split(':');
  const { continuous_refresh: continuous, ...params } = Object.fromEntries(request.form());
  if (continuous !== undefined && (continuous !== 'true' || params['grant_type'] !== 'authorization_code')) return refusals.invalid('continuous_refresh').answer;
  const now = state.now();
  if (params['grant_type'] === 'client_credentials') {
    if (id !== state.client.id || secret !== state.client.secret) return refusals.auth().answer;
    if (!state.clientCredentials) return refusals.notPermitted().answer;
    return { status: 200, body: { response_type: 'client_credentials', access_token: 'pinc_of-the-app', token_type: 'bearer', expires_in: 30 * day, scope: params['scope'] ?? '' } };
  }
  if (state.oldApp && params['grant_type'] === 'authorization_code' && continuous === undefined) return refusals.invalid('the legacy refresh token is no longer supported').answer;
  const old = oauth.tokens.find(({ refresh }) => refresh !== null && refresh === params['refresh_token']);
  if (old && places.get(old.access) !== place) return refusals.auth().answer;
  const given = oauth.token(params, { id, secret });
  if ('status' in given) return given;
  places.set(given.access, place);
  return {
    status: 200,
    body: {
      response_type: params['grant_type'], access_token: given.access, token_type: 'bearer', expires_in: 30 * day, scope: given.scopes.join(' '),
      refresh_token: given.refresh, refresh_token_expires_in: 60 * day, refresh_token_expires_at: Math.floor(now / 1000) + 60 * day,
    },
  };
}
