import { and, eq, isNotNull } from 'drizzle-orm';
import { usualChoices, type MailChoices } from '../../domain/people/mail-choices.ts';
import type { Role } from '../../domain/role.ts';
import { atomic, type Db } from '../db.ts';
import { mailChoices } from '../schema/news.ts';
import { members, users } from '../schema/people.ts';

/** A member who can be mailed to. */
export interface Reader extends MailChoices {
  userId: string;
  email: string;
  role: Role;
}

/** Which mails each person wants. */
export function mailChoicesStore(db: Db) {
  const { published, trouble, access } = mailChoices;

  return {
    async of(userId: string): Promise<MailChoices> {
      return db.select({ published, trouble, access }).from(mailChoices).where(eq(mailChoices.userId, userId)).get() ?? usualChoices;
    },

    async put(userId: string, choices: MailChoices, key: string, now: number): Promise<void> {
      db.insert(mailChoices).values({ ...choices, userId, key, updatedAt: now }).onConflictDoUpdate({ target: mailChoices.userId, set: { ...choices, updatedAt: now } }).run();
    },

    /** The key in the addresses that turn mails off; `fresh` becomes it where there is none. */
    async key(userId: string, fresh: string, now: number): Promise<string> {
      return atomic(db, (tx) => {
        tx.insert(mailChoices).values({ ...usualChoices, userId, key: fresh, updatedAt: now }).onConflictDoNothing().run();
        return tx.select({ key: mailChoices.key }).from(mailChoices).where(eq(mailChoices.userId, userId)).get()?.key ?? fresh;
      });
    },

    async byKey(key: string): Promise<{ userId: string; choices: MailChoices } | undefined> {
      const row = db.select({ userId: mailChoices.userId, published, trouble, access }).from(mailChoices).where(eq(mailChoices.key, key)).get();
      return row && { userId: row.userId, choices: { published: row.published, trouble: row.trouble, access: row.access } };
    },

    /** The members of a workspace whose address is confirmed, with what they want. */
    async readers(workspaceId: string): Promise<Reader[]> {
      return db.select({ userId: users.id, email: users.email, role: members.role, published, trouble, access }).from(members)
        .innerJoin(users, eq(users.id, members.userId)).leftJoin(mailChoices, eq(mailChoices.userId, users.id))
        .where(and(eq(members.workspaceId, workspaceId), isNotNull(users.emailVerifiedAt))).all()
        .map((row) => ({ ...row, published: row.published ?? usualChoices.published, trouble: row.trouble ?? usualChoices.trouble, access: row.access ?? usualChoices.access }));
    },
  };
}
