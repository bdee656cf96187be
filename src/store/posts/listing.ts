import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { PublicationStatus } from '../../domain/publication.ts';
import type { Db } from '../db.ts';
import { channels } from '../schema/channels.ts';
import { posts, variants } from '../schema/posts.ts';
import { publications } from '../schema/publications.ts';

/** A post on one of its channels, as long lists show it: no more than they need, for there may be thousands. */
export interface Listed {
  postId: string;
  channelId: string;
  /** Epoch ms; null while there is no time. */
  at: number | null;
  /** Of the first part, as this channel gets it. */
  text: string;
  /** The channel's options, as JSON. */
  options: string;
  /** Null while nothing of it is scheduled. */
  status: PublicationStatus | null;
  begun: boolean;
  url: string | null;
  remoteId: string | null;
}

export function listingStore(db: Db) {
  const row = {
    postId: posts.id, channelId: variants.channelId, at: posts.at,
    text: sql<string>`json_extract(coalesce(${variants.content}, ${posts.content}), '$.parts[0].text')`, options: sql<string>`${variants.options}`,
    status: publications.status, begun: sql<number>`${publications.snapshot} is not null`, url: publications.url, remoteId: publications.remoteId,
  };

  return {
    /** The channels of posts whose time lies in [from, to), earliest first; channels that were removed are left out. */
    async between(workspaceId: string, from: number, to: number, limit: number): Promise<Listed[]> {
      return db.select(row).from(posts)
        .innerJoin(variants, eq(variants.postId, posts.id))
        .innerJoin(channels, and(eq(channels.id, variants.channelId), isNull(channels.removedAt)))
        .leftJoin(publications, and(eq(publications.postId, posts.id), eq(publications.channelId, variants.channelId)))
        .where(and(eq(posts.workspaceId, workspaceId), isNull(posts.deletedAt), gte(posts.at, from), lt(posts.at, to)))
        .orderBy(asc(posts.at), asc(posts.id)).limit(limit).all().map((one) => ({ ...one, begun: one.begun === 1 }));
    },
  };
}
