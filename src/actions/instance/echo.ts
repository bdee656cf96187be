import type { Arrival } from '../../domain/instance/address.ts';
import { newToken } from '../../lib/secrets/tokens.ts';

/** How a call of ours to ourselves arrived. */
export type CameBack = Omit<Arrival, 'origin'>;

/**
 * Calls of this instance to itself. Each has a name that is good once and an answer that nobody else knows: whoever gives it
 * is this very process.
 */
export interface Echo {
  ask(): { nonce: string; answer: string; cameBack(): CameBack | null };
  /** What to answer; null for a call that is not ours, or came before. */
  answer(nonce: string, arrival: CameBack): string | null;
}

/** Longer than any look takes (ms). */
const patience = 60_000;
/** So many at once: each is a press of one person's button. */
const most = 20;

export function createEcho(now: () => number): Echo {
  const open = new Map<string, { answer: string; until: number; came: CameBack | null }>();
  return {
    ask() {
      for (const [nonce, { until }] of open) if (until <= now() || open.size >= most) open.delete(nonce);
      const nonce = newToken();
      const call = { answer: newToken(), until: now() + patience, came: null as CameBack | null };
      open.set(nonce, call);
      return { nonce, answer: call.answer, cameBack: () => call.came };
    },
    answer(nonce, arrival) {
      const call = open.get(nonce);
      if (!call || call.until <= now()) return null;
      open.delete(nonce);
      call.came = arrival;
      return call.answer;
    },
  };
}
