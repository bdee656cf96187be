import type { Db } from '../db.ts';
import { passingRules } from './passing.ts';
import type { PruneRule } from './rule.ts';

/** Every rule of the nightly prune, in the order in which they are applied. */
export function pruneRules(db: Db): readonly PruneRule[] {
  return [...passingRules(db)];
}
