import * as z from 'zod';
import type { FakeAnswer, FakePlatform, FakeRequest } from '../../fake/server.ts';
import type { FakeAssets } from './assets.ts';
import { shownOf, type Shown } from './little.ts';
import { bodyOf, illegal, queryOf, Refusal, urnIn } from './refusal.ts';

export interface PostsState {
  now(): number;
  /** Whether a repeat of the same post is noticed. */
  dedupes: boolean;
  /** Posts of others, which can be reshared. */
  others: readonly string[];
  /** Creates until a post takes comments. */
  activityLooks: number;
}

/** A post as it was sent, and what people see of it. */
export interface KeptPost {
  urn: string;
  at: number;
  sent: Sent;
  shown: Shown;
  deleted: boolean;
  commentTries: number;
  comments: { id: string; actor: string; text: string }[];
}

const urn = (type: string) => z.string().regex(new RegExp(`^urn:li:(?:${type}):[\\w-]+$`, 'u'));
const media = z.strictObject({ id: urn('image|video|document'), title: z.string().optional(), altText: z.string().max(4086).optional() });
const content = z.union([
  z.strictObject({ media }),
  z.strictObject({ multiImage: z.strictObject({ images: z.array(z.strictObject({ id: urn('image'), altText: z.string().max(4086).optional() })).min(2).max(20) }) }),
  z.strictObject({ article: z.strictObject({ source: z.url(), title: z.string().min(1), description: z.string().optional(), thumbnail: urn('image').optional() }) }),
  z.strictObject({ poll: z.strictObject({
    question: z.string().min(1).max(140), options: z.array(z.strictObject({ text: z.string().min(1).max(30) })).min(2).max(4),
    settings: z.strictObject({ duration: z.enum(['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS']), voteSelectionType: z.literal('SINGLE_VOTE'), isVoterVisibleToAuthor: z.literal(true) }),
  }) }),
]);
const post = z.strictObject({
  author: urn('person|organization'),
  commentary: z.string(),
  visibility: z.enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER']),
  distribution: z.strictObject({
    feedDistribution: z.enum(['MAIN_FEED', 'NONE']), targetEntities: z.array(z.never()), thirdPartyDistributionChannels: z.array(z.never()),
  }),
  lifecycleState: z.enum(['PUBLISHED', 'DRAFT']),
  isReshareDisabledByAuthor: z.boolean().optional(),
  content: content.optional(),
  reshareContext: z.strictObject({ parent: z.string() }).optional(),
});
export type Sent = z.infer<typeof post>;
const comment = z.strictObject({ actor: urn('organization'), object: z.string(), message: z.strictObject({ text: z.string().min(1).max(1250) }) });

export type FakePosts = ReturnType<typeof fakePosts>;

