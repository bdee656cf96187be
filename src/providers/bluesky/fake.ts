import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { answerProblem, callProblem, cidOf, methodOf, type StoredBlob } from './fake-lexicons.ts';
import { fakeRepo, Refusal, type FakeRepo } from './fake-repo.ts';
import { fakeSessions, type FakeSessions } from './fake-sessions.ts';

/** Where people log in, and the server that their account lives on. */
export const entryway = 'https://bsky.social';
export const home = 'https://morel.us-east.host.bsky.network';

export const alice = {
  did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz', handle: 'alice.bsky.social', email: 'alice@example.com', password: 'abcd-efgh-ijkl-mnop',
  displayName: 'Alice', avatar: 'https://cdn.bsky.app/img/avatar/plain/alice@jpeg',
};

/** Others who can be mentioned. */
export const people: Record<string, string> = { 'bob.bsky.social': 'did:plc:z72i7hdynmk6r22z27h6tvur', 'bobby.example.com': 'did:plc:ragtjsm2j2vknwkz3zp4oxrd' };

export interface FakeBluesky extends FakePlatform {
  sessions: FakeSessions;
  repo: FakeRepo;
  /** What this server does with the next calls. */
  state: {
    /** Where the DID document says that the account lives; null for no document in the session. */
    home: string | null;
    status: 'deactivated' | null;
    blobUploadLimit: number | undefined;
    /** False for a server that cannot reach the network's view of profiles. */
    profiles: boolean;
  };
}

