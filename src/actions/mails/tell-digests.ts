import { digestHour } from '../../domain/people/mail-choices.ts';
import { excerptOf } from '../../domain/post.ts';
import { dayRange, wallOf } from '../../domain/time/schedule.ts';
import type { Deps } from '../../deps.ts';
import type { Settled } from '../../store/people/news.ts';
import { queueMail } from './queue-mail.ts';
import { networkName, newsBegan } from './tell-news.ts';
import { clockOf, dayOf } from './times.ts';

/** A program that was down for some days still tells of them. */
const daysBack = 3;

/** Most posts that are named one by one. */
const most = 50;

/**
 * Queues the daily mail about what went out, from the morning of the day after, by the days of the workspace's zone. A day
 * is marked as told only after all of it is queued.
 */
export async function tellDigests(deps: Pick<Deps, 'store' | 'settings' | 'config' | 'providers' | 'now'>): Promise<void> {
  const { store, now } = deps;
  const began = await newsBegan(deps);
  if (began === undefined) return;
  for (const zone of await store.news.zones()) {
    for (const back of Array.from({ length: daysBack }, (_, n) => daysBack - n)) {
      const { from, to } = dayRange(now(), zone, -back);
      const mark = `digest:${zone}:${wallOf(from, zone).slice(0, 10)}`;
      // By the clock on the wall: on days when the clocks change too.
      const early = back === 1 && Number(wallOf(now(), zone).slice(11, 13)) < digestHour;
      if (early || to <= began || (await store.news.mark(mark)) !== undefined) continue;
      const published = await store.news.publishedBetween(zone, Math.max(from, began), to);
      for (const [workspaceId, own] of Map.groupBy(published, (one) => one.workspaceId)) await tellDay(deps, workspaceId, own, { zone, from });
      await store.news.putMark(mark, now());
    }
  }
}

async function tellDay(
  deps: Pick<Deps, 'store' | 'settings' | 'config' | 'providers' | 'now'>, workspaceId: string, published: readonly Settled[], { zone, from }: { zone: string; from: number },
): Promise<void> {
  const readers = await deps.store.mailChoices.readers(workspaceId);
  for (const [authorId, own] of Map.groupBy(published, (one) => one.authorId)) {
    const reader = readers.find(({ userId, published: choice }) => userId === authorId && choice === 'digest');
    if (!reader) continue;
    await queueMail(deps, {
      kind: 'digest', event: `digest:${workspaceId}:${wallOf(from, zone).slice(0, 10)}`, to: { userId: reader.userId, email: reader.email },
      data: {
        day: dayOf(from, zone), more: Math.max(0, own.length - most),
        items: own.slice(0, most).map(({ content, provider, channel, url, publishedAt }) => ({
          excerpt: excerptOf(content), network: networkName(deps, provider), channel, url, when: clockOf(publishedAt ?? from, zone),
        })),
      },
    });
  }
}
