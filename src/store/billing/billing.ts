import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, lt, min, notInArray, sql } from 'drizzle-orm';
import { atomic, kept, type Db, type Tx } from '../db.ts';
import { putInvoices, type InvoiceRead } from './invoices.ts';
import { billingAccounts, billingEndings, billingEvents, billingInvoices, billingPrices } from '../schema/billing.ts';
import { members, users, workspaces } from '../schema/people.ts';

type AccountRow = typeof billingAccounts.$inferSelect;
export type Price = typeof billingPrices.$inferSelect;

export interface BillingAccount extends AccountRow {
  /** When the oldest bill was made that is tried in vain and still open. */
  unpaidSince: number | null;
  /** Since when it is held for not being paid. */
  heldSince: number | null;
  workspaceName: string;
}

/** What one read of Stripe saw of a customer. */
export type AccountRead = Pick<AccountRow,
  'email' | 'subscriptionId' | 'status' | 'plan' | 'priceId' | 'periodEnd' | 'trialEnd' | 'cancelAt' | 'endedAt' | 'nextPriceId' | 'cardBrand' | 'cardLast4'>;

const nothing: AccountRead = {
  email: null, subscriptionId: null, status: null, plan: null, priceId: null, periodEnd: null, trialEnd: null, cancelAt: null, endedAt: null, nextPriceId: null,
  cardBrand: null, cardLast4: null,
};

