import type { Json } from '../domain/json.ts';
import type { PlatformEvent } from '../domain/channels/platform-event.ts';
import type { News } from './connect.ts';
import type { Io } from './io.ts';

/** A call from the platform. Checks its signature itself: throws ProviderError `rejected` when it is not genuine. */
export type Hook = (request: HookRequest, io: Io) => Promise<HookAnswer>;

export interface HookRequest {
  headers: Readonly<Record<string, string | undefined>>;
  /** Raw, as it came. */
  body: Buffer;
  contentType: string;
}

export interface HookAnswer {
  events: readonly HookEvent[];
  /** What a bot was told by this call. */
  news?: News;
  /**
   * What to answer with status 200; empty unless told. `deletion` gives the page where a person can follow a deletion; its
   * texts are empty when no event is one.
   */
  body?: (deletion: { url: string; code: string }) => Json;
}

/** What a platform tells us. `accountId` is `Connected.account.id`. */
export type HookEvent = PlatformEvent;
