import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';
import { fakeApps, type AppsState, type FakeApps } from './fake/apps.ts';
import { fakeAssets, type AssetsState, type FakeAssets } from './fake/assets.ts';
import { fakePosts, type FakePosts, type PostsState } from './fake/posts.ts';
import { denied, illegal, queryOf, Refusal } from './fake/refusal.ts';

export { memberApp, pagesApp } from './fake/apps.ts';

export interface FakeOrganization {
  id: string;
  name: string;
  vanity: string;
  /** Of the member on it. */
  role: string;
  state: 'APPROVED' | 'REQUESTED';
}

/** What this LinkedIn is and does; may be changed while it runs. */
export interface FakeLinkedInState extends AppsState, AssetsState, PostsState {
  organizations: FakeOrganization[];
  /** Versions of the API that are alive. */
  versions: readonly string[];
  /** How many roles one call gives at most. */
  rolesPerCall: number;
}

export interface FakeLinkedIn extends FakePlatform {
  state: FakeLinkedInState;
  apps: FakeApps;
  assets: FakeAssets;
  posts: FakePosts;
}

const api = 'https://api.linkedin.com';
const site = 'https://www.linkedin.com';

/** A strict LinkedIn with one member and the pages where they have roles. Time is the machine's unless `now` is given. */
export async function startFakeLinkedin(options: Partial<FakeLinkedInState> = {}): Promise<FakeLinkedIn> {
  const state: FakeLinkedInState = {
    now: Date.now, redirectUris: ['linkedin', 'linkedin-page'].map((id) => `https://post.example/integrations/social/${id}`),
    personId: '782bb_taQ-', name: 'Ada Lovelace', partner: false, givesIdToken: true, denies: [],
    partBytes: 4_194_304, leastVideoBytes: 75_000, looks: 0, processingFails: false, addressLife: 24 * 3_600_000,
    dedupes: true, others: ['urn:li:share:6844785523593134080'], activityLooks: 0, rolesPerCall: 100,
    versions: ['202601', '202602', '202603', '202604', '202605', '202606', '202607', '202608', '202609', '202610'],
    organizations: [
      { id: '79988552', name: 'Harbour Works', vanity: 'harbour-works', role: 'ADMINISTRATOR', state: 'APPROVED' },
      { id: '5515715', name: 'Lighthouse', vanity: 'lighthouse', role: 'CONTENT_ADMIN', state: 'APPROVED' },
      { id: '33', name: 'Read only', vanity: 'read-only', role: 'ANALYST', state: 'APPROVED' },
      { id: '44', name: 'Not yet', vanity: 'not-yet', role: 'ADMINISTRATOR', state: 'REQUESTED' },
    ],
    ...options,
  };
  const apps = fakeApps(state);
  const assets = fakeAssets(state);
  const parts: { posts?: FakePosts } = {};
  const platform = await startFake([api, site], (made) => {
    const posts = fakePosts(state, made.ledger, assets);
    parts.posts = posts;
    return async (request) => {
      try {
        return request.path.startsWith('/rest/') ? rest(request, state, apps, assets, posts) : rest0(request, apps, assets);
      } catch (error) {
        if (error instanceof Refusal) return error.answer;
        throw error;
      }
    };
  }, (_method, path) => /^\/dms-uploads\/[\w-]+\/video\//u.test(path));
  if (!parts.posts) throw new Error('the fake did not start');
  return Object.assign(platform, { state, apps, assets, posts: parts.posts });
}

/** What has no version: the authorization server, who somebody is, and the addresses for uploads. */
function rest0(request: FakeRequest, apps: FakeApps, assets: FakeAssets): FakeAnswer {
  const none: FakeAnswer = { status: 404, body: { status: 404, code: 'RESOURCE_NOT_FOUND', message: 'No virtual resource found' } };
  if (request.method === 'PUT') return assets.arrive(request, () => void apps.check(request, 'dms-uploads'));
  switch (`${request.method} ${request.path}`) {
    case 'GET /oauth/v2/authorization': return apps.consent(request) ?? none;
    case 'POST /oauth/v2/authorization': return apps.decide(request) ?? none;
    case 'POST /oauth/v2/accessToken': return apps.token(request);
    case 'POST /oauth/v2/introspectToken': return apps.introspect(request);
    case 'POST /oauth/v2/revoke': return apps.revoke(request);
    case 'GET /v2/userinfo':
      apps.check(request, 'userinfo.GET', 'openid', 'profile');
      return { status: 200, body: apps.person() };
    default: return none;
  }
}

const posting = ['ADMINISTRATOR', 'CONTENT_ADMIN', 'CONTENT_ADMINISTRATOR'];

function rest(request: FakeRequest, state: FakeLinkedInState, apps: FakeApps, assets: FakeAssets, posts: FakePosts): FakeAnswer {
  const version = request.headers['linkedin-version'];
  if (version === undefined) throw new Refusal(400, 'A version must be present. Please specify a version by adding the LinkedIn-Version header.', { code: 'VERSION_MISSING' });
  if (!state.versions.includes(version)) throw new Refusal(426, `Requested version ${version} is not active`, { code: 'NONEXISTENT_VERSION' });
  if (request.headers['x-restli-protocol-version'] !== '2.0.0') throw illegal('X-Restli-Protocol-Version must be 2.0.0');

  /** Refuses a member who may not do this as that author: by the scope of the kind of author, then by the role. */
  const as = (member: string, page: string, what: string) => (author: string) => {
    const isPage = author.startsWith('urn:li:organization:');
    const token = apps.check(request, what, isPage ? page : member);
    if (!isPage && author !== `urn:li:person:${token.user}`) throw denied(what);
    const organization = state.organizations.find(({ id }) => author === `urn:li:organization:${id}`);
    if (isPage && (organization?.state !== 'APPROVED' || !posting.includes(organization.role))) {
      throw new Refusal(403, `Member ${token.user} is not an admin of ${author}`, { serviceErrorCode: 100, code: 'UNAUTHORIZED' });
    }
  };
  const writes = as('w_member_social', 'w_organization_social', `${request.path}.CREATE`);
  const reads = as('r_member_social', 'r_organization_social', `${request.path}.GET`);
  const ownVideo = as('w_member_social', 'w_organization_social', 'videos.GET');

  const [, , resource = '', piece, sub] = request.path.split('/');
  const action = request.query.get('action');
  switch (`${request.method} ${resource}${piece === undefined ? '' : '/:'}${sub === undefined ? '' : `/${sub}`}${action === null ? '' : `?${action}`}`) {
    case 'POST images?initializeUpload': return assets.begin(request, 'image', writes);
    case 'POST documents?initializeUpload': return assets.begin(request, 'document', writes);
    case 'POST videos?initializeUpload': return assets.begin(request, 'video', writes);
    case 'POST videos?finalizeUpload': return assets.finish(request, writes);
    case 'GET images/:': return assets.read(piece, 'image', reads);
    case 'GET documents/:': return assets.read(piece, 'document', reads);
    case 'GET videos/:': return assets.read(piece, 'video', ownVideo);
    case 'POST posts': return posts.create(request, writes);
    case 'GET posts': return posts.list(request, reads);
    case 'GET posts/:': return posts.read(piece, reads);
    case 'POST socialActions/:/comments': return posts.addComment(request, piece, as('w_member_social_feed', 'w_organization_social_feed', 'socialActions.CREATE_COMMENTS'));
    case 'GET socialActions/:/comments': return posts.listComments(request, piece, as('r_member_social_feed', 'r_organization_social_feed', 'socialActions.GET_COMMENTS'));
    case 'GET organizationAcls': return rolesOf(request, state, apps);
    case 'GET organizations/:': {
      apps.check(request, 'organizations.GET', 'rw_organization_admin');
      const found = state.organizations.find(({ id }) => id === piece);
      if (!found || !posting.includes(found.role)) throw denied('organizations.GET');
      return { status: 200, body: { id: Number(found.id), localizedName: found.name, vanityName: found.vanity } };
    }
    default: throw new Refusal(404, 'No virtual resource found', { code: 'RESOURCE_NOT_FOUND' });
  }
}

function rolesOf(request: FakeRequest, state: FakeLinkedInState, apps: FakeApps): FakeAnswer {
  const { user } = apps.check(request, 'organizationAcls.FINDER-roleAssignee', 'rw_organization_admin');
  const { start = '0', count, state: wanted } = queryOf(request, { q: /^roleAssignee$/u, state: /^(?:APPROVED|REQUESTED|)$/u, start: /^\d*$/u, count: /^\d{1,3}$/u });
  const roles = state.organizations.filter((one) => !wanted || one.state === wanted)
    .map((one) => ({ roleAssignee: `urn:li:person:${user}`, state: one.state, role: one.role, organization: `urn:li:organization:${one.id}` }));
  const most = Math.min(Number(count), state.rolesPerCall);
  return { status: 200, body: { elements: roles.slice(Number(start), Number(start) + most), paging: { count: most, start: Number(start), links: [], total: roles.length } } };
}
