import { and, eq, inArray } from 'drizzle-orm';
import type { Finding } from '../../domain/channels/finding.ts';
import { open, seal, type KeyRing } from '../../lib/secrets/seal.ts';
import { record } from './audit.ts';
import { atomic, type Db } from '../db.ts';
import { checks, settings } from '../schema/instance.ts';

export interface SavedSetting {
  name: string;
  value: string;
  /** The person who saved it; null when that account is gone. */
  setBy: string | null;
  setAt: number;
}

export type Check = typeof checks.$inferSelect;

/** What the operator has set, sealed, and how the last try of it ended. */
export function settingsStore(db: Db, ring: KeyRing) {
  const aad = (name: string) => ({ table: 'settings', rowId: name, workspaceId: null });

  return {
    async all(): Promise<SavedSetting[]> {
      return db.select().from(settings).all().map((row) => ({ ...row, value: open(ring, row.value, aad(row.name)) }));
    },

    /** All or nothing; null forgets. */
    async put(changes: readonly { name: string; value: string | null }[], setBy: string, now: number): Promise<void> {
      atomic(db, (tx) => {
        for (const { name, value } of changes) {
          if (value === null) {
            tx.delete(settings).where(eq(settings.name, name)).run();
            continue;
          }
          const fresh = { value: seal(ring, value, aad(name)), setBy, setAt: now };
          tx.insert(settings).values({ name, ...fresh }).onConflictDoUpdate({ target: settings.name, set: fresh }).run();
        }
        if (changes.length > 0) record(tx, null, { userId: setBy, now }, 'instance.changed', null, { names: changes.map(({ name }) => name) });
      });
    },

    /** Seals everything anew with the newest key; returns how many that were. */
    async reseal(): Promise<number> {
      return atomic(db, (tx) => {
        const rows = tx.select().from(settings).all();
        for (const { name, value } of rows) {
          const fresh = seal(ring, open(ring, value, aad(name)), aad(name));
          tx.update(settings).set({ value: fresh }).where(and(eq(settings.name, name), eq(settings.value, value))).run();
        }
        return rows.length;
      });
    },

    async putCheck(name: string, findings: Finding[], at: number): Promise<void> {
      const fresh = { findings, good: findings.every(({ good }) => good), at };
      db.insert(checks).values({ name, ...fresh }).onConflictDoUpdate({ target: checks.name, set: fresh }).run();
    },

    async checks(): Promise<Map<string, Check>> {
      return new Map(db.select().from(checks).all().map((check) => [check.name, check]));
    },

    /** Forgets results that what was changed since has made worthless. */
    async dropChecks(names: readonly string[]): Promise<void> {
      if (names.length > 0) db.delete(checks).where(inArray(checks.name, [...names])).run();
    },
  };
}
