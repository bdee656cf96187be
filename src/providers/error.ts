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
