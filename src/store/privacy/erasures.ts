import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import { newId } from '../../lib/ids.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import { atomic, kept, type Db, type Tx } from '../db.ts';
import { members, sessions, users, workspaces } from '../schema/people.ts';
import { erasures, requests } from '../schema/privacy.ts';
import { isMember, open, operatorIsNeeded, othersIn, ownedAlone, stayingUser, type Owned } from './owning.ts';

export type Erasure = typeof erasures.$inferSelect;

export interface AskedErasure {
  id: string;
  kind: 'account' | 'workspace';
  subjectId: string;
  askedBy: string;
  askedAt: number;
  dueAt: number;
  nextAt: number;
  /** Who becomes an owner of which workspace, so that it stays. */
  handOver: readonly { workspaceId: string; userId: string }[];
  /** Who runs the instance from now on. */
  successor: string | null;
}

/** Deletions from the asking to the end. What is slow in them is in `wipe`. */
export function erasuresStore(db: Db) {
  const one = (id: string) => db.select().from(erasures).where(eq(erasures.id, id)).get();
  // Every page asks it.
  const announced = kept(() => db.select().from(erasures).where(and(open, or(
    and(eq(erasures.kind, 'account'), eq(erasures.subjectId, sql.placeholder('userId'))),
    and(eq(erasures.kind, 'workspace'), eq(erasures.subjectId, sql.placeholder('workspaceId'))),
  ))).orderBy(asc(erasures.kind)).prepare());

  return {
    /** What goes with a person's account: the workspaces that nobody else owns. */
    async owned(userId: string): Promise<Owned[]> {
      return ownedAlone(db, userId);
    },

    /** The others in a workspace, the most senior first. */
    async others(workspaceId: string, userId: string): Promise<Owned['others']> {
      return othersIn(db, workspaceId, userId);
    },

    /** True for the only person who runs this instance while others are on it. */
    async operatorIsNeeded(userId: string): Promise<boolean> {
      return operatorIsNeeded(db, userId);
    },

    /** Puts a deletion down, hands over what is to stay and freezes what is to go. */
    async ask(asked: AskedErasure): Promise<'asked' | 'already' | 'cannot_hand_over'> {
      return atomic(db, (tx) => {
        if (tx.select({ id: erasures.id }).from(erasures).where(and(open, eq(erasures.kind, asked.kind), eq(erasures.subjectId, asked.subjectId))).get()) return 'already';
        for (const { workspaceId, userId } of asked.handOver) if (!isMember(tx, workspaceId, userId)) return 'cannot_hand_over';
        if (asked.successor !== null && !tx.select({ id: users.id }).from(users).where(stayingUser(tx, asked.successor)).get()) return 'cannot_hand_over';
        for (const { workspaceId, userId } of asked.handOver) {
          tx.update(members).set({ role: 'owner' }).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId))).run();
        }
        if (asked.successor !== null) tx.update(users).set({ operator: true }).where(eq(users.id, asked.successor)).run();
        const { id, kind, subjectId, askedBy, askedAt, dueAt, nextAt } = asked;
        insert(tx, { id, kind, subjectId, parentId: null, askedBy, askedAt, dueAt, nextAt });
        if (kind === 'account') for (const owned of ownedAlone(tx, subjectId)) takeAlong(tx, asked, owned.id);
        return 'asked';
      });
    },

    /** Takes a deletion back before it begins, and lets go of what it froze. */
    async undo(id: string, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        const stopped = tx.update(erasures).set({ canceledAt: now }).where(and(eq(erasures.id, id), open, isNull(erasures.begunAt))).returning().all();
        if (stopped.length === 0) return false;
        stopped.push(...tx.update(erasures).set({ canceledAt: now }).where(and(eq(erasures.parentId, id), open)).returning().all());
        for (const row of stopped) letGo(tx, row);
        tx.update(requests).set({ canceledAt: now }).where(and(eq(requests.subjectId, id), isNull(requests.answeredAt))).run();
        return true;
      });
    },

    /** A deletion with those that it takes along. */
    async together(id: string): Promise<Erasure[]> {
      return db.select().from(erasures).where(and(open, or(eq(erasures.id, id), eq(erasures.parentId, id)))).all();
    },

    /** Deletions that a person should know of: of their account and of the workspace they look at. */
    async announced(userId: string, workspaceId: string): Promise<Erasure[]> {
      return announced().all({ userId, workspaceId });
    },

    async get(id: string): Promise<Erasure | undefined> {
      return one(id);
    },

    async byCode(code: string): Promise<Erasure | undefined> {
      return db.select().from(erasures).where(eq(erasures.code, code)).get();
    },

    /** What is to be worked on now; workspaces before the account that takes them along and with which they begin. */
    async due(now: number): Promise<Erasure[]> {
      return db.select().from(erasures).where(and(open, lte(erasures.nextAt, now), or(isNotNull(erasures.begunAt), and(lte(erasures.dueAt, now), isNull(erasures.parentId)))))
        .orderBy(desc(erasures.kind), asc(erasures.nextAt)).all();
    },

    /**
     * From here on there is no way back: whoever it is about is shut out, nothing new is sent, and workspaces that have got
     * another owner meanwhile stay. Nothing is deleted yet. Gives all that goes.
     */
    async begin(id: string, now: number): Promise<Erasure[]> {
      return atomic(db, (tx) => {
        const asked = tx.select().from(erasures).where(and(eq(erasures.id, id), open)).get();
        if (!asked) return [];
        if (asked.kind === 'account' && asked.begunAt === null) gather(tx, asked, now);
        const going = tx.select().from(erasures).where(and(open, or(eq(erasures.id, id), eq(erasures.parentId, id)))).all();
        for (const row of going) {
          if (row.begunAt === null) tx.update(erasures).set({ begunAt: now }).where(eq(erasures.id, row.id)).run();
          shutOut(tx, row, now);
        }
        return going;
      });
    },

    /** The log has them: from here on what they name may be deleted. */
    async markNoted(ids: readonly string[], now: number): Promise<void> {
      if (ids.length > 0) db.update(erasures).set({ notedAt: now }).where(and(inArray(erasures.id, [...ids]), isNull(erasures.notedAt))).run();
    },

    async lookAgain(id: string, at: number): Promise<void> {
      db.update(erasures).set({ nextAt: at }).where(eq(erasures.id, id)).run();
    },

    /** Whether the workspaces that go with this account are all gone. */
    async isAlone(id: string): Promise<boolean> {
      return db.select({ id: erasures.id }).from(erasures).where(and(open, eq(erasures.parentId, id))).get() === undefined;
    },

    /** It is done; from now on the row says how much was deleted and not whose it was. */
    async finish(id: string, now: number): Promise<void> {
      atomic(db, (tx) => {
        tx.update(erasures).set({ doneAt: now, subjectId: '', askedBy: null }).where(eq(erasures.id, id)).run();
        tx.update(requests).set({ answeredAt: now, answer: t.deleted }).where(and(eq(requests.subjectId, id), isNull(requests.answeredAt))).run();
      });
    },
  };
}

