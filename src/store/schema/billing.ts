import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { invoiceStatuses, subscriptionStatuses } from '../../domain/billing/billing.ts';
import { id, instant, isOneOf, oneOf } from '../columns.ts';
import { workspaces } from './people.ts';

/** A workspace's trial and, once it pays, all that is kept of its subscription at Stripe beside the bills. */
export const billingAccounts = sqliteTable('billing_accounts', {
  workspaceId: id().primaryKey().references(() => workspaces.id, { onDelete: 'cascade' }),
  trialEndsAt: instant().notNull(),
  /** Since when the operator lets it in for free. */
  freeSince: instant(),
  customerId: text(),
  /** Where bills go, as Stripe has it. */
  email: text(),
  subscriptionId: text(),
  status: oneOf(subscriptionStatuses),
  /** As the settings name it; null for a price they do not know. */
  plan: text(),
  priceId: text(),
  periodEnd: instant(),
  trialEnd: instant(),
  cancelAt: instant(),
  endedAt: instant(),
  /** What it changes to at the end of the period. */
  nextPriceId: text(),
  cardBrand: text(),
  cardLast4: text(),
  /** Reads of Stripe are numbered when they begin; what a read saw is stored unless a later one was stored before. */
  lastTicket: integer().notNull(),
  readTicket: integer().notNull(),
  readAt: instant(),
}, (t) => [uniqueIndex('billing_accounts_customer').on(t.customerId), isOneOf('billing_accounts_status', t.status)]);

/** Bills, kept as long as the law asks: without a foreign key, for they outlive their workspace. */
export const billingInvoices = sqliteTable('billing_invoices', {
  /** Stripe's. */
  id: text().primaryKey(),
  /** Null once the workspace is erased. */
  workspaceId: id(),
  subscriptionId: text(),
  number: text(),
  status: oneOf(invoiceStatuses).notNull(),
  currency: text().notNull(),
  /** In the currency's smallest unit. */
  total: integer().notNull(),
  tax: integer().notNull(),
  paid: integer().notNull(),
  refunded: integer().notNull(),
  createdAt: instant().notNull(),
  periodStart: instant().notNull(),
  periodEnd: instant().notNull(),
  paidAt: instant(),
  /** How often payment was tried, and when it is next. */
  attempts: integer().notNull(),
  nextAttemptAt: instant(),
  /** Stripe's page of it. */
  link: text(),
  /** When its receipt went into the queue. */
  receiptAt: instant(),
}, (t) => [
  index('billing_invoices_workspace').on(t.workspaceId, t.createdAt), index('billing_invoices_created').on(t.createdAt),
  isOneOf('billing_invoices_status', t.status),
]);

/** Events of Stripe, each once by its id. What it said is not kept: it only says where to look. */
export const billingEvents = sqliteTable('billing_events', {
  id: text().primaryKey(),
  type: text().notNull(),
  receivedAt: instant().notNull(),
  /** Null while nobody has looked. */
  handledAt: instant(),
}, (t) => [index('billing_events_received').on(t.receivedAt)]);

/** What prices cost, as Stripe said last. */
export const billingPrices = sqliteTable('billing_prices', {
  id: text().primaryKey(),
  currency: text().notNull(),
  amount: integer().notNull(),
  interval: text().notNull(),
  intervalCount: integer().notNull(),
  readAt: instant().notNull(),
});

/** Customers of workspaces that were erased: to be deleted at Stripe too, which ends what they pay for. */
export const billingEndings = sqliteTable('billing_endings', {
  customerId: text().primaryKey(),
  at: instant().notNull(),
});