/** Trials, subscriptions as Stripe has them, and the events that say where to look. */
export function billingStore(db: Db) {
  const mine = (workspaceId: string) => eq(billingAccounts.workspaceId, workspaceId);
  const unpaidSince = db.select({ since: min(billingInvoices.createdAt) }).from(billingInvoices).where(and(
    eq(billingInvoices.workspaceId, billingAccounts.workspaceId), eq(billingInvoices.subscriptionId, billingAccounts.subscriptionId),
    eq(billingInvoices.status, 'open'), gt(billingInvoices.attempts, 0),
  ));
  const select = () => db.select({
    ...getTableColumns(billingAccounts), unpaidSince: sql<number | null>`(${unpaidSince})`, heldSince: workspaces.unpaidAt, workspaceName: workspaces.name,
  }).from(billingAccounts).innerJoin(workspaces, eq(workspaces.id, billingAccounts.workspaceId));
  // Every page asks it where something is sold.
  const account = kept(() => select().where(eq(billingAccounts.workspaceId, sql.placeholder('workspaceId'))).prepare());

  return {
    async account(workspaceId: string): Promise<BillingAccount | undefined> {
      return account().get({ workspaceId });
    },

    /** Every workspace's, for whoever runs the instance and for what recurs. */
    async accounts(): Promise<BillingAccount[]> {
      return select().orderBy(asc(billingAccounts.workspaceId)).all();
    },

    async accountOf(customerId: string): Promise<BillingAccount | undefined> {
      return select().where(eq(billingAccounts.customerId, customerId)).get();
    },

    /** Begins the trial of a workspace; one that had one keeps it. */
    async beginTrial(workspaceId: string, trialEndsAt: number): Promise<void> {
      db.insert(billingAccounts).values(fresh(workspaceId, trialEndsAt)).onConflictDoNothing().run();
    },

    /** The same for every workspace that has none; gives how many that were. */
    async beginTrials(trialEndsAt: number): Promise<number> {
      return atomic(db, (tx) => {
        const without = tx.select({ id: workspaces.id }).from(workspaces)
          .where(notInArray(workspaces.id, tx.select({ id: billingAccounts.workspaceId }).from(billingAccounts))).all();
        for (const { id } of without) tx.insert(billingAccounts).values(fresh(id, trialEndsAt)).run();
        return without.length;
      });
    },

    async setFree(workspaceId: string, since: number | null): Promise<void> {
      db.update(billingAccounts).set({ freeSince: since }).where(mine(workspaceId)).run();
    },

    /** Remembers who a workspace is at Stripe. The first stays; gives the one that counts. */
    async bindCustomer(workspaceId: string, customerId: string): Promise<string | null> {
      return atomic(db, (tx) => {
        tx.update(billingAccounts).set({ customerId }).where(and(mine(workspaceId), isNull(billingAccounts.customerId))).run();
        return tx.select({ customerId: billingAccounts.customerId }).from(billingAccounts).where(mine(workspaceId)).get()?.customerId ?? null;
      });
    },

    /** Forgets a customer that is gone at Stripe, so that the next check-out makes one. The bills stay. */
    async unbindCustomer(workspaceId: string, customerId: string): Promise<void> {
      db.update(billingAccounts).set({ ...nothing, customerId: null }).where(and(mine(workspaceId), eq(billingAccounts.customerId, customerId))).run();
    },

    /** Numbers a read of Stripe that is about to begin. */
    async beginRead(workspaceId: string): Promise<number> {
      return db.update(billingAccounts).set({ lastTicket: sql`${billingAccounts.lastTicket} + 1` }).where(mine(workspaceId))
        .returning({ ticket: billingAccounts.lastTicket }).get()?.ticket ?? 0;
    },

    /**
     * Stores what a read saw, subscription and bills in one act, unless one that began later was stored before: whatever
     * the older one saw, the later one saw too. False when it came too late or the customer is another by now.
     */
    async putRead(workspaceId: string, customerId: string, ticket: number, seen: AccountRead & { invoices: readonly InvoiceRead[] }, now: number): Promise<boolean> {
      const { invoices, ...account } = seen;
      return atomic(db, (tx) => {
        const stored = tx.update(billingAccounts).set({ ...account, readTicket: ticket, readAt: now })
          .where(and(mine(workspaceId), eq(billingAccounts.customerId, customerId), lt(billingAccounts.readTicket, ticket))).run().changes > 0;
        if (stored) putInvoices(tx, workspaceId, invoices);
        return stored;
      });
    },

    /** Notes that an event came; true when somebody has looked already, so that nothing is left to do. */
    async noteEvent(id: string, type: string, now: number): Promise<boolean> {
      return atomic(db, (tx) => {
        tx.insert(billingEvents).values({ id, type, receivedAt: now, handledAt: null }).onConflictDoNothing().run();
        return tx.select({ at: billingEvents.handledAt }).from(billingEvents).where(eq(billingEvents.id, id)).get()?.at !== null;
      });
    },

    async eventHandled(id: string, now: number): Promise<void> {
      db.update(billingEvents).set({ handledAt: now }).where(and(eq(billingEvents.id, id), isNull(billingEvents.handledAt))).run();
    },

    async prices(): Promise<Map<string, Price>> {
      return new Map(db.select().from(billingPrices).all().map((price) => [price.id, price]));
    },

    async putPrices(prices: readonly Price[]): Promise<void> {
      atomic(db, (tx) => {
        for (const price of prices) tx.insert(billingPrices).values(price).onConflictDoUpdate({ target: billingPrices.id, set: price }).run();
      });
    },

    /** Lets go of everything that is held for not being paid: nothing is sold here any more. */
    async releaseAll(): Promise<number> {
      return db.update(workspaces).set({ unpaidAt: null }).where(isNotNull(workspaces.unpaidAt)).run().changes;
    },

    /** Who owns a workspace, the first of them first: notices about its subscription go to them. */
    async owners(workspaceId: string): Promise<{ userId: string; email: string; name: string }[]> {
      return db.select({ userId: users.id, email: users.email, name: users.name }).from(members).innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.workspaceId, workspaceId), eq(members.role, 'owner'))).orderBy(asc(members.createdAt), asc(users.id)).all();
    },

    /** Customers that are to be deleted at Stripe. */
    async endings(): Promise<string[]> {
      return db.select().from(billingEndings).orderBy(asc(billingEndings.at)).all().map(({ customerId }) => customerId);
    },

    async ended(customerId: string): Promise<void> {
      db.delete(billingEndings).where(eq(billingEndings.customerId, customerId)).run();
    },
  };
}

function fresh(workspaceId: string, trialEndsAt: number) {
  return { workspaceId, trialEndsAt, lastTicket: 0, readTicket: 0 };
}

/**
 * Erases what is known of who paid, when a workspace goes. The bills stay for as long as the law asks, saying of nobody
 * whose they were: number, amounts, dates and state, without the link to Stripe's page, which shows a name. The customer is
 * noted to be deleted at Stripe, where that ends the subscription.
 */
export function eraseBilling(tx: Tx, workspaceId: string, now: number): void {
  const account = tx.select().from(billingAccounts).where(eq(billingAccounts.workspaceId, workspaceId)).get();
  if (account?.customerId) tx.insert(billingEndings).values({ customerId: account.customerId, at: now }).onConflictDoNothing().run();
  tx.update(billingInvoices).set({ workspaceId: null, subscriptionId: null, link: null }).where(eq(billingInvoices.workspaceId, workspaceId)).run();
  tx.delete(billingAccounts).where(eq(billingAccounts.workspaceId, workspaceId)).run();
}
