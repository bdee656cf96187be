import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

export interface Allowed {
  ok: boolean;
  limit: number;
  remaining: number;
  /** Seconds until it is whole again. */
  reset: number;
}

export interface Allowance {
  /** Takes one call of this kind from what a key may do; null where nothing is limited. */
  take(keyId: string, kind: 'create' | 'other'): Promise<Allowed | null>;
  /** Takes one of the calls that the plan of a workspace has in an hour. */
  takePlanned(workspaceId: string, perHour: number): Promise<Allowed>;
}

/** So many posts made in an hour and so many other calls in a minute, for each key; 0 is without a limit. Kept in memory. */
export function createAllowance({ postsPerHour, callsPerMinute }: { postsPerHour: number; callsPerMinute: number }): Allowance {
  const limiter = (points: number, duration: number) => (points === 0 ? null : { points, of: new RateLimiterMemory({ points, duration }) });
  const limiters = { create: limiter(postsPerHour, 60 * 60), other: limiter(callsPerMinute, 60) };
  const planned = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 60 * 60 });
  return {
    async takePlanned(workspaceId, perHour) {
      const before = await planned.get(workspaceId);
      const ok = (before?.consumedPoints ?? 0) < perHour;
      const state = ok || before === null ? await planned.consume(workspaceId) : before;
      return { ok, limit: perHour, remaining: Math.max(0, perHour - state.consumedPoints), reset: Math.max(1, Math.ceil(state.msBeforeNext / 1000)) };
    },
    async take(keyId, kind) {
      const limited = limiters[kind];
      if (!limited) return null;
      const { points, of } = limited;
      // Refused calls are not counted: who waits as long as told gets in.
      const before = await of.get(keyId);
      const ok = before === null || before.remainingPoints > 0;
      const state = ok ? await of.consume(keyId) : before;
      return { ok, limit: points, remaining: Math.max(0, state.remainingPoints), reset: Math.max(1, Math.ceil(state.msBeforeNext / 1000)) };
    },
  };
}
