import type { PlanLimits } from '../../domain/plan.ts';
import { moneyText, everyText } from '../../domain/money.ts';
import { sizeText } from '../../domain/units.ts';
import type { Price } from '../../store/billing.ts';
import type { Invoice, Usage } from '../../store/invoices.ts';
import { safeHref } from '../words/links.ts';
import { dayText } from '../words/time.tsx';

/** "€12.00 a month". */
export function priceText(price: Price | undefined): string {
  return price ? `${moneyText(price.amount, price.currency)} ${everyText(price.interval, price.intervalCount)}` : 'Price at check-out';
}

const number = (n: number) => n.toLocaleString('en');

/** What is used of what the plan has: a bar each, and the numbers. */
export function UsageBars({ usage, limits }: { usage: Usage; limits: PlanLimits }) {
  const rows = [
    { id: 'channels', label: 'Channels', used: usage.channels, max: limits.channels, text: number },
    { id: 'members', label: 'Members', used: usage.members, max: limits.members, text: number },
    { id: 'scheduled', label: 'Scheduled posts', used: usage.scheduled, max: limits.scheduled, text: number },
    { id: 'storage', label: 'Media', used: usage.storageBytes, max: limits.storageBytes, text: sizeText },
  ];
  return (
    <ul class="usage">
      {rows.map(({ id, label, used, max, text }) => (
        <li>
          <span id={`usage-${id}`}>{label}</span>
          <span class={used > max ? 'count needs-you' : 'count'}>{text(used)} of {text(max)}</span>
          <progress value={Math.min(used, max)} max={max} aria-labelledby={`usage-${id}`} />
          {used > max && <span class="help">Over the limit: nothing new can be added, and nothing is taken away.</span>}
        </li>
      ))}
    </ul>
  );
}

export function Bills({ invoices, zone }: { invoices: readonly Invoice[]; zone: string }) {
  if (invoices.length === 0) return <p class="help">Your bills will stand here.</p>;
  return (
    <div class="scrolls" role="region" aria-label="Bills" tabIndex={0}>
      <table class="table">
        <thead><tr><th scope="col">Number</th><th scope="col">Date</th><th scope="col" class="amount">Amount</th><th scope="col" class="amount">Tax in it</th><th scope="col">State</th><th scope="col"><span class="visually-hidden">Link</span></th></tr></thead>
        <tbody>
          {invoices.map((invoice) => {
            const link = safeHref(invoice.link);
            return (
              <tr>
                <td>{invoice.number ?? 'none'}</td><td>{dayText(invoice.createdAt, zone)}</td>
                <td class="amount">{moneyText(invoice.total, invoice.currency)}</td><td class="amount">{moneyText(invoice.tax, invoice.currency)}</td>
                <td>{invoiceText(invoice)}</td>
                <td>{link && <a href={link} rel="noopener noreferrer">{invoice.status === 'open' ? 'Pay it' : 'See it'}<span class="visually-hidden"> ({invoice.number})</span></a>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function invoiceText({ status, refunded, paid, attempts, currency }: Invoice): string {
  if (refunded > 0) return refunded >= paid ? 'Refunded' : `Paid, ${moneyText(refunded, currency)} refunded`;
  switch (status) {
    case 'paid': return 'Paid';
    case 'open': return attempts > 0 ? 'Payment failed' : 'Open';
    case 'uncollectible': return 'Written off';
    case 'void': return 'Void';
  }
}
