import { day, keepDays } from './retention.ts';
import { names } from '../texts/names.ts';

/** What a person can ask for by right. `other` needs a person's answer. */
export const requestKinds = ['access', 'portability', 'erasure', 'rectification', 'restriction', 'objection', 'withdrawal', 'other'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestWords: Record<RequestKind, string> = names.requests;

/** A moment in a mail, where nobody's zone is known. */
export function momentText(at: number): string {
  return `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
}

/** Within how many days every request is answered. */
export const answerDays = 30;
export const answerWithin = answerDays * day;

/** What a deletion has deleted so far, by kind: numbers and nothing else. */
export interface ErasureCounts {
  [what: string]: number;
}

/**
 * How long a deletion can be undone (ms): until six hours before the keep-time of an account is over, so that everything is
 * gone when it is.
 */
export const graceMs = keepDays('account', 'account_deleted') * day - 6 * 60 * 60 * 1000;

/** How long what is in flight may settle before a deletion goes on without it (ms). */
export const settleWithin = 15 * 60 * 1000;

/** How long networks that do not answer are told again that an access ends, before it is deleted all the same (ms). */
export const revokeWithin = 5 * 60 * 1000;
