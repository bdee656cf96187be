import { and, desc, eq, gt, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../db.ts';
import { channels, connections, disconnectedChannels } from '../schema/channels.ts';
import { billingInvoices } from '../schema/billing.ts';
import { members, workspaces } from '../schema/people.ts';
import { media, posts } from '../schema/posts.ts';
import { standing } from '../channels/standing.ts';

export type Invoice = typeof billingInvoices.$inferSelect;
/** As Stripe has it. */
export type InvoiceRead = Omit<Invoice, 'workspaceId' | 'receiptAt'>;

/** Takings of one month (UTC) in one currency, in its smallest unit. */
export interface Revenue {
  /** `2026-11`. */
  month: string;
  currency: string;
  bills: number;
  paid: number;
  tax: number;
  refunded: number;
}

/** What a workspace has of what plans limit. */
export interface Usage {
  channels: number;
  members: number;
  scheduled: number;
  storageBytes: number;
}

export function putInvoices(tx: Tx, workspaceId: string, invoices: readonly InvoiceRead[]): void {
  for (const invoice of invoices) {
    tx.insert(billingInvoices).values({ ...invoice, workspaceId, receiptAt: null }).onConflictDoUpdate({ target: billingInvoices.id, set: { ...invoice, workspaceId } }).run();
  }
}

/** Bills, and what is counted against limits. */
export function invoicesStore(db: Db) {
  const count = sql<number>`count(*)`;
  return {
    async list(workspaceId: string, limit: number): Promise<Invoice[]> {
      return db.select().from(billingInvoices).where(eq(billingInvoices.workspaceId, workspaceId))
        .orderBy(desc(billingInvoices.createdAt), desc(billingInvoices.id)).limit(limit).all();
    },

    /** Paid, worth something, and no receipt was sent of it yet. */
    async withoutReceipt(workspaceId: string): Promise<Invoice[]> {
      return db.select().from(billingInvoices).where(and(
        eq(billingInvoices.workspaceId, workspaceId), eq(billingInvoices.status, 'paid'), gt(billingInvoices.paid, 0), isNull(billingInvoices.receiptAt),
      )).orderBy(billingInvoices.createdAt).all();
    },

    async receiptSent(workspaceId: string, id: string, now: number): Promise<void> {
      db.update(billingInvoices).set({ receiptAt: now }).where(and(eq(billingInvoices.workspaceId, workspaceId), eq(billingInvoices.id, id), isNull(billingInvoices.receiptAt))).run();
    },

    /** Tried in vain and still open: of one workspace, or for the operator of all. */
    async failed(workspaceId: string | null): Promise<(Invoice & { workspaceName: string | null })[]> {
      return db.select({ invoice: billingInvoices, workspaceName: workspaces.name }).from(billingInvoices)
        .leftJoin(workspaces, eq(workspaces.id, billingInvoices.workspaceId))
        .where(and(inArray(billingInvoices.status, ['open', 'uncollectible']), gt(billingInvoices.attempts, 0), workspaceId === null ? undefined : eq(billingInvoices.workspaceId, workspaceId)))
        .orderBy(desc(billingInvoices.createdAt)).limit(200).all().map(({ invoice, workspaceName }) => ({ ...invoice, workspaceName }));
    },

    /** From bills alone, erased workspaces' included, the latest month first. */
    async revenue(since: number): Promise<Revenue[]> {
      const month = sql<string>`strftime('%Y-%m', ${billingInvoices.paidAt} / 1000, 'unixepoch')`;
      return db.select({
        month, currency: billingInvoices.currency, bills: count, paid: sql<number>`sum(${billingInvoices.paid})`,
        tax: sql<number>`sum(${billingInvoices.tax})`, refunded: sql<number>`sum(${billingInvoices.refunded})`,
      }).from(billingInvoices).where(and(eq(billingInvoices.status, 'paid'), gt(billingInvoices.paid, 0), gte(billingInvoices.paidAt, since)))
        .groupBy(month, billingInvoices.currency).orderBy(desc(month), billingInvoices.currency).all();
    },

    async usage(workspaceId: string, now: number): Promise<Usage> {
      const connected = db.select({ n: count }).from(channels).innerJoin(connections, eq(connections.id, channels.connectionId))
        .leftJoin(disconnectedChannels, eq(disconnectedChannels.channelId, channels.id))
        .where(and(eq(channels.workspaceId, workspaceId), isNull(channels.removedAt), sql`${standing} <> 'revoked'`)).get();
      const people = db.select({ n: count }).from(members).where(eq(members.workspaceId, workspaceId)).get();
      const waiting = db.select({ n: count }).from(posts).where(and(eq(posts.workspaceId, workspaceId), eq(posts.state, 'scheduled'), isNull(posts.deletedAt), gt(posts.at, now))).get();
      const stored = db.select({ n: sql<number>`coalesce(sum(${media.bytes}), 0)` }).from(media).where(eq(media.workspaceId, workspaceId)).get();
      return { channels: connected?.n ?? 0, members: people?.n ?? 0, scheduled: waiting?.n ?? 0, storageBytes: stored?.n ?? 0 };
    },
  };
}
