import type { ChangePreview } from '../../billing/change.ts';
import { moneyText } from '../../domain/billing/money.ts';
import type { Plan } from '../../domain/billing/plan.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import type { Price } from '../../store/billing/billing.ts';
import type { View } from '../page.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Table } from '../ui/table.tsx';
import { Time } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';
import { PlanFacts } from './account-page.tsx';
import { priceText } from './parts.tsx';

/** What a change does and costs, before it is done. */
export function ChangePage({ page: { csrf, workspace }, plan, price, priceId, preview, intent }: {
  page: View; plan: Plan | undefined; price: Price | undefined; priceId: string; preview: ChangePreview; intent: string;
}) {
  const { when, at, due, prorationDate } = preview;
  return (
    <div class="narrow change">
      <h1>{rich(t.changeTo, { name: plan?.name })}</h1>
      {plan && <PlanFacts plan={plan} />}
      <p><strong>{priceText(price)}</strong></p>
      {when === 'later' && <p>{rich(t.changesLater, { when: <Time at={at} zone={workspace.zone} />, name: plan?.name })}</p>}
      {when === 'now' && !due && <p>{t.changesNow}</p>}
      {due && (
        <>
          <p>{t.changesNowPaid}</p>
          <Table
            label={t.reckoned}
            columns={[{ label: t.reckonedLine }, { label: t.reckonedAmount, amount: true }]}
            rows={due.lines.map(({ said, amount }) => [said, moneyText(amount, due.currency)])}
            last={[t.dueNow, moneyText(due.amount, due.currency)]}
          />
        </>
      )}
      <Form action="/settings/billing/change" csrf={csrf}>
        <input type="hidden" name="price" value={priceId} />
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="reckoned" value={prorationDate} />
        <Buttons><Button kind="primary">{due ? t.changeAndPay(moneyText(due.amount, due.currency)) : t.changePlan}</Button><ButtonLink kind="quiet" href="/settings/billing">{t.leaveIt}</ButtonLink></Buttons>
      </Form>
    </div>
  );
}
