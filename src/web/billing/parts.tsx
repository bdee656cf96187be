import type { PlanLimits } from '../../domain/billing/plan.ts';
import { moneyText, everyText } from '../../domain/billing/money.ts';
import { sizeText } from '../../domain/units.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import type { Price } from '../../store/billing/billing.ts';
import type { Invoice, Usage } from '../../store/billing/invoices.ts';
import { Table } from '../ui/table.tsx';
import { safeHref } from '../words/links.ts';
import { dayText } from '../words/time.tsx';

/** "€12.00 a month". */
export function priceText(price: Price | undefined): string {
  return price ? `${moneyText(price.amount, price.currency)} ${everyText(price.interval, price.intervalCount)}` : t.priceAtCheckout;
}

const number = (n: number) => n.toLocaleString('en');

/** What is used of what the plan has: a bar each, and the numbers. */
export function UsageBars({ usage, limits }: { usage: Usage; limits: PlanLimits }) {
  const rows = [
    { id: 'channels', label: t.channels, used: usage.channels, max: limits.channels, text: number },
    { id: 'members', label: t.members, used: usage.members, max: limits.members, text: number },
    { id: 'scheduled', label: t.scheduled, used: usage.scheduled, max: limits.scheduled, text: number },
    { id: 'storage', label: t.media, used: usage.storageBytes, max: limits.storageBytes, text: sizeText },
  ];
  return (
    <ul class="usage">
      {rows.map(({ id, label, used, max, text }) => (
        <li>
          <span id={`usage-${id}`}>{label}</span>
          <span class={used > max ? 'count needs-you' : 'count'}>{t.usedOf(text(used), text(max))}</span>
          <progress value={Math.min(used, max)} max={max} aria-labelledby={`usage-${id}`} />
          {used > max && <span class="help">{t.overLimit}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Bills({ invoices, zone }: { invoices: readonly Invoice[]; zone: string }) {
  if (invoices.length === 0) return <p class="help">{t.noBills}</p>;
  return (
    <Table
      label={t.bills}
      columns={[{ label: t.billNumber }, { label: t.billDate }, { label: t.billAmount, amount: true }, { label: t.billTax, amount: true }, { label: t.billState }, { label: <span class="visually-hidden">{t.billLink}</span> }]}
      rows={invoices.map((invoice) => {
        const link = safeHref(invoice.link);
        return [
          invoice.number ?? t.noNumber, dayText(invoice.createdAt, zone), moneyText(invoice.total, invoice.currency), moneyText(invoice.tax, invoice.currency), invoiceText(invoice),
          link && <a href={link} rel="noopener noreferrer">{invoice.status === 'open' ? t.payBill : t.seeBill}<span class="visually-hidden"> ({invoice.number})</span></a>,
        ];
      })}
    />
  );
}

export function invoiceText({ status, refunded, paid, attempts, currency }: Invoice): string {
  if (refunded > 0) return refunded >= paid ? t.billRefunded : t.billPartlyRefunded(moneyText(refunded, currency));
  switch (status) {
    case 'paid': return t.billPaid;
    case 'open': return attempts > 0 ? t.billFailed : t.billOpen;
    case 'uncollectible': return t.billWrittenOff;
    case 'void': return t.billVoid;
  }
}
