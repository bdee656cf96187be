import type { Failure } from './failure.ts';

/** `scheduled` is also what waits, backs off or is held: a later `dueAt` and a `reason` tell which. */
export const publicationStatuses = ['scheduled', 'publishing', 'published', 'failed', 'unconfirmed', 'canceled'] as const;
export type PublicationStatus = (typeof publicationStatuses)[number];

/** Why a publication waits although its time has come or was moved. */
export const waitReasons = ['backing_off', 'rate_limited', 'waiting_for_network', 'between_parts', 'settling', 'resumed'] as const;
export type WaitReason = (typeof waitReasons)[number];

/** How one try ended. `crashed`: the process died in it; `waiting`: the network needs time, nothing went wrong. */
export const attemptOutcomes = ['published', 'failed', 'unconfirmed', 'later', 'waiting', 'crashed'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Why nothing of a whole workspace is sent: its people froze it, or its subscription is unpaid. */
export const workspaceHolds = ['frozen', 'unpaid'] as const;
export type WorkspaceHold = (typeof workspaceHolds)[number];

/** Why nothing is sent on a channel until a person acts. */
export type HeldReason = 'needs_reconnect' | 'disconnected' | 'paused' | WorkspaceHold;

/** Why nothing is sent on a channel that stands like this, null where something is. */
export function heldReasonOf(standing: string): Exclude<HeldReason, WorkspaceHold> | null {
  return standing === 'needs_reconnect' || standing === 'paused' ? standing : standing === 'revoked' ? 'disconnected' : null;
}

/** What the rest of the house sees of a publication. */
export interface Publication {
  id: string;
  workspaceId: string;
  postId: string;
  channelId: string;
  provider: string;
  status: PublicationStatus;
  /** When the person wanted it (epoch ms). */
  scheduledFor: number;
  /** When the engine looks at it next (epoch ms). */
  dueAt: number;
  reason: WaitReason | null;
  held: HeldReason | null;
  /** Failures so far, crashes included; claims that ended in waiting do not count. */
  failures: number;
  remoteId: string | null;
  url: string | null;
  publishedAt: number | null;
  failure: Failure | null;
  /** True once a run has begun: what is sent is frozen from here on. */
  begun: boolean;
}

/** Stands as a post's id where its network has accepted it and names it later. */
export const noRemoteId = 'pending';

/** The step under which the journal keeps what a person should know of how a post came out (`Published.notes`). */
export const notesStep = 'notes';

/** Minutes to wait after the first, second and third failure; the next one ends it. */
export const backoffMinutes = [1, 5, 30] as const;

/** A publication first looked at later than this after its time is not fired off by itself: a person decides. */
export const catchUpMs = 24 * 60 * 60 * 1000;

export type Outcome =
  | { to: 'scheduled'; dueAt: number; reason: WaitReason; failures: number; hold?: { scope: 'channel' | 'app'; until: number } }
  | { to: 'failed' | 'unconfirmed' };

export interface Circumstances {
  /** Before this failure. */
  failures: number;
  /** A visible call was made and never settled: whatever went wrong since, it may be out. */
  openIntent: boolean;
  /** Whether the network lets us look; without it an open intent goes to a person at once. */
  canLook: boolean;
  /** How long to leave an unanswered call alone before looking (ms). */
  settleMs: number;
  now: number;
}

/**
 * What a failure comes to. Failed is only said of what is definitely not out: with an open intent the end of all tries is
 * `unconfirmed`.
 */
export function outcomeOf(failure: Failure, at: Circumstances): Outcome {
  const ended: Outcome = { to: at.openIntent ? 'unconfirmed' : 'failed' };
  switch (failure.kind) {
    case 'rate_limited': {
      const hold = { scope: failure.scope, until: failure.retryAt };
      return { to: 'scheduled', dueAt: failure.retryAt, reason: 'rate_limited', failures: at.failures, hold };
    }
    case 'auth':
    case 'rejected':
      return ended;
    case 'unsettled':
      return { to: 'unconfirmed' };
    case 'transient': {
      if (at.openIntent && !at.canLook) return { to: 'unconfirmed' };
      const minutes = backoffMinutes[at.failures];
      if (minutes === undefined) return ended;
      // An unanswered call is looked for as soon as it has settled; only repeats back off.
      const wait = at.openIntent && at.failures === 0 ? Math.max(at.settleMs, 1_000) : Math.max(minutes * 60_000, at.openIntent ? at.settleMs : 0);
      const reason = at.openIntent ? 'settling' : 'backing_off';
      return { to: 'scheduled', dueAt: at.now + wait, reason, failures: at.failures + 1 };
    }
  }
}
