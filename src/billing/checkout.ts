import type { BillingTerms } from '../domain/billing/billing.ts';
import type { BillingAccount } from '../store/billing/billing.ts';
import type { Stripe } from './client.ts';
import type { BillingDeps } from './deps.ts';

const hour = 60 * 60 * 1000;

/** Stripe wants the end of a trial to lie so far ahead at least (docs.stripe.com/payments/checkout/free-trials, read 2026-11). */
const shortestTrial = 48 * hour;

/** Where the browser comes back to from Stripe's pages: the state is read there, whether or not an event has come. */
export const returnPath = '/settings/billing/done';

/** Who a workspace is at Stripe, made when it is nobody yet. Made twice it is the same: the key says for whom it is. */
export async function customerOf({ store }: Pick<BillingDeps, 'store'>, stripe: Stripe, account: BillingAccount): Promise<string> {
  const { workspaceId, customerId, lastTicket } = account;
  if (customerId !== null) return customerId;
  const [owner] = await store.billing.owners(workspaceId);
  const made = await stripe.customers.create(
    { ...(owner && { email: owner.email }), metadata: { workspace_id: workspaceId } }, { idempotencyKey: `customer-${workspaceId}-${lastTicket}` },
  );
  return (await store.billing.bindCustomer(workspaceId, made.id)) ?? made.id;
}

/**
 * A page of Stripe's on which a person pays. What is left of the trial carries over. `intent` is the form that was sent:
 * sent twice it leads to the same page. Other pages of this workspace that are still open are closed first, so that nobody
 * pays twice. Throws the SDK's errors.
 */
export async function checkoutPage(
  deps: BillingDeps, stripe: Stripe, account: BillingAccount, { terms, priceId, intent }: { terms: BillingTerms; priceId: string; intent: string },
): Promise<string> {
  const { config: { publicUrl }, now } = deps;
  const { workspaceId, trialEndsAt } = account;
  const customer = await customerOf(deps, stripe, account);
  for await (const open of stripe.checkout.sessions.list({ customer, status: 'open', limit: 100 })) {
    if (open.metadata?.['intent'] !== intent) await stripe.checkout.sessions.expire(open.id);
  }
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription', customer, client_reference_id: workspaceId, metadata: { workspace_id: workspaceId, intent },
    line_items: [{ price: priceId, quantity: 1 }],
    success_url: `${publicUrl}${returnPath}`, cancel_url: `${publicUrl}/settings/billing`,
    payment_method_collection: 'always', allow_promotion_codes: true, tax_id_collection: { enabled: true }, customer_update: { name: 'auto', address: 'auto' },
    ...(terms.automaticTax && { automatic_tax: { enabled: true } }),
    subscription_data: { metadata: { workspace_id: workspaceId }, ...(now() < trialEndsAt && { trial_end: trialEndFor(trialEndsAt, now()) }) },
  }, { idempotencyKey: `checkout-${workspaceId}-${intent}` });
  if (session.url === null) throw new Error('Stripe gave a check-out without a page');
  return session.url;
}

/** Epoch seconds. In its last two days a trial is stretched to what Stripe takes, by whole hours so that a repeat asks for the same. */
function trialEndFor(trialEndsAt: number, now: number): number {
  const earliest = (Math.ceil((now + shortestTrial) / hour) + 1) * hour;
  return Math.floor(Math.max(trialEndsAt, earliest) / 1000);
}

/** Stripe's page for cards, bills and addresses. */
export async function portalPage({ config }: Pick<BillingDeps, 'config'>, stripe: Stripe, customerId: string): Promise<string> {
  return (await stripe.billingPortal.sessions.create({ customer: customerId, return_url: `${config.publicUrl}${returnPath}` })).url;
}
