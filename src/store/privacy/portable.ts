import { and, asc, eq, getTableColumns, getTableName, gt, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { copyTexts } from '../../domain/texts/promise/copy.ts';
import type { Db } from '../db.ts';
import { auditLog } from '../schema/audit.ts';
import { autosaves } from '../schema/autosaves.ts';
import { billingAccounts, billingInvoices } from '../schema/billing.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { firstRuns } from '../schema/first-run.ts';
import { channelGroups, groupedChannels } from '../schema/groups.ts';
import { hashtagSets } from '../schema/hashtags.ts';
import { settings } from '../schema/instance.ts';
import { keys } from '../schema/keys.ts';
import { intakeDrafts, intakeLinks } from '../schema/intake.ts';
import { labels, mediaLabels, postLabels } from '../schema/labels.ts';
import { mails } from '../schema/mails.ts';
import { mailChoices } from '../schema/news.ts';
import { members, sessions, users, workspaces } from '../schema/people.ts';
import { supportMessages, supportThreads } from '../schema/support.ts';
import { devices, invitations } from '../schema/team.ts';
import { noticeRecipients } from '../schema/policy.ts';
import { media, postMedia, posts, variants } from '../schema/posts.ts';
import { copies, emailChanges, erasures, imported, imports, requests } from '../schema/privacy.ts';
import { attempts, localEntries, publications, steps } from '../schema/publications.ts';

const t = copyTexts.files;

/** What of a table belongs to a person or to a workspace, and what of it nobody is given. */
export interface Portable {
  /** The file's name, without its ending. */
  file: string;
  table: SQLiteTable;
  what: string;
  person?: (db: Db, userId: string) => SQL | undefined;
  workspace?: (db: Db, workspaceId: string) => SQL | undefined;
  /** Columns that stay here: secrets, and what only the program itself understands. */
  leave?: readonly string[];
}

const authored = (db: Db, userId: string) => db.select({ id: posts.id }).from(posts).where(eq(posts.authorId, userId));
const belonging = (db: Db, userId: string) => db.select({ id: members.workspaceId }).from(members).where(eq(members.userId, userId));

/**
 * One line for each file of a copy; what each sees of their own alone is in no copy of a workspace, which is an admin's. A table is in here or in `notPortable`; a test holds the schema to it.
 */
export const portable: readonly Portable[] = [
  { file: 'account', table: users, what: t.account, person: (_, id) => eq(users.id, id), leave: ['passwordHash'] },
  { file: 'sessions', table: sessions, what: t.sessions, person: (_, id) => eq(sessions.userId, id), leave: ['id'] },
  { file: 'email-changes', table: emailChanges, what: t['email-changes'], person: (_, id) => eq(emailChanges.userId, id), leave: ['id'] },
  { file: 'people', table: users, what: t.people, workspace: (db, id) => inArray(users.id, db.select({ id: members.userId }).from(members).where(eq(members.workspaceId, id))), leave: ['passwordHash', 'operator', 'erasingAt', 'aggregatesObjected', 'createdAt'] },
  { file: 'members', table: members, what: t.members, person: (_, id) => eq(members.userId, id), workspace: (_, id) => eq(members.workspaceId, id) },
  { file: 'workspaces', table: workspaces, what: t.workspaces, person: (db, id) => inArray(workspaces.id, belonging(db, id)), workspace: (_, id) => eq(workspaces.id, id) },
  { file: 'connections', table: connections, what: t.connections, workspace: (_, id) => eq(connections.workspaceId, id), leave: ['grant', 'grantVersion'] },
  { file: 'channels', table: channels, what: t.channels, workspace: (_, id) => eq(channels.workspaceId, id) },
  { file: 'disconnected-channels', table: disconnectedChannels, what: t['disconnected-channels'], workspace: (db, id) => inArray(disconnectedChannels.channelId, db.select({ id: channels.id }).from(channels).where(eq(channels.workspaceId, id))) },
  { file: 'groups', table: channelGroups, what: t.groups, workspace: (_, id) => eq(channelGroups.workspaceId, id) },
  { file: 'grouped-channels', table: groupedChannels, what: t['grouped-channels'], workspace: (db, id) => inArray(groupedChannels.channelId, db.select({ id: channels.id }).from(channels).where(eq(channels.workspaceId, id))) },
  { file: 'posts', table: posts, what: t.posts, person: (_, id) => eq(posts.authorId, id), workspace: (_, id) => eq(posts.workspaceId, id), leave: ['words'] },
  { file: 'variants', table: variants, what: t.variants, person: (db, id) => inArray(variants.postId, authored(db, id)), workspace: (_, id) => eq(variants.workspaceId, id) },
  { file: 'media', table: media, what: t.media, workspace: (_, id) => eq(media.workspaceId, id) },
  { file: 'post-media', table: postMedia, what: t['post-media'], person: (db, id) => inArray(postMedia.postId, authored(db, id)), workspace: (_, id) => eq(postMedia.workspaceId, id) },
  { file: 'publications', table: publications, what: t.publications, person: (db, id) => or(inArray(publications.postId, authored(db, id)), eq(publications.settledBy, id)), workspace: (_, id) => eq(publications.workspaceId, id), leave: ['lockedBy', 'lockedUntil'] },
  { file: 'attempts', table: attempts, what: t.attempts, person: (db, id) => inArray(attempts.publicationId, db.select({ id: publications.id }).from(publications).where(inArray(publications.postId, authored(db, id)))), workspace: (_, id) => eq(attempts.workspaceId, id) },
  { file: 'steps', table: steps, what: t.steps, person: (db, id) => inArray(steps.publicationId, db.select({ id: publications.id }).from(publications).where(inArray(publications.postId, authored(db, id)))), workspace: (_, id) => eq(steps.workspaceId, id), leave: ['result'] },
  { file: 'local-entries', table: localEntries, what: t['local-entries'], workspace: (_, id) => eq(localEntries.workspaceId, id) },
  { file: 'requests', table: requests, what: t.requests, person: (_, id) => eq(requests.userId, id) },
  { file: 'deletions', table: erasures, what: t.deletions, person: (_, id) => or(eq(erasures.subjectId, id), eq(erasures.askedBy, id)), workspace: (_, id) => eq(erasures.subjectId, id), leave: ['code'] },
  { file: 'copies', table: copies, what: t.copies, person: (_, id) => eq(copies.userId, id), workspace: (_, id) => eq(copies.workspaceId, id), leave: ['reference'] },
  { file: 'imports', table: imports, what: t.imports, person: (_, id) => eq(imports.userId, id), workspace: (_, id) => eq(imports.workspaceId, id) },
  { file: 'imported', table: imported, what: t.imported, workspace: (_, id) => eq(imported.workspaceId, id) },
  { file: 'unsaved', table: autosaves, what: t.unsaved, person: (_, id) => eq(autosaves.userId, id) },
  { file: 'mails', table: mails, what: t.mails, person: (_, id) => eq(mails.userId, id), leave: ['data', 'lockedBy', 'lockedUntil'] },
  { file: 'mail-choices', table: mailChoices, what: t['mail-choices'], person: (_, id) => eq(mailChoices.userId, id), leave: ['key'] },
  { file: 'support', table: supportThreads, what: t.support, person: (_, id) => eq(supportThreads.userId, id), leave: ['secret', 'secretHash'] },
  { file: 'support-messages', table: supportMessages, what: t['support-messages'], person: (db, id) => inArray(supportMessages.threadId, db.select({ id: supportThreads.id }).from(supportThreads).where(eq(supportThreads.userId, id))) },
  { file: 'notices', table: noticeRecipients, what: t.notices, person: (_, id) => eq(noticeRecipients.userId, id) },
  { file: 'subscription', table: billingAccounts, what: t.subscription, workspace: (_, id) => eq(billingAccounts.workspaceId, id) },
  { file: 'invoices', table: billingInvoices, what: t.invoices, workspace: (_, id) => eq(billingInvoices.workspaceId, id) },
  { file: 'chats', table: intakeLinks, what: t.chats, person: (_, id) => eq(intakeLinks.userId, id) },
  { file: 'chat-drafts', table: intakeDrafts, what: t['chat-drafts'], person: (db, id) => inArray(intakeDrafts.linkId, db.select({ id: intakeLinks.id }).from(intakeLinks).where(eq(intakeLinks.userId, id))) },
  { file: 'labels', table: labels, what: t.labels, workspace: (_, id) => eq(labels.workspaceId, id) },
  { file: 'post-labels', table: postLabels, what: t['post-labels'], person: (db, id) => inArray(postLabels.postId, authored(db, id)), workspace: (_, id) => eq(postLabels.workspaceId, id) },
  { file: 'media-labels', table: mediaLabels, what: t['media-labels'], workspace: (_, id) => eq(mediaLabels.workspaceId, id) },
  { file: 'hashtag-sets', table: hashtagSets, what: t['hashtag-sets'], workspace: (_, id) => eq(hashtagSets.workspaceId, id) },
  { file: 'log', table: auditLog, what: t.log, person: (_, id) => eq(auditLog.who, id), workspace: (_, id) => eq(auditLog.workspaceId, id) },
  { file: 'invitations', table: invitations, what: t.invitations, person: (_, id) => or(eq(invitations.invitedBy, id), eq(invitations.acceptedBy, id)), workspace: (_, id) => eq(invitations.workspaceId, id), leave: ['mailHash', 'linkHash'] },
  { file: 'first-steps', table: firstRuns, what: t['first-steps'], person: (_, id) => eq(firstRuns.userId, id) },
  { file: 'browsers', table: devices, what: t.browsers, person: (_, id) => eq(devices.userId, id), leave: ['id'] },
  { file: 'keys', table: keys, what: t.keys, person: (_, id) => eq(keys.createdBy, id), workspace: (_, id) => eq(keys.workspaceId, id), leave: ['digest'] },
  { file: 'settings', table: settings, what: t.settings, person: (_, id) => eq(settings.setBy, id), leave: ['value'] },
];

/** Tables that hold nothing of a person or workspace, or nothing that could be given away. */
export const notPortable: Readonly<Record<string, string>> = copyTexts.leftOut;

export type Subject = { about: 'person' | 'workspace'; id: string };

/** Reads everything about a person or a workspace, page by page, secrets left out. */
export function portableStore(db: Db) {
  const of = ({ about, id }: Subject, one: Portable) => one[about]?.(db, id);
  const ofSubject = ({ about }: Subject) => portable.filter((one) => one[about] !== undefined);
  const fileOf = (file: string) => {
    const found = portable.find((one) => one.file === file);
    if (!found) throw new Error(`no file ${file}`);
    return found;
  };

  return {
    files: (subject: Subject) => ofSubject(subject).map(({ file, what }) => ({ file, what })),

    async count(subject: Subject): Promise<number> {
      return ofSubject(subject).reduce((sum, one) => sum + (db.select({ n: sql<number>`count(*)` }).from(one.table).where(of(subject, one)).get()?.n ?? 0), 0);
    },

    /** Up to `limit` rows after `after` (0 at first); `next` is null when there are no more. */
    async page(subject: Subject, file: string, after: number, limit: number): Promise<{ rows: Record<string, unknown>[]; next: number | null }> {
      const one = fileOf(file);
      const rowid = sql<number>`${sql.identifier(getTableName(one.table))}.rowid`;
      const rows = db.select({ ...givenColumns(one), rowid }).from(one.table)
        .where(and(of(subject, one), gt(rowid, after))).orderBy(asc(rowid)).limit(limit).all() as (Record<string, unknown> & { rowid: number })[];
      return { rows: rows.map(({ rowid: _rowid, ...row }) => row), next: rows.length < limit ? null : (rows.at(-1)?.rowid ?? null) };
    },
  };
}

/** The columns of a table that go into a copy. */
export function givenColumns({ table, leave = [] }: Portable): Record<string, SQLiteColumn> {
  return Object.fromEntries(Object.entries(getTableColumns(table)).filter(([name]) => !leave.includes(name)));
}
