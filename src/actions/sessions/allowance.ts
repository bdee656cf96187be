import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

/** What may be done so often by whom, within how many seconds. */
const limits = {
  /** Links to a new password, per e-mail address and per network address. */
  reset_email: { points: 3, duration: 60 * 60 },
  reset_address: { points: 20, duration: 60 * 60 },
  /** Links that confirm an address, per person. */
  verify: { points: 3, duration: 60 * 60 },
  /** The public form, per network address and per e-mail address: it sends a mail to whatever is typed. */
  contact_address: { points: 5, duration: 60 * 60 },
  contact_email: { points: 3, duration: 24 * 60 * 60 },
  /** Messages in a thread by its secret address, and of members. */
  write: { points: 30, duration: 60 * 60 },
  /** What is looked up elsewhere while somebody writes, per person: people to mention, and pages that are linked to. */
  mentions: { points: 120, duration: 60 },
  link_previews: { points: 60, duration: 60 },
  test_mail: { points: 10, duration: 10 * 60 },
} as const;

export interface Allowance {
  /** Takes one of what is left; 0 when there was one, else the seconds to wait. */
  take(what: keyof typeof limits, who: string): Promise<number>;
}

/** Keeps mails, and questions to others, from being made a nuisance of. Kept in memory: a restart forgives. */
export function createAllowance(): Allowance {
  const limiters = new Map(Object.entries(limits).map(([name, limit]) => [name, new RateLimiterMemory(limit)]));
  return {
    async take(what, who) {
      const limiter = limiters.get(what);
      if (!limiter) return 0;
      const state = await limiter.get(who);
      if (state && state.remainingPoints <= 0) return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
      await limiter.penalty(who);
      return 0;
    },
  };
}
