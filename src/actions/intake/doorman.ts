import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';

/** How often one stranger is answered, and how many are in a minute (ms). */
const oncePer = 6 * 60 * 60 * 1000;
const minute = 60 * 1000;
const perMinute = 20;
/** How many strangers are told apart. */
const most = 5_000;

/**
 * Says whether a stranger may be answered: seldom each, few in all, so that nobody can make the bot talk. Who they are is
 * nowhere but in memory, and there only as a hash that means nothing to another process.
 */
export function createDoorman(now: () => number): (who: string) => boolean {
  const salt = newToken();
  const answered = new Map<string, number>();
  let lately: number[] = [];
  return (who) => {
    const at = now();
    for (const [key, when] of answered) if (at - when >= oncePer || at < when) answered.delete(key);
    lately = lately.filter((when) => at - when < minute && at >= when);
    const key = tokenHash(`${salt}${who}`);
    if (answered.has(key) || lately.length >= perMinute || answered.size >= most) return false;
    answered.set(key, at);
    lately.push(at);
    return true;
  };
}
