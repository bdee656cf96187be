import { ProviderError, type Found, type Io, type Job } from '../contract.ts';
import { call, pathOf, permalinkOf } from './api.ts';
import { plainOf } from './little.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { post, posts, type Post } from './wire.ts';

/** What a create made: the URN. */
export type Posted = { urn: string };

/** How to know a post when it is out. */
export interface Sought {
  author: string;
  /** As it was sent. */
  commentary: string;
  /** URNs of its media: each upload has one, and one post alone can have it. */
  mediaIds: readonly string[];
}

/** For clocks that differ. */
const tolerance = 60_000;
const perCall = 10;
const mostCalls = 5;

/** Looks for a post among the newest of its page, after a send at `since` (epoch ms) that was never answered. */
export async function look({ grant }: Job<Grant, Options>, sought: Sought, since: number, io: Io): Promise<Found<Posted>> {
  for (let n = 0; n < mostCalls; n += 1) {
    const answer = await call(io, grant, {
      method: 'GET', path: 'posts', finder: true, accept: [403],
      query: { q: 'author', author: sought.author, start: n * perCall, count: perCall, sortBy: 'CREATED' },
    });
    if (answer.status === 403) return 'unknown';
    const { elements } = answer.read(posts);
    const mine = elements.find((one) => isYoung(one, since) && isSame(one, sought));
    if (mine) return { found: { urn: mine.id } };
    if (elements.length < perCall || !elements.every((one) => isYoung(one, since))) return 'absent';
  }
  return 'unknown';
}

/**
 * What it means that LinkedIn calls a post a duplicate of `urn`: the post itself when that can be read and is ours, sent at
 * `since` or later. LinkedIn names posts too that are gone (composio issue 2710), and a profile's posts cannot be read: then
 * nobody is told that it is out. `doubted`: an earlier call of this publication may have made it.
 */
export async function settleDuplicate(
  { grant }: Job<Grant, Options>, urn: string, { sought, since, doubted }: { sought: Sought; since: number; doubted: boolean }, io: Io,
): Promise<Posted> {
  const answer = await call(io, grant, { method: 'GET', path: `posts/${pathOf(urn)}`, accept: [403, 404] });
  const readable = answer.status !== 403 && answer.status !== 404;
  if (readable) {
    const original = answer.read(post);
    if (isYoung(original, since) && isSame(original, sought)) return { urn };
  } else if (doubted) {
    throw new ProviderError({
      kind: 'unsettled', code: 'DUPLICATE_POST',
      message: `LinkedIn says that this is out already, as ${permalinkOf(urn)}. Open that to see whether it is: Post Master may not read it.`,
    });
  }
  throw new ProviderError(answer.status === 404
    ? { kind: 'rejected', code: 'DUPLICATE_POST', message: 'LinkedIn takes this for a repeat of a post that is gone. It does so for a day or two after one was deleted.', fix: 'Change the text, or try again in two days.' }
    : { kind: 'rejected', code: 'DUPLICATE_POST', message: `LinkedIn takes this for a repeat of ${permalinkOf(urn)} and did not post it.`, fix: 'Change the text and schedule it again.' });
}

function isYoung({ createdAt }: Post, since: number): boolean {
  return createdAt >= since - tolerance;
}

function isSame({ author, commentary, content }: Post, sought: Sought): boolean {
  if (author !== sought.author) return false;
  const ids = [...(content?.media ? [content.media.id] : []), ...(content?.multiImage?.images.map(({ id }) => id) ?? [])];
  if (sought.mediaIds.length > 0) return sought.mediaIds.every((id) => ids.includes(id));
  return ids.length === 0 && plainOf(commentary) === plainOf(sought.commentary);
}
