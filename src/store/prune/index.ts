import type { Db } from '../db.ts';
import { binRules } from './bin.ts';
import { connectionRules } from './connections.ts';
import { contentRules } from './content.ts';
import { passingRules } from './passing.ts';
import type { PruneRule } from './rule.ts';

/** Every rule of the nightly prune, in the order in which they are applied. */
export function pruneRules(db: Db): readonly PruneRule[] {
  return [...connectionRules(db), ...contentRules(db), ...binRules(db), ...passingRules(db)];
}
