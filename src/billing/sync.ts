import { billingTermsOf } from '../domain/billing/billing.ts';
import { billingRefusals as t } from '../domain/texts/refusals/billing.ts';
import { stripeOf, type Stripe } from './client.ts';
import type { BillingDeps } from './deps.ts';
import { readCustomer } from './read.ts';

/**
 * Brings what is kept of a workspace's customer to what Stripe says now. Whatever led here (an event in whatever order, a
 * person who comes back from paying, the night) says only "look"; nothing is pieced together.
 */
export async function syncWorkspace(deps: BillingDeps, workspaceId: string, stripe?: Stripe): Promise<void> {
  const { store, settings, now } = deps;
  const terms = billingTermsOf(settings.get);
  const account = await store.billing.account(workspaceId);
  if (!terms || !account?.customerId) return;
  const ticket = await store.billing.beginRead(workspaceId);
  const seen = await readCustomer(stripe ?? (await stripeOf(deps)), account.customerId, terms);
  if (seen === 'gone') await store.billing.unbindCustomer(workspaceId, account.customerId);
  else await store.billing.putRead(workspaceId, account.customerId, ticket, seen, now());
}

/** Reads what the prices cost; those that Stripe does not know come back by their id with the reason. */
export async function syncPrices(deps: BillingDeps): Promise<Map<string, string>> {
  const { store, settings, now } = deps;
  const prices = billingTermsOf(settings.get)?.prices ?? [];
  const stripe = await stripeOf(deps);
  const unusable = new Map<string, string>();
  for (const { priceId } of prices) {
    const price = await stripe.prices.retrieve(priceId).catch((error: unknown) => {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'resource_missing') throw error;
      return null;
    });
    if (!price?.active) unusable.set(priceId, price ? t.priceArchived(priceId) : t.priceUnknown(priceId));
    else if (!price.recurring || price.unit_amount === null) unusable.set(priceId, t.priceNotRecurring(priceId));
    else await store.billing.putPrices([{ id: priceId, currency: price.currency, amount: price.unit_amount, interval: price.recurring.interval, intervalCount: price.recurring.interval_count, readAt: now() }]);
  }
  return unusable;
}

/** Reads every customer anew, and takes up those that this database has forgotten, after a backup was put back for example. */
export async function reconcile(deps: BillingDeps, afterEach: (workspaceId: string) => Promise<void>): Promise<{ read: number; failed: number }> {
  const { store, log } = deps;
  const stripe = await stripeOf(deps);
  await adoptForgotten(deps, stripe);
  let [read, failed] = [0, 0];
  for (const { workspaceId, customerId } of await store.billing.accounts()) {
    if (customerId === null) continue;
    try {
      await syncWorkspace(deps, workspaceId, stripe);
      await afterEach(workspaceId);
      read += 1;
    } catch (error) {
      failed += 1;
      log.error({ err: error, workspaceId }, 'a subscription could not be read');
    }
  }
  return { read, failed };
}

async function adoptForgotten({ store, log }: BillingDeps, stripe: Stripe): Promise<void> {
  for await (const { customer, metadata } of stripe.subscriptions.list({ status: 'all', limit: 100 })) {
    const customerId = typeof customer === 'string' ? customer : customer.id;
    const workspaceId = metadata['workspace_id'];
    if (workspaceId === undefined || (await store.billing.accountOf(customerId))) continue;
    const account = await store.billing.account(workspaceId);
    if (account?.customerId !== null) continue;
    await store.billing.bindCustomer(workspaceId, customerId);
    log.warn({ workspaceId }, 'a subscription that was forgotten here is taken up again');
  }
}
