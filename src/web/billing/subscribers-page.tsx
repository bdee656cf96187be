import type { ComponentChildren } from 'preact';
import { billingSettings, type Standing } from '../../domain/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import { moneyText } from '../../domain/money.ts';
import type { Settings } from '../../settings.ts';
import type { BillingAccount } from '../../store/billing.ts';
import type { Invoice, Revenue } from '../../store/invoices.ts';
import type { Check } from '../../store/settings.ts';
import type { View } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { dayText } from '../words/time.tsx';
import { Findings } from '../settings/findings.tsx';
import { NetworkForm } from '../settings/network-form.tsx';
import { standingText } from './banner.tsx';

export interface SubscribersProps {
  page: View;
  subscribers: readonly { account: BillingAccount; standing: Standing }[];
  revenue: readonly Revenue[];
  failed: readonly (Invoice & { workspaceName: string | null })[];
}

const day = 24 * 60 * 60 * 1000;

export function Subscribers({ page: { workspace: { zone }, csrf, now }, subscribers, revenue, failed }: SubscribersProps) {
  const paying = subscribers.filter(({ standing }) => standing.kind === 'active').length;
  const trials = subscribers.flatMap(({ account, standing }) => (standing.kind === 'trial' && standing.endsAt < now + 7 * day ? [{ account, standing }] : []))
    .sort((a, b) => a.standing.endsAt - b.standing.endsAt);
  return (
    <>
      <p class="lead">{paying === 1 ? '1 workspace pays' : `${paying} workspaces pay`}, {subscribers.filter(({ standing }) => standing.kind === 'trial').length} in trial.</p>
      <section>
        <h2>Takings by month</h2>
        {revenue.length === 0 ? <p class="help">The sums of paid bills will stand here.</p> : (
          <Table label="Takings by month" heads={['Month (UTC)', 'Bills', 'Paid', 'Tax in it', 'Refunded', 'Left without tax']} amounts={[2, 3, 4, 5]}>
            {revenue.map(({ month, currency, bills, paid, tax, refunded }) => (
              <tr>
                <td>{month}</td><td>{bills}</td>
                {[paid, tax, refunded, paid - tax - refunded].map((sum) => <td class="amount">{moneyText(sum, currency)}</td>)}
              </tr>
            ))}
          </Table>
        )}
      </section>
      <section>
        <h2>Failed payments</h2>
        {failed.length === 0 ? <p class="help">None.</p> : (
          <Table label="Failed payments" heads={['Workspace', 'Bill', 'Amount', 'Tried', 'Next try']} amounts={[2]}>
            {failed.map((invoice) => (
              <tr>
                <td>{invoice.workspaceName ?? 'Erased'}</td><td>{invoice.number ?? invoice.id}, {dayText(invoice.createdAt, zone, now)}</td>
                <td class="amount">{moneyText(invoice.total - invoice.paid, invoice.currency)}</td>
                <td>{invoice.attempts === 1 ? 'once' : `${invoice.attempts} times`}</td><td>{invoice.nextAttemptAt === null ? 'none' : dayText(invoice.nextAttemptAt, zone, now)}</td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      <section>
        <h2>Trials that end within a week</h2>
        {trials.length === 0 ? <p class="help">None.</p> : (
          <ul class="rows">{trials.map(({ account, standing }) => (
            <li class="row"><span class="row-text"><strong>{account.workspaceName}</strong>{standing.plan && <span class="handle"> then {standing.plan.name}</span>}</span><span class="row-time">{dayText(standing.endsAt, zone, now)}</span></li>
          ))}</ul>
        )}
      </section>
      <section>
        <h2>Everybody</h2>
        <Table label="Everybody" heads={['Workspace', 'Stands', 'Until', 'Card', '']} amounts={[]}>
          {subscribers.map(({ account, standing }) => (
            <tr>
              <td>{account.workspaceName}</td><td>{standingText(standing)}</td><td>{untilText(standing, zone, now)}</td>
              <td>{account.cardLast4 ? `${account.cardBrand ?? ''} ${account.cardLast4}` : 'none'}</td>
              <td>
                {account.freeSince === null
                  ? <ActionButton action={`/settings/subscribers/${account.workspaceId}/free`} csrf={csrf}>Let in for free<span class="visually-hidden">: {account.workspaceName}</span></ActionButton>
                  : <ActionButton action={`/settings/subscribers/${account.workspaceId}/charge`} csrf={csrf}>Charge again<span class="visually-hidden">: {account.workspaceName}</span></ActionButton>}
              </td>
            </tr>
          ))}
        </Table>
      </section>
    </>
  );
}

function untilText(standing: Standing, zone: string, now: number): string {
  switch (standing.kind) {
    case 'free': return '';
    case 'trial': return dayText(standing.endsAt, zone, now);
    case 'active': return standing.cancelAt !== null ? `${dayText(standing.cancelAt, zone, now)}, canceled` : standing.periodEnd === null ? '' : dayText(standing.periodEnd, zone, now);
    case 'past_due': return `${dayText(standing.heldAt, zone, now)}, then held`;
    case 'ended': return `${dayText(standing.heldAt, zone, now)}, then held`;
    case 'held': return `since ${dayText(standing.since, zone, now)}`;
  }
}

/** Wide tables scroll by themselves, also with the keyboard. */
function Table({ label, heads, amounts, children }: { label: string; heads: readonly string[]; amounts: readonly number[]; children: ComponentChildren }) {
  return (
    <div class="scrolls" role="region" aria-label={label} tabIndex={0}>
      <table class="table">
        <thead><tr>{heads.map((head, n) => <th scope="col" class={amounts.includes(n) ? 'amount' : undefined}>{head || <span class="visually-hidden">What to do</span>}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The operator's values; secrets are never shown again. */
export function SetUpPayments({ page: { csrf }, settings, typed, problems, check, on, hook, unread }: {
  page: View; settings: Settings; typed: Record<string, string> | null; problems: readonly Problem[]; check: Check | undefined; on: boolean; hook: string; unread: readonly string[];
}) {
  const saved = billingSettings.some(({ env }) => { const origin = settings.origin(env); return origin !== null && origin !== 'environment'; });
  return (
    <section class="network-card" id="set-up">
      <h2>Set-up</h2>
      {!on && <p>Nothing is sold here and everything is allowed. With a key, a signing secret and at least one price it begins: every workspace there is gets a trial from that day.</p>}
      {unread.length > 0 && <p class="needs-you">In the prices: {unread.join(' ')}</p>}
      <ol class="steps">
        <li>At Stripe make a product for each plan you sell, with a recurring price: a month, a year, or both.</li>
        <li>Under Developers, Webhooks, add an endpoint that calls <code>{hook}</code> for the events <code>checkout.session.completed</code>, <code>customer.subscription.*</code>, <code>customer.updated</code>, <code>customer.deleted</code>, <code>subscription_schedule.*</code>, <code>invoice.*</code> and <code>charge.refunded</code>.</li>
        <li>Under Settings, Billing, switch on the customer portal, and say how often a failed payment is tried again.</li>
        <li>Copy the values here. Try it with the keys of the test mode first.</li>
      </ol>
      <NetworkForm action="/settings/subscribers/set-up" csrf={csrf} fields={billingSettings} settings={settings} typed={typed} problems={problems} />
      {on && <div class="tried"><ActionButton action="/settings/subscribers/test" csrf={csrf}>Ask Stripe</ActionButton>{check && <Findings findings={check.findings} />}</div>}
      {saved && (
        <details class="remove">
          <summary>Stop selling</summary>
          <p>Forgets the values saved here. Nothing is sold any more, everything is allowed, and what was held goes out. Subscriptions at Stripe go on until you end them there.</p>
          <ActionButton action="/settings/subscribers/remove" csrf={csrf} kind="danger">Forget them</ActionButton>
        </details>
      )}
    </section>
  );
}
