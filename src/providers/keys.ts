import { createHash } from 'node:crypto';

/**
 * The idempotency key of one visible call: the same for every try of the same step of the same publication, and of
 * nothing else. 32 hex digits.
 */
export function keyOf(job: { id: string }, step: string): string {
  return createHash('sha256').update(`${job.id}\n${step}`).digest('hex').slice(0, 32);
}
