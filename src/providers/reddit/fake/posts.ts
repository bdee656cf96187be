import * as z from 'zod';
import type { FakeAnswer, FakeRequest, LedgerEntry } from '../../fake/server.ts';
import type { FakeSubreddit } from '../fake.ts';
import { byStatus, formOf, inJson, invalid, shaped } from './refusal.ts';
import type { FakeStore } from './store.ts';

export interface FakePost {
  id: string;
  kind: string;
  subreddit: string;
  title: string;
  text: string;
  url: string;
  at: number;
  /** When the account's list has it. */
  listedAt: number;
  /** As it was sent. */
  sent: Record<string, unknown>;
}

export interface PostsState {
  now: () => number;
  name: string;
  subreddits: FakeSubreddit[];
  /** How long it takes until a post with files, or any other, is listed (ms). */
  lag: { files: number; words: number };
  /** Files cannot be processed: what was taken is never listed. */
  processingFails: boolean;
  /** What the next submit says beside its answer. */
  alsoSays: string | null;
}

const bool = /^(?:true|false)$/u;
const common = { api_type: /^json$/u, sr: /^\w{2,24}$/u, title: /^[\s\S]*$/u, resubmit: bool, sendreplies: bool, nsfw: bool, spoiler: bool, validate_on_submit: /^true$/u };
const flair = { flair_id: /^[\w-]{1,36}$/u, flair_text: /^[\s\S]{1,64}$/u };
const text = /^[\s\S]*$/u;

const gallery = z.strictObject({
  sr: z.string(), api_type: z.literal('json'), show_error_list: z.literal(true), title: z.string(), resubmit: z.literal(true), sendreplies: z.boolean(), nsfw: z.boolean(),
  spoiler: z.boolean(), validate_on_submit: z.literal(true), text: z.string().optional(), flair_id: z.string().optional(), flair_text: z.string().max(64).optional(),
  items: z.array(z.strictObject({ caption: z.string().max(180), outbound_url: z.string(), media_id: z.string() })).min(2).max(20),
});