type Fresh = Pick<Erasure, 'id' | 'kind' | 'subjectId' | 'parentId' | 'askedBy' | 'askedAt' | 'dueAt' | 'nextAt'>;

export function insert(tx: Tx, fresh: Fresh): void {
  const froze = fresh.kind === 'workspace' && tx.update(workspaces).set({ frozenAt: fresh.askedAt })
    .where(and(eq(workspaces.id, fresh.subjectId), isNull(workspaces.frozenAt))).run().changes > 0;
  tx.insert(erasures).values({ ...fresh, code: newReference(), froze, canceledAt: null, begunAt: null, notedAt: null, doneAt: null, counts: {} }).run();
}

/** A workspace that goes with its owner; one that was to go by itself goes at the same time. */
function takeAlong(tx: Tx, account: Pick<Erasure, 'id' | 'askedBy' | 'askedAt' | 'dueAt' | 'nextAt'>, workspaceId: string) {
  const own = tx.select().from(erasures).where(and(open, eq(erasures.kind, 'workspace'), eq(erasures.subjectId, workspaceId))).get();
  if (own) return;
  const { askedBy, askedAt, dueAt, nextAt } = account;
  insert(tx, { id: newId(askedAt), kind: 'workspace', subjectId: workspaceId, parentId: account.id, askedBy, askedAt, dueAt, nextAt });
}

/** What goes with an account is decided when it begins: owners may have come and gone since it was asked for. */
function gather(tx: Tx, account: Erasure, now: number) {
  const owned = new Set(ownedAlone(tx, account.subjectId).map(({ id }) => id));
  for (const child of tx.select().from(erasures).where(and(open, eq(erasures.parentId, account.id))).all()) {
    if (owned.has(child.subjectId)) continue;
    tx.update(erasures).set({ canceledAt: now }).where(eq(erasures.id, child.id)).run();
    letGo(tx, child);
  }
  for (const workspaceId of owned) {
    takeAlong(tx, { ...account, askedAt: now, dueAt: now, nextAt: now }, workspaceId);
    tx.update(erasures).set({ parentId: account.id, dueAt: now, nextAt: now })
      .where(and(open, eq(erasures.kind, 'workspace'), eq(erasures.subjectId, workspaceId))).run();
  }
}

export function shutOut(tx: Tx, { kind, subjectId }: Pick<Erasure, 'kind' | 'subjectId'>, now: number) {
  if (kind === 'account') {
    tx.update(users).set({ erasingAt: sql`coalesce(${users.erasingAt}, ${now})` }).where(eq(users.id, subjectId)).run();
    return;
  }
  tx.update(workspaces).set({ erasingAt: sql`coalesce(${workspaces.erasingAt}, ${now})`, frozenAt: sql`coalesce(${workspaces.frozenAt}, ${now})` }).where(eq(workspaces.id, subjectId)).run();
  // Whoever looks at it looks at another workspace of theirs from now on.
  const elsewhere = sql`(select m.workspace_id from members m join workspaces w on w.id = m.workspace_id where m.user_id = ${sessions.userId} and w.erasing_at is null limit 1)`;
  tx.update(sessions).set({ workspaceId: sql`coalesce(${elsewhere}, ${sessions.workspaceId})` }).where(eq(sessions.workspaceId, subjectId)).run();
}

function letGo(tx: Tx, { kind, subjectId, froze }: Erasure) {
  const other = tx.select({ id: erasures.id }).from(erasures).where(and(open, eq(erasures.kind, 'workspace'), eq(erasures.subjectId, subjectId))).get();
  if (kind === 'workspace' && froze && !other) tx.update(workspaces).set({ frozenAt: null }).where(eq(workspaces.id, subjectId)).run();
}
