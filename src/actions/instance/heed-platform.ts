import { createHash } from 'node:crypto';
import type { Failure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import type { PlatformEvent } from '../../domain/channels/platform-event.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import type { Deps } from '../../deps.ts';
import { newReference } from '../../lib/secrets/tokens.ts';
import { ProviderError, type HookRequest, type Provider } from '../../providers/contract.ts';
import { familyOf } from '../../providers/setups.ts';
import { takeClaims } from '../channels/connect.ts';
import type { Heed } from '../intake/hear.ts';

/** What to answer a platform: `refused` for what is not genuine, `later` when it may ask again. */
export type Heard = { kind: 'done'; body: Json | undefined } | { kind: 'refused' | 'later'; code: string; message: string };

/**
 * Heeds a call of a platform, in every workspace that has the account it is about: once, however often it comes, and on
 * disk before it is answered. Nothing of what was said is logged, and of a bot's news not even that they came: strangers
 * write to bots as well.
 */
export async function heedPlatform(
  deps: Pick<Deps, 'store' | 'settings' | 'providers' | 'io' | 'config' | 'now' | 'log'>,
  provider: Provider, name: string, request: HookRequest, heed: Heed,
): Promise<Heard> {
  const { store, providers, io, config, now, log } = deps;
  const hook = provider.hooks?.[name];
  if (!hook) return { kind: 'refused', code: 'no_hook', message: t.notListening };
  try {
    const { events, news, body } = await hook(request, io(provider.id, ''));
    if (news) {
      await takeClaims(deps, provider, news.claims);
      await heed(provider, news.heard);
      return { kind: 'done', body: undefined };
    }
    const digest = createHash('sha256').update(`${name}\n`).update(request.body).digest('hex');
    const call = { digest, provider: provider.id, family: familyOf(providers, provider) };
    await noteEndings({ store, now }, call, events);
    const { again, code } = await store.everywhere.heed({ ...call, events, code: newReference(), erased: erased(provider.name), now: now() });
    log.info({ hook: name, provider: provider.id, events: events.map(({ kind }) => kind), again }, 'a platform called');
    return { kind: 'done', body: body?.({ url: code === null ? '' : deletionUrl(config.publicUrl, code), code: code ?? '' }) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { kind, code, message } = error.failure;
    log.warn({ hook: name, provider: provider.id, code }, 'a call that says it is from a platform was turned away');
    return { kind: kind === 'transient' || kind === 'rate_limited' ? 'later' : 'refused', code, message };
  }
}

/** Into the log that outlives a restore: a backup that is put back must not bring back what the platform had deleted. */
async function noteEndings(
  { store, now }: Pick<Deps, 'store' | 'now'>, call: { digest: string; family: readonly string[] }, events: readonly PlatformEvent[],
): Promise<void> {
  for (const [event, kind] of [['deletion', 'connection'], ['deauthorized', 'grant']] as const) {
    const ids = await store.everywhere.reached(call, events.filter((one) => one.kind === event).map(({ accountId }) => accountId));
    await store.erasureLog.note(ids.map((id) => ({ event: 'erased', kind, id, at: now() })));
  }
}

/** Where a person follows a deletion. */
export function deletionUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/data-deletion/${code}`;
}

/** What stands at posts that a deletion stopped. */
export function erased(network: string): Failure {
  return {
    kind: 'rejected', code: 'erased', message: t.deletionAsked(network),
    fix: t.deletionAskedFix,
  };
}
