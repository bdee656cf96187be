import type { Failure } from '../domain/failure.ts';

/** The one error that crosses from a platform to the engine; thrown by adapters and `io.http`, caught once. */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The code of an `auth` failure of `refresh` when this grant has no way to be renewed, so that nobody was asked. */
export const noRefresh = 'no_refresh';
