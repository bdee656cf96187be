import type { ComponentChildren } from 'preact';
import { isLive, type BillingTerms } from '../../domain/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import { limitTexts, planOf, plans, type Plan } from '../../domain/plan.ts';
import type { BillingState } from '../../billing/entitlements.ts';
import type { Price } from '../../store/billing.ts';
import type { Invoice, Usage } from '../../store/invoices.ts';
import type { View } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { ProblemList } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
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
        <h2>Now</h2>
        <StandingText {...props} />
        <Deeds {...props} />
      </section>
      {standing.kind !== 'free' && <section><h2>Plans</h2><PlanCards {...props} /></section>}
      {limits && <section><h2>What is used</h2><UsageBars usage={usage} limits={limits} /></section>}
      {invoices && <section><h2>Bills</h2><Bills invoices={invoices} zone={page.workspace.zone} /></section>}
    </>
  );
}

function StandingText({ page: { workspace: { zone } }, state: { standing, account }, terms }: AccountPageProps): ComponentChildren {
  const time = (at: number) => <Time at={at} zone={zone} />;
  const card = account?.cardLast4 ? `the ${account.cardBrand ?? 'card'} ending in ${account.cardLast4}` : 'your way of paying';
  const next = planOf(terms.prices.find(({ priceId }) => priceId === account?.nextPriceId)?.plan.id);
  switch (standing.kind) {
    case 'free':
      return <p>Whoever runs this instance lets this workspace in for free. There is nothing to pay and everything is allowed.</p>;
    case 'trial':
      if (!standing.plan) return <p>Your trial runs until {time(standing.endsAt)}. No card is needed until then. What is left of it carries over when you choose a plan today.</p>;
      return standing.cancels
        ? <p>You chose {standing.plan.name} and canceled it. The trial runs until {time(standing.endsAt)}, and nothing is charged.</p>
        : <p>You chose {standing.plan.name}, and have all of it now. The trial runs until {time(standing.endsAt)}; then {card} pays for the first time.</p>;
    case 'active':
      return (
        <>
          <p><strong>{standing.plan?.name ?? 'Your plan'}</strong>{standing.cancelAt !== null ? <>, until {time(standing.cancelAt)}. It is canceled and not renewed.</> : standing.periodEnd !== null ? <>, renewed on {time(standing.periodEnd)} with {card}.</> : '.'}</p>
          {account?.nextPriceId && standing.periodEnd !== null && <p>From {time(standing.periodEnd)} it is {next?.name ?? 'another plan'}.</p>}
        </>
      );
    case 'past_due':
      return <p class="needs-you">A payment failed. Everything goes on until {time(standing.heldAt)}, then nothing more is sent. Pay the open bill or use another card: it goes on at once.</p>;
    case 'ended':
      return <p class="needs-you">{endings[standing.because]} on {time(standing.endedAt)}. What is scheduled goes out until {time(standing.heldAt)}. Nothing new can be added, and nothing is deleted.</p>;
    case 'held':
      return <p class="needs-you">{endings[standing.because]}. Since {time(standing.since)} nothing is sent. Everything you have here stays, and goes on as soon as it is paid for.</p>;
  }
}

const endings = { trial: 'The trial ended', canceled: 'The subscription ended', unpaid: 'The subscription is unpaid' } as const;

/** What can be done with the subscription that is there. */
function Deeds({ page: { csrf }, state: { standing, account }, owner, intent }: AccountPageProps) {
  if (!owner) return standing.kind === 'free' ? null : <p class="help">Only an owner of the workspace changes this.</p>;
  if (!account?.customerId) return null;
  const live = isLive(account.status);
  const fields = { intent };
  const unpaid = standing.kind === 'past_due' || (standing.kind === 'held' && live);
  return (
    <>
      <div class="buttons">
        <ActionButton action="/settings/billing/portal" csrf={csrf} kind={unpaid ? 'primary' : 'quiet'}>{unpaid ? 'Pay or change the card at Stripe' : 'Card, address and bills at Stripe'}</ActionButton>
        {live && account.cancelAt !== null && <ActionButton action="/settings/billing/resume" csrf={csrf} kind="primary" fields={fields}>Resume the subscription</ActionButton>}
        {live && account.nextPriceId !== null && <ActionButton action="/settings/billing/keep" csrf={csrf} fields={fields}>Keep the present plan</ActionButton>}
      </div>
      {live && account.cancelAt === null && (
        <details class="remove">
          <summary>Cancel the subscription</summary>
          <p>It runs to the end of what is paid. Then scheduled posts still go out for the days of grace, nothing is deleted, and you can come back at any time.</p>
          <ActionButton action="/settings/billing/cancel" csrf={csrf} kind="danger" fields={fields}>Cancel at the end of the period</ActionButton>
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
      {live && account?.priceId === priceId ? <span class="help">Your plan</span>
        : !owner ? null
        : live ? canChange && <a class="button" href={`/settings/billing/change?price=${priceId}`}>{label}Change to it</a>
        : <ActionButton action="/settings/billing/checkout" csrf={csrf} kind="primary" fields={{ intent, price: priceId }}>{label}Choose</ActionButton>}
    </div>
  );
}
