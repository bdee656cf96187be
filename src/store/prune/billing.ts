import { count, inArray, lte } from 'drizzle-orm';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Db } from '../db.ts';
import { billingEvents, billingInvoices } from '../schema/billing.ts';
import type { PruneRule } from './rule.ts';

/** Bills go when the law no longer asks for them, and the ids of Stripe's events like those of other calls. */
export function billingRules(db: Db): readonly PruneRule[] {
  const bills = (at: number) => lte(billingInvoices.createdAt, cutoffOf('billing', 'made', at));
  const events = (at: number) => lte(billingEvents.receivedAt, cutoffOf('calls', 'made', at));
  return [
    {
      class: 'billing', rule: 'bills 7 years after they were made',
      count: (at) => db.select({ n: count() }).from(billingInvoices).where(bills(at)).get()?.n ?? 0,
      prune: (at, limit) => ({
        rows: db.delete(billingInvoices).where(inArray(billingInvoices.id, db.select({ id: billingInvoices.id }).from(billingInvoices).where(bills(at)).limit(limit))).run().changes,
        files: [],
      }),
    },
    {
      class: 'calls', rule: 'what tells a repeated event of Stripe',
      count: (at) => db.select({ n: count() }).from(billingEvents).where(events(at)).get()?.n ?? 0,
      prune: (at, limit) => ({
        rows: db.delete(billingEvents).where(inArray(billingEvents.id, db.select({ id: billingEvents.id }).from(billingEvents).where(events(at)).limit(limit))).run().changes,
        files: [],
      }),
    },
  ];
}
