import type { ComponentChildren } from 'preact';
import { isLive, type BillingTerms } from '../../domain/billing/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import { limitTexts, planOf, plans, type Plan } from '../../domain/billing/plan.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import type { BillingState } from '../../billing/entitlements.ts';
import type { Price } from '../../store/billing/billing.ts';
import type { Invoice, Usage } from '../../store/billing/invoices.ts';
import type { View } from '../page.tsx';
import { ActionButton, ButtonLink, Buttons } from '../ui/button.tsx';
import { ProblemList } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';
import { Bills, priceText, UsageBars } from './parts.tsx';

export interface AccountPageProps {
  page: View;
  state: BillingState;
  terms: BillingTerms;
  prices: ReadonlyMap<string, Price>;
  usage: Usage;
  /** Null for whoever may not see them. */
  invoices: readonly Invoice[] | null;
  owner: boolean;
  problems: readonly Problem[];
  /** Of every form on this page: sent twice, it is done once. */
  intent: string;
}

export function AccountPage(props: AccountPageProps) {
  const { page, state: { standing, limits }, usage, invoices, problems } = props;
  return (
    <>
      <ProblemList problems={problems.map((problem) => ({ ...problem, field: '' }))} />
      <section class="standing-now">
        <h2>{t.now}</h2>
        <StandingText {...props} />
        <Deeds {...props} />
      </section>
      {standing.kind !== 'free' && <section><h2>{t.plans}</h2><PlanCards {...props} /></section>}
      {limits && <section><h2>{t.used}</h2><UsageBars usage={usage} limits={limits} /></section>}
      {invoices && <section><h2>{t.bills}</h2><Bills invoices={invoices} zone={page.workspace.zone} /></section>}
    </>
  );
}

function StandingText({ page: { workspace: { zone } }, state: { standing, account }, terms }: AccountPageProps): ComponentChildren {
  const time = (at: number) => <Time at={at} zone={zone} />;
  const card = account?.cardLast4 ? t.cardEnding(account.cardBrand ?? t.someCard, account.cardLast4) : t.wayOfPaying;
  const next = planOf(terms.prices.find(({ priceId }) => priceId === account?.nextPriceId)?.plan.id);
  switch (standing.kind) {
    case 'free':
      return <p>{t.free}</p>;
    case 'trial':
      if (!standing.plan) return <p>{rich(t.trial, { time: time(standing.endsAt) })}</p>;
      return standing.cancels
        ? <p>{rich(t.trialCanceled, { name: standing.plan.name, time: time(standing.endsAt) })}</p>
        : <p>{rich(t.trialChosen, { name: standing.plan.name, time: time(standing.endsAt), card })}</p>;
    case 'active':
      return (
        <>
          <p>{rich(standing.cancelAt !== null ? t.activeCanceled : standing.periodEnd !== null ? t.activeRenewed : t.active, { plan: <strong>{standing.plan?.name ?? t.yourPlan}</strong>, card, when: time(standing.cancelAt ?? standing.periodEnd ?? 0) })}</p>
          {account?.nextPriceId && standing.periodEnd !== null && <p>{rich(t.nextPlan, { when: time(standing.periodEnd), plan: next?.name ?? t.anotherPlan })}</p>}
        </>
      );
    case 'past_due':
      return <p class="needs-you">{rich(t.paymentFailed, { time: time(standing.heldAt) })}</p>;
    case 'ended':
      return <p class="needs-you">{rich(t.endedOn[standing.because], { when: time(standing.endedAt), until: time(standing.heldAt) })}</p>;
    case 'held':
      return <p class="needs-you">{rich(t.heldSince[standing.because], { when: time(standing.since) })}</p>;
  }
}

/** What can be done with the subscription that is there. */
function Deeds({ page: { csrf }, state: { standing, account }, owner, intent }: AccountPageProps) {
  if (!owner) return standing.kind === 'free' ? null : <p class="help">{t.onlyOwner}</p>;
  if (!account?.customerId) return null;
  const live = isLive(account.status);
  const fields = { intent };
  const unpaid = standing.kind === 'past_due' || (standing.kind === 'held' && live);
  return (
    <>
      <Buttons>
        <ActionButton action="/settings/billing/portal" csrf={csrf} kind={unpaid ? 'primary' : 'quiet'}>{unpaid ? t.payAtStripe : t.cardAtStripe}</ActionButton>
        {live && account.cancelAt !== null && <ActionButton action="/settings/billing/resume" csrf={csrf} kind="primary" fields={fields}>{t.resume}</ActionButton>}
        {live && account.nextPriceId !== null && <ActionButton action="/settings/billing/keep" csrf={csrf} fields={fields}>{t.keepPlan}</ActionButton>}
      </Buttons>
      {live && account.cancelAt === null && (
        <details class="remove">
          <summary>{t.cancel}</summary>
          <p>{t.cancelText}</p>
          <ActionButton action="/settings/billing/cancel" csrf={csrf} kind="danger" fields={fields}>{t.cancelAtEnd}</ActionButton>
        </details>
      )}
    </>
  );
}

function PlanCards(props: AccountPageProps) {
  const { terms, state: { account } } = props;
  const sold = plans.filter(({ id }) => terms.prices.some(({ plan }) => plan.id === id));
  return (
    <ul class="plans">
      {sold.map((plan) => (
        <li class={isLive(account?.status ?? null) && account?.plan === plan.id ? 'plan is-yours' : 'plan'}>
          <PlanFacts plan={plan} />
          {terms.prices.filter((price) => price.plan.id === plan.id).map(({ priceId }) => <PriceRow {...props} priceId={priceId} plan={plan} />)}
        </li>
      ))}
    </ul>
  );
}

export function PlanFacts({ plan }: { plan: Plan }) {
  return (
    <>
      <h3>{plan.name}</h3>
      <p class="help">{plan.said}</p>
      <ul class="bullets">{limitTexts(plan.limits).map((text) => <li>{text}</li>)}</ul>
    </>
  );
}

function PriceRow({ page: { csrf }, state: { account, standing }, prices, owner, intent, priceId, plan }: AccountPageProps & { priceId: string; plan: Plan }) {
  const live = isLive(account?.status ?? null);
  const price = prices.get(priceId);
  const label = <><span class="visually-hidden">{plan.name}, {priceText(price)}: </span></>;
  const canChange = standing.kind === 'active' || standing.kind === 'trial';
  return (
    <div class="price">
      <strong>{priceText(price)}</strong>
      {live && account?.priceId === priceId ? <span class="help">{t.yourPlan}</span>
        : !owner ? null
        : live ? canChange && <ButtonLink href={`/settings/billing/change?price=${priceId}`}>{label}{t.changeToIt}</ButtonLink>
        : <ActionButton action="/settings/billing/checkout" csrf={csrf} kind="primary" fields={{ intent, price: priceId }}>{label}{t.choose}</ActionButton>}
    </div>
  );
}
