import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, max, ne, or, sql } from 'drizzle-orm';
import type { AuditKind } from '../domain/people/audit.ts';
import { heldReasonOf, noRemoteId, type HeldReason, type Publication, type WorkspaceHold } from '../domain/publication.ts';
import { record, type By } from './instance/audit.ts';
import { statementsOf } from './calendar/statements.ts';
import type { CountUnderWay } from './calendar/under-way.ts';
import { atomic, type Db, type Tx } from './db.ts';
import type { PublicationRow } from './queue.ts';
import { channels, connections, disconnectedChannels } from './schema/channels.ts';
import { workspaces } from './schema/people.ts';
import { posts } from './schema/posts.ts';
import { publications, steps } from './schema/publications.ts';
import { heldChannels, holding, workspaceHold } from './channels/standing.ts';

export interface QueueState {
  /** Publications that wait for their time. */
  waiting: number;
  /** Due and not yet claimed. */
  due: number;
  oldestDueAt: number | null;
  nextDueAt: number | null;
  publishing: number;
  unconfirmed: number;
  failed: number;
  held: number;
}

/** Publications as people see and move them. */
export function publicationsStore(db: Db, underWay: CountUnderWay) {
  const mine = (workspaceId: string, id: string) => and(eq(publications.workspaceId, workspaceId), eq(publications.id, id));
  /** There is something to send, and a channel to send it to: without either it would wait for ever. */
  const sendable = (tx: Tx) => and(
    inArray(publications.postId, tx.select({ id: posts.id }).from(posts).where(isNull(posts.contentDeletedAt))),
    inArray(publications.channelId, tx.select({ id: channels.id }).from(channels).where(isNull(channels.removedAt))),
  );
  const run = statementsOf(db);
  const select = () => db.select({ row: publications, channel: holding, hold: workspaceHold }).from(publications)
    .innerJoin(workspaces, eq(workspaces.id, publications.workspaceId))
    .innerJoin(channels, eq(channels.id, publications.channelId))
    .innerJoin(connections, eq(connections.id, channels.connectionId))
    .leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id));

  return {
    async get(workspaceId: string, id: string): Promise<Publication | undefined> {
      const found = select().where(mine(workspaceId, id)).get();
      return found && seen(found);
    },

    async ofPosts(workspaceId: string, postIds: readonly string[]): Promise<Map<string, Publication[]>> {
      if (postIds.length === 0) return new Map();
      const rows = select().where(and(eq(publications.workspaceId, workspaceId), inArray(publications.postId, [...postIds])))
        .orderBy(asc(publications.createdAt), asc(publications.id)).all();
      return Map.groupBy(rows.map(seen), ({ postId }) => postId);
    },

    /** What waits for a person's word, oldest first. */
    async unconfirmed(workspaceId: string, limit: number): Promise<Publication[]> {
      return select().where(and(eq(publications.workspaceId, workspaceId), eq(publications.status, 'unconfirmed')))
        .orderBy(asc(publications.updatedAt), asc(publications.id)).limit(limit).all().map(seen);
    },

    async snapshot(workspaceId: string, id: string) {
      return db.select({ snapshot: publications.snapshot }).from(publications).where(mine(workspaceId, id)).get()?.snapshot ?? null;
    },

    /** Somebody has looked and found it: it is published. */
    async confirm(workspaceId: string, id: string, by: { userId: string | null; url: string | null; remoteId?: string; now: number }): Promise<boolean> {
      return atomic(db, (tx) => tx.update(publications).set({
        status: 'published', url: by.url, publishedAt: by.now, settledBy: by.userId, failure: null, updatedAt: by.now,
        ...(by.remoteId !== undefined && { remoteId: by.remoteId }),
      }).where(and(mine(workspaceId, id), eq(publications.status, 'unconfirmed'))).run().changes > 0 && recorded(tx, workspaceId, id, by, 'post.confirmed'));
    },

    /** The network's id of what is out, where it gave none itself. */
    async attach(workspaceId: string, id: string, by: { url: string | null; remoteId: string; now: number }): Promise<boolean> {
      return db.update(publications).set({ remoteId: by.remoteId, updatedAt: by.now, ...(by.url !== null && { url: by.url }) })
        .where(and(mine(workspaceId, id), eq(publications.status, 'published'), or(isNull(publications.remoteId), eq(publications.remoteId, noRemoteId)))).run().changes > 0;
    },

    /** When what went out on a channel since `from` went out, the oldest first. */
    async outSince(workspaceId: string, channelId: string, from: number): Promise<number[]> {
      return db.select({ at: publications.publishedAt }).from(publications)
        .where(and(eq(publications.workspaceId, workspaceId), eq(publications.channelId, channelId), eq(publications.status, 'published'), gte(publications.publishedAt, from)))
        .orderBy(asc(publications.publishedAt)).all().flatMap(({ at }) => at ?? []);
    },

    /** What failed or is in doubt, the latest first, and how many there are. */
    async troubles(workspaceId: string, offset: number, limit: number): Promise<{ total: number; rows: (Publication & { updatedAt: number })[] }> {
      const trouble = and(eq(publications.workspaceId, workspaceId), inArray(publications.status, ['failed', 'unconfirmed']));
      const total = db.select({ n: sql<number>`count(*)` }).from(publications).where(trouble).get()?.n ?? 0;
      const rows = select().where(trouble).orderBy(desc(publications.updatedAt), desc(publications.id)).limit(limit).offset(offset).all();
      return { total, rows: rows.map((found) => ({ ...seen(found), updatedAt: found.row.updatedAt })) };
    },

    /** A person has looked and it is not there: its unanswered intents are void and it is due again. */
    async sendAgain(workspaceId: string, id: string, by: By): Promise<boolean> {
      return atomic(db, (tx) => {
        const moved = tx.update(publications).set({
          // Its time is now: what was due days ago must not be held back for being late.
          status: 'scheduled', dueAt: by.now, scheduledFor: by.now, reason: null, failures: 0, failure: null, settledBy: by.userId, updatedAt: by.now,
        }).where(and(mine(workspaceId, id), eq(publications.status, 'unconfirmed'), sendable(tx))).run().changes > 0;
        if (moved) tx.delete(steps).where(and(eq(steps.publicationId, id), eq(steps.state, 'intended'))).run();
        return moved && recorded(tx, workspaceId, id, by, 'post.sent_again');
      });
    },

    /**
     * Tries a failed publication again. What is out stays journaled and is not repeated; what was only prepared for what is
     * not (uploads, containers) is prepared anew, for platforms let such things lapse.
     */
    async retry(workspaceId: string, id: string, now: number, userId?: string | null): Promise<boolean> {
      return atomic(db, (tx) => {
        const moved = tx.update(publications).set({
          status: 'scheduled', dueAt: now, scheduledFor: now, reason: null, failures: 0, failure: null, updatedAt: now,
        }).where(and(mine(workspaceId, id), eq(publications.status, 'failed'), sendable(tx))).run().changes > 0;
        const outAt = tx.select({ at: max(steps.endedAt) }).from(steps).where(and(eq(steps.publicationId, id), eq(steps.kind, 'once'))).get()?.at ?? null;
        // Of those that wait, only the time between two parts has no result once it is over: it need not be waited for again.
        const prepared = and(eq(steps.publicationId, id), ne(steps.kind, 'once'), outAt === null ? undefined : and(gt(steps.startedAt, outAt), or(ne(steps.kind, 'until'), ne(steps.state, 'done'), isNotNull(steps.result))));
        if (moved) tx.delete(steps).where(prepared).run();
        if (moved && userId !== undefined) recorded(tx, workspaceId, id, { userId, now }, 'post.retried');
        return moved;
      });
    },

    /** Gives a failed or unconfirmed publication up. */
    async drop(workspaceId: string, id: string, by: By): Promise<boolean> {
      return atomic(db, (tx) => tx.update(publications).set({ status: 'canceled', settledBy: by.userId, updatedAt: by.now })
        .where(and(mine(workspaceId, id), inArray(publications.status, ['failed', 'unconfirmed']))).run().changes > 0 && recorded(tx, workspaceId, id, by, 'post.dropped'));
    },

    /** Counted in the index, however much waits: every page says it. */
    async queueState(workspaceId: string, now: number): Promise<QueueState> {
      const own = { workspace: workspaceId, now };
      const { scheduled: waiting, publishing, unconfirmed, failed } = underWay(workspaceId);
      const held = run<{ n: number }>(heldCount).get({ ...own, waiting })?.n ?? 0;
      // Mostly nothing is due: what comes first is then what comes next.
      const first = run<{ at: number | null }>("select min(due_at) at from publications where workspace_id = @workspace and status = 'scheduled'").get(own)?.at ?? null;
      const isDue = first !== null && first <= now;
      const due = isDue ? run<{ n: number; oldest: number | null }>(dueState).get(own) : undefined;
      const next = isDue ? run<{ at: number | null }>("select min(due_at) at from publications where workspace_id = @workspace and status = 'scheduled' and due_at > @now").get(own)?.at ?? null : first;
      return {
        waiting, held, due: due?.n ?? 0, oldestDueAt: due?.oldest ?? null, nextDueAt: next, publishing, unconfirmed, failed,
      };
    },
  };
}

