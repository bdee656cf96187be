import { revokeWithin } from '../../domain/promise/privacy.ts';
import type { Deps } from '../../deps.ts';
import { ProviderError } from '../../providers/contract.ts';
import { familyOf } from '../../providers/setups.ts';

type EndDeps = Pick<Deps, 'store' | 'providers' | 'io' | 'now' | 'log'>;
type Access = { id: string; provider: string; accountId: string };

/** How many networks are told at the same time. */
const width = 4;

/**
 * Tells the networks that the accesses of a workspace end, and deletes each. One through which something is still on its
 * way waits for that; one whose network does not answer is told again for a while, then deleted all the same. Gives how
 * many are left.
 */
export async function endGrants(deps: EndDeps, workspaceId: string, { beganAt, patienceMs }: { beganAt: number; patienceMs: number }): Promise<number> {
  const { store, now } = deps;
  const busy = await store.inFlight.connections(workspaceId);
  const free = (await store.inFlight.grants(workspaceId)).filter(({ id }) => !busy.has(id));
  for (let n = 0; n < free.length; n += width) {
    await Promise.all(free.slice(n, n + width).map(async (access) => {
      const told = await tellNetwork(deps, workspaceId, access, patienceMs);
      if (told || now() - beganAt >= revokeWithin) await store.connections.disconnect(workspaceId, access.id, now());
    }));
  }
  return (await store.inFlight.grants(workspaceId)).length;
}

/** False when it is worth telling it once more. */
async function tellNetwork({ store, providers, io, log }: EndDeps, workspaceId: string, { id, provider: providerId, accountId }: Access, patienceMs: number): Promise<boolean> {
  const provider = providers.get(providerId);
  if (!provider?.revoke || (await store.everywhere.isConnected(familyOf(providers, provider), accountId, id))) return true;
  try {
    const open = await store.connections.grant(workspaceId, id);
    if (!open) return true;
    return await within(provider.revoke(provider.grant.parse(open.grant), io(provider.id, workspaceId)), patienceMs);
  } catch (error) {
    log.warn({ provider: providerId, code: error instanceof ProviderError ? error.failure.code : 'unreadable' }, 'a network could not be told that an access ends');
    // What cannot be opened or read any more never will be, and a clear no stays one, however often it is asked.
    return !(error instanceof ProviderError) || error.failure.kind === 'auth' || error.failure.kind === 'rejected';
  }
}

async function within(act: Promise<void>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), ms);
  act.catch(() => undefined);
  try {
    return await Promise.race([act.then(() => true as const), promise]);
  } finally {
    clearTimeout(timer);
  }
}
