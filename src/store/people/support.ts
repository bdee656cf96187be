import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { needsReseal, open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { eraseMailsTo } from './mails.ts';
import { mails } from '../schema/mails.ts';
import { users } from '../schema/people.ts';
import { supportMessages, supportThreads } from '../schema/support.ts';

export type SupportMessage = typeof supportMessages.$inferSelect;

export interface SupportThread {
  id: string;
  /** Null for somebody without an account, or whose account is gone. */
  userId: string | null;
  /** Null once they are erased. */
  name: string | null;
  email: string | null;
  answered: boolean;
  createdAt: number;
  lastAt: number;
  /** How the latest message begins. */
  latest: string;
}

/** Who begins a conversation: a member, or somebody else with a secret of their own. */
export type Sender = { userId: string } | { name: string; email: string; secret: string; secretHash: string };

export function supportStore(db: Db, ring: KeyRing) {
  const aad = (rowId: string) => ({ table: 'support_threads', rowId, workspaceId: null });
  const columns = {
    id: supportThreads.id, userId: supportThreads.userId, ownName: supportThreads.name, ownEmail: supportThreads.email, userName: users.name, userEmail: users.email,
    answered: supportThreads.answered, createdAt: supportThreads.createdAt, lastAt: supportThreads.lastAt,
    latest: sql<string>`coalesce((select substr(${supportMessages.text}, 1, 160) from ${supportMessages} where ${supportMessages.threadId} = ${supportThreads.id} order by ${supportMessages.at} desc, ${supportMessages.id} desc limit 1), '')`,
  };
  const select = () => db.select(columns).from(supportThreads).leftJoin(users, eq(users.id, supportThreads.userId));
  const seen = ({ ownName, ownEmail, userName, userEmail, ...rest }: Awaited<ReturnType<typeof select>>[number]): SupportThread =>
    ({ ...rest, name: userName ?? ownName, email: userEmail ?? ownEmail });

  return {
    async open(id: string, sender: Sender, message: { id: string; text: string }, now: number): Promise<void> {
      atomic(db, (tx) => {
        const own = 'userId' in sender
          ? { userId: sender.userId }
          : { name: sender.name, email: sender.email, secretHash: sender.secretHash, secret: seal(ring, sender.secret, aad(id)) };
        tx.insert(supportThreads).values({ id, ...own, answered: false, createdAt: now, lastAt: now }).run();
        tx.insert(supportMessages).values({ ...message, threadId: id, byOperator: false, at: now }).run();
      });
    },

    /** False when the conversation is gone. */
    async write(threadId: string, message: { id: string; text: string; byOperator: boolean }, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const there = tx.update(supportThreads).set({ answered: message.byOperator, lastAt: now }).where(eq(supportThreads.id, threadId)).run().changes > 0;
        if (there) tx.insert(supportMessages).values({ ...message, threadId, at: now }).run();
        return there;
      });
    },

    async get(id: string): Promise<SupportThread | undefined> {
      const row = select().where(eq(supportThreads.id, id)).get();
      return row && seen(row);
    },

    async ofSecret(secretHash: string): Promise<SupportThread | undefined> {
      const row = select().where(eq(supportThreads.secretHash, secretHash)).get();
      return row && seen(row);
    },

    /** What stands in the address of somebody without an account; null for members. */
    async secret(id: string): Promise<string | null> {
      const row = db.select({ secret: supportThreads.secret }).from(supportThreads).where(eq(supportThreads.id, id)).get();
      return row?.secret ? open(ring, row.secret, aad(id)) : null;
    },

    async messages(threadId: string): Promise<SupportMessage[]> {
      return db.select().from(supportMessages).where(eq(supportMessages.threadId, threadId)).orderBy(asc(supportMessages.at), asc(supportMessages.id)).all();
    },

    async ofUser(userId: string): Promise<SupportThread[]> {
      return select().where(eq(supportThreads.userId, userId)).orderBy(desc(supportThreads.lastAt)).all().map(seen);
    },

    /** What waits for an answer first, then the latest. */
    async list(limit: number): Promise<SupportThread[]> {
      return select().orderBy(asc(supportThreads.answered), desc(supportThreads.lastAt)).limit(limit).all().map(seen);
    },

    async unanswered(): Promise<number> {
      return db.select({ n: count() }).from(supportThreads).where(eq(supportThreads.answered, false)).get()?.n ?? 0;
    },

    /** With all that was written, and the mails about it. */
    async remove(id: string): Promise<boolean> {
      return atomic(db, (tx) => {
        const events = tx.select({ id: supportMessages.id }).from(supportMessages).where(eq(supportMessages.threadId, id)).all().map((message) => `support:${message.id}`);
        tx.delete(mails).where(inArray(mails.event, [`contact:${id}`, ...events])).run();
        return tx.delete(supportThreads).where(eq(supportThreads.id, id)).run().changes > 0;
      });
    },

    /** Seals the secrets anew with the newest key; returns how many that were. */
    async reseal(): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.select({ id: supportThreads.id, secret: supportThreads.secret }).from(supportThreads).where(isNotNull(supportThreads.secret)).all()
          .flatMap(({ id, secret }) => (secret && needsReseal(ring, secret) ? [{ id, secret }] : []));
        for (const { id, secret } of rows) tx.update(supportThreads).set({ secret: seal(ring, open(ring, secret, aad(id)), aad(id)) }).where(eq(supportThreads.id, id)).run();
        return rows.length;
      });
    },
  };
}

/**
 * When an account goes: what was written stays for its time, and nothing tells any more by whom. Of its own conversations
 * name and address go with the account's row; those that the same address began without logging in lose them here, and the
 * address to read them. Mails to the address go too; those to the account go with its row.
 */
export function eraseSupportSender(tx: Tx, { userId, email }: { userId: string; email: string }): number {
  eraseMailsTo(tx, email);
  return tx.update(supportThreads).set({ userId: null, name: null, email: null, secret: null, secretHash: null })
    .where(or(eq(supportThreads.userId, userId), and(isNull(supportThreads.userId), eq(supportThreads.email, email)))).run().changes;
}
