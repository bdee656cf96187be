import type { FakeAccount } from './account.ts';

/** An answer as it goes out: references are ids unless they are asked for whole, and a bill's payments are left out unless asked for. */
export function rendered(account: FakeAccount, answer: object, expand: readonly string[]): object {
  const copy = structuredClone(answer) as Record<string, unknown>;
  if (!expand.some((path) => path.endsWith('payments'))) withoutPayments(copy);
  for (const path of expand) unfold(account, copy, path.split('.'));
  return copy;
}

function withoutPayments(value: Record<string, unknown>): void {
  if (value['object'] === 'invoice') delete value['payments'];
  const { data } = value;
  if (Array.isArray(data)) for (const item of data) if (typeof item === 'object' && item !== null) withoutPayments(item as Record<string, unknown>);
}

function unfold(account: FakeAccount, at: Record<string, unknown>, [name = '', ...rest]: readonly string[]): void {
  const there = at[name];
  if (Array.isArray(there)) {
    for (const item of there) unfold(account, item as Record<string, unknown>, rest);
    return;
  }
  if (typeof there === 'string') at[name] = structuredClone(wholeOf(account, there));
  const next = at[name];
  if (rest.length > 0 && typeof next === 'object' && next !== null) unfold(account, next as Record<string, unknown>, rest);
}

function wholeOf(account: FakeAccount, id: string): object {
  const whole = account.methods.get(id) ?? account.schedules.get(id) ?? account.customers.get(id) ?? account.subscriptions.get(id) ?? account.invoices.get(id);
  if (!whole) throw new Error(`${id} cannot be expanded`);
  return whole;
}
