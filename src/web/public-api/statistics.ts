import type { FastifyInstance } from 'fastify';
import type { Publication } from '../../domain/publication.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Channel } from '../../store/channels.ts';
import { holderOf } from '../policy.ts';
import { missing, parsed } from './answers.ts';
import { mayRead, type ApiContext } from './context.ts';
import { meant } from './post-changes.ts';
import { days, page } from './schemas.ts';
import { releaseOf, unknownRelease } from './shapes.ts';

const day = 24 * 60 * 60 * 1000;
const pageSize = 100;

export interface Series {
  label: string;
  data: { total: string; date: string }[];
  /** Against as many days before; absent where there were none to compare with. */
  percentageChange?: number;
}

export function statisticsCalls(server: FastifyInstance, context: ApiContext) {
  const { store, now, publicUrl } = context;
  const postOf = meant(context);

  /** What this house did there. Networks are not asked for numbers: that needs permissions which nobody gave. */
  server.get('/analytics/:integration', { config: mayRead }, async (request, _reply) => {
    const { date } = parsed(days, request.query);
    const { workspaceId } = holderOf(request);
    const channel = await store.channels.get(workspaceId, (request.params as { integration: string }).integration);
    if (!channel || channel.removedAt !== null) throw missing('integration');
    const from = Math.floor(now() / day) * day - (date - 1) * day;
    return [publishedSeries(await store.publications.outSince(workspaceId, channel.id, from - date * day), from, date)];
  });

  server.get('/analytics/post/:id', { config: mayRead }, async (request, _reply) => {
    parsed(days, request.query);
    const { publication } = await postOf(request);
    return publication && releaseOf(publication) === unknownRelease ? { missing: true } : [];
  });

  /** What failed or needs a person, the latest first; connections that have lapsed before everything else. */
  server.get('/notifications', { config: mayRead }, async (request, _reply) => {
    const { page: at } = parsed(page, request.query);
    const { workspaceId } = holderOf(request);
    const lapsed = (await store.connections.list(workspaceId)).filter(({ status }) => status === 'needs_reconnect');
    const first = at * pageSize;
    const shown = lapsed.slice(first, first + pageSize);
    const troubles = await store.publications.troubles(workspaceId, Math.max(0, first - lapsed.length), pageSize - shown.length);
    const channels = new Map((await store.channels.list(workspaceId)).map((channel) => [channel.id, channel]));
    const total = lapsed.length + troubles.total;
    return {
      notifications: [
        ...shown.map(({ id, accountName, updatedAt }) => ({ id, content: t.connectionEnded(accountName), link: `${publicUrl}/channels`, createdAt: new Date(updatedAt).toISOString() })),
        ...troubles.rows.map((one) => ({ id: one.id, content: troubleText(one, channels.get(one.channelId)), link: `${publicUrl}/posts/${one.postId}`, createdAt: new Date(one.updatedAt).toISOString() })),
      ],
      total, page: at, limit: pageSize, hasMore: first + pageSize < total,
    };
  });
}

/** A number for each day, zero where nothing went out. */
export function publishedSeries(times: readonly number[], from: number, count: number): Series {
  const within = times.filter((time) => time >= from);
  const perDay = Map.groupBy(within, (time) => Math.floor((time - from) / day));
  const before = times.length - within.length;
  return {
    label: t.postsPublished,
    data: Array.from({ length: count }, (_, n) => ({ total: String(perDay.get(n)?.length ?? 0), date: new Date(from + n * day).toISOString().slice(0, 10) })),
    ...(before > 0 && { percentageChange: Math.round(((within.length - before) / before) * 100) }),
  };
}

function troubleText({ status, failure }: Publication, channel: Channel | undefined): string {
  const where = channel?.name ?? t.aChannel;
  const why = [failure?.message, failure?.kind === 'rejected' && status === 'failed' ? failure.fix : undefined].filter(Boolean).join(' ');
  return status === 'unconfirmed' ? t.inDoubt(where, why) : t.failed(where, why);
}
