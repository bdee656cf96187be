import { webLinksIn } from '../../domain/weighted/links.ts';
import { ProviderError, type Found, type Io, type Job } from '../contract.ts';
import { call, type Grant } from './session.ts';
import { timeline, type Listed } from './wire.ts';

/** What a part became. */
export type Posted = { id: string };

/** How to know a part when it is out. */
export interface Sought {
  text: string;
  mediaIds: readonly string[];
  /** The first post of its thread; null for the first itself. */
  root: string | null;
}

/**
 * Looks for a part among the account's own posts, after a send at `since` (epoch ms) that was never answered. Each post
 * that X lists is billed, so it is asked for the five newest since then, and for more only while there are more.
 *
 * A file has an id of its own, so a post with one is known for certain; words are compared as they were typed, with each
 * link back in the place of its short one. What is left is the same text from the same account within the minute: nobody
 * could tell them apart, and X takes no text twice.
 */
export async function look({ grant, target }: Pick<Job<Grant>, 'grant' | 'target'>, sought: Sought, since: number, io: Io): Promise<Found<Posted>> {
  const seen = await postsSince(grant, target.remoteId, since - tolerance, io);
  if (seen === 'forbidden') return 'unknown';
  const certain = seen.posts.find(({ attachments }) => sought.mediaIds.some((id) => attachments?.media_keys?.some((key) => key.split('_').at(-1) === id)));
  if (certain) return { found: { id: certain.id } };

  let unsure = !seen.complete;
  for (const post of seen.posts.filter((each) => standsWhere(each, sought.root))) {
    const same = isSame(post, sought.text);
    const files = post.attachments?.media_keys?.length ?? 0;
    if (same === true && files === 0 && sought.mediaIds.length === 0) return { found: { id: post.id } };
    // The same words with as many files may be an upload of ours under another id.
    if (same !== false && files === sought.mediaIds.length) unsure = true;
  }
  return unsure ? 'unknown' : 'absent';
}

/** For clocks that differ (ms). */
const tolerance = 60_000;
const mostPages = 4;

async function postsSince(grant: Grant, userId: string, from: number, io: Io): Promise<{ posts: Listed[]; complete: boolean } | 'forbidden'> {
  const posts: Listed[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { max_results: 5, start_time: new Date(from).toISOString().replace(/\.\d+Z$/u, 'Z'), pagination_token: next };
    const answer = await listing(grant, userId, query, io);
    if (answer === 'forbidden') return answer;
    posts.push(...answer.data);
    next = answer.meta.next_token;
    if (next === undefined) return { posts, complete: true };
  }
  return { posts, complete: false };
}

/** Fields by the name of the OpenAPI document (2.167), or by the one that the guides still have. */
const dialects = [
  { 'post.fields': 'attachments,conversation_id,entities,note_post' },
  { 'tweet.fields': 'attachments,conversation_id,entities,note_tweet' },
] as const;

async function listing(grant: Grant, userId: string, query: Record<string, string | number | undefined>, io: Io) {
  for (const fields of dialects) {
    try {
      return (await call(grant, io, { method: 'GET', url: `/2/users/${userId}/tweets`, query: { ...query, ...fields } })).read(timeline);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
      if (error.failure.evidence?.status !== 400) break;
    }
  }
  return 'forbidden' as const;
}

/** Whether a post stands by itself or in a thread, as the sought one does. */
function standsWhere({ id, conversation_id: conversation }: Listed, root: string | null): boolean {
  return conversation === null || conversation === undefined || conversation === (root ?? id);
}

/** `unsure` when the words are the same and a link is not. */
function isSame({ text, entities, note_post: note, note_tweet: olderNote }: Listed, sought: string): boolean | 'unsure' {
  const whole = note ?? olderNote;
  const links = new Map((whole?.entities?.urls ?? entities?.urls ?? []).flatMap(({ url, expanded_url: long, unwound_url: unwound }) =>
    url ? [[url, [long, unwound].flatMap((one) => one ?? [])] as const] : []));
  const shown = inPieces(unescaped(whole?.text ?? text));
  const typed = inPieces(sought);
  // What X adds for its own files stands at the end.
  if (shown.words.length > typed.words.length && shown.words.at(-1) === '') {
    shown.words.pop();
    shown.links.pop();
  }
  if (shown.words.length !== typed.words.length || shown.words.some((word, n) => word !== typed.words[n])) return false;
  const same = typed.links.every((link, n) => {
    const short = shown.links[n] ?? '';
    return [short, ...(links.get(short) ?? [])].some((one) => plainUrl(one) === plainUrl(link));
  });
  return same || 'unsure';
}

/** The words between links, blanks made one, and the links. */
function inPieces(text: string): { words: string[]; links: string[] } {
  const normal = text.normalize('NFC');
  const links = webLinksIn(normal);
  const words = [...links, { start: normal.length, end: normal.length }].map(({ start }, n) =>
    normal.slice(links[n - 1]?.end ?? 0, start).replaceAll(/\s+/gu, ' ').trim());
  return { words, links: links.map(({ url }) => url) };
}

/** X escapes these three, and no others. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** X gives a bare domain a scheme, and a host small letters. */
function plainUrl(url: string): string {
  const parsed = URL.parse(/^https?:\/\//iu.test(url) ? url : `http://${url}`);
  return parsed ? `${parsed.host}${parsed.pathname}${parsed.search}${parsed.hash}`.replace(/\/$/u, '') : url;
}
