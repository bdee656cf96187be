import { tooMany } from './refusal.ts';

/** Calls per account in 15 minutes (docs.x.com/x-api/fundamentals/rate-limits, read 2026-11-25). */
const most: Record<string, number> = {
  'POST /2/tweets': 100, 'POST /2/media/upload': 500, 'GET /2/media/upload': 1_000, 'POST /2/media/upload/initialize': 1_875,
  'POST /2/media/upload/:id/append': 1_875, 'POST /2/media/upload/:id/finalize': 1_875, 'POST /2/media/metadata': 500, 'GET /2/users/me': 75, 'GET /2/users/:id/tweets': 900,
};

const quarter = 15 * 60_000;

/** Counts a call and gives the headers of its answer; refuses it when there were too many. */
export function rateLimits(now: () => number): (route: string) => Record<string, string> {
  const windows = new Map<string, { until: number; left: number }>();
  return (route) => {
    const limit = most[route];
    if (limit === undefined) return {};
    const known = windows.get(route);
    const window = known && known.until > now() ? known : { until: now() + quarter, left: limit };
    windows.set(route, window);
    const reset = Math.ceil(window.until / 1000);
    if (window.left === 0) throw tooMany(reset);
    window.left -= 1;
    return { 'x-rate-limit-limit': String(limit), 'x-rate-limit-remaining': String(window.left), 'x-rate-limit-reset': String(reset) };
  };
}
