import { createHmac, randomBytes } from 'node:crypto';
import { fakeOAuth } from '../../fake/oauth.ts';
import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import { fieldsOf, paramsOf, picked, Refusal, shapeOf, type Params } from './refusal.ts';
import type { FakeMetaState, FakePage, FakeToken, ProductCall } from './world.ts';

const pageFields = ['id', 'name', 'username', 'access_token', 'tasks', 'category', 'picture', 'instagram_business_account'];
const sixtyDays = 60 * 24 * 60 * 60 * 1000;

/** Facebook Login, the tokens it gives, and what a person's token may read (facts: facebook.md §2). */
export function fakeLogin(state: FakeMetaState) {
  const tokens: FakeToken[] = [];
  const secret = () => `EAA${randomBytes(24).toString('hex')}`;
  const oauth = fakeOAuth({
    client: state.app, scopeSeparator: ',', pkce: 'none', extra: ['auth_type'], codeSeconds: 600, tokenSeconds: 3_600,
    refresh: 'none', user: () => state.user.id, denies: () => state.denies, now: () => state.now(),
    refusal: (code, sentence) => (code === 'invalid_client'
      ? new Refusal(1, 'Error validating client secret.')
      : new Refusal(100, code === 'invalid_grant' ? 'This authorization code has been used.' : sentence, { subcode: 36009 })).answer,
    // Read at each call, since the state may be changed while it runs.
    get redirectUris() { return state.redirectUris; },
    get scopes() { return state.scopes; },
  });

  function add(token: Omit<FakeToken, 'value' | 'dead'>): FakeToken {
    const made = { ...token, value: secret(), dead: null };
    tokens.push(made);
    return made;
  }

  /** The dialog; a configuration stands for the permissions in it. */
  function dialog(request: FakeRequest): FakeAnswer {
    const configured = (params: URLSearchParams) => {
      const given = new URLSearchParams(params);
      if (!given.has('config_id')) return given;
      if (given.has('scope') || given.get('config_id') !== state.configuration?.id) given.set('scope', 'no such configuration');
      else given.set('scope', state.configuration.scopes.join(','));
      given.delete('config_id');
      return given;
    };
    const authType = (request.method === 'GET' ? request.query : request.form()).get('auth_type');
    if (authType !== null && authType !== 'rerequest' && authType !== 'reauthorize') return { status: 400, body: '<h1>Error</h1><p>unknown auth_type</p>' };
    return request.method === 'GET' ? oauth.consent({ ...request, query: configured(request.query) }) : oauth.decide({ ...request, form: () => configured(request.form()) });
  }

  function accessToken(request: FakeRequest): FakeAnswer {
    const params = paramsOf(request);
    const answer = (token: string, seconds: number) => ({ status: 200, body: { access_token: token, token_type: 'bearer', expires_in: seconds } });
    if (params['grant_type'] === undefined) {
      const form = shapeOf(params, ['client_id', 'client_secret', 'redirect_uri', 'code']);
      const made = oauth.token({ ...form, grant_type: 'authorization_code' });
      if ('status' in made) return made;
      const short = add({ kind: 'user', userId: made.user, pageId: null, scopes: made.scopes, expiresAt: made.expiresAt });
      return answer(short.value, 3_600);
    }
    const form = shapeOf(params, ['grant_type', 'client_id', 'client_secret', 'fb_exchange_token']);
    if (form['grant_type'] !== 'fb_exchange_token') throw new Refusal(1, `unsupported grant_type ${form['grant_type']}`);
    if (form['client_id'] !== state.app.id || form['client_secret'] !== state.app.secret) throw new Refusal(1, 'Error validating client secret.');
    const short = alive(form['fb_exchange_token'] ?? '');
    if (short.kind !== 'user') throw new Refusal(190, 'Invalid OAuth access token.');
    return answer(add({ ...short, expiresAt: state.now() + sixtyDays }).value, sixtyDays / 1000);
  }

  function alive(value: string): FakeToken {
    const token = tokens.find((one) => one.value === value);
    if (!token) throw new Refusal(190, 'Invalid OAuth access token - Cannot parse access token', { status: 401 });
    if (token.dead) throw new Refusal(190, token.dead.message, { subcode: token.dead.subcode, status: 401 });
    if (token.expiresAt !== null && token.expiresAt <= state.now()) throw new Refusal(190, 'Error validating access token: Session has expired.', { subcode: 463, status: 401 });
    return token;
  }

  /** By `Authorization: Bearer` or, at the upload host, `OAuth`; signed with the secret where the app requires it. */
  function caller(request: FakeRequest, ...scopes: readonly string[]): FakeToken {
    const upload = !/^\/v\d/u.test(request.path);
    const given = new RegExp(`^${upload ? 'OAuth' : 'Bearer'} (.+)$`, 'u').exec(request.headers['authorization'] ?? '')?.[1];
    if (given === undefined) throw new Refusal(2500, 'An active access token must be used to query information about the current user.');
    const token = alive(given);
    const proof = request.query.get('appsecret_proof');
    if (proof === null ? state.requiresProof && !upload : proof !== createHmac('sha256', state.app.secret).update(given).digest('hex')) {
      throw new Refusal(104, proof === null ? 'API calls from the server require an appsecret_proof argument' : 'Invalid appsecret_proof provided in the API argument');
    }
    const missing = scopes.filter((scope) => !token.scopes.includes(scope));
    if (missing.length > 0) throw new Refusal(200, `(#200) The permission(s) ${missing.join(', ')} are not available.`, { status: 403 });
    return token;
  }

  const tokenOf = (page: FakePage, by: FakeToken) => add({
    kind: 'page', userId: by.userId, pageId: page.id, scopes: by.scopes,
    // A short-lived token of the person gives short-lived ones of the Pages.
    expiresAt: (by.expiresAt ?? 0) - state.now() > sixtyDays / 2 ? null : by.expiresAt,
  }).value;

  const row = (page: FakePage, by: FakeToken, fields: readonly string[], inBusiness: boolean) => picked({
    id: page.id, name: page.name, username: page.username, tasks: page.tasks, category: 'Brand',
    picture: { data: { height: 200, is_silhouette: false, url: `https://scontent.test/${page.id}.jpg`, width: 200 } },
    ...(fields.includes('access_token') && !(inBusiness && page.tokenInList === false) && { access_token: tokenOf(page, by) }),
    ...(page.instagram && by.scopes.includes('instagram_basic') && { instagram_business_account: { ...page.instagram, profile_picture_url: `https://scontent.test/${page.instagram.id}.jpg` } }),
  }, fields);

  /** A list in pages, the next one by cursor and by an address with the token in it. */
  function listOf(request: FakeRequest, rows: readonly unknown[], params: Params): FakeAnswer {
    const { after } = params;
    const from = typeof after === 'string' ? Number(Buffer.from(after, 'base64').toString()) : 0;
    const to = from + Math.min(Number(params['limit'] ?? 25), state.pageSize);
    const cursors = { before: Buffer.from(String(from)).toString('base64'), after: Buffer.from(String(to)).toString('base64') };
    const next = `https://graph.facebook.com${request.path}?access_token=a-token-in-clear&after=${cursors.after}`;
    return { status: 200, body: { data: rows.slice(from, to), ...(rows.length > 0 && { paging: { cursors, ...(to < rows.length && { next }) } }) } };
  }

  function me({ request, path }: ProductCall): FakeAnswer {
    const token = caller(request);
    if (token.kind !== 'user') throw new Refusal(100, '(#100) Tried accessing nonexisting field');
    const params = paramsOf(request);
    const ticked = state.pages.filter((page) => page.ticked !== false);
    switch (path[1]) {
      case undefined:
        shapeOf(params, [], ['fields']);
        return { status: 200, body: picked({ id: token.userId, name: state.user.name }, fieldsOf(params, ['id', 'name', 'picture'])) };
      case 'permissions':
        shapeOf(params, []);
        return { status: 200, body: { data: [
          ...token.scopes.map((permission) => ({ permission, status: 'granted' })), ...state.denies.map((permission) => ({ permission, status: 'declined' })),
        ] } };
      case 'accounts': {
        caller(request, 'pages_show_list');
        shapeOf(params, [], ['fields', 'limit', 'after']);
        const fields = fieldsOf(params, pageFields);
        return listOf(request, ticked.filter(({ business }) => business === undefined).map((page) => row(page, token, fields, false)), params);
      }
      case 'businesses':
        caller(request, 'business_management');
        shapeOf(params, [], ['fields', 'limit', 'after']);
        fieldsOf(params, ['id', 'name']);
        return listOf(request, [...new Set(ticked.flatMap(({ business }) => business ?? []))].map((id) => ({ id })), params);
      default:
        throw new Refusal(2500, `Unknown path components: /${path[1]}`);
    }
  }

  function business({ request, path: [id, edge] }: ProductCall): FakeAnswer {
    const token = caller(request, 'business_management');
    const params = paramsOf(request);
    shapeOf(params, [], ['fields', 'limit', 'after']);
    const fields = fieldsOf(params, pageFields);
    const owned = edge === 'owned_pages' ? state.pages.filter((page) => page.business === id && page.ticked !== false) : [];
    return listOf(request, owned.map((page) => row(page, token, fields, true)), params);
  }

  function page({ request, path: [id] }: ProductCall): FakeAnswer | undefined {
    const found = state.pages.find((one) => one.id === id);
    if (!found) return undefined;
    const params = paramsOf(request);
    shapeOf(params, [], ['fields']);
    return { status: 200, body: row(found, caller(request, 'pages_show_list'), fieldsOf(params, pageFields), false) };
  }

  function asApp(request: FakeRequest): void {
    const given = request.query.get('access_token');
    if (given !== `${state.app.id}|${state.app.secret}`) throw new Refusal(190, 'Invalid OAuth access token signature.');
  }

  function debugToken(request: FakeRequest): FakeAnswer {
    asApp(request);
    const { input_token: value = '' } = shapeOf(paramsOf(request), ['input_token']);
    const common = { app_id: state.app.id, application: state.app.name };
    if (value === `${state.app.id}|${state.app.secret}`) return { status: 200, body: { data: { ...common, type: 'APP', is_valid: true, scopes: [] } } };
    const token = alive(value);
    return { status: 200, body: { data: {
      ...common, type: 'USER', is_valid: true, user_id: token.userId, scopes: token.scopes, issued_at: Math.floor(state.now() / 1000),
      expires_at: Math.floor((token.expiresAt ?? 0) / 1000), data_access_expires_at: Math.floor(state.now() / 1000) + 90 * 24 * 3600,
    } } };
  }

  /** Takes the whole app away from a person: all their tokens die. */
  function removeApp(request: FakeRequest, userId: string): FakeAnswer {
    asApp(request);
    shapeOf(paramsOf(request), []);
    const theirs = tokens.filter((token) => token.userId === userId);
    if (theirs.length === 0) throw new Refusal(100, '(#100) The user has not authorized the application.');
    for (const token of theirs) token.dead = { subcode: 458, message: `Error validating access token: User ${userId} has not authorized application ${state.app.id}.` };
    return { status: 200, body: { success: true } };
  }

  return { tokens, add, dialog, accessToken, caller, me, business, page, debugToken, removeApp };
}
