import { ProviderError, type Found } from '../../contract.ts';
import { graph } from '../graph.ts';
import * as z from 'zod';
import { errors, mayNotRead } from './errors.ts';
import type { Doing } from './session.ts';
import { listedPost, listedStory, type ListedPost } from './wire.ts';

/** What a visible call made. */
export type Posted = { id: string; url: string | null };

/** How to know a post when it is out. */
export interface Sought {
  text: string;
  /** Ids of its photos, which are in no other post. */
  photos: readonly string[];
}

/** Clocks differ, and Facebook dates by its own (ms). */
const tolerance = 120_000;
const mostPages = 4;

/**
 * Looks for a post among those that the Page has published since an unanswered call (`since`, epoch ms). Its photos tell
 * exactly. Without photos the words tell, if the post is young enough and this app has made it; the same words twice are
 * more than anybody can tell apart. (Reading `/feed` would need a permission more; `published_posts`, 2026-09-11.)
 */
export async function lookForPost(doing: Doing, { text, photos }: Sought, since: number): Promise<Found<Posted>> {
  const seen = await publishedSince(doing, since - tolerance);
  if (seen === 'forbidden') return 'unknown';
  const byPhoto = seen.posts.find((post) => mediaOf(post).some((id) => id !== null && photos.includes(id)));
  if (byPhoto) return { found: postedOf(byPhoto) };
  const alike = seen.posts.filter((post) => isOurs(post, doing.page.app.id) && sameWords(post.message ?? '', text) && mayHold(post, photos));
  const [only, ...more] = alike;
  if (!only) return seen.complete ? 'absent' : 'unknown';
  return more.length === 0 && (photos.length === 0 || text.trim() !== '') ? { found: postedOf(only) } : 'unknown';
}

function postedOf({ id, permalink_url: url }: ListedPost): Posted {
  return { id, url: url ?? `https://www.facebook.com/${id}` };
}

/** Whom Facebook does not name may have been us. */
function isOurs({ application }: ListedPost, appId: string): boolean {
  return (application?.id ?? appId) === appId;
}

/** A post of text may have the link's card for an attachment. With photos, those that are known were compared by id. */
function mayHold(post: ListedPost, photos: readonly string[]): boolean {
  const media = mediaOf(post);
  return photos.length === 0 ? media.length < 2 : media.length === photos.length && media.every((id) => id === null);
}

/** The ids of what a post shows; null for what has none. */
function mediaOf({ attachments }: ListedPost): (string | null)[] {
  return (attachments?.data ?? []).flatMap(({ target, subattachments }) =>
    (subattachments?.data ?? [{ target }]).map((one) => one.target?.id ?? null));
}

/** Facebook trims, and has its own idea of ends of lines. */
function sameWords(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return plain(a) === plain(b);
}

const postFields = 'id,message,created_time,permalink_url,application,attachments{media_type,target,subattachments{media_type,target}}';

const list = z.object({
  data: z.array(listedPost),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() }).optional(),
});

/** The Page's own posts since then; `complete` when an older one or the end was reached. */
async function publishedSince({ page, io }: Doing, from: number): Promise<{ posts: ListedPost[]; complete: boolean } | 'forbidden'> {
  const posts: ListedPost[] = [];
  let after: string | undefined;
  for (let n = 0; n < mostPages; n += 1) {
    const answer = await readable(() => graph(io, {
      method: 'GET', path: `${page.id}/published_posts`, ...page, errors: errors.reading, query: { fields: postFields, limit: 25, after },
    }));
    if (answer === null) return 'forbidden';
    const { data, paging } = answer.read(list);
    const young = data.filter(({ created_time: at }) => !(Date.parse(at) < from));
    posts.push(...young);
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (young.length < data.length || after === undefined) return { posts, complete: true };
  }
  return { posts, complete: false };
}

/** Looks for the Story that was made of this photo or video (`stories`, 2026-09-11). */
export async function lookForStory({ page, io }: Doing, mediaId: string): Promise<Found<Posted>> {
  const answer = await readable(() => graph(io, {
    method: 'GET', path: `${page.id}/stories`, ...page, errors: errors.reading, query: { fields: 'post_id,status,creation_time,media_type,media_id,url' },
  }));
  if (answer === null) return 'unknown';
  const story = answer.read(z.object({ data: z.array(listedStory) })).data.find((one) => one.media_id === mediaId);
  return story ? { found: { id: story.post_id, url: story.url ?? null } } : 'absent';
}

async function readable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProviderError && mayNotRead(error)) return null;
    throw error;
  }
}
