/** A mistake of whoever called the program, told in one sentence without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}
