import { billingTermsOf } from '../../domain/billing/billing.ts';
import { billingRefusals as t } from '../../domain/texts/refusals/billing.ts';
import { syncWorkspace } from '../../billing/sync.ts';
import { troubleOf } from '../../billing/trouble.ts';
import { readEvent } from '../../billing/webhook.ts';
import { settleWorkspace, type SettleDeps } from './settle.ts';

/** What to answer Stripe: `refused` for what is not genuine, `later` when it shall send again. */
export type HeardStripe = { kind: 'done'; again: boolean } | { kind: 'refused' | 'later'; code: string; message: string };

/**
 * Heeds an event: noted once by its id, then the customer it is about is read anew, and only when that is on disk it counts
 * as heeded. The event itself changes nothing, so that order, doubles and delays do not matter.
 */
export async function heedStripe(deps: SettleDeps, body: Buffer, signature: string): Promise<HeardStripe> {
  const { store, settings, now, log } = deps;
  if (!billingTermsOf(settings.get)) return { kind: 'refused', code: 'no_billing', message: t.nothingSoldHere };
  const event = await readEvent(deps, body, signature);
  if ('refused' in event) {
    log.warn({ code: event.refused }, 'an event that says it is from Stripe was turned away');
    return { kind: 'refused', code: event.refused, message: event.refused === 'stale' ? t.signatureOld : t.signatureWrong };
  }
  const { id, type, customerId } = event;
  if (await store.billing.noteEvent(id, type, now())) return { kind: 'done', again: true };
  const account = customerId === null ? undefined : await store.billing.accountOf(customerId);
  try {
    if (account) {
      await syncWorkspace(deps, account.workspaceId);
      await settleWorkspace(deps, account.workspaceId);
    }
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    log.warn({ type, stripe: { type: trouble.type, code: trouble.code, requestId: trouble.requestId } }, 'an event could not be followed up yet');
    return { kind: 'later', code: 'stripe_unreachable', message: t.notReadBack };
  }
  await store.billing.eventHandled(id, now());
  log.info({ event: id, type, ours: account !== undefined }, 'Stripe sent an event');
  return { kind: 'done', again: false };
}