/** An entry about the post of a publication; always true. */
function recorded(tx: Tx, workspaceId: string, id: string, { userId, now }: By, kind: AuditKind): true {
  const postId = tx.select({ postId: publications.postId }).from(publications).where(eq(publications.id, id)).get()?.postId ?? null;
  record(tx, workspaceId, { userId, now }, kind, postId);
  return true;
}

const frozen = 'select 1 from workspaces w where w.id = @workspace and coalesce(w.frozen_at, w.suspended_at, w.unpaid_at) is not null';

/** What waits and is held: all of it with its workspace, else what waits on channels on which nothing is sent. */
const heldCount = `
  select case when exists (${frozen}) then @waiting else (
    select count(*) from publications q where q.status = 'scheduled' and q.channel_id in (select id from (${heldChannels('@workspace')}))) end n`;

/** What is due and may be sent. */
const dueState = `
  select count(*) n, min(q.due_at) oldest from publications q
  where q.workspace_id = @workspace and q.status = 'scheduled' and q.due_at <= @now
    and not exists (${frozen}) and q.channel_id not in (select id from (${heldChannels('@workspace')}))`;

function seen({ row, channel, hold }: { row: PublicationRow; channel: string; hold: WorkspaceHold | null }): Publication {
  const { id, workspaceId, postId, channelId, provider, status, scheduledFor, dueAt, reason, failures, remoteId, url, publishedAt, failure } = row;
  const held: HeldReason | null = status !== 'scheduled' ? null : hold ?? heldReasonOf(channel);
  return {
    id, workspaceId, postId, channelId, provider, status, scheduledFor, dueAt, reason, held, failures, remoteId, url, publishedAt, failure,
    begun: row.snapshot !== null,
  };
}
