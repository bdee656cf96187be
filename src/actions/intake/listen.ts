import { createHash } from 'node:crypto';
import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import type { Deps } from '../../deps.ts';
import { isPublic } from '../../media/public-url.ts';
import { ProviderError, type BotConnect, type Provider } from '../../providers/contract.ts';
import { hearBot, missingSetting } from '../channels/connect.ts';
import type { Heed } from './hear.ts';

type ListenDeps = Pick<Deps, 'store' | 'settings' | 'providers' | 'io' | 'config' | 'now' | 'log'>;

/** How long a platform is waited for while people send drafts through its bot (ms). */
const patience = 25_000;
/** How often it is asked whether its calls arrive, and for how long they are done without when they don't (ms). */
const checkEvery = 60_000;
const withoutFor = 30 * 60_000;
/** After a failure (ms). */
const pause = 15_000;
/** How often it is asked while somebody connects a chat and nobody is linked (ms). */
const askEvery = 3_000;

/** Name under which it is kept how a bot is heard. */
export const hearingOf = (setupId: string) => `hearing:${setupId}`;

interface Ear {
  /** The settings it was set up with. */
  settings: string;
  /** `none`: nobody listens, and the platform knows. */
  mode: 'none' | 'called' | 'asking';
  since: number;
  checkedAt: number;
  /** Not called before, having been tried in vain. */
  callableAt: number;
  quietUntil: number;
  askedAt: number;
  /** What the operator was told last. */
  said: string;
}

/**
 * Hears the bots: by their platform's calls where it can reach this instance, by asking otherwise. The two exclude each
 * other, so that the way is changed here and nowhere else. Nothing is asked while nobody connects and nobody is linked.
 */
export function createListening(deps: ListenDeps, heed: Heed): (stopping: AbortSignal) => Promise<void> {
  const ears = new Map<string, Ear>();
  return async (stopping) => {
    await Promise.all(deps.providers.all.map(async (provider) => {
      if (provider.connect.kind === 'bot') await listenTo(deps, provider, provider.connect, heed, ears, stopping);
    }));
  };
}

async function listenTo(
  deps: ListenDeps, provider: Provider, connect: BotConnect<unknown>, heed: Heed, ears: Map<string, Ear>, stopping: AbortSignal,
): Promise<void> {
  const { store, now, log } = deps;
  if (missingSetting(deps, provider)) return void ears.delete(provider.id);
  const linked = await store.intakeLinks.isWanted(provider.id, now());
  const wanted = linked || (await store.connecting.isAwaited(provider.id, now()));
  const settings = fingerprint(deps, provider);
  let ear = ears.get(provider.id);
  if (ear?.settings !== settings) {
    // Nobody wants it and nobody has since this process began: then there is nothing to end, or it ended before.
    if (!wanted && !ear && !(await wasCalled(deps, provider))) return;
    ear = { settings, mode: 'none', since: 0, checkedAt: 0, callableAt: 0, quietUntil: 0, askedAt: 0, said: '' };
    ears.set(provider.id, ear);
    if (!wanted) ear.mode = 'called';
  }
  if (now() < ear.quietUntil) return;
  try {
    if (!wanted) return await fallSilent(deps, provider, connect, ear);
    if (await isCalled(deps, provider, connect, ear)) return;
    if (!linked && now() - ear.askedAt < askEvery) return;
    ear.askedAt = now();
    await hearBot(deps, provider, { heed, ...(linked && { wait: { ms: patience, signal: stopping } }) });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (stopping.aborted) return;
    const { failure } = error;
    log.warn({ provider: provider.id, code: failure.code }, 'the bot could not be heard');
    // Somebody else has changed the way: it is looked at anew.
    if (failure.kind === 'rejected') {
      ear.mode = 'none';
      await note(deps, provider, ear, t.heardNot, false, `${failure.message} ${failure.fix}`);
    }
    ear.quietUntil = failure.kind === 'rate_limited' ? failure.retryAt : now() + pause;
  }
}

/** Sees to it that the platform calls, where it can; false when it has to be asked. */
async function isCalled(deps: ListenDeps, provider: Provider, { push }: BotConnect<unknown>, ear: Ear): Promise<boolean> {
  const { io, config, now } = deps;
  if (!push) return false;
  const bound = io(provider.id, '');
  if (isPublic(config.publicUrl) && now() >= ear.callableAt) {
    const address = `${config.publicUrl}/hooks/${push.hook}`;
    if (ear.mode !== 'called') {
      const refusal = await push.set(address, bound).then(() => null, reasonOf);
      if (refusal === null) {
        Object.assign(ear, { mode: 'called', since: now(), checkedAt: now() });
        await note(deps, provider, ear, t.heardByCalls, true, t.calls(provider.name, address));
        return true;
      }
      await doWithout(deps, provider, ear, refusal);
    } else {
      if (now() - ear.checkedAt < checkEvery) return true;
      ear.checkedAt = now();
      const trouble = await push.trouble(ear.since, bound);
      if (trouble === null) return true;
      await doWithout(deps, provider, ear, trouble);
    }
  }
  if (ear.mode !== 'asking') {
    await push.set(null, bound);
    Object.assign(ear, { mode: 'asking', since: now() });
    if (ear.callableAt === 0) await note(deps, provider, ear, t.heardByAsking, true, t.askedWithoutHttps(provider.name));
  }
  return false;
}

/** By asking for a while, then another try. */
async function doWithout(deps: ListenDeps, provider: Provider, ear: Ear, why: string): Promise<void> {
  deps.log.warn({ provider: provider.id }, 'the bot is asked, because its platform\'s calls do not arrive');
  ear.callableAt = deps.now() + withoutFor;
  ear.mode = 'none';
  await note(deps, provider, ear, t.heardByAsking, false, t.askedWithoutCalls(provider.name, why));
}

/** The platform is told to keep its calls to itself. */
async function fallSilent(deps: ListenDeps, provider: Provider, { push }: BotConnect<unknown>, ear: Ear): Promise<void> {
  if (ear.mode === 'called') await push?.set(null, deps.io(provider.id, ''));
  if (ear.mode !== 'none') await deps.store.settings.dropChecks([hearingOf(provider.setup?.id ?? provider.id)]);
  Object.assign(ear, { mode: 'none', said: '' });
}

async function wasCalled({ store }: ListenDeps, { id, setup }: Provider): Promise<boolean> {
  return (await store.settings.checks()).has(hearingOf(setup?.id ?? id));
}

/** For the operator's card. */
async function note({ store, now }: ListenDeps, { id, setup }: Provider, ear: Ear, label: string, good: boolean, said: string): Promise<void> {
  if (ear.said === said) return;
  ear.said = said;
  await store.settings.putCheck(hearingOf(setup?.id ?? id), [{ label, good, said }], now());
}

/** A clear no; everything else is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof ProviderError && error.failure.kind === 'rejected' && error.failure.code !== 'webhook') return error.failure.message;
  throw error;
}

function fingerprint({ settings }: ListenDeps, { setup }: Provider): string {
  const values = setup?.settings.map(({ env }) => settings.get(env) ?? '') ?? [];
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
