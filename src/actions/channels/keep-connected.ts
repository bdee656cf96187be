import type { Json } from '../../domain/json.ts';
import type { Problem } from '../../domain/limits.ts';
import { refused, type Result } from '../../domain/result.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { ProviderError, type Connected, type Provider, type Target } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { Connection } from '../../store/channels/connections.ts';

export interface Kept {
  connectionId: string;
  /** How many places this connection reaches; with more than one a person picks. */
  targets: number;
  /** What was connected before came back. */
  again: boolean;
}

/**
 * Seals a fresh grant, and makes the channel at once when there is just one place to publish. `reconnect` is what comes
 * back: a connection with its channels, or one channel that was disconnected by itself. `userId` is whose doing it is.
 */
export async function keepConnected(
  deps: Pick<Deps, 'store' | 'settings' | 'io' | 'now'>, workspaceId: string, provider: Provider, connected: Connected<unknown>, reconnect: string | null, userId?: string | null,
): Promise<Result<Kept>> {
  const { store, now } = deps;
  const { account, expiresAt } = connected;
  const alone = reconnect === null ? undefined : await store.channels.get(workspaceId, reconnect);
  const before = reconnect === null ? undefined : await store.connections.get(workspaceId, alone?.connectionId ?? reconnect);
  if (before && before.accountId !== account.id) {
    return refused('', t.otherAccount(account.name, before.accountName));
  }
  const comesBack = ({ id, disconnectedAlone }: Channel) => !disconnectedAlone || id === alone?.id;
  const same = before ?? (await store.connections.list(workspaceId)).find(({ provider: id, accountId }) => id === provider.id && accountId === account.id);
  const known = same ? await store.channels.ofConnection(workspaceId, same.id) : [];
  // What was disconnected and comes back takes room like what is new; with several places to choose from, the choice is checked.
  const adding = same ? known.filter((channel) => comesBack(channel) && channel.connectionStatus === 'revoked').length : 1;
  const full = adding === 0 ? null : await allows(deps, workspaceId, { what: 'channels', adding });
  if (full) return { ok: false, problems: [full] };
  const grant = partedFrom((before ? known : []).filter((channel) => !comesBack(channel)), provider, provider.grant.parse(connected.grant));
  const connection = await store.connections.connect(workspaceId, {
    id: newId(now()), provider: provider.id, accountId: account.id, accountName: account.name, grant: grant as Json, expiresAt: expiresAt ?? null, now: now(),
  });
  const targets = await targetsOf(deps, workspaceId, provider, connection);
  if (targets.length === 0) return refused('', t.noPlace(provider.name, account.name));
  const wanted = new Set((await store.channels.ofConnection(workspaceId, connection.id)).filter(comesBack).map(({ remoteId }) => remoteId));
  const chosen = !before && targets.length === 1 ? targets : targets.filter(({ remoteId }) => wanted.has(remoteId));
  const tooMany = await noRoomFor(deps, workspaceId, provider, chosen);
  if (tooMany) return { ok: false, problems: [tooMany] };
  await putChannels(deps, workspaceId, provider, connection.id, chosen, userId);
  return { ok: true, connectionId: connection.id, targets: before ? 1 : targets.length, again: before !== undefined };
}

/** A consent names everything anew; what a person disconnected and does not ask for now stays out. */
function partedFrom(gone: readonly Channel[], provider: Provider, grant: unknown): unknown {
  return gone.reduce((rest, { remoteId }) => provider.without?.(rest, remoteId) ?? rest, grant);
}

/** The places a connection reaches. Throws ProviderError. */
export async function targetsOf(
  { store, io }: Pick<Deps, 'store' | 'io'>, workspaceId: string, provider: Provider, connection: Connection,
): Promise<Target[]> {
  const grant = await store.connections.grant(workspaceId, connection.id);
  if (!grant) throw new ProviderError({ kind: 'auth', code: 'disconnected', message: t.disconnected });
  return provider.targets(provider.grant.parse(grant.grant), io(provider.id, workspaceId));
}

/** What stands in the way of making these places channels; those that are in use already take no more room. */
export async function noRoomFor(
  deps: Pick<Deps, 'store' | 'settings' | 'now'>, workspaceId: string, provider: Provider, targets: readonly Target[],
): Promise<Problem | null> {
  const known = new Set((await deps.store.channels.list(workspaceId)).filter((channel) => channel.provider === provider.id && channel.connectionStatus !== 'revoked')
    .map(({ remoteId }) => remoteId));
  const adding = targets.filter(({ remoteId }) => !known.has(remoteId)).length;
  return adding === 0 ? null : allows(deps, workspaceId, { what: 'channels', adding });
}

export async function putChannels(
  { store, now }: Pick<Deps, 'store' | 'now'>, workspaceId: string, provider: Provider, connectionId: string, targets: readonly Target[], userId?: string | null,
): Promise<void> {
  await store.channels.put(workspaceId, targets.map(({ remoteId, name, handle, url, avatarUrl, limits }) => ({
    id: newId(now()), connectionId, provider: provider.id, remoteId, name, handle, url, avatarUrl, limits: limits ?? {}, createdAt: now(),
  })), userId === undefined ? undefined : { userId, now: now() });
}
