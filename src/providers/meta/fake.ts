import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { fakeLogin } from './fake/login.ts';
import { Refusal, UploadRefusal } from './fake/refusal.ts';
import { usualState, type FakeMetaState, type FakeWorld, type Product } from './fake/world.ts';
import { dialogOrigin, graphOrigin, uploadOrigin } from './graph.ts';

export interface FakeMeta extends FakePlatform, Omit<FakeWorld, 'platform'> {}

/** A strict Meta of one app and one person, with the products that are given: those of one network, or of several. */
export async function startFakeMeta(products: readonly ((world: FakeWorld) => Product)[], options: Partial<FakeMetaState> = {}): Promise<FakeMeta> {
  const state: FakeMetaState = { ...structuredClone(usualState), now: Date.now, ...options };
  const login = fakeLogin(state);
  let made = 0;
  const worlds: FakeWorld[] = [];
  const platform = await startFake([graphOrigin, dialogOrigin, uploadOrigin], (ground) => {
    const world: FakeWorld = {
      state, platform: ground, tokens: login.tokens, caller: login.caller,
      newId: () => `${122_100_000_000_000_000n + BigInt(++made)}`,
      pageCaller: (request, pageId, ...scopes) => {
        const token = login.caller(request, ...scopes);
        if (token.pageId !== pageId) throw new Refusal(200, '(#200) The user must be an administrator, editor, or moderator of the page in order to impersonate it.', { status: 403 });
        return token;
      },
      pageToken: (pageId, scopes = state.scopes) => login.add({ kind: 'page', userId: state.user.id, pageId, scopes, expiresAt: null }),
    };
    worlds.push(world);
    const ours = products.map((product) => product(world));
    return async (request) => {
      const answer = await answerTo(request, world, ours, login);
      state.watch?.(request, answer);
      return answer;
    };
  }, (_method, path) => (path.endsWith('/videos') ? 10_000 : !/^\/v\d/u.test(path)));
  const [world] = worlds;
  if (!world) throw new Error('the fake did not start');
  return Object.assign(platform, { ...world, ledger: platform.ledger });
}

async function answerTo(request: FakeRequest, world: FakeWorld, products: readonly Product[], login: ReturnType<typeof fakeLogin>): Promise<FakeAnswer> {
  try {
    const path = request.path.split('/').slice(1).map(decodeURIComponent);
    const [version = ''] = path;
    const versioned = /^v\d/u.test(version);
    if (versioned && !world.state.versions.includes(version)) throw new Refusal(2500, `Unknown path components: ${request.path}`);
    refuseWrongHost(request, versioned);
    const call = { request, path: versioned ? path.slice(1) : path, world };
    for (const product of products) {
      const answer = await product(call);
      if (answer) return answer;
    }
    return (versioned ? await common(call.path, call, login) : undefined) ?? new Refusal(100, `Unsupported ${request.method.toLowerCase()} request. Object with ID '${call.path[0]}' does not exist`, { subcode: 33 }).answer;
  } catch (error) {
    if (error instanceof Refusal || error instanceof UploadRefusal) return error.answer;
    throw error;
  }
}

/** Each host knows its own paths; a browser's calls come to this machine by its own name. */
function refuseWrongHost({ host, path }: FakeRequest, versioned: boolean): void {
  const meant = !versioned ? uploadOrigin : /^\/v[\d.]+\/dialog\//u.test(path) ? dialogOrigin : graphOrigin;
  if (!host.startsWith('127.0.0.1') && `https://${host}` !== meant) throw new Refusal(2500, `Unknown path components: ${path}`, { status: 404 });
}

function common(path: readonly string[], call: Parameters<Product>[0], login: ReturnType<typeof fakeLogin>): FakeAnswer | undefined | Promise<FakeAnswer | undefined> {
  const { request } = call;
  const [first = '', second] = path;
  if (first === 'dialog' && second === 'oauth') return login.dialog(request);
  if (request.method === 'GET' && first === 'oauth' && second === 'access_token') return login.accessToken(request);
  if (request.method === 'GET' && first === 'debug_token') return login.debugToken(request);
  if (request.method === 'GET' && first === 'me') return login.me(call);
  if (request.method === 'GET' && (second === 'owned_pages' || second === 'client_pages')) return login.business(call);
  if (request.method === 'DELETE' && second === 'permissions') return login.removeApp(request, first);
  if (request.method === 'GET' && second === undefined) return login.page(call);
  return undefined;
}
