import type { ChangePreview } from '../../billing/change.ts';
import { moneyText } from '../../domain/money.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Price } from '../../store/billing.ts';
import type { View } from '../page.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { PlanFacts } from './account-page.tsx';
import { priceText } from './parts.tsx';

/** What a change does and costs, before it is done. */
export function ChangePage({ page: { csrf, workspace }, plan, price, priceId, preview, intent }: {
  page: View; plan: Plan | undefined; price: Price | undefined; priceId: string; preview: ChangePreview; intent: string;
}) {
  const { when, at, due, prorationDate } = preview;
  return (
    <div class="narrow change">
      <h1>Change to {plan?.name}</h1>
      {plan && <PlanFacts plan={plan} />}
      <p><strong>{priceText(price)}</strong></p>
      {when === 'later' && <p>You have what you paid for until <Time at={at} zone={workspace.zone} />. Then it is {plan?.name}. Nothing is charged now, and nothing you have is deleted: over the smaller limits nothing new can be added.</p>}
      {when === 'now' && !due && <p>It counts at once. Your trial goes on as it was, and nothing is charged now.</p>}
      {due && (
        <>
          <p>It counts at once. What is left of the present plan is taken off; Stripe reckons:</p>
          <table class="table">
            <tbody>
              {due.lines.map(({ said, amount }) => <tr><td>{said}</td><td class="amount">{moneyText(amount, due.currency)}</td></tr>)}
              <tr class="sum"><th scope="row">Due now</th><td class="amount">{moneyText(due.amount, due.currency)}</td></tr>
            </tbody>
          </table>
        </>
      )}
      <Form action="/settings/billing/change" csrf={csrf}>
        <input type="hidden" name="price" value={priceId} />
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="reckoned" value={prorationDate} />
        <div class="buttons"><button class="button primary">{due ? `Change and pay ${moneyText(due.amount, due.currency)}` : 'Change the plan'}</button><a class="button quiet" href="/settings/billing">Leave it</a></div>
      </Form>
    </div>
  );
}
