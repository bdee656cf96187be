import type { Deps } from '../../deps.ts';
import { ProviderError, type Composing, type Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';

/** What the network says about this channel right now; null when it says nothing or could not be asked. */
export async function composingFor(
  { store, io, log }: Pick<Deps, 'store' | 'io' | 'log'>, workspaceId: string, channel: Channel, provider: Provider,
): Promise<Composing | null> {
  if (!provider.composing) return null;
  const grant = await store.connections.grant(workspaceId, channel.connectionId);
  if (!grant) return null;
  try {
    return await provider.composing(provider.grant.parse(grant.grant), { remoteId: channel.remoteId }, io(provider.id, workspaceId));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ provider: provider.id, code: error.failure.code }, 'the network could not be asked what may be posted');
    return null;
  }
}
