import type { BillingDeps } from './deps.ts';

/** An event as far as it is read: that something happened, and to whom. */
export interface StripeEvent {
  id: string;
  type: string;
  /** Null when it concerns no customer. */
  customerId: string | null;
}

/** How old a signature may be (s). */
const tolerance = 300;

/** A genuine event, or the reason why not. The signature is over the bytes as they came. */
export async function readEvent({ settings, now }: Pick<BillingDeps, 'settings' | 'now'>, body: Buffer, signature: string): Promise<StripeEvent | { refused: 'forged' | 'stale' }> {
  const secret = settings.get('STRIPE_WEBHOOK_SECRET') ?? '';
  const { Stripe } = await import('stripe');
  try {
    const event = await Stripe.webhooks.constructEventAsync(body, signature, secret, tolerance, undefined, now());
    return { id: event.id, type: event.type, customerId: customerIn(event.data.object) };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return { refused: /timestamp outside/iu.test(error.message) ? 'stale' : 'forged' };
    // Signed, and yet not an event.
    if (error instanceof SyntaxError) return { refused: 'forged' };
    throw error;
  }
}

function customerIn(object: unknown): string | null {
  if (typeof object !== 'object' || object === null) return null;
  const { id, object: kind, customer } = object as { id?: unknown; object?: unknown; customer?: unknown };
  if (kind === 'customer') return typeof id === 'string' ? id : null;
  if (typeof customer === 'string') return customer;
  return typeof customer === 'object' && customer !== null && 'id' in customer && typeof customer.id === 'string' ? customer.id : null;
}
