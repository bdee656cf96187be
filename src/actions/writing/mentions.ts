import type { Person } from '../../domain/actor.ts';
import type { Deps } from '../../deps.ts';
import { ProviderError, type Mention } from '../../providers/contract.ts';

/** How long somebody who types waits for a network (ms). */
const patienceMs = 5_000;
const mostFound = 8;

/**
 * People whom a channel's network knows by the beginning of a name. Whatever goes wrong, nobody is found: a suggestion that
 * cannot be made keeps no one from writing. What a network says of a grant here changes nothing about the connection.
 */
export async function findMentions(
  { store, providers, engine, log }: Pick<Deps, 'store' | 'providers' | 'engine' | 'log'>, { workspaceId }: Person, channelId: string, query: string,
): Promise<Mention[]> {
  const typed = query.trim().replace(/^@/u, '').slice(0, 100);
  const channel = await store.channels.get(workspaceId, channelId);
  const provider = channel && providers.get(channel.provider);
  const usable = channel && channel.removedAt === null && (channel.connectionStatus === 'active' || channel.connectionStatus === 'expiring');
  if (typed === '' || !usable || !provider?.mentions) return [];
  const asked = engine.withGrant({ workspaceId, id: channel.connectionId }, provider, async (grant, io) => provider.mentions?.(grant, typed, io) ?? [])
    .catch((error: unknown): Mention[] => {
      if (error instanceof ProviderError) log.info({ provider: provider.id, code: error.failure.code }, 'nobody could be looked up for a mention');
      else log.error({ err: error, provider: provider.id }, 'looking somebody up for a mention failed unexpectedly');
      return [];
    });
  const { promise: late, resolve } = Promise.withResolvers<Mention[]>();
  const timer = setTimeout(() => resolve([]), patienceMs);
  try {
    return (await Promise.race([asked, late])).slice(0, mostFound);
  } finally {
    clearTimeout(timer);
  }
}
