import type { Stripe } from 'stripe';
import { billingRefusals as t } from '../domain/texts/refusals/billing.ts';
import { createSend, type Send } from '../lib/net-guard.ts';
import type { BillingDeps } from './deps.ts';

export type { Stripe };

/** The version of Stripe's API that this room reads and writes: the one its SDK has types for. */
export const apiVersion = '2026-10-28.endive';

/** A page waits for it: three tries of this many ms at the most. */
const patience = 8_000;

/**
 * The official SDK, loaded with the first call and not before, over the house's guarded send. It repeats what broke on the
 * wire by itself, under the same idempotency key.
 */
export async function stripeOf({ settings, config, stripePatienceMs = patience }: Pick<BillingDeps, 'settings' | 'config' | 'stripePatienceMs'>): Promise<Stripe> {
  const { Stripe: Client } = await import('stripe');
  return new Client(settings.get('STRIPE_SECRET_KEY') ?? '', {
    apiVersion, timeout: stripePatienceMs, maxNetworkRetries: 2, telemetry: false,
    httpClient: Client.createFetchHttpClient(fetchOver(createSend(config.upstreams))),
  });
}

/** As much of `fetch` as the SDK uses. */
function fetchOver(send: Send): typeof fetch {
  return async (input, init = {}) => {
    const { statusCode, headers, body } = await send(new URL(input instanceof Request ? input.url : input), {
      method: methodOf(init.method), headers: Object.fromEntries(new Headers(init.headers)), body: typeof init.body === 'string' ? init.body : null,
      ...(init.signal && { signal: init.signal }),
    });
    const text = await body.text();
    return new Response(statusCode < 300 || saysError(text) ? text : notStripe, { status: statusCode, headers: plain(headers) });
  };
}

/** The SDK (23.1) takes any JSON without an `error` for success, whatever its status: what stands in between must not pass for Stripe. */
const notStripe = JSON.stringify({ error: { type: 'api_error', message: t.notStripe } });

function saysError(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'error' in json;
  } catch {
    return false;
  }
}

function methodOf(method = 'GET'): 'GET' | 'POST' | 'DELETE' {
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return method;
  throw new Error(`Stripe is never called with ${method}`);
}

/** The body comes as it was decoded. */
function plain(headers: Record<string, string | string[] | undefined>): Headers {
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'content-length' && name !== 'transfer-encoding') kept.set(name, [value].flat().join(', '));
  }
  return kept;
}
