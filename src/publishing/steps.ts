import type { Failure } from '../domain/failure.ts';
import type { Json } from '../domain/json.ts';
import type { WaitReason } from '../domain/publication.ts';
import { publishingRefusals as t } from '../domain/texts/refusals/publishing.ts';
import { ProviderError, type Found, type Intent, type Steps } from '../providers/contract.ts';
import type { Lease, Step } from '../store/journal.ts';
import type { Store } from '../store/index.ts';

/** Not an error: the run ends here and goes on at `dueAt`. */
export class Later extends Error {
  override name = 'Later';
  readonly dueAt: number;
  readonly reason: WaitReason;
  constructor(dueAt: number, reason: WaitReason) {
    super(`later: ${reason}`);
    this.dueAt = dueAt;
    this.reason = reason;
  }
}

/** What the journal says after a run, for `outcomeOf`. */
export interface JournalState {
  /** A visible call was begun and never settled. */
  openIntent: boolean;
  canLook: boolean;
}

/** A platform that has not become ready in this long never will. */
const longestWait = 24 * 60 * 60 * 1000;

/** The journal of one publication as its adapter sees it. See `Steps` for what each kind promises. */
export async function openSteps(
  { store, now, lease, settleMs }: { store: Pick<Store, 'journal'>; now: () => number; lease: Lease; settleMs: number },
): Promise<{ steps: Steps; state: () => JournalState }> {
  const { journal } = store;
  // A result went in as the T of its name's only user, so it comes out as that.
  type Known = Pick<Step, 'state' | 'result' | 'startedAt' | 'calledAt'>;
  const known = new Map<string, Known>((await journal.stepsOf(lease.workspaceId, lease.publicationId)).map((step) => [step.name, step]));
  let canLook = true;

  async function run<T extends Json>(name: string, act: () => Promise<T>): Promise<T> {
    const step = known.get(name);
    if (step?.state === 'done') return step.result as T;
    const result = await act();
    await finish(name, 'run', result);
    return result;
  }

  async function once<T extends Json>(name: string, act: () => Promise<T>, find?: (intent: Intent) => Promise<Found<T>>): Promise<T> {
    const step = known.get(name);
    if (step?.state === 'done') return step.result as T;
    if (step?.state === 'intended') {
      canLook = find !== undefined;
      const found = await look(step, find);
      if (found !== 'absent') {
        await finish(name, 'once', found.found);
        return found.found;
      }
    }
    const calledAt = now();
    await journal.intend(lease, name, 'once', calledAt);
    known.set(name, { state: 'intended', result: null, startedAt: step?.startedAt ?? calledAt, calledAt });
    canLook = find !== undefined;
    let result: T;
    try {
      result = await act();
    } catch (error) {
      if (error instanceof ProviderError && isClearNo(error.failure)) {
        await journal.withdraw(lease, name);
        known.delete(name);
      }
      throw error;
    }
    await finish(name, 'once', result);
    return result;
  }

  async function until<T extends Json>(name: string, every: number, ready: () => Promise<T | null>): Promise<T> {
    const step = known.get(name);
    if (step?.state === 'done') return step.result as T;
    const result = await ready();
    if (result !== null) {
      await finish(name, 'until', result);
      return result;
    }
    await journal.wait(lease, name, now());
    if (step && now() - step.startedAt > longestWait) {
      throw new ProviderError({
        kind: 'rejected', code: 'not_ready', message: t.neverReady,
        fix: t.neverReadyFix, act: 'retry',
      });
    }
    throw new Later(now() + every, 'waiting_for_network');
  }

  async function wait(name: string, minutes = 0): Promise<void> {
    const step = known.get(name);
    if (minutes <= 0 || step?.state === 'done') return;
    const since = step?.startedAt ?? now();
    const until = since + minutes * 60_000;
    if (!step) await journal.wait(lease, name, since);
    if (now() < until) throw new Later(until, 'between_parts');
    await finish(name, 'until', null);
  }

  async function look<T extends Json>(step: Known, find: ((intent: Intent) => Promise<Found<T>>) | undefined): Promise<{ found: T } | 'absent'> {
    if (!find) throw new ProviderError(noAnswer);
    const settledAt = (step.calledAt ?? step.startedAt) + settleMs;
    if (now() < settledAt) throw new Later(settledAt, 'settling');
    const found = await find({ at: step.startedAt });
    if (found === 'unknown') throw new ProviderError(noAnswer);
    return found;
  }

  async function finish(name: string, kind: Step['kind'], result: Json) {
    await journal.done(lease, name, kind, result, now());
    known.set(name, { state: 'done', result, startedAt: now(), calledAt: null });
  }

  return { steps: { run, once, until, wait }, state: () => ({ openIntent: [...known.values()].some(({ state }) => state === 'intended'), canLook }) };
}

const noAnswer: Failure = {
  kind: 'unsettled', code: 'no_answer',
  message: t.answerLost,
};

/** The network said no, or was never reached: nothing was created. */
function isClearNo(failure: Failure): boolean {
  switch (failure.kind) {
    case 'rate_limited':
    case 'auth':
    case 'rejected':
      return true;
    case 'transient':
      return !failure.reached;
    case 'unsettled':
      return false;
  }
}
