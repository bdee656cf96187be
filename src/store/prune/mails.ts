import { and, count, inArray, lte, ne } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { links } from '../schema/links.ts';
import { mails } from '../schema/mails.ts';
import { newsMarks } from '../schema/news.ts';
import { noticeRecipients } from '../schema/policy.ts';
import type { PruneRule } from './rule.ts';

/** Mails, the links in them, and who was told what. */
export function mailRules(db: Db): readonly PruneRule[] {
  const oldMails = (at: number) => and(lte(mails.createdAt, cutoffOf('mails', 'made', at)), ne(mails.state, 'sending'));
  const oldLinks = (at: number) => lte(links.expiresAt, cutoffOf('passing', 'expired', at));
  // A day that was told weeks ago is never looked at again; the marks of where it all began stay.
  const oldMarks = (at: number) => and(lte(newsMarks.at, cutoffOf('mails', 'made', at)), ne(newsMarks.name, 'begun'), ne(newsMarks.name, 'settled'));
  const oldRecipients = (at: number) => lte(noticeRecipients.queuedAt, cutoffOf('notices', 'made', at));
  return [
    {
      class: 'mails', rule: 'mails 90 days after they were made',
      count: (at) => db.select({ n: count() }).from(mails).where(oldMails(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ rows: db.delete(mails).where(inArray(mails.id, db.select({ id: mails.id }).from(mails).where(oldMails(at)).limit(limit))).run().changes, files: [] }),
    },
    {
      class: 'passing', rule: 'mailed links whose time is over',
      count: (at) => db.select({ n: count() }).from(links).where(oldLinks(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ rows: db.delete(links).where(inArray(links.id, db.select({ id: links.id }).from(links).where(oldLinks(at)).limit(limit))).run().changes, files: [] }),
    },
    {
      class: 'mails', rule: 'days whose daily mail was made',
      count: (at) => db.select({ n: count() }).from(newsMarks).where(oldMarks(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ rows: db.delete(newsMarks).where(inArray(newsMarks.name, db.select({ name: newsMarks.name }).from(newsMarks).where(oldMarks(at)).limit(limit))).run().changes, files: [] }),
    },
    {
      class: 'notices', rule: 'who was told of changes and breaches, 3 years after it',
      count: (at) => db.select({ n: count() }).from(noticeRecipients).where(oldRecipients(at)).get()?.n ?? 0,
      prune: (at, limit) => ({ rows: db.delete(noticeRecipients).where(inArray(noticeRecipients.id, db.select({ id: noticeRecipients.id }).from(noticeRecipients).where(oldRecipients(at)).limit(limit))).run().changes, files: [] }),
    },
  ];
}
