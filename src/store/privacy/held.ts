import { and, count, eq, exists, isNotNull, isNull, lte, min, ne, notExists, or, sql, type SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { endOfKeeping } from '../../domain/promise/retention.ts';
import { heldTexts } from '../../domain/texts/promise/held.ts';
import type { Db } from '../db.ts';
import { auditLog } from '../schema/audit.ts';
import { autosaves } from '../schema/autosaves.ts';
import { billingAccounts, billingInvoices } from '../schema/billing.ts';
import { connecting, connections, disconnectedChannels, channels } from '../schema/channels.ts';
import { channelGroups } from '../schema/groups.ts';
import { hashtagSets } from '../schema/hashtags.ts';
import { intakeLinks } from '../schema/intake.ts';
import { labels } from '../schema/labels.ts';
import { links } from '../schema/links.ts';
import { mails } from '../schema/mails.ts';
import { members, sessions, users } from '../schema/people.ts';
import { undos } from '../schema/undos.ts';
import { supportThreads } from '../schema/support.ts';
import { devices, invitations } from '../schema/team.ts';
import { twoFactor } from '../schema/security.ts';
import { noticeRecipients } from '../schema/policy.ts';
import { media, posts } from '../schema/posts.ts';
import { copies, emailChanges, erasures, imports, requests } from '../schema/privacy.ts';
import { publications } from '../schema/publications.ts';

const t = heldTexts.lines;

/** So many of one thing, and when the first of them goes by itself (epoch ms); null while nothing ends it but a person. */
export interface Held {
  what: string;
  count: number;
  goesAt: number | null;
}

interface Who {
  userId: string;
  workspaceId: string;
}

type Holding = (db: Db, who: Who) => Held[];

/** What is held of a person and the workspace they look at, by class of the table of keep-times. One line each. */
export const holdings: Readonly<Record<string, Holding>> = {
  account: (db, { userId }) => [
    line(t.identity, number(db, users, eq(users.id, userId))),
    line(t.membership, number(db, members, eq(members.userId, userId))),
  ],
  grants: (db, { workspaceId }) => [line(t.access, number(db, connections, and(eq(connections.workspaceId, workspaceId), isNotNull(connections.grant))))],
  connections: (db, { workspaceId }) => {
    const ours = eq(connections.workspaceId, workspaceId);
    const left = and(ours, eq(connections.status, 'revoked'), sql`${connections.accountId} not like 'erased:%'`);
    const leftAt = first(db, connections, connections.updatedAt, left);
    const alone = and(eq(channels.workspaceId, workspaceId), sql`${channels.remoteId} not like 'erased:%'`);
    const aloneAt = db.select({ at: min(disconnectedChannels.at) }).from(disconnectedChannels).innerJoin(channels, eq(channels.id, disconnectedChannels.channelId)).where(alone).get()?.at ?? null;
    return [
      line(t.connectedAccount, number(db, connections, and(ours, ne(connections.status, 'revoked')))),
      line(t.disconnectedAccount, number(db, connections, left), after('connections', 'disconnected', leftAt)),
      line(t.channelAlone, number(db, disconnectedChannels, exists(db.select({ one: sql`1` }).from(channels).where(and(alone, eq(channels.id, disconnectedChannels.channelId))))), after('connections', 'disconnected', aloneAt)),
    ];
  },
  content: (db, { workspaceId }) => {
    const kept = and(eq(posts.workspaceId, workspaceId), isNull(posts.contentDeletedAt));
    const publication = (...more: SQL[]) => exists(db.select({ one: sql`1` }).from(publications).where(and(sql`${publications.postId} = ${posts.id}`, ...more)));
    const open = sql`${publications.status} in ('scheduled', 'publishing', 'unconfirmed')`;
    const over = and(kept, ne(posts.state, 'draft'), publication(), notExists(db.select({ one: sql`1` }).from(publications).where(and(sql`${publications.postId} = ${posts.id}`, open))));
    const endedAt = sql<number | null>`min((select max(coalesce(p.published_at, p.updated_at)) from publications p where p.post_id = posts.id))`;
    const overAt = db.select({ at: endedAt }).from(posts).where(over).get()?.at ?? null;
    const files = eq(media.workspaceId, workspaceId);
    return [
      line(t.draft, number(db, posts, and(kept, or(eq(posts.state, 'draft'), sql`not ${publication()}`)))),
      line(t.waitingPost, number(db, posts, and(kept, ne(posts.state, 'draft'), publication(open)))),
      line(t.overPost, number(db, posts, over), after('content', 'published', overAt)),
      line(t.file, number(db, media, files)),
      line(t.sorting, number(db, labels, eq(labels.workspaceId, workspaceId)) + number(db, channelGroups, eq(channelGroups.workspaceId, workspaceId)) + number(db, hashtagSets, eq(hashtagSets.workspaceId, workspaceId))),
      line(t.overFile, number(db, media, and(files, isNotNull(media.spentAt))), after('content', 'published', first(db, media, media.spentAt, files))),
    ];
  },
  unsaved: (db, { userId }) => [line(t.unsaved, number(db, autosaves, eq(autosaves.userId, userId)), after('unsaved', 'made', first(db, autosaves, autosaves.changedAt, eq(autosaves.userId, userId))))],
  publications: (db, { workspaceId }) => [line(t.publication, number(db, publications, eq(publications.workspaceId, workspaceId)))],
  sessions: (db, { userId }) => [line(t.session, number(db, sessions, eq(sessions.userId, userId)), first(db, sessions, sessions.expiresAt, eq(sessions.userId, userId)))],
  passing: (db, { userId }) => [
    line(t.connecting, number(db, connecting, eq(connecting.userId, userId)), first(db, connecting, connecting.expiresAt, eq(connecting.userId, userId))),
    line(t.newAddress, number(db, emailChanges, eq(emailChanges.userId, userId)), first(db, emailChanges, emailChanges.expiresAt, eq(emailChanges.userId, userId))),
    line(t.mailedLink, number(db, links, eq(links.userId, userId)), first(db, links, links.expiresAt, eq(links.userId, userId))),
  ],
  requests: (db, { userId }) => {
    const closed = sql<number | null>`min(coalesce(${requests.answeredAt}, ${requests.canceledAt}))`;
    const at = db.select({ at: closed }).from(requests).where(eq(requests.userId, userId)).get()?.at ?? null;
    return [line(t.request, number(db, requests, eq(requests.userId, userId)), after('requests', 'last_contact', at))];
  },
  exports: (db, { userId, workspaceId }) => {
    const ready = and(eq(copies.userId, userId), eq(copies.state, 'ready'));
    return [
      line(t.copy, number(db, copies, ready), first(db, copies, copies.expiresAt, ready)),
      line(t.archive, number(db, imports, eq(imports.workspaceId, workspaceId)), after('exports', 'made', first(db, imports, imports.createdAt, eq(imports.workspaceId, workspaceId)))),
    ];
  },
  mails: (db, { userId }) => [
    line(t.mail, number(db, mails, eq(mails.userId, userId)), after('mails', 'made', first(db, mails, mails.createdAt, eq(mails.userId, userId)))),
  ],
  notices: (db, { userId }) => [line(t.notice, number(db, noticeRecipients, eq(noticeRecipients.userId, userId)), after('notices', 'made', first(db, noticeRecipients, noticeRecipients.queuedAt, eq(noticeRecipients.userId, userId))))],
  support: (db, { userId }) => [line(t.conversation, number(db, supportThreads, eq(supportThreads.userId, userId)))],
  billing: (db, { workspaceId }) => [
    line(t.subscription, number(db, billingAccounts, eq(billingAccounts.workspaceId, workspaceId))),
    line(t.bill, number(db, billingInvoices, eq(billingInvoices.workspaceId, workspaceId)), after('billing', 'made', first(db, billingInvoices, billingInvoices.createdAt, eq(billingInvoices.workspaceId, workspaceId)))),
  ],
  intake: (db, { userId }) => [line(t.chat, number(db, intakeLinks, eq(intakeLinks.userId, userId)))],
  bin: (db, { workspaceId }) => {
    const binned = and(eq(posts.workspaceId, workspaceId), isNotNull(posts.deletedAt));
    return [line(t.binned, number(db, posts, binned), after('bin', 'deleted', first(db, posts, posts.deletedAt, binned)))];
  },
  undos: (db, { userId }) => [line(t.undo, number(db, undos, eq(undos.userId, userId)), after('undos', 'made', first(db, undos, undos.madeAt, eq(undos.userId, userId))))],
  audit: (db, { userId, workspaceId }) => [line(t.logEntry, number(db, auditLog, or(eq(auditLog.workspaceId, workspaceId), eq(auditLog.who, userId))))],
  invitations: (db, { userId, workspaceId }) => {
    const mine = or(eq(invitations.workspaceId, workspaceId), eq(invitations.invitedBy, userId), eq(invitations.acceptedBy, userId));
    return [line(t.invitation, number(db, invitations, mine), after('invitations', 'made', first(db, invitations, invitations.madeAt, mine)))];
  },
  two_factor: (db, { userId }) => [line(t.secondStep, number(db, twoFactor, eq(twoFactor.userId, userId)))],
  devices: (db, { userId }) => [line(t.browser, number(db, devices, eq(devices.userId, userId)), after('devices', 'last_contact', first(db, devices, devices.seenAt, eq(devices.userId, userId))))],
  erasures: (db, { userId, workspaceId }) => [line(t.deletion, number(db, erasures, and(isNull(erasures.canceledAt), or(eq(erasures.subjectId, userId), eq(erasures.subjectId, workspaceId)))), first(db, erasures, erasures.dueAt, and(isNull(erasures.canceledAt), eq(erasures.subjectId, userId))))],
};

/** Classes of which nothing can be counted for one person, with the reason. */
export const notCounted: Readonly<Record<string, string>> = heldTexts.notCounted;

export function heldStore(db: Db) {
  return {
    /** What is held right now, by class; lines of which there is nothing are left out. */
    async of(who: Who): Promise<ReadonlyMap<string, Held[]>> {
      return new Map(Object.entries(holdings).map(([id, holding]) => [id, holding(db, who).filter((held) => held.count > 0)]));
    },
  };
}

function line([one, many]: readonly [string, string], n: number, goesAt: number | null = null): Held {
  return { what: n === 1 ? one : many, count: n, goesAt };
}

function number(db: Db, table: SQLiteTable, which: SQL | undefined): number {
  return db.select({ n: count() }).from(table).where(which).get()?.n ?? 0;
}

function first(db: Db, table: SQLiteTable, column: Parameters<typeof lte>[0], which: SQL | undefined): number | null {
  return db.select({ at: sql<number | null>`min(${column})` }).from(table).where(which).get()?.at ?? null;
}

function after(id: string, beginning: Parameters<typeof endOfKeeping>[1], at: number | null): number | null {
  return at === null ? null : endOfKeeping(id, beginning, at);
}
