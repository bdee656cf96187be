import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';
import { ProviderError, type Composing, type Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';

/** What a network said when it was asked what may be posted on a channel now. */
export type Asked =
  /** It has nothing to say. */
  | { state: 'nothing' }
  | { state: 'answered'; composing: Composing }
  | { state: 'waiting' }
  | { state: 'failed'; message: string };

/** Asks for at most `patienceMs`. Never throws: that a network cannot be asked keeps nobody from writing. */
export type Ask = (workspaceId: string, channel: Channel, provider: Provider, patienceMs?: number) => Promise<Asked>;

const keepMs = 60_000;
const longestMs = 8_000;

/** An answer is kept for a minute; whoever asks while a question is under way waits for the same answer. */
export function createAsk({ engine, now, log }: Pick<Deps, 'engine' | 'now' | 'log'>): Ask {
  const answers = new Map<string, { at: number; asked: Promise<Asked> }>();

  async function question(workspaceId: string, { id, connectionId, remoteId }: Channel, provider: Provider): Promise<Asked> {
    try {
      const composing = await engine.withGrant({ workspaceId, id: connectionId }, provider, async (grant, io) => provider.composing?.(grant, { remoteId }, io));
      return composing ? { state: 'answered', composing } : { state: 'nothing' };
    } catch (error) {
      answers.delete(id);
      if (error instanceof ProviderError) {
        if (error.failure.code === 'frozen') return { state: 'failed', message: error.failure.message };
        log.warn({ provider: provider.id, code: error.failure.code }, 'the network could not be asked what may be posted');
        return { state: 'failed', message: error.failure.kind === 'auth' ? t.notAccepted(provider.name) : cannotBeAsked(provider) };
      }
      log.error({ err: error, provider: provider.id }, 'asking what may be posted failed unexpectedly');
      return { state: 'failed', message: cannotBeAsked(provider) };
    }
  }

  return async (workspaceId, channel, provider, patienceMs = longestMs) => {
    if (!provider.composing || (channel.connectionStatus !== 'active' && channel.connectionStatus !== 'expiring')) return { state: 'nothing' };
    for (const [id, { at }] of answers) {
      if (now() - at >= keepMs || now() < at) answers.delete(id);
    }
    const known = answers.get(channel.id) ?? { at: now(), asked: question(workspaceId, channel, provider) };
    answers.set(channel.id, known);
    return within(known.asked, patienceMs, patienceMs < longestMs ? { state: 'waiting' } : { state: 'failed', message: cannotBeAsked(provider) });
  };
}

function cannotBeAsked({ name }: Provider): string {
  return t.networkSilent(name);
}

async function within<T>(answer: Promise<T>, ms: number, late: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(late), ms);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
