import { excerptOf, type Content } from '../../domain/post.ts';
import type { Failure } from '../../domain/failure.ts';
import { catchUpMs, type PublicationStatus } from '../../domain/publication.ts';
import { statementsOf } from '../calendar/statements.ts';
import type { Db } from '../db.ts';

/** What happens on a channel. */
export interface ChannelLife {
  waiting: number;
  failed: number;
  unconfirmed: number;
  next: Glimpse | null;
  last: (Glimpse & { url: string | null }) | null;
}

/** A post at a moment (epoch ms), by its first words: none when they are deleted. */
export interface Glimpse {
  postId: string;
  at: number;
  excerpt: string;
}

/** What failed on a channel, and when that was (epoch ms). */
export interface FailedThere extends Glimpse {
  id: string;
  failure: Failure | null;
  contentDeleted: boolean;
}

export const quietLife: ChannelLife = { waiting: 0, failed: 0, unconfirmed: 0, next: null, last: null };

interface Row {
  channelId: string;
  postId: string;
  at: number;
  url: string | null;
  content: string;
}

/** Each channel's own next or last publication: the index gives it, however many there are. */
const each = (which: string) => `
  select c.id channelId, q.post_id postId, coalesce(q.published_at, q.due_at) at, q.url, p.content
  from channels c join publications q on q.id = (${which}) join posts p on p.id = q.post_id
  where c.workspace_id = ? and c.removed_at is null`;
const nextOnes = each("select n.id from publications n where n.channel_id = c.id and n.status = 'scheduled' order by n.due_at limit 1");
const lastOnes = each('select o.id from publications o where o.channel_id = c.id and o.published_at is not null order by o.published_at desc limit 1');

/** What is not sent by itself any more (see `catchUpMs`). */
const tooLate = '(q.snapshot is null and q.scheduled_for < @missed)';

/** What goes on on the channels of a workspace. */
export function channelLivesStore(db: Db) {
  const run = statementsOf(db);

  return {
    async list(workspaceId: string): Promise<Map<string, ChannelLife>> {
      const lives = new Map<string, ChannelLife>();
      const put = (channelId: string, known: Partial<ChannelLife>) => lives.set(channelId, { ...quietLife, ...lives.get(channelId), ...known });
      const counts = run<{ channelId: string; status: PublicationStatus; n: number }>(`
        select channel_id channelId, status, count(*) n from publications
        where workspace_id = ? and status in ('scheduled', 'failed', 'unconfirmed') group by channel_id, status`).all(workspaceId);
      for (const { channelId, status, n } of counts) put(channelId, { [status === 'scheduled' ? 'waiting' : status]: n });
      for (const { channelId, postId, at, content } of run<Row>(nextOnes).all(workspaceId)) put(channelId, { next: { postId, at, excerpt: excerptIn(content) } });
      for (const { channelId, postId, at, url, content } of run<Row>(lastOnes).all(workspaceId)) put(channelId, { last: { postId, at, url, excerpt: excerptIn(content) } });
      return lives;
    },

    /** What waits on the channels of a connection: what is due goes out at once when it is let go, but for what is too late by then. */
    async waiting(workspaceId: string, connectionId: string, now: number): Promise<{ due: number; tooLate: number; later: number }> {
      const row = run<{ due: number | null; tooLate: number | null; later: number | null }>(`
        select sum(q.due_at <= @now and not ${tooLate}) due, sum(q.due_at <= @now and ${tooLate}) tooLate, sum(q.due_at > @now) later from channels c
          join publications q on q.channel_id = c.id and q.status = 'scheduled'
        where c.workspace_id = @workspace and c.connection_id = @connection and c.removed_at is null
          and c.paused_at is null and not exists (select 1 from disconnected_channels d where d.channel_id = c.id)`)
        .get({ workspace: workspaceId, connection: connectionId, now, missed: now - catchUpMs });
      return { due: row?.due ?? 0, tooLate: row?.tooLate ?? 0, later: row?.later ?? 0 };
    },

    /** What failed on a channel and nobody has settled, the latest first. */
    async failed(workspaceId: string, channelId: string, limit: number): Promise<FailedThere[]> {
      return run<{ id: string; postId: string; at: number; failure: string | null; content: string; deletedAt: number | null }>(`
        select q.id, q.post_id postId, q.updated_at at, q.failure, p.content, p.content_deleted_at deletedAt
        from publications q join posts p on p.id = q.post_id
        where q.workspace_id = ? and q.channel_id = ? and q.status = 'failed' order by q.updated_at desc, q.id desc limit ?`)
        .all(workspaceId, channelId, limit).map(({ failure, content, deletedAt, ...row }) => ({
          ...row, excerpt: excerptIn(content), failure: failure === null ? null : JSON.parse(failure) as Failure, contentDeleted: deletedAt !== null,
        }));
    },
  };
}

function excerptIn(content: string): string {
  return excerptOf(JSON.parse(content) as Content, 90);
}
