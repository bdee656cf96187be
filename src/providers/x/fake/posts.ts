import { webLinksIn } from '../../../domain/weighted/links.ts';
import { weightedLength } from '../../../domain/weighted/weigh.ts';
import type { FakeAnswer, FakePlatform, FakeRequest } from '../../fake/server.ts';
import type { Bill } from './bill.ts';
import { jsonOf, type FakeMedia } from './media.ts';
import { forbidden, invalid, notFound, shapeOf } from './refusal.ts';

export interface KeptPost {
  id: string;
  text: string;
  at: number;
  mediaIds: readonly string[];
  replyTo: string | null;
  root: string;
  poll: { options: string[]; minutes: number } | null;
  replySettings: string | null;
  madeWithAi: boolean;
  paidPartnership: boolean;
}

export interface PostState {
  now(): number;
  user: { id: string; subscription: 'None' | 'Basic' | 'Premium' | 'PremiumPlus' };
  /** How long a post is out before X lists it (ms). */
  lag: number;
  /** Under which name fields of posts are asked for. */
  dialect: 'posts' | 'tweets';
}

export function fakePosts(state: PostState, newId: () => string, media: FakeMedia, bill: Bill, ledger: FakePlatform['ledger']) {
  const posts: KeptPost[] = [];

  function create(request: FakeRequest): FakeAnswer {
    const given = shapeOf(jsonOf(request), 'body', {}, {
      text: 'string', media: 'object', poll: 'object', reply: 'object', reply_settings: 'string', quote_tweet_id: 'id', community_id: 'id', made_with_ai: 'boolean', paid_partnership: 'boolean',
    });
    const text = ((given['text'] ?? '') as string).normalize('NFC').trim();
    const mediaIds = given['media'] === undefined ? [] : (shapeOf(given['media'], 'media', { media_ids: 'ids' })['media_ids'] as string[]);
    const poll = given['poll'] === undefined ? null : pollOf(given['poll']);
    const replyTo = given['reply'] === undefined ? null : String(shapeOf(given['reply'], 'reply', { in_reply_to_tweet_id: 'id' })['in_reply_to_tweet_id']);
    const replySettings = (given['reply_settings'] ?? null) as string | null;
    if (given['media'] !== undefined && (mediaIds.length === 0 || mediaIds.length > 4)) throw invalid('media.media_ids', 'media_ids must have 1 to 4 items');
    if (replySettings !== null && !['following', 'mentionedUsers', 'subscribers', 'verified'].includes(replySettings)) throw invalid('reply_settings', 'reply_settings is none of those allowed');
    if (text === '' && mediaIds.length === 0) throw invalid('text', 'text or media is required');
    if ([mediaIds.length > 0, poll !== null, given['quote_tweet_id'] !== undefined].filter(Boolean).length > 1) throw invalid('poll', 'media, poll and quote_tweet_id exclude each other');
    if (given['quote_tweet_id'] !== undefined) throw forbidden('Quoting a post requires an Enterprise plan.');
    if (/[\uFFFE\uFEFF\uFFFF]/u.test(text)) throw invalid('text', 'text has invalid characters');
    const length = weightedLength(text);
    if (length > (state.user.subscription === 'None' ? 280 : 25_000)) throw forbidden('You are not permitted to perform this action.');
    if ((text.match(/(?<=^|\s)\$[a-z]{1,6}(?![a-z\d])/giu) ?? []).length > 1) throw forbidden('Posts created via the API are limited to a maximum of one cashtag.');
    const parent = replyTo === null ? undefined : posts.find(({ id }) => id === replyTo);
    if (replyTo !== null && !parent) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
    media.attached(mediaIds);
    if (text !== '' && posts.some((post) => post.text === text && post.mediaIds.join() === mediaIds.join())) throw forbidden('You are not allowed to create a Tweet with duplicate content.');
    bill.charge(webLinksIn(text).length > 0 ? 'postWithLink' : 'post');
    const post = add({
      text, mediaIds, replyTo, root: parent?.root ?? '', poll, replySettings, madeWithAi: given['made_with_ai'] === true, paidPartnership: given['paid_partnership'] === true,
    });
    return { status: 201, body: { data: { id: post.id, text: shown(post).text, edit_history_post_ids: [post.id] } } };
  }

  function pollOf(value: unknown): KeptPost['poll'] {
    const { options, duration_minutes: minutes } = shapeOf(value, 'poll', { options: 'strings', duration_minutes: 'integer' }) as { options: string[]; duration_minutes: number };
    if (options.length < 2 || options.length > 4 || options.some((option) => option === '' || Array.from(option).length > 25)) throw invalid('poll.options', 'a poll has 2 to 4 options of 1 to 25 characters');
    if (minutes < 5 || minutes > 10_080) throw invalid('poll.duration_minutes', 'duration_minutes must be between 5 and 10080');
    return { options, minutes };
  }

  /** Puts a post up; also for tests, as a person would. */
  function add(post: Omit<KeptPost, 'id' | 'at'>): KeptPost {
    const id = newId();
    const kept = { ...post, id, root: post.root || id, at: state.now() };
    posts.push(kept);
    ledger.push({
      id, text: post.text,
      media: post.mediaIds.map((mediaId) => ({ alt: media.files.get(mediaId)?.alt ?? '', kind: media.files.get(mediaId)?.category === 'tweet_video' ? 'video' as const : 'image' as const })),
      ...(post.replyTo !== null && { replyTo: post.replyTo }),
    });
    return kept;
  }

  /** As X lists it: links made short, three characters escaped, the first 280 of a long one, its files as a last link. */
  function shown({ id, text, mediaIds, root, at }: KeptPost) {
    const urls: { start: number; end: number; url: string; expanded_url: string; display_url: string }[] = [];
    let whole = '';
    let last = 0;
    for (const [n, { start, end, url }] of webLinksIn(text).entries()) {
      whole += escaped(text.slice(last, start));
      const short = `https://t.co/${id.slice(-8)}${String(n).padStart(2, '0')}`;
      const expanded = /^https?:/iu.test(url) ? url : `http://${url}`;
      urls.push({ start: whole.length, end: whole.length + short.length, url: short, expanded_url: expanded, display_url: url.replace(/^https?:\/\//iu, '').slice(0, 27) });
      whole += short;
      last = end;
    }
    whole += escaped(text.slice(last));
    const long = weightedLength(text) > 280;
    const files = mediaIds.length > 0 ? `${whole === '' ? '' : ' '}https://t.co/${id.slice(-8)}mm` : '';
    const note = state.dialect === 'posts' ? 'note_post' : 'note_tweet';
    return {
      id, text: (long ? `${whole.slice(0, 270)}…` : whole) + files,
      created_at: new Date(at).toISOString(), conversation_id: root, ...(urls.length > 0 && { entities: { urls } }),
      ...(mediaIds.length > 0 && { attachments: { media_keys: mediaIds.map((mediaId) => { const file = media.files.get(mediaId); return file ? media.keyOf(file) : mediaId; }) } }),
      ...(long && { [note]: { text: whole, ...(urls.length > 0 && { entities: { urls } }) } }),
    };
  }

  /** Newest first. Each post is billed. */
  function timeline({ query }: FakeRequest, userId: string): FakeAnswer {
    const fields = state.dialect === 'posts' ? 'post.fields' : 'tweet.fields';
    shapeOf(Object.fromEntries(query), 'query', {}, { max_results: 'string', start_time: 'string', pagination_token: 'string', [fields]: 'string' });
    if (userId !== state.user.id) throw notFound(userId);
    const count = Number(query.get('max_results') ?? 10);
    if (!Number.isInteger(count) || count < 5 || count > 100) throw invalid('max_results', 'max_results must be between 5 and 100');
    const from = query.get('start_time');
    if (from !== null && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u.test(from)) throw invalid('start_time', 'start_time is not RFC 3339');
    const asked = (query.get(fields) ?? '').split(',').filter(Boolean);
    const known = ['attachments', 'conversation_id', 'created_at', 'entities', 'text', 'id', state.dialect === 'posts' ? 'note_post' : 'note_tweet'];
    for (const name of asked) if (!known.includes(name)) throw invalid(fields, `unknown field ${name}`);
    const listed = posts.filter(({ at }) => at >= Date.parse(from ?? '2010-11-06T00:00:00Z') && at + state.lag <= state.now()).toReversed();
    const skip = Number((query.get('pagination_token') ?? 'p0').slice(1));
    const page = listed.slice(skip, skip + count);
    for (const { id } of page) bill.charge('postRead', id);
    const data = page.map((post) => Object.fromEntries(Object.entries(shown(post)).filter(([name]) => ['id', 'text', ...asked].includes(name))));
    const more = skip + count < listed.length;
    return { status: 200, body: {
      ...(data.length > 0 && { data }),
      meta: { result_count: data.length, ...(data.length > 0 && { newest_id: page[0]?.id, oldest_id: page.at(-1)?.id }), ...(more && { next_token: `p${skip + count}` }) },
    } };
  }

  return { posts, create, add, timeline };
}

export type FakePosts = ReturnType<typeof fakePosts>;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
