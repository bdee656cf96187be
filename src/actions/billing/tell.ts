import type { Standing } from '../../domain/billing/billing.ts';
import { moneyText } from '../../domain/billing/money.ts';
import type { Deps } from '../../deps.ts';
import type { BillingAccount } from '../../store/billing/billing.ts';
import { queueMail } from '../mails/queue-mail.ts';

type TellDeps = Pick<Deps, 'store' | 'settings' | 'config' | 'now'>;

const day = 24 * 60 * 60 * 1000;

/** How long ahead the end of a trial is told. */
const ahead = 3 * day;

/** A bill that was paid longer ago than this when it is first seen (a database put back, say) gets no receipt any more. */
const freshFor = 30 * day;

/** The mails that belong to a standing. Each is queued once, however often it is looked at. */
export async function tellOf(deps: TellDeps, account: BillingAccount, standing: Standing): Promise<void> {
  const { store } = deps;
  const { workspaceId, workspaceName: workspace, heldSince } = account;
  await sendReceipts(deps, account);
  const zone = (await store.people.workspace(workspaceId))?.zone ?? 'UTC';
  switch (standing.kind) {
    case 'trial':
      if (standing.cancels || standing.endsAt - deps.now() > ahead) break;
      await tellOwners(deps, workspaceId, (to) => queueMail(deps, {
        kind: 'trial_ending', event: `trial-ending:${workspaceId}:${standing.endsAt}`, to, data: { workspace, on: dateText(standing.endsAt, zone), plan: standing.plan?.name ?? null },
      }));
      break;
    case 'past_due':
      await tellFailures(deps, account, dateText(standing.heldAt, zone));
      break;
    case 'held':
      if (heldSince !== null) break;
      await tellOwners(deps, workspaceId, (to) => queueMail(deps, { kind: 'held', event: `held:${workspaceId}:${standing.since}`, to, data: { workspace } }));
      break;
    case 'free':
    case 'active':
    case 'ended':
  }
  if (heldSince === null || standing.kind === 'held') return;
  await tellOwners(deps, workspaceId, (to) => queueMail(deps, { kind: 'resumed', event: `resumed:${workspaceId}:${heldSince}`, to, data: { workspace } }));
}

/** Noted as sent only when it is in the queue; dying in between queues the same mail again, which is none. */
async function sendReceipts(deps: TellDeps, account: BillingAccount): Promise<void> {
  const { store, now } = deps;
  const { workspaceId } = account;
  for (const { id, number, paid, tax, currency, paidAt, link } of await store.invoices.withoutReceipt(workspaceId)) {
    const to = await payerOf(deps, account);
    if (to && paidAt !== null && now() - paidAt < freshFor) {
      const zone = (await store.people.workspace(workspaceId))?.zone ?? 'UTC';
      await queueMail(deps, { kind: 'receipt', event: `receipt:${id}`, to, data: { number: number ?? id, amount: moneyText(paid, currency), tax: moneyText(tax, currency), on: dateText(paidAt, zone), link } });
    }
    await store.invoices.receiptSent(workspaceId, id, now());
  }
}

async function tellFailures(deps: TellDeps, account: BillingAccount, until: string): Promise<void> {
  const to = await payerOf(deps, account);
  if (!to) return;
  for (const { id, number, total, currency, attempts, subscriptionId } of await deps.store.invoices.failed(account.workspaceId)) {
    if (subscriptionId !== account.subscriptionId) continue;
    await queueMail(deps, { kind: 'payment_failed', event: `payment-failed:${id}:${attempts}`, to, data: { number: number ?? id, amount: moneyText(total, currency), until } });
  }
}

/** Where bills go: the billing e-mail, else the first owner's. */
async function payerOf({ store }: TellDeps, { workspaceId, email }: BillingAccount): Promise<{ email: string; userId: string | null } | null> {
  const [owner] = await store.billing.owners(workspaceId);
  const address = email ?? owner?.email;
  return address === undefined ? null : { email: address, userId: owner?.userId ?? null };
}

async function tellOwners({ store }: TellDeps, workspaceId: string, tell: (to: { email: string; userId: string }) => Promise<void>): Promise<void> {
  for (const { email, userId } of await store.billing.owners(workspaceId)) await tell({ email, userId });
}

/** "24 November 2026". */
function dateText(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}