/** A strict Bluesky of one account: what the lexicons do not name is refused, and so are its own wrong answers. */
export async function startFakeBluesky(): Promise<FakeBluesky> {
  const sessions = fakeSessions(alice.did);
  const blobs = new Map<string, StoredBlob>();
  const state: FakeBluesky['state'] = { home, status: null, blobUploadLimit: 52_428_800, profiles: true };
  const parts: { repo?: FakeRepo } = {};
  const platform = await startFake([entryway, home], (made) => {
    const repo = fakeRepo(alice.did, blobs, made.ledger);
    parts.repo = repo;
    const methods = methodsOf(sessions, repo, blobs, state);
    return (request) => {
      const nsid = request.path.replace(/^\/xrpc\//u, '');
      const answer = answerTo(request, nsid, methods);
      const problem = answer.status === 200 ? answerProblem(nsid, answer.body) : null;
      if (problem !== null) throw new Error(`the fake answers ${nsid} wrongly: ${problem}`);
      return answer;
    };
  });
  if (!parts.repo) throw new Error('the fake did not start');
  return Object.assign(platform, { sessions, repo: parts.repo, state });
}

type Method = (call: { request: FakeRequest; input: unknown }) => unknown;

function answerTo(request: FakeRequest, nsid: string, methods: Record<string, Method>): FakeAnswer {
  const def = methodOf(nsid);
  const method = methods[nsid];
  // The entryway only logs people in: everything else belongs on the account's own server.
  const atHome = `https://${request.host}` === home || nsid === 'com.atproto.server.createSession';
  if (!def || !method || !atHome) return { status: 501, body: { error: 'MethodNotImplemented', message: 'Method Not Implemented' } };
  const expected = def.type === 'query' ? 'GET' : 'POST';
  if (request.method !== expected) return invalid(`Incorrect HTTP method (${request.method}) expected ${expected}`);

  const numbers = Object.entries((def.parameters?.properties ?? {})).filter(([, { type }]) => type === 'integer').map(([name]) => name);
  const strangeQuery = callProblem(nsid, 'params', Object.fromEntries([...request.query].map(([name, value]) => [name, numbers.includes(name) ? Number(value) : value])));
  if (strangeQuery !== null) return invalid(strangeQuery);
  let input: unknown;
  if (def.input?.schema) {
    if (request.headers['content-type'] !== 'application/json') return invalid(`Wrong request encoding (Content-Type): ${request.headers['content-type']}`);
    input = request.json();
    const strangeInput = callProblem(nsid, 'input', input);
    if (strangeInput !== null) return invalid(strangeInput);
  } else if (!def.input && request.body.length > 0) {
    return invalid('A request body was provided when none was expected');
  }
  try {
    const body = method({ request, input });
    return body === undefined ? { status: 200 } : { status: 200, body };
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function methodsOf(sessions: FakeSessions, repo: FakeRepo, blobs: Map<string, StoredBlob>, state: FakeBluesky['state']): Record<string, Method> {
  const access = (request: FakeRequest) => sessions.check(request.headers['authorization'], 'access');
  const who = () => ({
    did: alice.did, handle: alice.handle, active: state.status === null, ...(state.status && { status: state.status }),
    ...(state.home !== null && {
      didDoc: {
        '@context': ['https://www.w3.org/ns/did/v1'], id: alice.did, alsoKnownAs: [`at://${alice.handle}`],
        service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: state.home }],
      },
    }),
  });
  return {
    'com.atproto.server.createSession': ({ input }) => {
      const { identifier, password } = input as { identifier: string; password: string };
      if (![alice.handle, alice.email, alice.did].includes(identifier) || password !== alice.password) {
        throw new Refusal(401, 'AuthenticationRequired', 'Invalid identifier or password');
      }
      return { ...sessions.open(), ...who(), email: alice.email, emailConfirmed: true };
    },
    'com.atproto.server.refreshSession': ({ request }) =>
      ({ ...sessions.rotate(sessions.check(request.headers['authorization'], 'refresh')), ...who() }),
    'com.atproto.server.deleteSession': ({ request }) => sessions.close(sessions.check(request.headers['authorization'], 'refresh')),
    'com.atproto.server.describeServer': () => ({
      did: `did:web:${new URL(home).host}`, availableUserDomains: ['.bsky.social'], inviteCodeRequired: false,
      ...(state.blobUploadLimit !== undefined && { blobUploadLimit: state.blobUploadLimit }),
    }),
    'com.atproto.identity.resolveHandle': ({ request }) => {
      const did = people[request.query.get('handle') ?? ''];
      if (did === undefined) throw new Refusal(400, 'InvalidRequest', 'Unable to resolve handle');
      return { did };
    },
    'app.bsky.actor.getProfile': ({ request }) => {
      access(request);
      if (!state.profiles) throw new Refusal(502, 'UpstreamFailure', 'Upstream service unreachable');
      const { did, handle, displayName, avatar } = alice;
      return { did, handle, displayName, avatar };
    },
    'app.bsky.actor.searchActorsTypeahead': ({ request }) => {
      access(request);
      if (!state.profiles) throw new Refusal(502, 'UpstreamFailure', 'Upstream service unreachable');
      const typed = (request.query.get('q') ?? '').toLowerCase();
      const found = Object.entries(people).filter(([handle]) => handle.startsWith(typed)).map(([handle, did], n) => ({ did, handle, ...(n === 0 && { displayName: 'Bob' }) }));
      return { actors: [...found, ...(typed.startsWith('bo') ? [{ did: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', handle: 'handle.invalid' }] : [])].slice(0, Number(request.query.get('limit') ?? 10)) };
    },
    'com.atproto.repo.uploadBlob': ({ request }) => {
      access(request);
      const { 'content-type': mimeType = '', 'content-length': length } = request.headers;
      if (Number(length) !== request.body.length) throw new Refusal(400, 'InvalidRequest', 'invalid content-length');
      if (!/^image\/(?:jpeg|png|webp|gif)$|^video\/mp4$/u.test(mimeType)) throw new Refusal(400, 'InvalidMimeType', `neither picture nor video: ${mimeType}`);
      if (request.body.length > (state.blobUploadLimit ?? Infinity)) throw new Refusal(413, 'PayloadTooLarge', 'request entity too large');
      const cid = cidOf(request.body, 'raw');
      blobs.set(cid, { mimeType, size: request.body.length });
      return { blob: { $type: 'blob', ref: { $link: cid }, mimeType, size: request.body.length } };
    },
    'com.atproto.repo.putRecord': ({ request, input }) => {
      access(request);
      return repo.put(input as never);
    },
    'com.atproto.repo.getRecord': ({ request }) => repo.get(Object.fromEntries(request.query) as never),
  };
}

function invalid(message: string): FakeAnswer {
  return { status: 400, body: { error: 'InvalidRequest', message } };
}
