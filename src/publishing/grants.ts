import type { Json } from '../domain/json.ts';
import { publishingRefusals as t } from '../domain/texts/refusals/publishing.ts';
import type { Log } from '../lib/log.ts';
import { noRefresh, ProviderError, type Io, type IoFor, type Provider } from '../providers/contract.ts';
import type { Registry } from '../providers/index.ts';
import type { OpenGrant } from '../store/channels/connections.ts';
import type { Store } from '../store/index.ts';

export interface Grants {
  /**
   * A grant newer than `seen`, which was refused. Whoever asks first refreshes, everyone else of this connection waits for
   * the same answer; the new grant is stored before anybody gets it. Throws ProviderError: `auth` only when the network
   * itself said no.
   */
  renew(connection: { workspaceId: string; id: string }, provider: Provider, seen: OpenGrant, io: Io): Promise<OpenGrant>;
}

export function createGrants({ store, now }: { store: Pick<Store, 'connections'>; now: () => number }): Grants {
  const flights = new Map<string, Promise<OpenGrant>>();

  async function refresh({ workspaceId, id }: { workspaceId: string; id: string }, provider: Provider, seen: OpenGrant, io: Io): Promise<OpenGrant> {
    const stored = await store.connections.grant(workspaceId, id);
    if (!stored) throw refused(t.channelDisconnected);
    if (stored.version !== seen.version) return stored;
    if (!provider.refresh) throw refused(t.notAccepted(provider.name));
    const fresh = await provider.refresh(provider.grant.parse(stored.grant), io);
    const grant = provider.grant.parse(fresh.grant) as Json;
    const kept = await store.connections.refreshed(workspaceId, id, stored.version, { grant, expiresAt: fresh.expiresAt ?? null, now: now() });
    if (kept) return { grant, version: stored.version + 1 };
    // Reconnected or disconnected meanwhile: that grant counts.
    const newer = await store.connections.grant(workspaceId, id);
    if (!newer) throw refused(t.channelDisconnected);
    return newer;
  }

  return {
    renew(connection, provider, seen, io) {
      const flying = flights.get(connection.id);
      if (flying) return flying;
      const flight = refresh(connection, provider, seen, io).finally(() => flights.delete(connection.id));
      flights.set(connection.id, flight);
      return flight;
    },
  };
}

/** Reads something with a connection's grant, which is renewed once when the network refuses it. Throws ProviderError. */
export async function withGrant<T>(
  { store, io, grants }: { store: Pick<Store, 'connections' | 'people'>; io: IoFor; grants: Grants },
  connection: { workspaceId: string; id: string }, provider: Provider, act: (grant: unknown, io: Io) => Promise<T>,
): Promise<T> {
  // Not for publishing, which the queue holds back: what people restricted is not asked about either.
  if ((await store.people.workspace(connection.workspaceId))?.frozenAt) throw new ProviderError(frozen);
  const seen = await store.connections.grant(connection.workspaceId, connection.id);
  if (!seen) throw refused(t.channelDisconnected);
  const bound = io(provider.id, connection.workspaceId);
  try {
    return await act(provider.grant.parse(seen.grant), bound);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'auth' || !provider.refresh) throw error;
    const fresh = await grants.renew(connection, provider, seen, bound);
    return act(provider.grant.parse(fresh.grant), bound);
  }
}

const frozen = { kind: 'transient', code: 'frozen', message: t.frozen, reached: false } as const;

/** A grant is renewed this long before it ends (ms). */
const ahead = 14 * 24 * 60 * 60 * 1000;

/**
 * Renews what would lapse on a channel that is seldom used. What a network says no to must be reconnected; what fails for
 * the network's sake is tried again the next time.
 */
export async function renewEndingGrants(
  { store, providers, io, grants, now, log }: {
    store: Pick<Store, 'connections'>; providers: Registry; io: IoFor; grants: Grants; now: () => number; log: Log;
  },
): Promise<void> {
  for (const connection of await store.connections.endingBefore(now() + ahead)) {
    const { workspaceId, id, provider: providerId } = connection;
    const provider = providers.get(providerId);
    const seen = await store.connections.grant(workspaceId, id);
    if (!provider || !seen) continue;
    try {
      const held = provider.refresh ? await grants.renew({ workspaceId, id }, provider, seen, io(providerId, workspaceId)) : seen;
      const after = await store.connections.get(workspaceId, id);
      // Nothing has moved the end: a person has to.
      if (after?.expiresAt === connection.expiresAt) await store.connections.mark(workspaceId, id, held.version, 'expiring', now());
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      log.warn({ connection: id, provider: providerId, code: error.failure.code }, 'a grant could not be renewed');
      if (error.failure.kind !== 'auth') continue;
      // What has no way to be renewed was not refused: it works until its end, and people are told in time.
      await store.connections.mark(workspaceId, id, seen.version, error.failure.code === noRefresh ? 'expiring' : 'needs_reconnect', now());
    }
  }
}

function refused(message: string) {
  return new ProviderError({ kind: 'auth', code: 'refused', message });
}
