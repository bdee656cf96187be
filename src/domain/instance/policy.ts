import { Temporal } from 'temporal-polyfill';
import type { Problem } from '../limits.ts';
import { names } from '../texts/names.ts';
import { policyRefusals as t } from '../texts/refusals/policy.ts';

/** The pages that make up the policy, in the order in which they are listed. */
export const policyPages = ['privacy', 'terms', 'processors'] as const;
export type PolicyPage = (typeof policyPages)[number];
export type PolicyTexts = Record<PolicyPage, string>;

export const pageTitles: PolicyTexts = names.pages;

export const noTexts: PolicyTexts = { privacy: '', terms: '', processors: '' };

/** A change that matters takes effect no sooner than so many days after it is announced. */
export const noticeDays = 14;

const day = 24 * 60 * 60 * 1000;

/** The first day (`YYYY-MM-DD`) on which a change that is announced at `now` may take effect: full days of notice, at 00:00 UTC. */
export function earliestDay(now: number): string {
  return new Date(Math.ceil((now + noticeDays * day) / day) * day).toISOString().slice(0, 10);
}

/** The instant at which a change takes effect, or what is wrong with the day. */
export function effectiveOf(text: string, now: number): { at: number } | Problem {
  let date: Temporal.PlainDate;
  try {
    date = Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return { field: 'effective', message: t.dayMissing };
  }
  const at = date.toZonedDateTime('UTC').epochMilliseconds;
  if (at - now < noticeDays * day) return { field: 'effective', message: t.dayTooSoon(noticeDays, earliestDay(now)) };
  if (at - now > 366 * day) return { field: 'effective', message: t.dayTooFar };
  return { at };
}

/** "8 December 2026": the day from which a text holds. */
export function dateText(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}
