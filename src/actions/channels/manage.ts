import type { Actor } from '../../domain/actor.ts';
import { labelName } from '../../domain/posts/label.ts';
import { refused, type Result } from '../../domain/result.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import type { Deps } from '../../deps.ts';

type ManageDeps = Pick<Deps, 'store' | 'now'>;

export const longestChannelName = 80;

/** What the channel is called here; an empty name, or the network's own, lets the network's stand again. */
export async function renameChannel({ store, now }: ManageDeps, { workspaceId, userId }: Actor, id: string, typed: string): Promise<Result> {
  const name = labelName(typed);
  if (Array.from(name).length > longestChannelName) return refused('name', t.nameTooLong(longestChannelName));
  const channel = await store.channels.get(workspaceId, id);
  const own = name === '' || name === channel?.networkName ? null : name;
  if (channel?.ownName === own && channel.removedAt === null) return { ok: true };
  return (await store.channels.rename(workspaceId, id, own, { userId, now: now() })) ? { ok: true } : refused('', t.channelGone);
}

/** Holds what is due on a channel and says so there, until it is resumed. */
export async function pauseChannel({ store, now }: ManageDeps, { workspaceId, userId }: Actor, id: string): Promise<Result> {
  return (await store.channels.pause(workspaceId, id, true, { userId, now: now() })) ? { ok: true } : refused('', t.alreadyPaused);
}

export async function resumeChannel({ store, now }: ManageDeps, { workspaceId, userId }: Actor, id: string): Promise<Result> {
  return (await store.channels.pause(workspaceId, id, false, { userId, now: now() })) ? { ok: true } : refused('', t.notPaused);
}

/** Takes a disconnected channel out of sight; false while it is connected or something is being sent on it. */
export async function removeChannel({ store, now }: ManageDeps, { workspaceId, userId }: Actor, id: string): Promise<boolean> {
  return store.channels.remove(workspaceId, id, now(), userId);
}
