import { and, asc, eq, getTableColumns, getTableName, gt, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '../db.ts';
import { auditLog } from '../schema/audit.ts';
import { autosaves } from '../schema/autosaves.ts';
import { billingAccounts, billingInvoices } from '../schema/billing.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { channelGroups, groupedChannels } from '../schema/groups.ts';
import { hashtagSets } from '../schema/hashtags.ts';
import { settings } from '../schema/instance.ts';
import { keys } from '../schema/keys.ts';
import { intakeDrafts, intakeLinks } from '../schema/intake.ts';
import { labels, postLabels } from '../schema/labels.ts';
import { mails } from '../schema/mails.ts';
import { mailChoices } from '../schema/news.ts';
import { members, sessions, users, workspaces } from '../schema/people.ts';
import { supportMessages, supportThreads } from '../schema/support.ts';
import { devices, invitations } from '../schema/team.ts';
import { noticeRecipients } from '../schema/policy.ts';
import { media, postMedia, posts, variants } from '../schema/posts.ts';
import { copies, emailChanges, erasures, imported, imports, requests } from '../schema/privacy.ts';
import { attempts, localEntries, publications, steps } from '../schema/publications.ts';

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

/** One line for each file of a copy. A table is in here or in `notPortable`; a test holds the schema to it. */
export const portable: readonly Portable[] = [
  { file: 'account', table: users, what: 'your account', person: (_, id) => eq(users.id, id), leave: ['passwordHash'] },
  { file: 'sessions', table: sessions, what: 'where you are logged in', person: (_, id) => eq(sessions.userId, id), leave: ['id'] },
  { file: 'email-changes', table: emailChanges, what: 'a new e-mail address that waits for its confirmation', person: (_, id) => eq(emailChanges.userId, id), leave: ['id'] },
  { file: 'people', table: users, what: 'the people in the workspace', workspace: (db, id) => inArray(users.id, db.select({ id: members.userId }).from(members).where(eq(members.workspaceId, id))), leave: ['passwordHash', 'operator', 'erasingAt', 'aggregatesObjected', 'createdAt'] },
  { file: 'members', table: members, what: 'who is what in a workspace', person: (_, id) => eq(members.userId, id), workspace: (_, id) => eq(members.workspaceId, id) },
  { file: 'workspaces', table: workspaces, what: 'the workspaces', person: (db, id) => inArray(workspaces.id, belonging(db, id)), workspace: (_, id) => eq(workspaces.id, id) },
  { file: 'connections', table: connections, what: 'the accounts that are connected, without the access to them', workspace: (_, id) => eq(connections.workspaceId, id), leave: ['grant', 'grantVersion'] },
  { file: 'channels', table: channels, what: 'the places to publish', workspace: (_, id) => eq(channels.workspaceId, id) },
  { file: 'disconnected-channels', table: disconnectedChannels, what: 'channels that were disconnected by themselves', workspace: (db, id) => inArray(disconnectedChannels.channelId, db.select({ id: channels.id }).from(channels).where(eq(channels.workspaceId, id))) },
  { file: 'groups', table: channelGroups, what: 'groups of channels', workspace: (_, id) => eq(channelGroups.workspaceId, id) },
  { file: 'grouped-channels', table: groupedChannels, what: 'which channel is in which group', workspace: (db, id) => inArray(groupedChannels.channelId, db.select({ id: channels.id }).from(channels).where(eq(channels.workspaceId, id))) },
  { file: 'posts', table: posts, what: 'posts with their texts', person: (_, id) => eq(posts.authorId, id), workspace: (_, id) => eq(posts.workspaceId, id) },
  { file: 'variants', table: variants, what: 'posts as they look on one channel', person: (db, id) => inArray(variants.postId, authored(db, id)), workspace: (_, id) => eq(variants.workspaceId, id) },
  { file: 'media', table: media, what: 'pictures and videos; the files are in media/', workspace: (_, id) => eq(media.workspaceId, id) },
  { file: 'post-media', table: postMedia, what: 'which post uses which file', person: (db, id) => inArray(postMedia.postId, authored(db, id)), workspace: (_, id) => eq(postMedia.workspaceId, id) },
  { file: 'publications', table: publications, what: 'where and when posts went out, and how it ended', person: (db, id) => or(inArray(publications.postId, authored(db, id)), eq(publications.settledBy, id)), workspace: (_, id) => eq(publications.workspaceId, id), leave: ['lockedBy', 'lockedUntil'] },
  { file: 'attempts', table: attempts, what: 'each try of a publication', person: (db, id) => inArray(attempts.publicationId, db.select({ id: publications.id }).from(publications).where(inArray(publications.postId, authored(db, id)))), workspace: (_, id) => eq(attempts.workspaceId, id) },
  { file: 'steps', table: steps, what: 'each piece of a try, without the notes of the program', person: (db, id) => inArray(steps.publicationId, db.select({ id: publications.id }).from(publications).where(inArray(publications.postId, authored(db, id)))), workspace: (_, id) => eq(steps.workspaceId, id), leave: ['result'] },
  { file: 'local-entries', table: localEntries, what: 'what stands on the pages of this instance itself', workspace: (_, id) => eq(localEntries.workspaceId, id) },
  { file: 'requests', table: requests, what: 'what you asked for by right, and the answers', person: (_, id) => eq(requests.userId, id) },
  { file: 'deletions', table: erasures, what: 'deletions that were asked for', person: (_, id) => or(eq(erasures.subjectId, id), eq(erasures.askedBy, id)), workspace: (_, id) => eq(erasures.subjectId, id), leave: ['code'] },
  { file: 'copies', table: copies, what: 'copies like this one', person: (_, id) => eq(copies.userId, id), workspace: (_, id) => eq(copies.workspaceId, id), leave: ['reference'] },
  { file: 'imports', table: imports, what: 'archives that were brought in', person: (_, id) => eq(imports.userId, id), workspace: (_, id) => eq(imports.workspaceId, id) },
  { file: 'imported', table: imported, what: 'what of archives is here already', workspace: (_, id) => eq(imported.workspaceId, id) },
  { file: 'unsaved', table: autosaves, what: 'what you have typed and not saved', person: (_, id) => eq(autosaves.userId, id), workspace: (_, id) => eq(autosaves.workspaceId, id) },
  { file: 'mails', table: mails, what: 'mails to you, without their links', person: (_, id) => eq(mails.userId, id), leave: ['data', 'lockedBy', 'lockedUntil'] },
  { file: 'mail-choices', table: mailChoices, what: 'which mails you want', person: (_, id) => eq(mailChoices.userId, id), leave: ['key'] },
  { file: 'support', table: supportThreads, what: 'conversations with whoever runs the instance', person: (_, id) => eq(supportThreads.userId, id), leave: ['secret', 'secretHash'] },
  { file: 'support-messages', table: supportMessages, what: 'what was said in them', person: (db, id) => inArray(supportMessages.threadId, db.select({ id: supportThreads.id }).from(supportThreads).where(eq(supportThreads.userId, id))) },
  { file: 'notices', table: noticeRecipients, what: 'changes and breaches you were told of', person: (_, id) => eq(noticeRecipients.userId, id) },
  { file: 'subscription', table: billingAccounts, what: 'the trial and the subscription', workspace: (_, id) => eq(billingAccounts.workspaceId, id) },
  { file: 'invoices', table: billingInvoices, what: 'bills', workspace: (_, id) => eq(billingInvoices.workspaceId, id) },
  { file: 'chats', table: intakeLinks, what: 'your number at a messenger from which you send drafts', person: (_, id) => eq(intakeLinks.userId, id), workspace: (_, id) => eq(intakeLinks.workspaceId, id) },
  { file: 'chat-drafts', table: intakeDrafts, what: 'which message became which draft', person: (db, id) => inArray(intakeDrafts.linkId, db.select({ id: intakeLinks.id }).from(intakeLinks).where(eq(intakeLinks.userId, id))), workspace: (_, id) => eq(intakeDrafts.workspaceId, id) },
  { file: 'labels', table: labels, what: 'labels', workspace: (_, id) => eq(labels.workspaceId, id) },
  { file: 'post-labels', table: postLabels, what: 'which post has which label', person: (db, id) => inArray(postLabels.postId, authored(db, id)), workspace: (_, id) => eq(postLabels.workspaceId, id) },
  { file: 'hashtag-sets', table: hashtagSets, what: 'sets of hashtags', workspace: (_, id) => eq(hashtagSets.workspaceId, id) },
  { file: 'log', table: auditLog, what: 'who did what in a workspace, and when', person: (_, id) => eq(auditLog.who, id), workspace: (_, id) => eq(auditLog.workspaceId, id) },
  { file: 'invitations', table: invitations, what: 'invitations', person: (_, id) => or(eq(invitations.invitedBy, id), eq(invitations.acceptedBy, id)), workspace: (_, id) => eq(invitations.workspaceId, id), leave: ['mailHash', 'linkHash'] },
  { file: 'browsers', table: devices, what: 'browsers you logged in with', person: (_, id) => eq(devices.userId, id), leave: ['id'] },
  { file: 'keys', table: keys, what: 'API keys, without what opens with them', person: (_, id) => eq(keys.createdBy, id), workspace: (_, id) => eq(keys.workspaceId, id), leave: ['digest'] },
  { file: 'settings', table: settings, what: 'settings of the instance that you saved, without their values', person: (_, id) => eq(settings.setBy, id), leave: ['value'] },
];

/** Tables that hold nothing of a person or workspace, or nothing that could be given away. */
export const notPortable: Readonly<Record<string, string>> = {
  promised_posts: 'That a program asked for a post under a name of its own, for a day.',
  links: 'Links that were mailed and work once: secrets.',
  news_marks: 'How far the mails about what happens have come.',
  policy_versions: 'What the public pages said.',
  notices: 'What was announced, without to whom.',
  billing_events: 'That Stripe called; not what it said.',
  billing_prices: 'What plans cost.',
  billing_endings: 'Customers of workspaces that are gone.',
  intake_invites: 'Links that join a chat: secrets that live for minutes.',
  intake_parts: 'Messages of a draft that is being gathered: seconds old.',
  intake_heard: 'Which messages were heard, so that none counts twice.',
  undos: 'Ways back from what was just done, for two days.',
  login_steps: 'Half a log-in: a secret that lives for minutes.',
  two_factor: 'The secret of the second step at log-in and its recovery codes.',
  connecting: 'States of connections being made: secrets that live for minutes.',
  notes: 'Sealed notes of networks about this instance.',
  cursors: 'How far a bot of this instance has read.',
  checks: 'How tests of this instance’s set-up ended.',
  heeded_calls: 'Hashes of calls of networks; they name nobody.',
  deletion_requests: 'They say when and how much was deleted, not whose.',
  holds: 'Until when a channel or network rests.',
  budgets: 'What this instance has taken of a network’s allowance.',
  aggregates: 'Sums that identify nobody.',
  prune_runs: 'When the nightly prune ran.',
  prunings: 'How much it deleted.',
  migrations: 'Which version the database has.',
};

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
