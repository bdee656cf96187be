import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import type { HeldFile, HeldPart } from '../../domain/posts/intake.ts';
import type { Role } from '../../domain/role.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { intakeDrafts, intakeHeard, intakeLinks, intakeParts } from '../schema/intake.ts';
import { members, users, workspaces } from '../schema/people.ts';

export type IntakeDraft = typeof intakeDrafts.$inferSelect;

/** A link with what must be known of its person and workspace. */
export interface IntakeLink {
  id: string;
  workspaceId: string;
  userId: string;
  provider: string;
  remoteId: string;
  channelIds: string[];
  createdAt: number;
  role: Role;
  userName: string;
  workspaceName: string;
  zone: string;
}

/** A message as it came. */
export interface IntakeMessage {
  key: string;
  messageId: string;
  order: number;
  at: number;
  edited: boolean;
  text: string;
  goes: boolean;
  /** `mediaId` is used only when the message is new. */
  file: Omit<HeldFile, 'replaces'> | null;
}

export interface DueDraft {
  draft: IntakeDraft;
  link: IntakeLink;
  parts: HeldPart[];
}

/** Albums come as separate messages with no end: how long the last one is waited for, and the whole at most (ms). */
export interface Patience {
  each: number;
  atMost: number;
}

const linkColumns = {
  id: intakeLinks.id, workspaceId: intakeLinks.workspaceId, userId: intakeLinks.userId, provider: intakeLinks.provider, remoteId: intakeLinks.remoteId,
  channelIds: intakeLinks.channelIds, createdAt: intakeLinks.createdAt, role: members.role, userName: users.name, workspaceName: workspaces.name, zone: workspaces.zone,
};

/** Links with their people, for whoever adds a condition. */
export function selectLinks(db: Db | Tx) {
  return db.select(linkColumns).from(intakeLinks)
    .innerJoin(members, and(eq(members.workspaceId, intakeLinks.workspaceId), eq(members.userId, intakeLinks.userId)))
    .innerJoin(users, eq(users.id, intakeLinks.userId)).innerJoin(workspaces, eq(workspaces.id, intakeLinks.workspaceId));
}

