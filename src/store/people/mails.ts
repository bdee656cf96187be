import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, notInArray, or, sql } from 'drizzle-orm';
import type { MailState } from '../../domain/people/mail.ts';
import { instanceRefusals as t } from '../../domain/texts/refusals/instance.ts';
import { needsReseal, open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { mails } from '../schema/mails.ts';
import { users } from '../schema/people.ts';
import { noticeRecipients } from '../schema/policy.ts';

type Row = typeof mails.$inferSelect;

/** A mail as people may see it: without what its text is made from. */
export type OutboxMail = Omit<Row, 'data' | 'lockedBy' | 'lockedUntil'> & {
  /** Whether it can still be sent. */
  kept: boolean;
};

/** A mail that this boot alone sends now. */
export interface ClaimedMail {
  id: string;
  kind: string;
  event: string;
  email: string;
  userId: string | null;
  attempts: number;
  /** JSON. */
  data: string;
}

export type NewMail = Pick<Row, 'id' | 'kind' | 'event' | 'userId' | 'email' | 'subject' | 'unverified' | 'expiresAt'> & { data: string; now: number };

const ended = { data: null, lockedBy: null, lockedUntil: null };
const free = { lockedBy: null, lockedUntil: null };

const aad = (rowId: string) => ({ table: 'mails', rowId, workspaceId: null });

export function mailsStore(db: Db, ring: KeyRing) {
  const seen = ({ data, lockedBy: _by, lockedUntil: _until, ...rest }: Row): OutboxMail => ({ ...rest, kept: data !== null });

  return {
    /** False when this recipient has a mail of this event already. */
    async add(mail: NewMail): Promise<boolean> {
      return putMail(db, ring, mail);
    },

    async isDue(now: number): Promise<boolean> {
      return nextDue(db, now) !== undefined;
    },

    /** The next mail that is due, with its lease. */
    async claim(by: { boot: string; now: number; until: number }): Promise<ClaimedMail | undefined> {
      const row = atomic(db, (tx) => {
        const next = nextDue(tx, by.now);
        return next && tx.update(mails).set({ state: 'sending', lockedBy: by.boot, lockedUntil: by.until, updatedAt: by.now })
          .where(eq(mails.id, next.id)).returning().get();
      });
      if (!row?.data) return undefined;
      const { id, kind, event, email, userId, attempts, data } = row;
      return { id, kind, event, email, userId, attempts, data: open(ring, data, aad(id)) };
    },

    /** Ends a try; nothing happens (false) when the lease is lost. */
    async settle(id: string, boot: string, change: { state: 'sent' } | { state: 'waiting'; dueAt: number; attempts: number; error: string } | { state: 'failed' | 'unsure'; error: string }, now: number): Promise<boolean> {
      // What failed or is unsure can still be sent by a person's word.
      const rest = change.state === 'sent' ? { ...ended, sentAt: now, error: null } : free;
      return atomic(db, (tx) => {
        const mail = tx.update(mails).set({ ...change, ...rest, updatedAt: now })
          .where(and(eq(mails.id, id), eq(mails.state, 'sending'), eq(mails.lockedBy, boot))).returning().get();
        // Who was told of what, and when, is known for longer than the mail.
        if (change.state === 'sent' && mail?.userId && mail.event.startsWith('notice:')) {
          tx.update(noticeRecipients).set({ mailedAt: now }).where(and(eq(noticeRecipients.noticeId, mail.event.slice('notice:'.length)), eq(noticeRecipients.userId, mail.userId))).run();
        }
        return mail !== undefined;
      });
    },

    /** What a dead boot was sending: of these kinds it goes again, `most` times, of all others a person decides. */
    async recover(by: { boot: string; now: number; again: readonly string[]; most: number; error: string }): Promise<number> {
      return atomic(db, (tx) => {
        const dead = and(eq(mails.state, 'sending'), or(ne(mails.lockedBy, by.boot), lt(mails.lockedUntil, by.now)));
        const again = tx.update(mails).set({ ...free, state: 'waiting', dueAt: by.now, attempts: sql`${mails.attempts} + 1`, updatedAt: by.now })
          .where(and(dead, inArray(mails.kind, [...by.again]), lt(mails.attempts, by.most))).run().changes;
        return again + tx.update(mails).set({ ...free, state: 'unsure', error: by.error, updatedAt: by.now }).where(dead).run().changes;
      });
    },

    /**
     * After an older copy of the database was put back: what it has waiting may have gone out since the copy was made. What is
     * not to be sent `again` after a doubt waits for a person.
     */
    async doubt(again: readonly string[], error: string, now: number): Promise<number> {
      return db.update(mails).set({ ...free, state: 'unsure', error, updatedAt: now })
        .where(and(inArray(mails.state, ['waiting', 'sending']), notInArray(mails.kind, [...again]))).run().changes;
    },

    /** No mail can go before `until`; each keeps the reason. Gives those that did not know yet. */
    async hold(error: string, until: number, now: number): Promise<Pick<OutboxMail, 'id' | 'kind' | 'subject'>[]> {
      return atomic(db, (tx) => {
        const due = and(eq(mails.state, 'waiting'), lte(mails.dueAt, until));
        const fresh = tx.select({ id: mails.id, kind: mails.kind, subject: mails.subject }).from(mails)
          .where(and(due, or(isNull(mails.error), ne(mails.error, error)))).all();
        tx.update(mails).set({ dueAt: until, error, updatedAt: now }).where(due).run();
        return fresh;
      });
    },

    /** Something has changed for the better: what waits may be tried now. */
    async wake(now: number): Promise<void> {
      db.update(mails).set({ dueAt: now, updatedAt: now }).where(eq(mails.state, 'waiting')).run();
    },

    /** Drops what is worth nothing any more. */
    async expire(error: string, now: number): Promise<number> {
      return db.update(mails).set({ ...ended, state: 'dropped', error, updatedAt: now })
        .where(and(inArray(mails.state, ['waiting', 'failed', 'unsure']), isNotNull(mails.data), lte(mails.expiresAt, now))).run().changes;
    },

    /** Newest first; `states` empty means all. */
    async list(states: readonly MailState[], limit: number): Promise<OutboxMail[]> {
      return db.select().from(mails).where(states.length > 0 ? inArray(mails.state, [...states]) : undefined)
        .orderBy(desc(mails.createdAt), desc(mails.id)).limit(limit).all().map(seen);
    },

    async ofEvent(event: string): Promise<OutboxMail[]> {
      return db.select().from(mails).where(eq(mails.event, event)).all().map(seen);
    },

    async counts(): Promise<Record<MailState, number>> {
      const rows = new Map(db.select({ state: mails.state, n: count() }).from(mails).groupBy(mails.state).all().map(({ state, n }) => [state, n]));
      const of = (state: MailState) => rows.get(state) ?? 0;
      return { waiting: of('waiting'), sending: of('sending'), sent: of('sent'), failed: of('failed'), unsure: of('unsure'), dropped: of('dropped') };
    },

    /** A person wants it to go once more, now. */
    async retry(id: string, now: number): Promise<boolean> {
      return db.update(mails).set({ state: 'waiting', attempts: 0, dueAt: now, updatedAt: now })
        .where(and(eq(mails.id, id), inArray(mails.state, ['waiting', 'failed', 'unsure']), isNotNull(mails.data))).run().changes > 0;
    },

    async drop(id: string, now: number): Promise<boolean> {
      return db.update(mails).set({ ...ended, state: 'dropped', updatedAt: now })
        .where(and(eq(mails.id, id), inArray(mails.state, ['waiting', 'failed', 'unsure']))).run().changes > 0;
    },

    /** Drops what a person no longer wants. */
    async dropKinds(userId: string, kinds: readonly string[], now: number): Promise<void> {
      db.update(mails).set({ ...ended, state: 'dropped', error: t.mailUnwanted, updatedAt: now })
        .where(and(eq(mails.userId, userId), inArray(mails.kind, [...kinds]), inArray(mails.state, ['waiting', 'failed', 'unsure']))).run();
    },

    /** Drops what has not gone out of one event. */
    async dropEvent(event: string, error: string, now: number): Promise<void> {
      db.update(mails).set({ ...ended, state: 'dropped', error, updatedAt: now }).where(and(eq(mails.event, event), inArray(mails.state, ['waiting', 'failed', 'unsure']))).run();
    },

    /** Seals what waits anew with the newest key; returns how many that were. */
    async reseal(): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.select({ id: mails.id, data: mails.data }).from(mails).where(isNotNull(mails.data)).all()
          .flatMap(({ id, data }) => (data && needsReseal(ring, data) ? [{ id, data }] : []));
        for (const { id, data } of rows) tx.update(mails).set({ data: seal(ring, open(ring, data, aad(id)), aad(id)) }).where(eq(mails.id, id)).run();
        return rows.length;
      });
    },
  };
}

