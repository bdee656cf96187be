import { and, eq, gt } from 'drizzle-orm';
import type { KeyRing } from '../../lib/secrets/seal.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { putMail, type NewMail } from '../people/mails.ts';
import { links } from '../schema/links.ts';
import { sessions, users } from '../schema/people.ts';

export type Link = typeof links.$inferSelect;
export type LinkPurpose = Link['purpose'];

/** Links that work once. */
export function linksStore(db: Db, ring: KeyRing) {
  const live = (id: string, purpose: LinkPurpose, now: number) => and(eq(links.id, id), eq(links.purpose, purpose), gt(links.expiresAt, now));

  /** The person a link belongs to, while their address is still the one it went to. */
  function personOf(tx: Db | Tx, id: string, purpose: LinkPurpose, now: number) {
    return tx.select({ userId: users.id, email: users.email, name: users.name, handed: links.handed }).from(links)
      .innerJoin(users, and(eq(users.id, links.userId), eq(users.email, links.email))).where(live(id, purpose, now)).get();
  }

  return {
    async add(link: Omit<Link, 'handed'>): Promise<void> {
      db.insert(links).values(link).run();
    },

    async person(id: string, purpose: LinkPurpose, now: number): Promise<{ userId: string; email: string; name: string; handed: boolean } | undefined> {
      return personOf(db, id, purpose, now);
    },

    /**
     * Sets the password of whom the link belongs to, ends every session of theirs, and uses up every such link. Whoever reads
     * the mail has shown that the address is theirs; whoever was handed a link has not. `mail` tells the person. False when the
     * link is used or too old.
     */
    async reset(id: string, passwordHash: string, mail: NewMail, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const person = personOf(tx, id, 'reset', now);
        if (!person) return false;
        const user = tx.select().from(users).where(eq(users.id, person.userId)).get();
        tx.update(users).set({ passwordHash, emailVerifiedAt: user?.emailVerifiedAt ?? (person.handed ? null : now) }).where(eq(users.id, person.userId)).run();
        tx.delete(links).where(and(eq(links.userId, person.userId), eq(links.purpose, 'reset'))).run();
        tx.delete(sessions).where(eq(sessions.userId, person.userId)).run();
        putMail(tx, ring, mail);
        return true;
      });
    },

    /** The address of whom the link belongs to is shown to be theirs. */
    async verify(id: string, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const person = personOf(tx, id, 'verify', now);
        if (!person) return false;
        tx.update(users).set({ emailVerifiedAt: now }).where(eq(users.id, person.userId)).run();
        tx.delete(links).where(and(eq(links.userId, person.userId), eq(links.purpose, 'verify'))).run();
        return true;
      });
    },
  };
}
