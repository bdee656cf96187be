import type { Actor } from '../../domain/actor.ts';
import { wallOf } from '../../domain/time/schedule.ts';
import type { Deps } from '../../deps.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** The next minute for which nothing of this workspace is scheduled, as wall time in `zone`; far enough ahead to press a button. */
export async function nextFreeMinute({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId }: Actor, zone: string): Promise<string> {
  const first = Math.floor(now() / minute) * minute + 2 * minute;
  const taken = new Set((await store.posts.between(workspaceId, first, first + day, 24 * 60))
    .filter(({ state }) => state === 'scheduled').map(({ at }) => Math.floor((at ?? 0) / minute)));
  let at = first / minute;
  while (taken.has(at)) at += 1;
  return wallOf(at * minute, zone);
}