/** What was sent to bots and is not a draft yet, or was one a moment ago. */
export function intakeStore(db: Db) {
  const ofPart = (draftId: string, messageId: string) => and(eq(intakeParts.draftId, draftId), eq(intakeParts.messageId, messageId));
  const mine = (workspaceId: string, id: string) => and(eq(intakeDrafts.workspaceId, workspaceId), eq(intakeDrafts.id, id));

  return {
    /**
     * Takes a message in, for good when this returns. `again`: nothing new is in it; `unknown`: it changes a message that is
     * not kept (any more).
     */
    async receive(workspaceId: string, linkId: string, message: IntakeMessage, { draftId, now, patience }: { draftId: string; now: number; patience: Patience }): Promise<'taken' | 'again' | 'unknown'> {
      return atomic(db, (tx) => {
        const { key, messageId, order, at, edited, text, goes, file } = message;
        const draft = tx.select().from(intakeDrafts).where(and(eq(intakeDrafts.workspaceId, workspaceId), eq(intakeDrafts.linkId, linkId), eq(intakeDrafts.key, key))).get();
        const part = draft && tx.select().from(intakeParts).where(ofPart(draft.id, messageId)).get();
        if (edited && !part) return 'unknown';
        if (part && (!edited || at < part.at)) return 'again';
        const id = draft?.id ?? draftId;
        const firstAt = draft && draft.state === 'gathering' && draft.version === null ? draft.createdAt : now;
        const dueAt = edited ? now : Math.min(now + patience.each, Math.max(now, firstAt + patience.atMost));
        if (draft) tx.update(intakeDrafts).set({ state: 'gathering', dueAt, failures: 0, goes: draft.goes || goes }).where(eq(intakeDrafts.id, id)).run();
        else tx.insert(intakeDrafts).values({ id, linkId, workspaceId, key, state: 'gathering', goes, version: null, failures: 0, dueAt, createdAt: now }).run();
        const kept = part?.file && file && part.file.same === file.same;
        const held = kept ? part.file : file && { ...file, replaces: part?.file && part.file.refusal === null ? part.file.mediaId : null };
        tx.insert(intakeParts).values({ draftId: id, messageId, order, at, text, leads: part?.leads ?? false, file: held })
          .onConflictDoUpdate({ target: [intakeParts.draftId, intakeParts.messageId], set: { at, text, file: held } }).run();
        return 'taken';
      });
    },

    /** What is due, the oldest first. */
    async due(now: number, limit: number): Promise<DueDraft[]> {
      return atomic(db, (tx) => {
        const drafts = tx.select().from(intakeDrafts).where(lte(intakeDrafts.dueAt, now)).orderBy(asc(intakeDrafts.dueAt), asc(intakeDrafts.id)).limit(limit).all();
        if (drafts.length === 0) return [];
        const links = new Map(selectLinks(tx).where(inArray(intakeLinks.id, drafts.map(({ linkId }) => linkId))).all().map((link) => [link.id, link]));
        return drafts.flatMap((draft) => {
          const link = links.get(draft.linkId);
          return link ? [{ draft, link, parts: tx.select().from(intakeParts).where(eq(intakeParts.draftId, draft.id)).orderBy(asc(intakeParts.order)).all() }] : [];
        });
      });
    },

    /** A file has come, or will not: refused when the message has another one meanwhile. */
    async settleFile(workspaceId: string, draftId: string, messageId: string, file: HeldFile): Promise<boolean> {
      return atomic(db, (tx) => {
        if (!tx.select({ id: intakeDrafts.id }).from(intakeDrafts).where(mine(workspaceId, draftId)).get()) return false;
        const part = tx.select().from(intakeParts).where(ofPart(draftId, messageId)).get();
        if (part?.file?.mediaId !== file.mediaId) return false;
        tx.update(intakeParts).set({ file: { ...file, ref: null } }).where(ofPart(draftId, messageId)).run();
        return true;
      });
    },

    async putOff(workspaceId: string, draftId: string, dueAt: number, failures: number): Promise<void> {
      db.update(intakeDrafts).set({ dueAt, failures }).where(mine(workspaceId, draftId)).run();
    },

    /**
     * The draft has what `parts` said, so that it is kept here no longer. What came meanwhile stays, and stays due: a
     * message counts as worked in only as it was read.
     */
    async worked(workspaceId: string, draftId: string, done: { version: number | null; leader: string | null; parts: readonly HeldPart[]; state: 'saved' | 'answered'; now: number }): Promise<void> {
      atomic(db, (tx) => {
        const draft = tx.select().from(intakeDrafts).where(mine(workspaceId, draftId)).get();
        if (!draft) return;
        for (const { messageId, text, file } of done.parts) {
          const now = tx.select().from(intakeParts).where(ofPart(draftId, messageId)).get();
          if (!now || now.text !== text || now.file?.mediaId !== file?.mediaId) continue;
          tx.update(intakeParts).set({
            text: null, leads: messageId === done.leader,
            // One that was not fetched, because the draft is somebody else's by now, is in no draft.
            file: now.file && now.file.ref === null ? { ...now.file, bytes: null, name: '', replaces: null } : null,
          }).where(ofPart(draftId, messageId)).run();
        }
        const open = tx.select().from(intakeParts).where(eq(intakeParts.draftId, draftId)).all().some(({ text }) => text !== null);
        tx.update(intakeDrafts).set({
          version: done.version, failures: 0,
          ...(open ? { state: 'gathering' as const } : { state: done.state, dueAt: done.state === 'answered' ? null : done.now, ...(done.state === 'answered' && { goes: false }) }),
        }).where(eq(intakeDrafts.id, draftId)).run();
      });
    },

    /** It was told what became of it; unless something came meanwhile, nothing is left to do. */
    async answered(workspaceId: string, draftId: string): Promise<void> {
      db.update(intakeDrafts).set({ state: 'answered', dueAt: null, failures: 0, goes: false }).where(and(mine(workspaceId, draftId), eq(intakeDrafts.state, 'saved'))).run();
    },

    /** Nothing more is tried; the numbers of its messages stay for a while, so that they are not taken for new ones. */
    async giveUp(workspaceId: string, draftId: string): Promise<void> {
      atomic(db, (tx) => {
        if (tx.update(intakeDrafts).set({ state: 'answered', dueAt: null }).where(mine(workspaceId, draftId)).run().changes === 0) return;
        tx.update(intakeParts).set({ text: null, file: null }).where(eq(intakeParts.draftId, draftId)).run();
      });
    },

    /** Gives up on a draft, with all that is known of its messages. */
    async drop(workspaceId: string, draftId: string): Promise<void> {
      db.delete(intakeDrafts).where(mine(workspaceId, draftId)).run();
    },

    /** The latest draft that came in by this link. */
    async latest(workspaceId: string, linkId: string): Promise<IntakeDraft | undefined> {
      return db.select().from(intakeDrafts).where(and(eq(intakeDrafts.workspaceId, workspaceId), eq(intakeDrafts.linkId, linkId)))
        .orderBy(desc(intakeDrafts.createdAt), desc(intakeDrafts.id)).limit(1).get();
    },

    async wasHeard(id: string): Promise<boolean> {
      return db.select({ id: intakeHeard.id }).from(intakeHeard).where(eq(intakeHeard.id, id)).get() !== undefined;
    },

    /** News of a link that was heeded; gone with the link. */
    async putHeard(id: string, linkId: string, now: number): Promise<void> {
      atomic(db, (tx) => {
        if (!tx.select({ id: intakeLinks.id }).from(intakeLinks).where(eq(intakeLinks.id, linkId)).get()) return;
        tx.insert(intakeHeard).values({ id, linkId, at: now }).onConflictDoNothing().run();
      });
    },
  };
}
