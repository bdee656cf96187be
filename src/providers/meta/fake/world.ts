import type { FakeAnswer, FakeRequest } from '../../fake/server.ts';
import type { FakePlatform } from '../../fake/server.ts';

/** What this Meta knows and how it behaves; may be changed while it runs. */
export interface FakeMetaState {
  app: { id: string; secret: string; name: string };
  /** Addresses that the app registered. */
  redirectUris: readonly string[];
  /** What the app may ask for. */
  scopes: readonly string[];
  /** A configuration of Facebook Login for Business: it stands for its permissions. */
  configuration: { id: string; scopes: readonly string[] } | null;
  /** Who logs in, by app-scoped id. */
  user: { id: string; name: string };
  /** What the person leaves out. */
  denies: readonly string[];
  pages: FakePage[];
  /** Graph versions that are live. */
  versions: readonly string[];
  /** Whether "Require app secret" is on. */
  requiresProof: boolean;
  now(): number;
  /** Most rows of a list in one answer. */
  pageSize: number;
  /** Sees each call with its answer, for the referee. */
  watch?: (request: FakeRequest, answer: FakeAnswer) => void;
}

export interface FakePage {
  id: string;
  name: string;
  username?: string;
  tasks: readonly string[];
  /** The business that has it; then it is missing from the person's own list. */
  business?: string;
  /** False where a list of a business gives no token along with it. */
  tokenInList?: boolean;
  /** Whether the person ticked it. */
  ticked?: boolean;
  instagram?: { id: string; username: string; name: string };
}

export interface FakeToken {
  value: string;
  kind: 'user' | 'page';
  userId: string;
  /** Of a Page's token. */
  pageId: string | null;
  scopes: readonly string[];
  /** Epoch ms; null for never. */
  expiresAt: number | null;
  /** Why it is dead; null while it lives. */
  dead: { subcode: number; message: string } | null;
}

/** What the networks of the family add to the common part: an answer, or nothing when the path is not theirs. */
export type Product = (call: ProductCall) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;

export interface ProductCall {
  request: FakeRequest;
  /** Below the version: `['104', 'feed']`. */
  path: readonly string[];
  world: FakeWorld;
}

export interface FakeWorld {
  state: FakeMetaState;
  platform: Pick<FakePlatform, 'ledger'>;
  /** The live token of a call, which must be of this Page where one is given and have these permissions. */
  caller(request: FakeRequest, ...scopes: readonly string[]): FakeToken;
  pageCaller(request: FakeRequest, pageId: string, ...scopes: readonly string[]): FakeToken;
  /** A token as an earlier login would have left it. */
  pageToken(pageId: string, scopes?: readonly string[]): FakeToken;
  tokens: FakeToken[];
  newId(): string;
}

export const usualState: Omit<FakeMetaState, 'now'> = {
  app: { id: '1234567890', secret: 'an-app-secret-that-must-never-be-seen', name: 'Post Master Test' },
  redirectUris: ['https://post.example/integrations/social/facebook', 'https://post.example/integrations/social/instagram'],
  scopes: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'instagram_basic', 'instagram_content_publish', 'business_management'],
  configuration: null,
  user: { id: '218471', name: 'Ada Lovelace' },
  denies: [],
  pages: [
    { id: '104000000000001', name: 'Harbour News', username: 'harbournews', tasks: ['ANALYZE', 'ADVERTISE', 'MODERATE', 'CREATE_CONTENT', 'MANAGE'], instagram: { id: '17841400000000001', username: 'harbour', name: 'Harbour' } },
    { id: '104000000000002', name: 'Lighthouse', tasks: ['CREATE_CONTENT'] },
  ],
  versions: ['v24.0', 'v25.0', 'v26.0'],
  requiresProof: true,
  pageSize: 100,
};
