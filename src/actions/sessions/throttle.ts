import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

export interface Throttle {
  /** Seconds to wait before the next try, or 0. */
  wait(email: string, ip: string): Promise<number>;
  /** Counts a failed try. */
  failed(email: string, ip: string): Promise<void>;
  /** A right password wipes the slate of this pair. */
  succeeded(email: string, ip: string): Promise<void>;
}

/**
 * Slows guessing down: five wrong passwords per address and e-mail, and fifty per address over all e-mails, within 15
 * minutes. Nobody can lock another person's account, for the pair is what counts. Kept in memory: a restart forgives.
 */
export function createThrottle(): Throttle {
  const perPair = new RateLimiterMemory({ points: 5, duration: 15 * 60 });
  const perAddress = new RateLimiterMemory({ points: 50, duration: 15 * 60 });
  const pair = (email: string, ip: string) => `${ip} ${email}`;
  const waitOf = async (limiter: RateLimiterMemory, key: string) => {
    const state = await limiter.get(key);
    return state && state.remainingPoints <= 0 ? Math.ceil(state.msBeforeNext / 1000) : 0;
  };
  return {
    wait: async (email, ip) => Math.max(await waitOf(perPair, pair(email, ip)), await waitOf(perAddress, ip)),
    async failed(email, ip) {
      await perPair.penalty(pair(email, ip));
      await perAddress.penalty(ip);
    },
    async succeeded(email, ip) {
      await perPair.delete(pair(email, ip));
    },
  };
}
