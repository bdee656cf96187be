import type { Evidence } from '../../domain/failure.ts';
import { ProviderError, type Io, type Steps } from '../contract.ts';
import { api, ask } from './api.ts';
import { failureOfReason } from './errors.ts';
import type { Grant } from './session.ts';
import { status, type Status } from './wire.ts';

/** What became of something that was sent. */
export type Posted = {
  publishId: string;
  /** Of public posts that moderation has passed; at most one in practice. */
  ids: string[];
  /** When TikTok said so (epoch ms). */
  at: number;
};

export interface Delivery {
  /** Of the visible step; another one for each try. */
  name: string;
  /** Sends what makes TikTok post it, unless that has happened; gives the publish id. Throws `Gone` when it must be prepared anew. */
  send: () => Promise<string>;
  /** The publish id of what was sent at `since` (epoch ms) and never answered. Waits, or throws, while nobody knows it. */
  recall: (since: number) => Promise<string>;
  /** Whether TikTok has got all of it, by its own word. */
  hasAll: (status: Status) => boolean;
}

/**
 * What was prepared is of no use any more and nothing of it is out: the next try prepares it anew. With `reason` that is not
 * at once, for it would only happen again.
 */
export class Gone extends ProviderError {
  readonly atOnce: boolean;
  constructor(reason?: { code: string; message: string }) {
    const { code, message } = reason ?? { code: 'upload_gone', message: 'TikTok no longer has what was prepared for this post.' };
    super({ kind: 'transient', code, message, reached: false });
    this.atOnce = reason === undefined;
  }
}

/** Tries until one is not `Gone`. Which ones were stands in the journal, so that no run looks at them again. */
export async function firstNotGone<T>(step: Steps, attempt: (n: number) => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    const gone = `gone-${n}`;
    if (await isNoted(step, gone)) continue;
    try {
      return await attempt(n);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      await step.run(gone, async () => true);
      if (!error.atOnce) throw error;
    }
  }
}

/** Whether the journal has this step: one that it has answers, one that it has not would have to act. */
async function isNoted(step: Steps, name: string): Promise<boolean> {
  const unknown = new Error('not in the journal');
  try {
    return await step.run(name, () => Promise.reject(unknown));
  } catch (error) {
    if (error === unknown) return false;
    throw error;
  }
}

/**
 * The visible step. It is done when TikTok says that the post is published, and undone when it says that it gave it up: in
 * between it stays open, so that whatever goes wrong then can never be told as "failed". One publish id is one post at most,
 * and its status says what became of it (Get Post Status).
 */
export async function deliver(grant: Grant, { name, send, recall, hasAll }: Delivery, step: Steps, io: Io): Promise<Posted> {
  let failed: ProviderError | null = null;
  const ended = (publishId: string, since: number, seen: Status | null) =>
    step.until(`${name}-published`, pauseAfter(io.now() - since), async () => postedOf(publishId, since, seen, io));

  return step.once(name, async () => {
    if (failed) throw failed;
    const publishId = await send();
    // Whatever is wrong with this first look, it says nothing of what was just sent.
    const seen = await statusOf(grant, publishId, io).catch(nothingSeen(() => true));
    return ended(publishId, io.now(), seen);
  }, async ({ at }) => {
    const publishId = await recall(at);
    const seen = await statusOf(grant, publishId, io).catch(nothingSeen(({ failure: { kind } }) => kind === 'transient' || kind === 'rate_limited'));
    if (seen?.status === 'FAILED') {
      failed = failureOf(seen, io.now());
      return 'absent';
    }
    if (seen && !hasAll(seen)) return 'absent';
    return { found: await ended(publishId, at, seen) };
  });
}

export function statusOf(grant: Grant, publishId: string, io: Pick<Io, 'http'>): Promise<Status> {
  return ask(io, grant, 'POST', statusPath, status, { publish_id: publishId });
}

export function failureOf({ fail_reason: reason }: Status, now: number): ProviderError {
  const evidence: Evidence = { method: 'POST', url: `${api}${statusPath}`, status: 200, body: `FAILED: ${reason ?? 'no reason given'}`, at: now };
  return new ProviderError(failureOfReason(reason, evidence));
}

const statusPath = '/v2/post/publish/status/fetch/';

/** TikTok names no time limit; 4 GB take "more than two minutes", moderation "a few hours" at worst, which it does not wait for. */
const patience = 2 * 60 * 60 * 1000;

/** Null while TikTok is still at it. */
function postedOf(publishId: string, since: number, seen: Status | null, io: Io): Posted | null {
  if (seen?.status === 'PUBLISH_COMPLETE') return { publishId, ids: seen.publicaly_available_post_id, at: io.now() };
  if (seen?.status === 'FAILED') throw failureOf(seen, io.now());
  if (io.now() - since < patience) return null;
  throw new ProviderError({
    kind: 'unsettled', code: 'still_processing',
    message: seen
      ? 'TikTok has had this post for two hours and still says that it is processing it. It may still come out.'
      : 'TikTok has had this post for two hours and does not say what became of it. It may be out.',
  });
}

/** Often at first, then once a minute; TikTok takes 30 questions a minute. */
function pauseAfter(ms: number): number {
  return ms < 5_000 ? 5_000 : ms < 15_000 ? 10_000 : ms < 35_000 ? 20_000 : ms < 65_000 ? 30_000 : 60_000;
}

/** Takes an error for "nothing seen yet" where `when` says so. */
function nothingSeen(when: (error: ProviderError) => boolean): (error: unknown) => null {
  return (error) => {
    if (error instanceof ProviderError && when(error)) return null;
    throw error;
  };
}
