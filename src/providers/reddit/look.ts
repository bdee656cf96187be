import type { Found, Io, Job } from '../contract.ts';
import { call, site } from './api.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { posts, type Post } from './wire.ts';

/** Clocks differ (ms). */
const tolerance = 60_000;
const perCall = 100;

export interface Seen {
  /** With `t3_`. */
  name: string;
  url: string;
}

/** The newest posts of the account. What moderators or a filter have taken down is among them: it was posted all the same. */
async function newest({ grant }: Job<Grant, Options>, io: Io): Promise<Post[]> {
  const answer = await call(io, grant, { method: 'GET', path: `/user/${encodeURIComponent(grant.name)}/submitted`, query: { sort: 'new', limit: perCall } });
  return answer.read(posts).data.children.map(({ data }) => data);
}

/** Names of the posts that look like this one and were there before it. */
export async function alikeBefore(job: Job<Grant, Options>, io: Io): Promise<string[]> {
  return (await newest(job, io)).filter((post) => isAlike(post, job)).map(({ name }) => name);
}

/** Looks for the post of a job, sent at `since` (epoch ms) or later, that is none of those that were there before. */
export async function look(job: Job<Grant, Options>, before: readonly string[], since: number, io: Io): Promise<Found<Seen>> {
  const all = await newest(job, io);
  const isYoung = (post: Post) => post.created_utc * 1000 >= since - tolerance;
  const [only, ...more] = all.filter((post) => isYoung(post) && isAlike(post, job) && !before.includes(post.name));
  if (only) return more.length === 0 ? { found: { name: only.name, url: site + only.permalink } } : 'unknown';
  return all.length === perCall && all.every(isYoung) ? 'unknown' : 'absent';
}

function isAlike(post: Post, { options, target }: Job<Grant, Options>): boolean {
  return post.subreddit.toLowerCase() === target.remoteId.toLowerCase() && plain(post.title) === plain(options.title) && isOfKind(post, options);
}

/** A picture has its address from Reddit, and whether a video or gallery is one may be told late: then the title decides. */
function isOfKind(post: Post, { format, url }: Options): boolean {
  if (format === 'text') return post.is_self !== false;
  if (format === 'link') return post.is_self !== true && (post.url == null || sameAddress(post.url, url));
  return true;
}

function sameAddress(a: string, b: string): boolean {
  return (URL.parse(a)?.href ?? a) === (URL.parse(b)?.href ?? b);
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
