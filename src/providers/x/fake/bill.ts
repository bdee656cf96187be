import { outOfCredits } from './refusal.ts';

/** X's price list in thousandths of a dollar (docs.x.com/x-api/getting-started/pricing, read 2026-11-25). */
const list = { post: 15, postWithLink: 200, description: 5, postRead: 5, userRead: 10 } as const;

export type Billed = keyof typeof list;

export interface Bill {
  /** What was billed, in order. */
  items: Billed[];
  /** In dollars. */
  total(): number;
  /** Refuses when there are no credits left; what is read twice on a day is billed once. */
  charge(item: Billed, resource?: string): void;
}

export function openBill(state: { now(): number; credits: number }): Bill {
  const items: Billed[] = [];
  const read = new Set<string>();
  const total = () => items.reduce((sum, item) => sum + list[item], 0) / 1000;
  return {
    items, total,
    charge(item, resource) {
      if (total() >= state.credits) throw outOfCredits();
      const once = resource === undefined ? null : `${item} ${resource} ${Math.floor(state.now() / 86_400_000)}`;
      if (once !== null && read.has(once)) return;
      if (once !== null) read.add(once);
      items.push(item);
    },
  };
}
