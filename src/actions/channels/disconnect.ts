import type { Actor } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';

/**
 * Deletes the grant at once, then tells the network where it can be told. `revoked` is false when the network could not be
 * reached or has no way to revoke: the grant is gone here all the same.
 */
export async function disconnect(
  { store, providers, io, now, log }: Pick<Deps, 'store' | 'providers' | 'io' | 'now' | 'log'>, { workspaceId }: Actor, channelId: string,
): Promise<{ found: boolean; revoked: boolean }> {
  const channel = await store.channels.get(workspaceId, channelId);
  if (!channel) return { found: false, revoked: false };
  const provider = providers.get(channel.provider);
  const grant = await store.connections.grant(workspaceId, channel.connectionId);
  await store.connections.disconnect(workspaceId, channel.connectionId, now());
  if (!grant || !provider?.revoke) return { found: true, revoked: false };
  try {
    await provider.revoke(provider.grant.parse(grant.grant), io(provider.id, workspaceId));
    return { found: true, revoked: true };
  } catch (error) {
    log.warn({ err: error, provider: provider.id }, 'the network could not be told of the disconnect');
    return { found: true, revoked: false };
  }
}
