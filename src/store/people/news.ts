import { and, asc, eq, exists, gte, isNull, lt, or, gt, sql } from 'drizzle-orm';
import type { Failure } from '../../domain/failure.ts';
import type { Content } from '../../domain/post.ts';
import type { Db } from '../db.ts';
import { channels, connections } from '../schema/channels.ts';
import { newsMarks } from '../schema/news.ts';
import { workspaces } from '../schema/people.ts';
import { posts } from '../schema/posts.ts';
import { attempts, publications } from '../schema/publications.ts';

/** A publication that came to an end. */
export interface Settled {
  id: string;
  workspaceId: string;
  zone: string;
  postId: string;
  authorId: string | null;
  content: Content;
  provider: string;
  channel: string;
  status: 'published' | 'failed' | 'unconfirmed';
  /** It was published by the engine, and not by the word of a person who looked. */
  byEngine: boolean;
  url: string | null;
  publishedAt: number | null;
  failure: Failure | null;
  updatedAt: number;
}

/** A connection that needs a person now or soon. */
export interface Troubled {
  id: string;
  workspaceId: string;
  provider: string;
  accountName: string;
  status: 'needs_reconnect' | 'expiring';
  grantVersion: number;
  expiresAt: number | null;
  zone: string;
  /** How many publications wait on its channels. */
  waiting: number;
}

/** In the very words of the index `publications_settled`: SQLite uses it for no others. Said by what it is not, or the index by status would be taken, which reads all there ever was. */
const hasEnded = sql`${publications.status} not in ('scheduled', 'publishing', 'canceled')`;

/** What has happened in all workspaces, for the mails about it. Each row names the workspace whose people it concerns. */
export function newsStore(db: Db) {
  const settled = {
    id: publications.id, workspaceId: publications.workspaceId, zone: workspaces.zone, postId: publications.postId, authorId: posts.authorId, content: posts.content,
    provider: publications.provider, channel: sql<string>`coalesce(${channels.ownName}, ${channels.name})`, status: publications.status, url: publications.url, publishedAt: publications.publishedAt,
    failure: publications.failure, updatedAt: publications.updatedAt,
    byEngine: sql<number>`${exists(db.select({ one: sql`1` }).from(attempts).where(and(eq(attempts.publicationId, publications.id), eq(attempts.outcome, 'published'))))}`,
  };
  const select = () => db.select(settled).from(publications).innerJoin(posts, eq(posts.id, publications.postId))
    .innerJoin(channels, eq(channels.id, publications.channelId)).innerJoin(workspaces, eq(workspaces.id, publications.workspaceId));
  const seen = (row: Awaited<ReturnType<typeof select>>[number]): Settled => ({ ...row, status: row.status as Settled['status'], byEngine: row.byEngine === 1 });

  return {
    async mark(name: string): Promise<number | undefined> {
      return db.select({ at: newsMarks.at }).from(newsMarks).where(eq(newsMarks.name, name)).get()?.at;
    },

    async putMark(name: string, at: number): Promise<void> {
      db.insert(newsMarks).values({ name, at }).onConflictDoUpdate({ target: newsMarks.name, set: { at } }).run();
    },

    /** Publications that ended since `since`, in order; `after` is the last of the page before. */
    async settledSince(since: number, after: Pick<Settled, 'updatedAt' | 'id'> | null, limit: number): Promise<Settled[]> {
      return select().where(and(
        hasEnded, gte(publications.updatedAt, since),
        after ? or(gt(publications.updatedAt, after.updatedAt), and(eq(publications.updatedAt, after.updatedAt), gt(publications.id, after.id))) : undefined,
      )).orderBy(asc(publications.updatedAt), asc(publications.id)).limit(limit).all().map(seen);
    },

    /** What was published from `from` to before `to` in workspaces of this zone, in order. */
    async publishedBetween(zone: string, from: number, to: number): Promise<Settled[]> {
      return select().where(and(eq(workspaces.zone, zone), hasEnded, sql`+${publications.status} = 'published'`, gte(publications.updatedAt, from), gte(publications.publishedAt, from), lt(publications.publishedAt, to)))
        .orderBy(asc(publications.publishedAt), asc(publications.id)).all().map(seen);
    },

    async zones(): Promise<string[]> {
      return db.selectDistinct({ zone: workspaces.zone }).from(workspaces).all().map(({ zone }) => zone);
    },

    /** Connections in use that lost their access since `since`, or lose it before `until`. */
    async troubled(since: number, until: number): Promise<Troubled[]> {
      const inUse = exists(db.select({ one: sql`1` }).from(channels).where(and(eq(channels.connectionId, connections.id), isNull(channels.removedAt))));
      return db.select({
        id: connections.id, workspaceId: connections.workspaceId, provider: connections.provider, accountName: connections.accountName, status: connections.status,
        grantVersion: connections.grantVersion, expiresAt: connections.expiresAt, zone: workspaces.zone,
        waiting: sql<number>`(select count(*) from publications p join channels c on c.id = p.channel_id where c.connection_id = ${connections.id} and p.status = 'scheduled')`,
      }).from(connections).innerJoin(workspaces, eq(workspaces.id, connections.workspaceId)).where(and(inUse, or(
        and(eq(connections.status, 'needs_reconnect'), gte(connections.updatedAt, since)),
        and(eq(connections.status, 'expiring'), lt(connections.expiresAt, until)),
      ))).all().map((row) => ({ ...row, status: row.status as Troubled['status'] }));
    },
  };
}