/** learn.microsoft.com, "Posts API", "MultiImage", "Poll", "Comments API". `may` refuses what a member may not do as an author. */
export function fakePosts(state: PostsState, ledger: FakePlatform['ledger'], assets: FakeAssets) {
  const posts = new Map<string, KeptPost>();
  let made = 7_000_000_000_000_000_000n;
  const newId = () => String((made += 1n));
  const posted = /^urn:li:(?:share|ugcPost):\d+$/u;

  function mediaOf({ author, content: of }: Sent): { kinds: Set<string>; shown: FakePlatform['ledger'][number]['media'] } {
    if (!of || 'poll' in of) return { kinds: new Set(), shown: [] };
    const all = 'media' in of ? [of.media] : 'multiImage' in of ? of.multiImage.images : of.article.thumbnail === undefined ? [] : [{ id: of.article.thumbnail }];
    const kinds = new Set<string>();
    for (const { id } of all) {
      const asset = assets.look(id);
      if (!asset) throw new Refusal(400, `The media ${id} does not exist`, { code: 'INVALID_URN_ID' });
      if (asset.owner !== author) throw new Refusal(400, `Media ${id}: owner ${asset.owner} is not the author`);
      if (asset.status === 'PROCESSING_FAILED') throw new Refusal(400, `Media ${id} failed`, { code: 'MEDIA_ASSET_PROCESSING_FAILED' });
      if (asset.status !== 'AVAILABLE') throw new Refusal(400, `Media ${id} is not ready: ${asset.status}`, { code: 'MEDIA_ASSET_WAITING_UPLOAD' });
      kinds.add(asset.kind);
      if ('media' in of && asset.kind === 'document' && !of.media.title) throw new Refusal(422, 'ERROR :: /content/media/title :: field is required but not found and has no default value');
      if ('media' in of && asset.kind !== 'image' && of.media.altText !== undefined) throw new Refusal(422, 'ERROR :: /content/media/altText :: unrecognized field found but not allowed');
    }
    if ('article' in of) return { kinds, shown: [] };
    return { kinds, shown: all.map((one) => ({ alt: 'altText' in one ? (one.altText ?? '') : '', kind: kinds.has('video') ? 'video' as const : 'image' as const })) };
  }

  function create(request: FakeRequest, may: (author: string) => void): FakeAnswer {
    const sent = bodyOf(request, post);
    may(sent.author);
    const isPage = sent.author.startsWith('urn:li:organization:');
    if (!(isPage ? ['PUBLIC', 'LOGGED_IN'] : ['PUBLIC', 'CONNECTIONS']).includes(sent.visibility)) throw illegal(`visibility ${sent.visibility} is not for this author`);
    const shown = shownOf(sent.commentary);
    if (shown.text.length > 3000) throw new Refusal(400, 'commentary exceeds the maximum of 3000 characters', { code: 'FIELD_LENGTH_TOO_LONG' });
    if (sent.reshareContext) {
      if (sent.content) throw illegal('A reshare has no content');
      if (!posted.test(sent.reshareContext.parent) || !(posts.has(sent.reshareContext.parent) || state.others.includes(sent.reshareContext.parent))) throw new Refusal(400, `Invalid parent ${sent.reshareContext.parent}`, { code: 'INVALID_URN_ID' });
    } else if (!sent.content && sent.commentary.trim() === '') {
      throw illegal('A post has a commentary or content');
    }
    const { kinds, shown: seen } = mediaOf(sent);
    const same = JSON.stringify([sent.author, sent.commentary, sent.content ?? null, sent.reshareContext ?? null]);
    const original = [...posts.values()].find(({ sent: other, at }) => state.now() - at < 24 * 3_600_000
      && JSON.stringify([other.author, other.commentary, other.content ?? null, other.reshareContext ?? null]) === same);
    if (original && state.dedupes) throw duplicateOf(original.urn);
    return { status: 201, headers: made201(add(sent, shown, seen, kinds).urn), body: '' };
  }

  /** Puts a post up; also for tests, as somebody by hand would. */
  function add(sent: Sent, shown = shownOf(sent.commentary), seen: FakePlatform['ledger'][number]['media'] = [], kinds = new Set<string>()): KeptPost {
    const kept: KeptPost = {
      urn: `urn:li:${kinds.has('video') || kinds.has('document') ? 'ugcPost' : 'share'}:${newId()}`,
      at: state.now(), sent, shown, deleted: false, commentTries: 0, comments: [],
    };
    posts.set(kept.urn, kept);
    ledger.push({ id: kept.urn, text: shown.text, media: seen });
    return kept;
  }

  const told = ({ urn: id, at, sent, deleted }: KeptPost) =>
    ({ id, ...sent, createdAt: at, publishedAt: at, lastModifiedAt: at, lifecycleStateInfo: { isEditedByAuthor: false }, ...(deleted && { lifecycleState: 'DELETED' }) });

  function read(piece: string | undefined, may: (author: string) => void): FakeAnswer {
    const kept = posts.get(urnIn(piece, posted));
    if (!kept || kept.deleted) throw new Refusal(404, 'Could not find entity');
    may(kept.sent.author);
    return { status: 200, body: told(kept) };
  }

  function list(request: FakeRequest, may: (author: string) => void): FakeAnswer {
    if (request.headers['x-restli-method'] !== 'FINDER') throw illegal('Resource method could not be resolved from request parameters.');
    const { author = '', start, count } = queryOf(request, { q: /^author$/u, author: /^urn:li:(?:person|organization):[\w-]+$/u, start: /^\d*$/u, count: /^\d{1,3}$/u, sortBy: /^(?:CREATED|LAST_MODIFIED)$/u });
    may(author);
    const newest = [...posts.values()].filter((kept) => kept.sent.author === author && !kept.deleted).toReversed();
    const elements = newest.slice(Number(start ?? 0), Number(start ?? 0) + Math.min(Number(count), 100)).map(told);
    return { status: 200, body: { elements, paging: { start: Number(start ?? 0), count: Number(count), links: [] } } };
  }

  function addComment(request: FakeRequest, piece: string | undefined, may: (author: string) => void): FakeAnswer {
    const kept = posts.get(urnIn(piece, posted));
    const { actor, object, message } = bodyOf(request, comment);
    may(actor);
    if (!kept || kept.deleted) throw new Refusal(404, 'Could not find entity');
    if (object !== kept.urn) throw illegal('object is not the post of the path');
    kept.commentTries += 1;
    if (kept.commentTries <= state.activityLooks) throw new Refusal(404, `Unable to obtain activity for ${kept.urn}`);
    const id = `urn:li:comment:(urn:li:activity:${kept.urn.split(':').at(-1)},${newId()})`;
    kept.comments.push({ id, actor, text: message.text });
    ledger.push({ id, text: message.text, media: [], replyTo: kept.urn });
    return { status: 201, headers: made201(id), body: { $URN: id, id: id.split(',')[1]?.slice(0, -1), actor, object, message } };
  }

  function listComments(request: FakeRequest, piece: string | undefined, may: (author: string) => void): FakeAnswer {
    const kept = posts.get(urnIn(piece, posted));
    queryOf(request, { start: /^\d*$/u, count: /^\d*$/u });
    if (!kept || kept.deleted) throw new Refusal(404, 'Could not find entity');
    may(kept.sent.author);
    const elements = kept.comments.map(({ id, actor, text }) => ({ $URN: id, id: id.split(',')[1]?.slice(0, -1), actor, message: { attributes: [], text }, object: kept.urn }));
    return { status: 200, body: { elements, paging: { start: 0, count: 100, total: elements.length, links: [] } } };
  }

  return { posts, add, create, read, list, addComment, listComments };
}

function made201(id: string): Record<string, string> {
  return { 'x-restli-id': id, location: `/rest/${encodeURIComponent(id)}`, 'x-li-uuid': 'AAYabc==', 'content-type': 'application/json' };
}

/** The answer to a repeat, as it was seen (Arisamiga/Linkedin-RSS issue 5). */
export function duplicateOf(original: string): Refusal {
  const refusal = new Refusal(422, '');
  refusal.answer.body = {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${original}`,
    errorDetails: { inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }] }, status: 422,
  };
  return refusal;
}
