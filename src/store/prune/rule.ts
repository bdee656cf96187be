/** One rule of the nightly prune. */
export interface PruneRule {
  /** The class of data in `domain/promise/retention.ts`. */
  class: string;
  /** What goes, in a few words, e.g. "support threads 3 years after the last message". */
  rule: string;
  /** How many rows the rule would delete at `at` (epoch ms). Reads only. */
  count(at: number): number;
  /** Deletes at most `limit` rows; gives how many went, and the media ids whose files must go with them. */
  prune(at: number, limit: number): { rows: number; files: readonly string[] };
}
