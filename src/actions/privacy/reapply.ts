import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import { endConnection, partWith } from '../channels/disconnect.ts';
import { erased } from '../instance/heed-platform.ts';
import { runErasures, type EraseDeps } from './run-erasures.ts';

/**
 * Deletes once more what an older copy of the database has brought back, before anything of it is shown or sent. To be
 * called before serving, at every start and after a restore. Where nothing is back it only reads.
 */
export async function reapplyErasures(deps: EraseDeps): Promise<void> {
  const { store, providers, now, log } = deps;
  const noted = await store.erasureLog.noted();
  const { channels, ...counts } = await store.again.apply(noted, erased(t.someNetwork), now());
  for (const { workspaceId, id } of channels) {
    const channel = await store.channels.get(workspaceId, id);
    const provider = channel && providers.get(channel.provider);
    if (!channel || !provider || channel.connectionStatus === 'revoked' || (await partWith(deps, provider, channel, null))) continue;
    const connection = await store.connections.get(workspaceId, channel.connectionId);
    if (connection) await endConnection(deps, connection, null);
  }
  const back = Object.values(counts).reduce((sum, n) => sum + n, channels.length);
  if (back > 0) log.warn({ ...counts, channels: channels.length }, 'an older copy of the database was put back: what had been deleted is deleted again');
  if (counts.accounts + counts.workspaces > 0) await runErasures(deps, { hurry: true });
  // A death between a deletion and the emptying of the write-ahead log leaves its bytes there.
  if (back > 0) await store.wipe.scrub();
  else await store.prunings.settleLog();
}
