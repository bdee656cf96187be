import { names } from '../texts/names.ts';

/** Currencies without a smaller unit, as Stripe counts (docs.stripe.com/currencies, read 2026-11). */
const whole = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'ugx', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
/** Those with three decimals. */
const thousandths = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** An amount in a currency's smallest unit as people read it: "€12.00", "¥1,200". */
export function moneyText(amount: number, currency: string): string {
  const code = currency.toLowerCase();
  const digits = whole.has(code) ? 0 : thousandths.has(code) ? 3 : 2;
  const value = amount / 10 ** digits;
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: code.toUpperCase(), minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  } catch {
    return `${value.toFixed(digits)} ${code.toUpperCase()}`;
  }
}

/** "a month", "a year", "every 3 months". */
export function everyText(interval: string, count: number): string {
  return names.every(interval, count);
}
