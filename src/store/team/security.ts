import { and, eq, gt, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { AuditData, AuditKind } from '../../domain/people/audit.ts';
import { open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { record, type ByPerson } from '../instance/audit.ts';
import { atomic, type Db, type Tx } from '../db.ts';
import { putMail, type NewMail } from '../people/mails.ts';
import { members } from '../schema/people.ts';
import { loginSteps, twoFactor } from '../schema/security.ts';

export interface TwoFactor {
  /** Base32. */
  secret: string;
  confirmedAt: number | null;
  /** How many recovery codes are left. */
  codesLeft: number;
}

/** A secret that was begun and not confirmed is void after this long (ms). */
const patience = 15 * 60 * 1000;

/** The second step at log-in. Secrets are sealed; nothing here leaves by a list. */
export function securityStore(db: Db, ring: KeyRing) {
  const aad = (userId: string, column: 'secret' | 'codes') => ({ table: `two_factor.${column}`, rowId: userId, workspaceId: null });
  const sealCodes = (userId: string, codes: readonly string[]) => seal(ring, JSON.stringify(codes), aad(userId, 'codes'));
  const codesOf = (userId: string, sealed: Buffer | null) => (sealed ? (JSON.parse(open(ring, sealed, aad(userId, 'codes'))) as string[]) : []);
  const counts = (userId: string) => and(eq(twoFactor.userId, userId), isNotNull(twoFactor.confirmedAt));

  return {
    /** What counts, or was begun less than a quarter of an hour ago. */
    async of(userId: string, now: number): Promise<TwoFactor | undefined> {
      const row = db.select().from(twoFactor).where(and(eq(twoFactor.userId, userId), or(isNotNull(twoFactor.confirmedAt), gt(twoFactor.madeAt, now - patience)))).get();
      return row && { secret: open(ring, row.secret, aad(userId, 'secret')), confirmedAt: row.confirmedAt, codesLeft: codesOf(userId, row.codes).length };
    },

    /** A fresh secret that does not count yet; false when one counts already. */
    async begin({ userId, now }: ByPerson, secret: string): Promise<boolean> {
      const fresh = { madeAt: now, secret: seal(ring, secret, aad(userId, 'secret')), codes: null, lastStep: null };
      return db.insert(twoFactor).values({ userId, ...fresh })
        .onConflictDoUpdate({ target: twoFactor.userId, set: fresh, setWhere: isNull(twoFactor.confirmedAt) }).run().changes > 0;
    },

    /** The secret that was begun counts from now on, if it is still this one; the mail tells the person. */
    async confirm(by: ByPerson, secret: string, step: number, codes: readonly string[], mail: NewMail): Promise<boolean> {
      return atomic(db, (tx) => {
        const { userId, now } = by;
        const row = tx.select().from(twoFactor).where(and(eq(twoFactor.userId, userId), isNull(twoFactor.confirmedAt))).get();
        if (!row || row.madeAt <= now - patience || open(ring, row.secret, aad(userId, 'secret')) !== secret) return false;
        tx.update(twoFactor).set({ confirmedAt: now, lastStep: step, codes: sealCodes(userId, codes) }).where(eq(twoFactor.userId, userId)).run();
        recordEverywhere(tx, by, 'access.two_factor_on');
        putMail(tx, ring, mail);
        return true;
      });
    },

    /** Uses a time step up; false when it, or a later one, was used before. */
    async useStep(userId: string, step: number): Promise<boolean> {
      return db.update(twoFactor).set({ lastStep: step })
        .where(and(counts(userId), or(isNull(twoFactor.lastStep), lt(twoFactor.lastStep, step)))).run().changes > 0;
    },

    /** Uses a recovery code up; false when it is none of those that are left. */
    async useCode(by: ByPerson, code: string): Promise<boolean> {
      return atomic(db, (tx) => {
        const row = tx.select().from(twoFactor).where(counts(by.userId)).get();
        const codes = row ? codesOf(by.userId, row.codes) : [];
        if (!codes.includes(code)) return false;
        tx.update(twoFactor).set({ codes: sealCodes(by.userId, codes.filter((one) => one !== code)) }).where(eq(twoFactor.userId, by.userId)).run();
        recordEverywhere(tx, by, 'access.recovery_code');
        return true;
      });
    },

    async renewCodes(userId: string, codes: readonly string[]): Promise<boolean> {
      return db.update(twoFactor).set({ codes: sealCodes(userId, codes) }).where(counts(userId)).run().changes > 0;
    },

    /** Forgets secret and codes; true when it counted, and then the mail tells the person. */
    async off(by: ByPerson, mail: NewMail): Promise<boolean> {
      return atomic(db, (tx) => {
        const row = tx.delete(twoFactor).where(eq(twoFactor.userId, by.userId)).returning().get();
        tx.delete(loginSteps).where(eq(loginSteps.userId, by.userId)).run();
        if (row?.confirmedAt == null) return false;
        recordEverywhere(tx, by, 'access.two_factor_off');
        putMail(tx, ring, mail);
        return true;
      });
    },

    async awaitCode(step: { id: string; userId: string; expiresAt: number }): Promise<void> {
      db.insert(loginSteps).values(step).run();
    },

    /** Whose code is awaited. */
    async awaited(id: string, now: number): Promise<string | undefined> {
      return db.select({ userId: loginSteps.userId }).from(loginSteps).where(and(eq(loginSteps.id, id), gt(loginSteps.expiresAt, now))).get()?.userId;
    },

    /** Ends the wait; false when somebody else was faster. */
    async arrived(id: string): Promise<boolean> {
      return db.delete(loginSteps).where(eq(loginSteps.id, id)).run().changes > 0;
    },

    /** Seals everything anew with the newest key; returns how many that were. */
    async reseal(): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.select().from(twoFactor).all();
        for (const { userId, secret, codes } of rows) {
          tx.update(twoFactor).set({
            secret: seal(ring, open(ring, secret, aad(userId, 'secret')), aad(userId, 'secret')), codes: codes && sealCodes(userId, codesOf(userId, codes)),
          }).where(eq(twoFactor.userId, userId)).run();
        }
        return rows.length;
      });
    },
  };
}

/** What concerns a person's log-in stands in the log of each workspace they are in; `about`: a person whom another one did it to. */
export function recordEverywhere(tx: Tx, by: ByPerson, kind: AuditKind, data: AuditData = {}, about: string | null = null): void {
  for (const { workspaceId } of tx.select({ workspaceId: members.workspaceId }).from(members).where(eq(members.userId, about ?? by.userId)).all()) {
    record(tx, workspaceId, by, kind, about, data);
  }
}
