import { billingSettings, type Standing } from '../../domain/billing/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import { moneyText } from '../../domain/billing/money.ts';
import { billingTexts as t, cardName } from '../../domain/texts/instance/billing.ts';
import type { Settings } from '../../settings.ts';
import type { BillingAccount } from '../../store/billing/billing.ts';
import type { Invoice, Revenue } from '../../store/billing/invoices.ts';
import type { Check } from '../../store/instance/settings.ts';
import type { View } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Table } from '../ui/table.tsx';
import { dayText } from '../words/time.tsx';
import { Findings } from '../settings/findings.tsx';
import { NetworkForm } from '../settings/network-form.tsx';
import { rich } from '../words/rich.tsx';
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
      <p class="lead">{t.payingAndTrying(paying, subscribers.filter(({ standing }) => standing.kind === 'trial').length)}</p>
      <section>
        <h2>{t.takings}</h2>
        {revenue.length === 0 ? <p class="help">{t.noTakings}</p> : (
          <Table
            label={t.takings}
            columns={[{ label: t.month }, { label: t.bills, amount: true }, { label: t.paid, amount: true }, { label: t.taxInIt, amount: true }, { label: t.refunded, amount: true }, { label: t.left, amount: true }]}
            rows={revenue.map(({ month, currency, bills, paid, tax, refunded }) => [month, bills, ...[paid, tax, refunded, paid - tax - refunded].map((sum) => moneyText(sum, currency))])}
          />
        )}
      </section>
      <section>
        <h2>{t.failedPayments}</h2>
        {failed.length === 0 ? <p class="help">{t.noneYet}</p> : (
          <Table
            label={t.failedPayments}
            columns={[{ label: t.workspace }, { label: t.bill }, { label: t.amount, amount: true }, { label: t.tried }, { label: t.nextTry }]}
            rows={failed.map((invoice) => [
              invoice.workspaceName ?? t.erased, `${invoice.number ?? invoice.id}, ${dayText(invoice.createdAt, zone, now)}`, moneyText(invoice.total - invoice.paid, invoice.currency),
              t.times(invoice.attempts), invoice.nextAttemptAt === null ? t.none : dayText(invoice.nextAttemptAt, zone, now),
            ])}
          />
        )}
      </section>
      <section>
        <h2>{t.endingTrials}</h2>
        {trials.length === 0 ? <p class="help">{t.noneYet}</p> : (
          <ul class="rows">{trials.map(({ account, standing }) => (
            <li class="row"><span class="row-text"><strong>{account.workspaceName}</strong>{standing.plan && <span class="handle"> {t.thenPlan(standing.plan.name)}</span>}</span><span class="row-time">{dayText(standing.endsAt, zone, now)}</span></li>
          ))}</ul>
        )}
      </section>
      <section>
        <h2>{t.everybody}</h2>
        <Table
          label={t.everybody}
          columns={[{ label: t.workspace }, { label: t.stand }, { label: t.until }, { label: t.card }, { label: <span class="visually-hidden">{t.whatToDo}</span> }]}
          rows={subscribers.map(({ account, standing }) => [
            account.workspaceName, standingText(standing), untilText(standing, zone, now), account.cardLast4 ? `${cardName(account.cardBrand ?? t.someCard)} ${account.cardLast4}` : t.none,
            account.freeSince === null
              ? <ActionButton action={`/settings/subscribers/${account.workspaceId}/free`} csrf={csrf} small>{t.letIn}<span class="visually-hidden">: {account.workspaceName}</span></ActionButton>
              : <ActionButton action={`/settings/subscribers/${account.workspaceId}/charge`} csrf={csrf} small>{t.charge}<span class="visually-hidden">: {account.workspaceName}</span></ActionButton>,
          ])}
        />
      </section>
    </>
  );
}

function untilText(standing: Standing, zone: string, now: number): string {
  switch (standing.kind) {
    case 'free': return '';
    case 'trial': return dayText(standing.endsAt, zone, now);
    case 'active': return standing.cancelAt !== null ? t.untilCanceled(dayText(standing.cancelAt, zone, now)) : standing.periodEnd === null ? '' : dayText(standing.periodEnd, zone, now);
    case 'past_due': return t.untilHeld(dayText(standing.heldAt, zone, now));
    case 'ended': return t.untilHeld(dayText(standing.heldAt, zone, now));
    case 'held': return t.heldSinceDay(dayText(standing.since, zone, now));
  }
}

/** What of Stripe is listened to. */
const events = ['checkout.session.completed', 'customer.subscription.*', 'customer.updated', 'customer.deleted', 'subscription_schedule.*', 'invoice.*', 'charge.refunded'];

/** The operator's values; secrets are never shown again. */
export function SetUpPayments({ page: { csrf }, settings, typed, problems, check, on, hook, unread }: {
  page: View; settings: Settings; typed: Record<string, string> | null; problems: readonly Problem[]; check: Check | undefined; on: boolean; hook: string; unread: readonly string[];
}) {
  const saved = billingSettings.some(({ env }) => { const origin = settings.origin(env); return origin !== null && origin !== 'environment'; });
  return (
    <section class="network-card" id="set-up">
      <h2>{t.setUp}</h2>
      {!on && <p>{t.notSelling}</p>}
      {unread.length > 0 && <p class="needs-you">{t.unreadPrices(unread.join(' '))}</p>}
      <ol class="steps">
        <li>{t.stepProducts}</li>
        <li>{rich(t.stepHook, { hook: <code>{hook}</code>, events: events.map((event, n) => <>{n > 0 && ' '}<code>{event}</code></>) })}</li>
        <li>{t.stepPortal}</li>
        <li>{t.stepCopy}</li>
      </ol>
      <NetworkForm action="/settings/subscribers/set-up" csrf={csrf} fields={billingSettings} settings={settings} typed={typed} problems={problems} tries={false} />
      {on && <div class="tried"><ActionButton action="/settings/subscribers/test" csrf={csrf}>{t.askStripe}</ActionButton>{check && <Findings findings={check.findings} />}</div>}
      {saved && (
        <details class="remove">
          <summary>{t.stopSelling}</summary>
          <p>{t.stopSellingText}</p>
          <ActionButton action="/settings/subscribers/remove" csrf={csrf} kind="danger">{t.forgetThem}</ActionButton>
        </details>
      )}
    </section>
  );
}
