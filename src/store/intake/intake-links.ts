import { and, eq, gt } from 'drizzle-orm';
import { atLeast, type Role } from '../../domain/role.ts';
import { atomic, type Db } from '../db.ts';
import { selectLinks, type IntakeLink } from './intake.ts';
import { intakeInvites, intakeLinks } from '../schema/intake.ts';
import { members } from '../schema/people.ts';

/** What came of opening a link: `elsewhere` when that person is linked to another place already. */
export type Accepted = { kind: 'linked'; link: IntakeLink } | { kind: 'elsewhere'; link: IntakeLink } | { kind: 'gone' };

/** Who sends drafts through which bot, and the one-time links with which they say so. */
export function intakeLinksStore(db: Db) {
  const ofPerson = (workspaceId: string, userId: string, provider: string) =>
    and(eq(intakeLinks.workspaceId, workspaceId), eq(intakeLinks.userId, userId), eq(intakeLinks.provider, provider));
  const ofRemote = (provider: string, remoteId: string) => and(eq(intakeLinks.provider, provider), eq(intakeLinks.remoteId, remoteId));

  return {
    /** `id` is the hash of the link's token. The link made before this one is void. */
    async invite(workspaceId: string, invite: { id: string; userId: string; provider: string; expiresAt: number }): Promise<void> {
      const { id, expiresAt } = invite;
      db.insert(intakeInvites).values({ ...invite, workspaceId })
        .onConflictDoUpdate({ target: [intakeInvites.workspaceId, intakeInvites.userId, intakeInvites.provider], set: { id, expiresAt } }).run();
    },

    /**
     * Somebody opened a link: it is used up, and they take the place of whoever was linked for this person before. A person
     * linked elsewhere stays there and the link stays good: nobody is moved by opening an address that somebody else made.
     */
    async accept(inviteId: string, by: { linkId: string; provider: string; remoteId: string; role: Role; now: number }): Promise<Accepted> {
      return atomic(db, (tx) => {
        const { linkId, provider, remoteId, now } = by;
        const invite = tx.select().from(intakeInvites).where(and(eq(intakeInvites.id, inviteId), eq(intakeInvites.provider, provider), gt(intakeInvites.expiresAt, now))).get();
        if (!invite) return { kind: 'gone' };
        const { workspaceId, userId } = invite;
        const member = tx.select().from(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).get();
        if (!member || !atLeast(member.role, by.role)) return { kind: 'gone' };
        const present = selectLinks(tx).where(ofRemote(provider, remoteId)).get();
        if (present && (present.workspaceId !== workspaceId || present.userId !== userId)) return { kind: 'elsewhere', link: present };
        tx.delete(intakeInvites).where(eq(intakeInvites.id, inviteId)).run();
        if (present) return { kind: 'linked', link: present };
        const before = tx.delete(intakeLinks).where(ofPerson(workspaceId, userId, provider)).returning().get();
        tx.insert(intakeLinks).values({ id: linkId, workspaceId, userId, provider, remoteId, channelIds: before?.channelIds ?? [], createdAt: now }).run();
        const link = selectLinks(tx).where(eq(intakeLinks.id, linkId)).get();
        return link ? { kind: 'linked', link } : { kind: 'gone' };
      });
    },

    /** Who this is; undefined for strangers. */
    async byRemote(provider: string, remoteId: string): Promise<IntakeLink | undefined> {
      return selectLinks(db).where(ofRemote(provider, remoteId)).get();
    },

    async ofPerson(workspaceId: string, userId: string, provider: string): Promise<IntakeLink | undefined> {
      return selectLinks(db).where(ofPerson(workspaceId, userId, provider)).get();
    },

    /** Until when the link that was made last can be opened; undefined when there is none. */
    async invitedUntil(workspaceId: string, userId: string, provider: string, now: number): Promise<number | undefined> {
      return db.select({ at: intakeInvites.expiresAt }).from(intakeInvites).where(and(
        eq(intakeInvites.workspaceId, workspaceId), eq(intakeInvites.userId, userId), eq(intakeInvites.provider, provider), gt(intakeInvites.expiresAt, now),
      )).get()?.at;
    },

    async setChannels(workspaceId: string, linkId: string, channelIds: readonly string[]): Promise<boolean> {
      return db.update(intakeLinks).set({ channelIds: [...channelIds] }).where(and(eq(intakeLinks.workspaceId, workspaceId), eq(intakeLinks.id, linkId))).run().changes > 0;
    },

    /** Forgets the person's number, and every message of theirs that is on its way. Drafts stay. */
    async unlink(workspaceId: string, userId: string, provider: string): Promise<boolean> {
      return atomic(db, (tx) => {
        tx.delete(intakeInvites).where(and(eq(intakeInvites.workspaceId, workspaceId), eq(intakeInvites.userId, userId), eq(intakeInvites.provider, provider))).run();
        return tx.delete(intakeLinks).where(ofPerson(workspaceId, userId, provider)).run().changes > 0;
      });
    },

    /** Whether anybody sends drafts through this bot, or is about to. */
    async isWanted(provider: string, now: number): Promise<boolean> {
      return db.select({ id: intakeLinks.id }).from(intakeLinks).where(eq(intakeLinks.provider, provider)).limit(1).get() !== undefined
        || db.select({ id: intakeInvites.id }).from(intakeInvites).where(and(eq(intakeInvites.provider, provider), gt(intakeInvites.expiresAt, now))).limit(1).get() !== undefined;
    },
  };
}
