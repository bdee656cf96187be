import { isErased } from '../../domain/connection.ts';
import type { Json } from '../../domain/json.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import type { Provider } from '../../providers/contract.ts';

/** Connects the networks that live inside this instance, as every new workspace has them. */
export async function connectAllLocal(deps: Pick<Deps, 'store' | 'providers' | 'now'>, workspaceId: string): Promise<void> {
  for (const provider of deps.providers.all) await connectLocal(deps, workspaceId, provider);
}

/** Revives the page that was disconnected last, or adds one. */
export async function connectLocal({ store, now }: Pick<Deps, 'store' | 'now'>, workspaceId: string, provider: Provider, userId?: string | null): Promise<void> {
  if (provider.connect.kind !== 'local') return;
  const lapsed = (await store.connections.list(workspaceId))
    .findLast((connection) => connection.provider === provider.id && connection.status !== 'active' && !isErased(connection.accountId));
  const page = lapsed?.accountId ?? newId(now());
  const { account, grant } = provider.connect.connected(page);
  const connection = await store.connections.connect(workspaceId, {
    id: newId(now()), provider: provider.id, accountId: account.id, accountName: account.name, grant: grant as Json, expiresAt: null, now: now(),
  });
  await store.channels.put(workspaceId, [{
    id: page, connectionId: connection.id, provider: provider.id, remoteId: page, name: account.name, handle: t.thisInstance,
    url: `/${provider.id}/${page}`, avatarUrl: null, limits: {}, createdAt: now(),
  }], userId === undefined ? undefined : { userId, now: now() });
}
