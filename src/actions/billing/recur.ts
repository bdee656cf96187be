import { billingTermsOf } from '../../domain/billing/billing.ts';
import { stripeOf } from '../../billing/client.ts';
import { reconcile, syncPrices } from '../../billing/sync.ts';
import { isMissing } from '../../billing/trouble.ts';
import { settleWorkspace, type SettleDeps } from './settle.ts';

/** Each night everything is read from Stripe anew: whatever event was missed, by morning it is as if it had come. */
export async function reconcileBilling(deps: SettleDeps): Promise<void> {
  if (!billingTermsOf(deps.settings.get)) return;
  await syncPrices(deps);
  const { read, failed } = await reconcile(deps, (workspaceId) => settleWorkspace(deps, workspaceId));
  deps.log.info({ read, failed }, 'subscriptions were read from Stripe');
}

/** Reads what prices cost that nobody has read yet, so that a fresh set-up shows them. */
export async function readNewPrices(deps: SettleDeps): Promise<void> {
  const terms = billingTermsOf(deps.settings.get);
  if (!terms) return;
  const known = await deps.store.billing.prices();
  if (terms.prices.some(({ priceId }) => !known.has(priceId))) await syncPrices(deps);
}

/** Deletes at Stripe who was erased here; that ends what they pay for. Tried until Stripe has done it. */
export async function endErased(deps: SettleDeps): Promise<void> {
  const { store, settings } = deps;
  const customers = await store.billing.endings();
  if (customers.length === 0 || settings.get('STRIPE_SECRET_KEY') === undefined) return;
  const stripe = await stripeOf(deps);
  for (const customerId of customers) {
    await stripe.customers.del(customerId).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    await store.billing.ended(customerId);
  }
}
