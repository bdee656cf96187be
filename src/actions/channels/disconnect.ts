import type { Actor } from '../../domain/actor.ts';
import type { Json } from '../../domain/json.ts';
import type { Deps } from '../../deps.ts';
import type { Provider } from '../../providers/contract.ts';
import { familyOf } from '../../providers/setups.ts';
import type { Channel } from '../../store/channels.ts';
import type { Connection } from '../../store/channels/connections.ts';

export type DisconnectDeps = Pick<Deps, 'store' | 'providers' | 'io' | 'now' | 'log'>;

/**
 * What was done: `parted` leaves the others of the connection; `revoked` was told to the network, `deleted` could not be;
 * `shared` was not told, for the same account is connected on this instance once more and would be cut off.
 */
export type Ended = 'parted' | 'revoked' | 'deleted' | 'shared';

/**
 * Disconnects a channel. Others of its connection stay where the grant can be parted; else, and with the last one, the
 * grant is deleted at once and then the network is told. Undefined when there is no such channel.
 */
export async function disconnect(deps: DisconnectDeps, { workspaceId, userId }: Actor, channelId: string): Promise<Ended | undefined> {
  const { store, providers } = deps;
  const channel = await store.channels.get(workspaceId, channelId);
  if (!channel) return undefined;
  const provider = providers.get(channel.provider);
  if (channel.connectionStatus === 'revoked') return 'deleted';
  if (provider && (await partWith(deps, provider, channel, userId))) return 'parted';
  const connection = await store.connections.get(workspaceId, channel.connectionId);
  return connection && endConnection(deps, connection, userId);
}

/** Disconnects an account through which no channel was chosen. Undefined when there is none. */
export async function disconnectUnused(deps: DisconnectDeps, { workspaceId, userId }: Actor, connectionId: string): Promise<Ended | undefined> {
  const connection = await deps.store.connections.get(workspaceId, connectionId);
  if (!connection || (await deps.store.channels.ofConnection(workspaceId, connectionId)).length > 0) return undefined;
  return endConnection(deps, connection, userId);
}

/** The channels that go with this one when it is disconnected, of all that are in sight. */
export function goingAlong(channel: Channel, channels: readonly Channel[], provider: Provider | undefined): Channel[] {
  return provider?.without ? [] : sharing(channel, channels);
}

/** The other channels that are reached through the same grant. */
export function sharing({ id, connectionId }: Channel, channels: readonly Channel[]): Channel[] {
  return channels.filter((other) => other.connectionId === connectionId && other.id !== id && other.connectionStatus !== 'revoked');
}

/** Takes the part of one channel out of the grant; false when nothing would be left or it cannot be parted. */
export async function partWith({ store, now }: DisconnectDeps, provider: Provider, channel: Channel, userId: string | null): Promise<boolean> {
  const { workspaceId, connectionId, remoteId, id: channelId } = channel;
  if (!provider.without || sharing(channel, await store.channels.ofConnection(workspaceId, connectionId)).length === 0) return false;
  for (;;) {
    const open = await store.connections.grant(workspaceId, connectionId);
    const rest = open && provider.without(provider.grant.parse(open.grant), remoteId);
    if (!open || rest === null || rest === undefined) return false;
    const grant = provider.grant.parse(rest) as Json;
    await store.erasureLog.note([{ event: 'erased', kind: 'channel', id: channelId, at: now() }]);
    // Refused when a refresh was faster: then its grant is the one to be parted.
    if (await store.connections.disconnectChannel(workspaceId, connectionId, open.version, { channelId, grant, now: now(), userId })) return true;
  }
}

/** Deletes the grant of a connection, then tells the network. */
export async function endConnection({ store, providers, io, now, log }: DisconnectDeps, { id, workspaceId, provider: providerId, accountId }: Connection, userId: string | null): Promise<Ended> {
  const provider = providers.get(providerId);
  const open = await store.connections.grant(workspaceId, id);
  await store.erasureLog.note([{ event: 'erased', kind: 'grant', id, at: now() }]);
  await store.connections.disconnect(workspaceId, id, now(), userId);
  // On disk too, at once. Where another process is reading, the nightly prune does it.
  await store.prunings.settleLog();
  if (!open || !provider) return 'deleted';
  if (await store.everywhere.isConnected(familyOf(providers, provider), accountId)) return provider.revoke ? 'shared' : 'deleted';
  try {
    const grant = provider.grant.parse(open.grant);
    await provider.forget?.(grant, io(provider.id, workspaceId));
    await provider.revoke?.(grant, io(provider.id, workspaceId));
    return provider.revoke ? 'revoked' : 'deleted';
  } catch (error) {
    log.warn({ err: error, provider: provider.id }, 'the network could not be told of the disconnect');
    return 'deleted';
  }
}