/** Puts a mail into the queue, within the act that it tells of. False when this recipient has a mail of this event already. */
export function putMail(tx: Db | Tx, ring: KeyRing, { data, now, ...mail }: NewMail): boolean {
  return tx.insert(mails).values({
    ...mail, data: seal(ring, data, aad(mail.id)), state: 'waiting', attempts: 0, dueAt: now, error: null, createdAt: now, updatedAt: now,
  }).onConflictDoNothing().run().changes > 0;
}

/** Mails to addresses that nobody has confirmed wait, but for those that may go. */
function nextDue(db: Db | Tx, now: number): { id: string } | undefined {
  return db.select({ id: mails.id }).from(mails).leftJoin(users, eq(users.id, mails.userId)).where(and(
    eq(mails.state, 'waiting'), lte(mails.dueAt, now), isNotNull(mails.data), or(isNull(mails.expiresAt), gt(mails.expiresAt, now)),
    or(isNull(mails.userId), eq(mails.unverified, true), isNotNull(users.emailVerifiedAt)),
  )).orderBy(asc(mails.dueAt), asc(mails.id)).limit(1).get();
}

/** Everything that was or is to be mailed to an address, with an account or without. */
export function eraseMailsTo(tx: Tx, email: string): number {
  return tx.delete(mails).where(eq(mails.email, email)).run().changes;
}
