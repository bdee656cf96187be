/** What went wrong at a platform, in the five kinds that decide what happens next (see `outcomeOf`). */
export type Failure = TransientFailure | RateLimitedFailure | AuthFailure | RejectedFailure | UnsettledFailure;

export type FailureKind = Failure['kind'];

interface Told {
  /** The platform's code, or ours (`timeout`, `refused`, `redirect`, …). */
  code: string;
  /** A sentence a person understands. */
  message: string;
  evidence?: Evidence;
}

/** What was asked and what came back, secrets removed. Stored with the attempt and shown on the post's page. */
export interface Evidence {
  method: string;
  /** Origin and path; the query and every secret are gone. */
  url: string;
  status?: number;
  requestId?: string;
  /** At most 1,000 characters of the answer. */
  body?: string;
  /** Epoch ms. */
  at: number;
}

/** The network or the platform's machines; trying again may help. */
export interface TransientFailure extends Told {
  kind: 'transient';
  /** True when the request's bytes may have arrived: the act may have happened although no answer says so. */
  reached: boolean;
}

/** Wait until `retryAt` (epoch ms). Nothing was created. */
export interface RateLimitedFailure extends Told {
  kind: 'rate_limited';
  retryAt: number;
  /** `app`: every channel of this provider on this instance waits. */
  scope: 'channel' | 'app';
}

/** The grant was refused. */
export interface AuthFailure extends Told {
  kind: 'auth';
}

/** The platform will never take this. */
export interface RejectedFailure extends Told {
  kind: 'rejected';
  /** The one thing a person can do about it. */
  fix: string;
  /** Where that is not to change the post: to send it as it is once the reason is gone, or to connect the channel anew. */
  act?: 'retry' | 'reconnect';
}

/** It may have happened and nobody can tell. */
export interface UnsettledFailure extends Told {
  kind: 'unsettled';
}

/** The failure without evidence and without names, ids and addresses of an account, as `traces` lists them. */
export function withoutTraces<F extends Failure>(failure: F, traces: readonly string[]): F {
  const { evidence: _, ...rest } = failure;
  const named = traces.filter((trace) => trace.length > 1).sort((a, b) => b.length - a.length);
  const clean = (text: string) => named.reduce((left, trace) => left.replaceAll(trace, '…'), text).replaceAll(/\d{5,}/gu, '…');
  return { ...rest, message: clean(failure.message), ...(failure.kind === 'rejected' && { fix: clean(failure.fix) }) } as F;
}
