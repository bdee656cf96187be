import type { Actor } from '../../domain/actor.ts';
import { remedyOf } from '../../domain/posts/remedy.ts';
import type { Deps } from '../../deps.ts';
import type { Channel } from '../../store/channels.ts';
import type { FailedThere } from '../../store/channels/channel-lives.ts';

/** Most that are shown and tried again at one time. */
export const mostRetried = 200;

/** What failed on a channel: what may be sent again as it is, and what a person must change first. */
export interface FailedOn {
  safe: readonly FailedThere[];
  rest: readonly FailedThere[];
}

export async function failedOn({ store }: Pick<Deps, 'store'>, channel: Channel): Promise<FailedOn> {
  const failed = await store.channelLives.failed(channel.workspaceId, channel.id, mostRetried);
  const standing = channel.removedAt === null ? channel.connectionStatus : null;
  const isSafe = ({ failure, contentDeleted }: FailedThere) => remedyOf({ status: 'failed', held: null, failure }, { standing, contentDeleted }) === 'retry';
  return { safe: failed.filter(isSafe), rest: failed.filter((one) => !isSafe(one)) };
}

/** Tries those of `ids` again that failed on this channel and need no change; says how many. */
export async function retryFailedOn(deps: Pick<Deps, 'store' | 'now'>, { workspaceId, userId }: Actor, channel: Channel, ids: readonly string[]): Promise<number> {
  const { safe } = await failedOn(deps, channel);
  let tried = 0;
  for (const { id } of safe) if (ids.includes(id) && (await deps.store.publications.retry(workspaceId, id, deps.now(), userId))) tried += 1;
  return tried;
}