export function fakePosts(state: PostsState, ledger: LedgerEntry[], store: FakeStore) {
  const posts: FakePost[] = [];

  /** The rules of the place, in the order in which Reddit looks at them. */
  function admit(sr: string, title: string, kind: string, body: string, flairId: string | undefined, url = '') {
    const place = state.subreddits.find(({ name }) => name.toLowerCase() === sr.toLowerCase());
    const own = sr.toLowerCase() === `u_${state.name}`.toLowerCase();
    if (!place && !own) throw inJson('SUBREDDIT_NOEXIST', "Hmm, that community doesn't exist. Try checking the spelling.", 'sr');
    if (title.trim() === '') throw inJson('NO_TEXT', 'we need something here', 'title');
    if (Array.from(title).length > 300) throw inJson('TOO_LONG', 'this is too long (max: 300)', 'title');
    if (Array.from(body).length > 40_000) throw inJson('TOO_LONG', 'this is too long (max: 40000)', 'text');
    if (!place) return;
    const { requirements: wanted, flairs } = place;
    if (place.banned) throw inJson('BANNED_FROM_SUBREDDIT', 'you are banned', 'sr');
    if (place.only === 'self' && kind !== 'self') throw inJson('NO_LINKS', "this community doesn't allow links", 'sr');
    if (place.only === 'link' && kind === 'self') throw inJson('NO_SELFS', "this community doesn't allow text posts", 'sr');
    if (place.noGalleries && kind === 'gallery') throw inJson('GALLERIES_DISABLED', "Gallery posts aren't allowed in this subreddit", 'sr');
    if (flairId !== undefined && !flairs.some(({ id }) => id === flairId)) throw inJson('BAD_FLAIR_TARGET', 'bad flair target', 'flair');
    if (wanted['is_flair_required'] === true && flairId === undefined) throw invalid('SUBMIT_VALIDATION_FLAIR_REQUIRED', 'Your post must contain post flair.', 'flair');
    const barred = (wanted['title_blacklisted_strings'] as string[] | undefined ?? []).find((word) => title.includes(word));
    if (barred !== undefined) throw invalid('SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING', `You may not have "${barred}" in your title. `, 'title');
    if (wanted['body_restriction_policy'] === 'notAllowed' && body !== '') throw invalid('SUBMIT_VALIDATION_BODY_NOT_ALLOWED', 'This community does not allow body text.', 'body');
    if ((wanted['domain_blacklist'] as string[] | undefined ?? []).some((domain) => url.includes(domain))) throw invalid('SUBMIT_VALIDATION_LINK_BLACKLIST', 'Links to that domain are not allowed.', 'url');
  }

  function make(kind: string, subreddit: string, title: string, body: string, url: string, sent: Record<string, unknown>, media: LedgerEntry['media']): FakePost {
    const at = state.now();
    const files = kind === 'image' || kind === 'video';
    const id = (0x4b_be4b + posts.length).toString(36);
    const post: FakePost = { id, kind, subreddit, title, text: body, url, at, sent, listedAt: files && state.processingFails ? Infinity : at + (files ? state.lag.files : state.lag.words) };
    posts.push(post);
    ledger.push({ id: `t3_${id}`, text: title, media });
    return post;
  }

  const slug = (title: string) => title.toLowerCase().replaceAll(/\W+/gu, '_').slice(0, 40) || '_';
  const permalink = ({ subreddit, id, title }: FakePost) => `/r/${subreddit}/comments/${id}/${slug(title)}/`;

  function done(data: object): FakeAnswer {
    const errors = state.alsoSays === null ? [] : [[state.alsoSays, 'Looks like you\'ve been doing that a lot. Take a break for 11 minutes before trying again.', 'ratelimit']];
    state.alsoSays = null;
    return { status: 200, body: { json: { errors, data } } };
  }

  function submit(request: FakeRequest): FakeAnswer {
    const given = formOf(request);
    const kinds: Record<string, [needed: Record<string, RegExp>, optional?: Record<string, RegExp>]> = {
      self: [{ text }], link: [{ url: /^https?:\/\//u }], image: [{ url: /^https:/u }, { text }], video: [{ url: /^https:/u, video_poster_url: /^https:/u }],
    };
    const [needed, optional = {}] = kinds[given['kind'] ?? ''] ?? [];
    if (!needed) throw inJson('INVALID_OPTION', 'that option is not valid', 'kind');
    const { kind = '', sr = '', title = '', text: body = '', url = '', ...more } = shaped(given, { ...common, kind: /^\w+$/u, ...needed }, { ...flair, ...optional });
    admit(sr, title, kind, body, more['flair_id'], kind === 'link' ? url : '');
    if (kind === 'link' && more['resubmit'] === 'false' && posts.some((post) => post.url === url && post.subreddit === sr)) throw inJson('ALREADY_SUB', 'that link has already been submitted', 'url');
    if (kind === 'image' && !store.has('image/', url)) throw inJson('BAD_IMAGE', 'Invalid image URL', 'url');
    if (kind === 'video' && !(store.has('video/', url) && store.has('image/', more['video_poster_url'] ?? ''))) throw inJson('MISSING_VIDEO_URLS', 'missing video urls', 'url');
    const media: LedgerEntry['media'] = kind === 'image' ? [{ alt: '', kind: 'image' }] : kind === 'video' ? [{ alt: '', kind: 'video' }] : [];
    const post = make(kind, sr, title, body, kind === 'self' ? '' : kind === 'link' ? url : `https://i.redd.it/${posts.length}.png`, given, media);
    if (media.length > 0) return done({ user_submitted_page: `https://www.reddit.com/user/${state.name}/submitted/`, websocket_url: `wss://k8s-lb.wss.redditmedia.com/${post.id}?m=AQAA` });
    return done({ url: `https://www.reddit.com${permalink(post)}`, drafts_count: 0, id: post.id, name: `t3_${post.id}` });
  }

  function submitGallery(request: FakeRequest): FakeAnswer {
    const { data, error } = gallery.safeParse(request.json());
    if (!data) throw byStatus(400, 'Bad Request', { explanation: error.message });
    admit(data.sr, data.title, 'gallery', data.text ?? '', data.flair_id);
    if (!data.items.every(({ media_id: id }) => store.has('image/', id))) throw inJson('INVALID_OPTION', 'that option is not valid', 'items');
    const post = make('gallery', data.sr, data.title, data.text ?? '', '', data, data.items.map(({ caption }) => ({ alt: caption, kind: 'image' as const })));
    post.url = `https://www.reddit.com/gallery/${post.id}`;
    return done({ url: `https://www.reddit.com${permalink(post)}`, id: `t3_${post.id}` });
  }

  function list({ query }: FakeRequest): FakeAnswer {
    const { limit = '25' } = shaped(Object.fromEntries(query), { raw_json: /^1$/u }, { sort: /^new$/u, limit: /^(?:[1-9]\d?|100)$/u });
    const seen = posts.filter(({ listedAt }) => listedAt <= state.now()).toReversed().slice(0, Number(limit));
    return { status: 200, body: { kind: 'Listing', data: { after: null, children: seen.map((post) => ({ kind: 't3', data: {
      id: post.id, name: `t3_${post.id}`, title: post.title, subreddit: post.subreddit, created_utc: Math.floor(post.at / 1000), permalink: permalink(post),
      url: post.url || `https://www.reddit.com${permalink(post)}`, is_self: post.kind === 'self', selftext: post.text, is_gallery: post.kind === 'gallery', is_video: post.kind === 'video',
      removed_by_category: null,
    } })) } } };
  }

  /** A post that the account has made by other means. */
  const made = (subreddit: string, title: string) => make('self', subreddit, title, '', '', {}, []);

  return { posts, submit, submitGallery, list, made };
}
