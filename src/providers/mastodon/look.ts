import type { Found, Io, Job } from '../contract.ts';
import { errors, statusOf } from './errors.ts';
import type { Options } from './options.ts';
import { appName } from './server.ts';
import type { Grant } from './session.ts';
import { accountIdOf } from './targets.ts';
import { sameWords, typedIn } from './text.ts';
import { source, timeline, type Listed } from './wire.ts';

/** What a part became. */
export type Posted = { id: string; url: string | null; visibility: string | null };

/** How to know a part when it is out. */
export interface Sought {
  text: string;
  spoiler: string;
  mediaIds: readonly string[];
  /** The part it answers; null for the first. */
  replyTo: string | null;
}

/**
 * Looks for a part in the account's own timeline, after a send at `since` (epoch ms) that was never answered. The
 * idempotency key is no substitute: Mastodon stores it after the post (post_status_service.rb, v4.5), keeps it for an hour,
 * and others have none. It is the second net: what is sent again because nothing was found carries the same key.
 *
 * The same text may be out on purpose, from an earlier day or another post, so a find must be younger than the intent, less
 * a minute for clocks that differ, answer the same post and be ours. What is left is one text sent twice to one account
 * around the same minute, one of them unanswered: they are taken for one, as nobody could tell them apart. Pictures are
 * exact: each upload has an id, and one post alone can have it.
 */
export async function look({ grant, target }: Job<Grant, Options>, sought: Sought, since: number, io: Io): Promise<Found<Posted>> {
  const seen = await youngerThan(since, accountIdOf(target.remoteId), grant, io);
  if (seen === 'forbidden') return 'unknown';

  const byPicture = seen.statuses.find((status) => status.media_attachments.some(({ id }) => sought.mediaIds.includes(id)));
  if (byPicture) return { found: postedOf(byPicture) };
  let unsure = !seen.complete;
  for (const status of seen.statuses.filter((each) => mayBe(each, sought))) {
    const same = await isSame(status, sought, grant, io);
    // The text alone does not tell pictures that are ours from others with the same caption.
    if (same === true && sought.mediaIds.length === 0) return { found: postedOf(status) };
    if (same !== false) unsure = true;
  }
  return unsure ? 'unknown' : 'absent';
}

export function postedOf({ id, url, visibility }: { id: string; url?: string | null | undefined; visibility?: string | null | undefined }): Posted {
  return { id, url: url ?? null, visibility: visibility ?? null };
}

const tolerance = 60_000;
const mostPages = 5;

/**
 * The account's statuses since then, oldest first; `complete` when an older one was reached. Where the token may not read,
 * nobody can tell.
 */
async function youngerThan(
  since: number, accountId: string, { origin, accessToken }: Grant, io: Io,
): Promise<{ statuses: Listed[]; complete: boolean } | 'forbidden'> {
  const statuses: Listed[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await io.http({
      method: 'GET', url: `${origin}/api/v1/accounts/${encodeURIComponent(accountId)}/statuses`,
      query: { limit: 40, exclude_reblogs: true, max_id: statuses.at(-1)?.id }, bearer: accessToken, errors, accept: [403, 404],
    });
    if (answer.status === 403 || answer.status === 404) return 'forbidden';
    const listed = answer.read(timeline);
    const from = since - tolerance + behind(answer.header('date'), io.now());
    const young = listed.filter(({ created_at: at }) => !(Date.parse(at) < from));
    statuses.push(...young);
    if (listed.length === 0 || young.length < listed.length) return { statuses: statuses.toReversed(), complete: true };
  }
  return { statuses: statuses.toReversed(), complete: false };
}

/** How far the server's clock is behind ours (ms, 0 or less): it dates the post by its own. */
function behind(date: string | undefined, now: number): number {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? 0 : Math.min(0, at - now);
}

/** Servers show their owner which app a status is from; some don't. */
function mayBe({ in_reply_to_id: replyTo, application, media_attachments: media }: Listed, sought: Sought): boolean {
  return (replyTo ?? null) === sought.replyTo && (application?.name ?? appName) === appName && media.length === sought.mediaIds.length;
}

/** Compared as it was typed, where the server tells; else as it is shown, where only a match is certain. */
async function isSame(status: Listed, { text, spoiler }: Sought, { origin, accessToken }: Grant, io: Io): Promise<boolean | 'unsure'> {
  try {
    const typed = (await io.http({
      method: 'GET', url: `${origin}/api/v1/statuses/${encodeURIComponent(status.id)}/source`, bearer: accessToken, errors,
    })).read(source);
    return sameWords([typed.spoiler_text, typed.text], [spoiler, text]);
  } catch (error) {
    if (![403, 404, 405, 410, 501].includes(statusOf(error) ?? 0)) throw error;
    return sameWords([status.spoiler_text, typedIn(status.content)], [spoiler, text]) || 'unsure';
  }
}
