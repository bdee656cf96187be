import type { Json } from '../../domain/json.ts';
import { ProviderError, type Found, type Io, type Steps } from '../contract.ts';

export interface Visible<T extends Json> {
  /** Of its step. */
  name: string;
  /** The call that people see. */
  create: () => Promise<T>;
  /** Refusals that may be said of what is out all the same. */
  mayBeOut: (error: ProviderError) => boolean;
  /** Whether it is out, `since` being when it was first sent (epoch ms). `refused`: Meta has just said no. */
  look: (since: number, refused: boolean) => Promise<Found<T>>;
}

/**
 * A call that makes something visible, looked for whenever it may have done so without an answer that says so. Once a send
 * was never answered, no refusal of the next one is clear: it may be said of what the first one made.
 */
export function showOnce<T extends Json>(step: Steps, io: Pick<Io, 'now'>, { name, create, mayBeOut, look }: Visible<T>): Promise<T> {
  let unanswered: number | null = null;
  const act = () => {
    const at = unanswered ?? io.now();
    const inDoubt = (error: ProviderError) => mayBeOut(error) || (unanswered !== null && error.failure.kind === 'rejected');
    return unlessOut(create, inDoubt, () => look(at, true));
  };
  return step.once(name, act, ({ at }) => {
    unanswered = at;
    return look(at, false);
  });
}

/**
 * A visible call whose refusal may be said of a post that is out: looked for at once. Found counts; absent leaves the
 * refusal as it is; where nobody can tell it must not pass for a clear no, so that the engine looks again later.
 */
export async function unlessOut<T>(act: () => Promise<T>, mayBeOut: (error: ProviderError) => boolean, look: () => Promise<Found<T>>): Promise<T> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof ProviderError) || !mayBeOut(refusal)) throw refusal;
    const seen = await look().catch((error: unknown) => {
      if (error instanceof ProviderError) return 'unknown' as const;
      throw error;
    });
    if (seen === 'absent') throw refusal;
    if (seen !== 'unknown') return seen.found;
    const { code, message, evidence } = refusal.failure;
    throw new ProviderError({ kind: 'transient', reached: true, code, message, ...(evidence && { evidence }) });
  }
}
