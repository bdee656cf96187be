import type { FakeAccount } from './account.ts';
import { readForm, type Value } from './referee.ts';

/** What was sent, read with its names; `text` is empty for what is not there. */
export interface Sent {
  id: string;
  raw: { readonly [name: string]: Value };
  text: (name: string) => string;
}

export type Api = { readonly [operation: string]: (account: FakeAccount, sent: Sent) => object };

export function sentOf(form: URLSearchParams, id: string): Sent {
  const raw = readForm(form);
  return { id, raw, text: (name) => { const value = raw[name]; return typeof value === 'string' ? value : ''; } };
}

/** A page of a list, the newest first, after the cursor. */
export function list<T extends { id?: string; created: number }>(url: string, text: Sent['text'], all: readonly T[]) {
  const sorted = all.toReversed();
  const from = text('starting_after') === '' ? 0 : sorted.findIndex(({ id }) => id === text('starting_after')) + 1;
  const limit = Number(text('limit') || '10');
  return { object: 'list', url, has_more: sorted.length > from + limit, data: sorted.slice(from, from + limit) };
}

export function raise(error: Error): never {
  throw error;
}
