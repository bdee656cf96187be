import { isErased } from '../../domain/connection.ts';
import type { Json } from '../../domain/json.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Provider } from '../../providers/contract.ts';

/** Connects the networks that live inside this instance, as every new workspace has them. */
export async function connectAllLocal(deps: Pick<Deps, 'store' | 'providers' | 'now'>, workspaceId: string): Promise<void> {
  for (const provider of deps.providers.all) if (provider.local) await connectLocal(deps, workspaceId, provider, null);
}

/** Revives the page that is asked for, else the one that was disconnected last, or adds one. Gives its connection. */
export async function connectLocal({ store, now }: Pick<Deps, 'store' | 'now'>, workspaceId: string, provider: Provider, reconnect: string | null, userId?: string | null): Promise<string> {
  if (provider.connect.kind !== 'local') throw new Error(`${provider.id} is not inside this instance`);
  const own = (await store.connections.list(workspaceId)).filter((connection) => connection.provider === provider.id && !isErased(connection.accountId));
  const lapsed = own.find(({ id }) => id === reconnect) ?? own.findLast(({ status }) => status !== 'active');
  const page = lapsed?.accountId ?? newId(now());
  const { account, grant } = provider.connect.connected(page);
  const connection = await store.connections.connect(workspaceId, {
    id: newId(now()), provider: provider.id, accountId: account.id, accountName: account.name, grant: grant as Json, expiresAt: null, now: now(),
  });
  await store.channels.put(workspaceId, [{
    id: page, connectionId: connection.id, provider: provider.id, remoteId: page, name: account.name, handle: t.here,
    url: `/${provider.id}/${page}`, avatarUrl: null, limits: {}, createdAt: now(),
  }], userId === undefined ? undefined : { userId, now: now() });
  return connection.id;
}
