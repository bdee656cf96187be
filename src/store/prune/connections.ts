import { and, count, eq, inArray, lte, notLike } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Failure } from '../../domain/failure.ts';
import { names } from '../../domain/texts/names.ts';
import { publishingRefusals as t } from '../../domain/texts/refusals/publishing.ts';
import { atomic, type Db } from '../db.ts';
import { eraseChannel, eraseConnection } from '../erase.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import type { PruneRule } from './rule.ts';

const told: Failure = {
  kind: 'rejected', code: 'disconnected', message: t.accountForgotten,
  fix: t.accountForgottenFix,
};

/**
 * What disconnected accounts were known by. The access itself goes at once, with the disconnect; ids and names stay a while
 * so that connecting again finds everything in its place.
 */
export function connectionRules(db: Db): readonly PruneRule[] {
  const cutoff = (at: number) => cutoffOf('connections', 'disconnected', at);
  // A disconnected connection is not written any more, so its last change was that.
  const left = (at: number) => and(eq(connections.status, 'revoked'), notLike(connections.accountId, 'erased:%'), lte(connections.updatedAt, cutoff(at)));
  const alone = (at: number) => inArray(channels.id, db.select({ id: disconnectedChannels.channelId }).from(disconnectedChannels).where(lte(disconnectedChannels.at, cutoff(at))));
  const named = notLike(channels.remoteId, 'erased:%');
  return [
    {
      class: 'connections', rule: 'ids, names and pictures of disconnected accounts',
      count: (at) => db.select({ n: count() }).from(connections).where(left(at)).get()?.n ?? 0,
      prune(at, limit) {
        const due = db.select({ id: connections.id }).from(connections).where(left(at)).limit(limit).all();
        atomic(db, (tx) => { for (const { id } of due) eraseConnection(tx, id, told, at, names.disconnectedAccount); });
        return { rows: due.length, files: [] };
      },
    },
    {
      class: 'connections', rule: 'ids, names and pictures of channels disconnected by themselves',
      count: (at) => db.select({ n: count() }).from(channels).where(and(alone(at), named)).get()?.n ?? 0,
      prune(at, limit) {
        const due = db.select().from(channels).where(and(alone(at), named)).limit(limit).all();
        atomic(db, (tx) => { for (const channel of due) eraseChannel(tx, channel, told, at, names.disconnectedAccount); });
        return { rows: due.length, files: [] };
      },
    },
  ];
}
