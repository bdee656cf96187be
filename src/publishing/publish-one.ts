import type { Failure } from '../domain/failure.ts';
import { backoffMinutes, catchUpMs, notesStep, outcomeOf, type AttemptOutcome, type Circumstances } from '../domain/publication.ts';
import type { Snapshot } from '../domain/posts/snapshot.ts';
import { publishingRefusals as t } from '../domain/texts/refusals/publishing.ts';
import type { Log } from '../lib/log.ts';
import { ProviderError, type IoFor, type Published } from '../providers/contract.ts';
import type { Registry } from '../providers/index.ts';
import type { Channel } from '../store/channels.ts';
import type { OpenGrant } from '../store/channels/connections.ts';
import { LostLeaseError } from '../store/journal.ts';
import type { Claimed, Settlement } from '../store/queue.ts';
import type { Store } from '../store/index.ts';
import type { Grants } from './grants.ts';
import { snapshotOf } from './snapshot.ts';
import { Later, openSteps } from './steps.ts';

export interface PublishDeps {
  store: Store;
  providers: Registry;
  io: IoFor;
  grants: Grants;
  now: () => number;
  log: Log;
  /** Told how each attempt ended, for whoever counts. */
  ended?: (provider: string, outcome: AttemptOutcome) => void;
}

/** One try at one publication, from its claim to its settlement. Throws only when the store itself fails. */
export async function publishOne(deps: PublishDeps, { publication, lease }: Claimed): Promise<void> {
  const { store, providers, now, log } = deps;
  const provider = providers.get(publication.provider);
  const { steps, state } = await openSteps({ store, now, lease, settleMs: provider?.capabilities.settleMs ?? 0 });
  let channel: Channel | undefined;
  let grant: OpenGrant | undefined;

  async function publish(): Promise<Published> {
    if (!provider) throw reject('unknown_network', t.networkUnknown(publication.provider), t.networkUnknownFix);
    refuseWhatShouldNotRun(publication, now());
    channel = await store.channels.get(publication.workspaceId, publication.channelId);
    const snapshot = publication.snapshot ?? (await store.queue.freeze(lease, await snapshotOf(store, publication, now())));
    grant = channel && channel.connectionStatus !== 'revoked' ? await store.connections.grant(channel.workspaceId, channel.connectionId) : undefined;
    if (!channel || !grant) throw new ProviderError({ kind: 'auth', code: 'disconnected', message: t.disconnected });
    const io = deps.io(provider.id, publication.workspaceId);
    try {
      return await provider.publish(jobOf(publication.id, snapshot, grant, provider), steps, io);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failure.kind !== 'auth' || !provider.refresh) throw error;
      grant = await deps.grants.renew({ workspaceId: channel.workspaceId, id: channel.connectionId }, provider, grant, io);
      return provider.publish(jobOf(publication.id, snapshot, grant, provider), steps, io);
    }
  }

  let settlement: Settlement;
  try {
    const { remoteId, url, notes = [] } = await publish();
    if (notes.length > 0) await store.journal.done(lease, notesStep, 'run', [...notes], now());
    settlement = { outcome: 'published', failure: null, change: { status: 'published', remoteId, url, publishedAt: now() } };
  } catch (error) {
    if (error instanceof LostLeaseError) return log.warn({ publication: publication.id }, 'lease lost');
    if (error instanceof Later) {
      const { dueAt, reason } = error;
      settlement = { outcome: 'waiting', failure: null, change: { status: 'scheduled', dueAt, reason, failures: publication.failures } };
    } else {
      const failure = failureOf(error);
      if (failure.code === 'bug') log.error({ err: error, publication: publication.id }, 'publishing failed unexpectedly');
      const at = { ...state(), failures: publication.failures, settleMs: provider?.capabilities.settleMs ?? 0, now: now() };
      settlement = { ...settlementOf(failure, at, publication), ...(reconnectOf(failure, channel, grant)) };
    }
  }
  await store.queue.settle(lease, settlement, now());
  deps.ended?.(publication.provider, settlement.outcome);
  log.info({ publication: publication.id, provider: publication.provider, outcome: settlement.outcome, code: settlement.failure?.code }, 'attempt ended');
}

/** What a person must decide about, or what keeps killing the process, is not sent by itself. */
function refuseWhatShouldNotRun(publication: Claimed['publication'], now: number) {
  if (publication.snapshot === null && now - publication.scheduledFor > catchUpMs) {
    throw reject('missed', t.tooLate, t.tooLateFix);
  }
  if (publication.reason === 'resumed' && publication.failures >= backoffMinutes.length) {
    throw reject('crashed', t.stopped(publication.failures), t.stoppedFix);
  }
}

function jobOf(id: string, { parts, options, target, frozenAt }: Snapshot, { grant }: OpenGrant, provider: NonNullable<ReturnType<Registry['get']>>) {
  return { id, parts, target, frozenAt, grant: provider.grant.parse(grant), options: provider.options.parse(options) };
}

/** The one place where what went wrong becomes what happens next. */
function settlementOf(failure: Failure, at: Circumstances, { channelId, provider }: Claimed['publication']): Settlement {
  const outcome = outcomeOf(failure, at);
  if (outcome.to !== 'scheduled') return { outcome: outcome.to, failure, change: { status: outcome.to } };
  const { dueAt, reason, failures, hold } = outcome;
  return {
    outcome: 'later', failure, change: { status: 'scheduled', dueAt, reason, failures },
    ...(hold && { hold: { key: hold.scope === 'app' ? `app:${provider}` : `channel:${channelId}`, until: hold.until } }),
  };
}

/** A refused grant stops its whole connection: what else waits there is held, not burnt. */
function reconnectOf(failure: Failure, channel: Channel | undefined, grant: OpenGrant | undefined): Pick<Settlement, 'reconnect'> {
  if (failure.kind !== 'auth' || !channel || !grant) return {};
  return { reconnect: { connectionId: channel.connectionId, version: grant.version } };
}

function failureOf(error: unknown): Failure {
  if (error instanceof ProviderError) return error.failure;
  return { kind: 'transient', code: 'bug', reached: true, message: t.broken };
}

/** Nothing is wrong with the post itself: it may be sent as it is. */
function reject(code: string, message: string, fix: string) {
  return new ProviderError({ kind: 'rejected', code, message, fix, act: 'retry' });
}
