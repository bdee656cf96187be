import { billingTermsOf, standingOf } from '../../domain/billing/billing.ts';
import type { Deps } from '../../deps.ts';
import { tellOf } from './tell.ts';

export type SettleDeps = Pick<Deps, 'store' | 'settings' | 'config' | 'now' | 'log'>;

/**
 * Makes what a workspace's standing comes to so: held when its grace is over, let go as soon as it is paid, and the mails
 * that belong to it in the queue. Doing it again changes nothing.
 */
export async function settleWorkspace(deps: SettleDeps, workspaceId: string): Promise<void> {
  const { store, settings, now, log } = deps;
  const terms = billingTermsOf(settings.get);
  const account = await store.billing.account(workspaceId);
  if (!terms || !account) return;
  const standing = standingOf(account, terms, now());
  // Told before the hold is moved: what died in between is told by the next look, once all the same.
  await tellOf(deps, account, standing);
  const held = standing.kind === 'held';
  if (held === (account.heldSince !== null)) return;
  await store.people.hold(workspaceId, 'unpaid', held ? now() : null);
  log.info({ workspaceId, held }, 'a subscription changed what is sent');
}

/** Begins the trial of a new workspace at once; the minute's round would begin it otherwise. */
export async function beginTrial({ store, settings, now }: Pick<Deps, 'store' | 'settings' | 'now'>, workspaceId: string): Promise<void> {
  const terms = billingTermsOf(settings.get);
  if (terms) await store.billing.beginTrial(workspaceId, now() + terms.trialMs);
}

/** Every workspace's; where nothing is sold, nothing is held for not being paid. */
export async function settleAll(deps: SettleDeps): Promise<void> {
  const { store, settings, now } = deps;
  const terms = billingTermsOf(settings.get);
  if (!terms) {
    await store.billing.releaseAll();
    return;
  }
  await store.billing.beginTrials(now() + terms.trialMs);
  for (const { workspaceId } of await store.billing.accounts()) await settleWorkspace(deps, workspaceId);
}

/** Lets a workspace in for free since a moment, or has it pay again (null). A subscription it has at Stripe is not touched. */
export async function letIn(deps: SettleDeps, workspaceId: string, since: number | null): Promise<void> {
  await deps.store.billing.setFree(workspaceId, since);
  await settleWorkspace(deps, workspaceId);
}
