import { excerptOf } from '../../domain/post.ts';
import { atLeast } from '../../domain/role.ts';
import { announcedAhead } from '../../domain/connection.ts';
import type { Deps } from '../../deps.ts';
import type { Reader } from '../../store/people/mail-choices.ts';
import type { Settled, Troubled } from '../../store/people/news.ts';
import { queueMail } from './queue-mail.ts';
import { instantText } from './times.ts';

type News = Pick<Deps, 'store' | 'settings' | 'config' | 'providers' | 'now'>;

/**
 * Each look begins this long before the last one (ms): what was settled at the very moment of it must not slip through.
 * Mails are there once per event, so nothing is told twice by it.
 */
const overlap = 2 * 60_000;
const pageSize = 200;

/** The first look of an instance begins here: what happened before is not told. */
const begun = 'begun';
const settledMark = 'settled';

/**
 * Queues the mails about what has ended since the last look: to the author, and about trouble to the admins too. The engine
 * knows nothing of it. A death anywhere loses nothing: the mark moves only after everything before it is queued.
 */
export async function tellNews(deps: News): Promise<void> {
  const { store, now } = deps;
  const at = now();
  const mark = await store.news.mark(settledMark);
  if (mark === undefined) {
    await store.news.putMark(begun, at);
    return store.news.putMark(settledMark, at);
  }
  const since = Math.max(mark - overlap, (await store.news.mark(begun)) ?? at);
  const readers = rememberedReaders(deps);
  for (let after: Settled | null = null; ;) {
    const page: Settled[] = await store.news.settledSince(since, after, pageSize);
    for (const settled of page) await tell(deps, settled, await readers(settled.workspaceId));
    after = page.at(-1) ?? null;
    if (page.length < pageSize) break;
  }
  for (const troubled of await store.news.troubled(since, at + announcedAhead)) await tellAccess(deps, troubled, await readers(troubled.workspaceId));
  await store.news.putMark(settledMark, at);
}

/** Since when there is anything to tell; undefined before the first look. */
export async function newsBegan({ store }: Pick<Deps, 'store'>): Promise<number | undefined> {
  return store.news.mark(begun);
}

async function tell(deps: News, settled: Settled, readers: readonly Reader[]): Promise<void> {
  const { id, postId, status, authorId, channel, failure, url, publishedAt, zone, updatedAt } = settled;
  const place = { excerpt: excerptOf(settled.content), network: networkName(deps, settled.provider), channel };
  if (status === 'published') {
    if (!settled.byEngine) return;
    for (const { userId, email } of readers.filter((reader) => reader.userId === authorId && reader.published === 'each')) {
      await queueMail(deps, {
        kind: 'published', event: `published:${id}`, to: { userId, email }, data: { ...place, when: instantText(publishedAt ?? updatedAt, zone), url, postId },
      });
    }
    return;
  }
  const concerned = readers.filter((reader) => reader.trouble && (reader.userId === authorId || atLeast(reader.role, 'admin')));
  // The same publication may fail again after somebody tried again: that is another event.
  const event = `${status}:${id}:${updatedAt}`;
  const message = failure?.message ?? '';
  for (const { userId, email } of concerned) {
    if (status === 'failed') await queueMail(deps, { kind: 'failed', event, to: { userId, email }, data: { ...place, message, fix: failure?.kind === 'rejected' ? failure.fix : null, postId } });
    else await queueMail(deps, { kind: 'unconfirmed', event, to: { userId, email }, data: { ...place, message, postId } });
  }
}

async function tellAccess(deps: News, { id, provider, accountName: account, status, grantVersion, expiresAt, zone, waiting }: Troubled, readers: readonly Reader[]): Promise<void> {
  const network = networkName(deps, provider);
  for (const { userId, email } of readers.filter((reader) => reader.access && atLeast(reader.role, 'admin'))) {
    const to = { userId, email };
    if (status === 'needs_reconnect') await queueMail(deps, { kind: 'access_lost', event: `access-lost:${id}:${grantVersion}`, to, data: { network, account, waiting } });
    else if (expiresAt !== null) await queueMail(deps, { kind: 'access_ending', event: `access-ending:${id}:${expiresAt}`, to, data: { network, account, when: instantText(expiresAt, zone), waiting } });
  }
}

/** The readers of each workspace, asked for once in a run. */
function rememberedReaders({ store }: Pick<Deps, 'store'>): (workspaceId: string) => Promise<Reader[]> {
  const known = new Map<string, Reader[]>();
  return async (workspaceId) => {
    const found = known.get(workspaceId) ?? (await store.mailChoices.readers(workspaceId));
    known.set(workspaceId, found);
    return found;
  };
}

export function networkName({ providers }: Pick<Deps, 'providers'>, id: string): string {
  return providers.get(id)?.name ?? id;
}
