import { count, inArray, lte } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { loginSteps } from '../schema/security.ts';
import { devices, invitations } from '../schema/team.ts';
import type { PruneRule } from './rule.ts';

/** Addresses of people who never came, log-ins that stopped half-way, and browsers that nobody logs in with any more. */
export function teamRules(db: Db): readonly PruneRule[] {
  const old = (at: number) => lte(invitations.madeAt, cutoffOf('invitations', 'made', at));
  const unused = (at: number) => lte(devices.seenAt, cutoffOf('devices', 'last_contact', at));
  const late = (at: number) => lte(loginSteps.expiresAt, cutoffOf('passing', 'expired', at));
  return [
    {
      class: 'invitations', rule: 'invitations, answered or not',
      count: (at) => db.select({ n: count() }).from(invitations).where(old(at)).get()?.n ?? 0,
      prune: (at, limit) => ({
        rows: db.delete(invitations).where(inArray(invitations.id, db.select({ id: invitations.id }).from(invitations).where(old(at)).limit(limit))).run().changes, files: [],
      }),
    },
    {
      class: 'passing', rule: 'log-ins whose code never came',
      count: (at) => db.select({ n: count() }).from(loginSteps).where(late(at)).get()?.n ?? 0,
      prune: (at, limit) => ({
        rows: db.delete(loginSteps).where(inArray(loginSteps.id, db.select({ id: loginSteps.id }).from(loginSteps).where(late(at)).limit(limit))).run().changes, files: [],
      }),
    },
    {
      class: 'devices', rule: 'browsers without a log-in for a year',
      count: (at) => db.select({ n: count() }).from(devices).where(unused(at)).get()?.n ?? 0,
      prune: (at, limit) => ({
        rows: db.delete(devices).where(inArray(devices.id, db.select({ id: devices.id }).from(devices).where(unused(at)).limit(limit))).run().changes, files: [],
      }),
    },
  ];
}
