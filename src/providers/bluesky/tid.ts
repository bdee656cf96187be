import { keyOf } from '../keys.ts';

/** Base 32 whose letters sort like their values (AT Protocol, "Timestamp Identifiers"; @atproto/syntax, read 2026-11-24). */
const letters = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The record key of one part: 13 letters, of 53 bits of microseconds and 10 bits of "clock". The same for every run of the
 * same publication; later parts sort after earlier ones. Publications frozen at the same moment are kept apart by
 * their ids: each takes its own microsecond of the last second, and its own clock.
 */
export function tidOf(job: { id: string; frozenAt: number }, step: string, index: number): string {
  const early = BigInt(`0x${keyOf(job, 'post').slice(0, 8)}`) % 1_000_000n;
  const micros = BigInt(job.frozenAt) * 1_000n - early + BigInt(index);
  const clock = BigInt(`0x${keyOf(job, step).slice(-4)}`) & 1023n;
  const value = (micros << 10n) | clock;
  return Array.from({ length: 13 }, (_, i) => letters.charAt(Number((value >> BigInt(60 - 5 * i)) & 31n))).join('');
}
